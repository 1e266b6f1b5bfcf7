import type { FC } from 'hono/jsx'

export type Bar = { readonly label: string; readonly value: number }

/** In units of the drawing: it grows with its place. */
const width = 600
const height = 140
const foot = 18
const head = 16

/** Bars with their figures over them, drawn on the server; the same figures stand in a table. */
export const BarChart: FC<{ bars: readonly Bar[]; label: string; short: (bar: Bar) => string }> = ({
  bars,
  label,
  short,
}) => {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  const room = width / Math.max(1, bars.length)
  const tall = height - foot - head
  return (
    <svg class='bar-chart' viewBox={`0 0 ${width} ${height}`} role='img' aria-label={label}>
      <line class='axis' x1={0} y1={height - foot} x2={width} y2={height - foot} />
      {bars.map((bar, n) => {
        const bars = (bar.value / most) * tall
        const middle = room * n + room / 2
        return (
          <>
            <rect
              class='bar'
              x={room * n + room * 0.2}
              y={height - foot - bars}
              width={room * 0.6}
              height={bars}
              rx={2}
            />
            {bar.value > 0 && (
              <text class='figure' x={middle} y={height - foot - bars - 4} text-anchor='middle'>
                {bar.value}
              </text>
            )}
            <text class='label' x={middle} y={height - 4} text-anchor='middle'>
              {short(bar)}
            </text>
          </>
        )
      })}
    </svg>
  )
}

/** Bars below one another, each with its whole name: for names that are long, and narrow screens. */
export const BarList: FC<{ bars: readonly Bar[]; label: string }> = ({ bars, label }) => {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <figure class='bar-list' role='img' aria-label={label}>
      {bars.map(({ label: name, value }) => (
        <div>
          <span>{name}</span>
          <svg viewBox='0 0 100 10' preserveAspectRatio='none' aria-hidden='true'>
            <rect class='bar' width={(value / most) * 100} height={10} />
          </svg>
          <span class='value'>{value}</span>
        </div>
      ))}
    </figure>
  )
}
