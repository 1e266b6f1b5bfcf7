/** At one bound: the share of harmless threads over it, and of harmful ones. */
export type CurvePoint = {
  readonly bound: number
  readonly falseAlarms: number
  readonly recall: number
}

const curveSteps = 20

/** False alarms and recall at bounds from 0 to 1, by how likely each thread was thought harmful. */
export function curveOf(
  judged: readonly { readonly harmful: boolean; readonly chance: number }[],
): CurvePoint[] {
  const harmless = judged.filter(({ harmful }) => !harmful)
  const harmful = judged.filter((one) => one.harmful)
  return Array.from({ length: curveSteps + 1 }, (_, step) => {
    const bound = step / curveSteps
    return { bound, falseAlarms: over(bound, harmless), recall: over(bound, harmful) }
  })
}

function over(bound: number, all: readonly { readonly chance: number }[]): number {
  return all.length === 0 ? 0 : all.filter(({ chance }) => chance >= bound).length / all.length
}
