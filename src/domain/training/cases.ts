import type { Candidate } from '../drill-choice.ts'
import type { TrainingCase } from '../training-case.ts'
import { graveCases } from './grave.ts'
import { casesOfManner } from './manner.ts'
import { ordinaryCases } from './ordinary.ts'

/** The product's own cases: three of each category and some that only look like it. */
export const trainingCases: readonly TrainingCase[] = [
  ...casesOfManner,
  ...graveCases,
  ...ordinaryCases,
]

/** The product's own cases as drills choose from them. */
export const ownCandidates: readonly Candidate[] = trainingCases.map(
  ({ code, outcome, categories }) => ({ ref: { kind: 'own', code }, outcome, categories }),
)

export function trainingCase(code: string): TrainingCase | null {
  return trainingCases.find((one) => one.code === code) ?? null
}
