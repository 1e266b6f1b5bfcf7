import type { FC } from 'hono/jsx'

/** Strokes of the hatchings, in a square of eight; the first tone is solid. */
const strokes = [
  '',
  'M-2 2l4-4M0 8l8-8M6 10l4-4',
  'M2 2h.01M6 6h.01',
  'M0 2h8M0 6h8',
  'M2 0v8M6 0v8',
  'M4 0v8M0 4h8',
  'M-2 6l4 4M0 0l8 8M6-2l4 4',
  'M0 0',
  'M0 1h4M4 3h4M0 5h4M4 7h4',
] as const

/** So many kinds can be told apart in one chart, without any colour. */
export const tonesMost = strokes.length

/** The hatchings that charts are filled with, once a page; their colours come by class. */
export const Tones: FC = () => (
  <svg class='hidden' aria-hidden='true' width='0' height='0'>
    <defs>
      {strokes.map((path, tone) => (
        <pattern id={`tone-${tone}`} width='8' height='8' patternUnits='userSpaceOnUse'>
          <rect class={tone === 0 ? 'tone-0' : 'ground'} width='8' height='8' fill='currentColor' />
          <path class={`tone-${tone}`} d={path} stroke='currentColor' stroke-width='2' />
        </pattern>
      ))}
    </defs>
  </svg>
)

/** How a tone looks, beside its name. */
const Swatch: FC<{ tone: number }> = ({ tone }) => (
  <svg class='swatch' width='18' height='14' aria-hidden='true'>
    <rect
      class={`part tone-${tone}`}
      x='1'
      y='1'
      width='16'
      height='12'
      fill={`url(#tone-${tone})`}
    />
  </svg>
)

/** The names of a chart's tones. */
export const Legend: FC<{
  names: readonly { readonly label: string; readonly tone: number; readonly total?: number }[]
}> = ({ names }) => (
  <ul class='legend'>
    {names.map(({ label, tone, total }) => (
      <li>
        <Swatch tone={tone} />
        <span>{label}</span>
        {total !== undefined && <span class='value'>{total}</span>}
      </li>
    ))}
  </ul>
)
