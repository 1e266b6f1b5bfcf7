import type { Flag } from './category.ts'
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
  if (wantsALook(thread)) return refuse('look_at_it_first')
  return giveReview(thread, { revision, opinion: nothingToDo }, who, at, ids)
}

/** What may lie in a machine's mail all the same: a court's letter comes by portals, too. */
const weighty: readonly Flag[] = ['self_harm', 'legal_notice', 'safety', 'accommodation', 'press']

function wantsALook({ assessed }: Thread): boolean {
  if (!assessed) return false
  return assessed.severity > 0 || assessed.flags.some((flag) => weighty.includes(flag))
}
