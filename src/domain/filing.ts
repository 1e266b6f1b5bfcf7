import type { Person } from './person.ts'
import type { Opinion } from './review.ts'
import { type Refusal, refuse, type Step } from './step.ts'
import { giveReview, type Ids, type Thread } from './thread.ts'
import type { Instant } from './time.ts'

/** Threads filed in one act at most: what somebody can look through at once. */
export const filedMax = 200

/** What filing a machine's mail says of it. */
const nothingToDo: Opinion = {
  verdict: { kind: 'ordinary', needsReply: false },
  demand: 'none',
  fairRequest: '',
  reason: '',
}

/**
 * Files a machine's mail away (処理済み): a review like any other, and so the second person's
 * decides. What the rules saw something in is looked at by itself.
 */
export function fileAway(
  thread: Thread,
  revision: number,
  who: Person,
  at: Instant,
  ids: Ids,
): Step | Refusal {
  if (!thread.filed) return refuse('not_filed')
  if ((thread.assessed?.severity ?? 0) > 0) return refuse('look_at_it_first')
  return giveReview(thread, { revision, opinion: nothingToDo }, who, at, ids)
}
