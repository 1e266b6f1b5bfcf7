import type { FC } from 'hono/jsx'
import type { DayWords } from '../text/days.ts'
import { everyNth, type Scale } from './chart-scale.ts'

/** One kind of thing in a chart: a figure for each place, and the tone it is filled with. */
export type Series = {
  readonly label: string
  readonly tone: number
  readonly values: readonly number[]
}

type StackProps = {
  /** Of the chart, once a page. */
  id: string
  title: string
  /** What the chart shows, in words. */
  description: string
  places: readonly DayWords[]
  series: readonly Series[]
  scale: Scale
  height?: number
  /** A figure at the axis, and one that a part stands for. */
  figure: (value: number) => string
  /** The words for one part, for whoever points at it. */
  partWords: (place: DayWords, series: Series, at: number) => string
}

/** Room above the bars, and below them for names, in pixels; at the left for figures, in percent. */
const head = 12
const foot = 22
const left = 15

/** So far to the right a name has room on both sides, in percent. */
const nameInner = 94

/**
 * Bars over time, stacked from their foot. Across, everything is in percent of the chart's place,
 * and upwards in pixels: so its letters keep their size on a phone.
 */
export const StackChart: FC<StackProps> = (props) => {
  const { id, title, description, places, scale, height = 190, figure } = props
  const tall = height - head - foot
  const levelOf = (value: number) => height - foot - (value / scale.top) * tall
  const room = (100 - left) / Math.max(1, places.length)
  const nth = everyNth(places.length)
  return (
    <svg
      class='chart'
      width='100%'
      height={height}
      role='img'
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-words`}
    >
      <title id={`${id}-name`}>{title}</title>
      <desc id={`${id}-words`}>{description}</desc>
      {scale.ticks.map((tick) => (
        <>
          <line
            class={tick === 0 ? 'axis' : 'grid'}
            x1={percent(left)}
            x2='100%'
            y1={levelOf(tick)}
            y2={levelOf(tick)}
          />
          <text x={percent(left - 1)} y={levelOf(tick) + 4} text-anchor='end'>
            {figure(tick)}
          </text>
        </>
      ))}
      {places.map((place, at) => (
        <>
          <Bar {...props} at={at} x={left + room * at} room={room} levelOf={levelOf} />
          {(places.length - 1 - at) % nth === 0 && (
            <text {...nameAt(left + room * (at + 0.5))} y={height - 6}>
              {place.short}
            </text>
          )}
        </>
      ))}
    </svg>
  )
}

/** A name below the middle of its bar; the last of many would stick out, and ends with the chart. */
function nameAt(middle: number): { x: string; 'text-anchor': 'middle' | 'end' } {
  if (middle > nameInner) return { x: '100%', 'text-anchor': 'end' }
  return { x: percent(middle), 'text-anchor': 'middle' }
}

type BarProps = StackProps & {
  at: number
  x: number
  room: number
  levelOf: (value: number) => number
}

const Bar: FC<BarProps> = ({ places, series, partWords, at, x, room, levelOf }) => {
  const place = places[at]
  if (!place) return null
  let below = 0
  return (
    <>
      {series.map((one) => {
        const value = one.values[at] ?? 0
        if (value === 0) return null
        const [foot, top] = [levelOf(below), levelOf(below + value)]
        below += value
        return (
          <rect
            class={`part tone-${one.tone}`}
            x={percent(x + room * 0.14)}
            y={round(top)}
            width={percent(room * 0.72)}
            height={round(foot - top)}
            fill={`url(#tone-${one.tone})`}
          >
            <title>{partWords(place, one, at)}</title>
          </rect>
        )
      })}
    </>
  )
}

function percent(value: number): string {
  return `${round(value)}%`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
