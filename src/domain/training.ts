import { type Day, dayOf, isDay } from './business-day.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** Training (研修) that was held elsewhere: a course, a talk, a meeting. */
export type Training = {
  readonly id: string
  readonly title: string
  readonly heldOn: Day
  readonly personIds: readonly string[]
  readonly recordedBy: string
  readonly recordedAt: Instant
  readonly withdrawnAt: Instant | null
}

/** The longest title of a training, in UTF-16 units. */
export const titleLengthMax = 200

/** Puts a training on record; who may is asked before. */
export function recordTraining(training: Training, titleSha256: string): Step | Refusal {
  const { id: trainingId, title, heldOn, personIds, recordedBy: by, recordedAt: at } = training
  if (title.trim() === '') return refuse('training_title_missing')
  if (!isDay(heldOn) || heldOn > dayOf(at)) return refuse('training_day_wrong')
  if (personIds.length === 0) return refuse('training_nobody')
  return step({ kind: 'training_recorded', at, by, trainingId, heldOn, personIds, titleSha256 })
}

/** Takes one back that was put down wrongly; the log keeps both. */
export function withdrawTraining(training: Training, by: string, at: Instant): Step | Refusal {
  if (training.withdrawnAt !== null) return refuse('changed_meanwhile')
  return step({ kind: 'training_withdrawn', at, by, trainingId: training.id })
}
