/** The figures that stand at an axis, from 0 to its top. */
export type Scale = { readonly top: number; readonly ticks: readonly number[] }

/** Lines that a chart has at most, above its foot. */
const linesMost = 4

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Round steps of a time, in seconds: people think in quarters of hours, half days and weeks. */
const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 4, 7, 14, 28].map((n) => n * day),
]

/** Round whole numbers up to at least that count, over few lines where the chart is low. */
export function scaleOf(most: number, lines = linesMost): Scale {
  const wanted = Math.max(1, most / lines)
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5, 10].map((n) => n * power).find((one) => one >= wanted) ?? 10 * power
  return scaleBy(step, most)
}

/** The same for a time in seconds. */
export function timeScaleOf(most: number): Scale {
  const step = timeSteps.find((one) => one * linesMost >= most)
  return scaleBy(step ?? Math.ceil(most / linesMost / day) * day, most)
}

function scaleBy(step: number, most: number): Scale {
  const lines = Math.max(1, Math.ceil(most / step))
  return { top: lines * step, ticks: Array.from({ length: lines + 1 }, (_, n) => n * step) }
}

/** How far apart names stand at an axis of so many places, that they do not meet on a phone. */
export function everyNth(places: number): number {
  return Math.max(1, Math.ceil(places / 5))
}
