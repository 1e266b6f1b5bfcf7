import type { FC } from 'hono/jsx'

/** One thing on a scale: where it lies, with an interval or from a zero line. */
export type ScaleRow = {
  readonly label: string
  readonly href?: string
  readonly words: string
  /** Null where there is nothing to draw. */
  readonly at: number | null
  readonly low?: number
  readonly high?: number
}

type ScaleProps = {
  rows: readonly ScaleRow[]
  /** The figures at its ends, and what else stands at the scale. */
  from: number
  to: number
  marks: readonly { readonly at: number; readonly label: string }[]
  /** What the scale is, for whoever does not see it. */
  description: string
}

/** At each end of a row, so that a dot there is whole; in percent. */
const edge = 3

const middle = 12

/** Rows with a dot each on one scale, and the figures in words beside it. */
export const ScaleRows: FC<ScaleProps> = ({ rows, from, to, marks, description }) => {
  const place = (value: number) =>
    `${Math.round((edge + ((value - from) / (to - from)) * (100 - 2 * edge)) * 100) / 100}%`
  return (
    <ul class='scale-rows'>
      {rows.map((row) => (
        <li>
          {row.href === undefined ? (
            <span class='name'>{row.label}</span>
          ) : (
            <a class='name' href={row.href}>
              {row.label}
            </a>
          )}
          {row.at !== null && (
            <svg class='chart' width='100%' height={2 * middle} role='img'>
              <title>{`${row.label}: ${row.words}`}</title>
              <desc>{description}</desc>
              <line class='grid' x1={place(from)} x2={place(to)} y1={middle} y2={middle} />
              {marks.map(({ at }) => (
                <line class='grid' x1={place(at)} x2={place(at)} y1='2' y2={2 * middle - 2} />
              ))}
              <Reach row={row} place={place} />
              <circle class='dot' cx={place(row.at)} cy={middle} r='5' />
            </svg>
          )}
          <span class='words' aria-hidden={row.at === null ? undefined : 'true'}>
            {row.words}
          </span>
        </li>
      ))}
      <li class='marks' aria-hidden='true'>
        <svg class='chart' width='100%' height='18' aria-hidden='true'>
          {marks.map(({ at, label }) => (
            <text
              x={place(at)}
              y='13'
              text-anchor={at === from ? 'start' : at === to ? 'end' : 'middle'}
            >
              {label}
            </text>
          ))}
        </svg>
      </li>
    </ul>
  )
}

/** The interval, or how far it is from zero. */
const Reach: FC<{ row: ScaleRow; place: (value: number) => string }> = ({ row, place }) => {
  const { at, low, high } = row
  if (low === undefined || high === undefined) {
    return <line class='reach' x1={place(0)} x2={place(at ?? 0)} y1={middle} y2={middle} />
  }
  return (
    <>
      <line class='reach' x1={place(low)} x2={place(high)} y1={middle} y2={middle} />
      {[low, high].map((end) => (
        <line class='reach' x1={place(end)} x2={place(end)} y1={middle - 5} y2={middle + 5} />
      ))}
    </>
  )
}
