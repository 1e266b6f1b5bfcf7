import type { Person } from '../domain/person.ts'
import type { RefusalReason } from '../domain/step.ts'
import type { Instant } from '../domain/time.ts'
import { assignThread } from './assignment.ts'
import type { House, Outcome } from './house.ts'
import { snoozeThread } from './snooze.ts'

/** A thread as it was ticked: with who had it on the page. */
export type Ticked = { readonly threadId: string; readonly from: string | null }

/** What is done with each of them. */
export type TogetherAct =
  | { readonly kind: 'assign'; readonly to: string }
  | { readonly kind: 'snooze'; readonly until: Instant }

export type Together = {
  readonly done: number
  readonly refused: readonly { readonly threadId: string; readonly reason: RefusalReason }[]
}

/** Does one thing with several threads, each by its own rules: one refused stops none of the others. */
export async function actTogether(
  house: House,
  ticked: readonly Ticked[],
  act: TogetherAct,
  who: Person,
): Promise<Together> {
  const refused: { threadId: string; reason: RefusalReason }[] = []
  for (const one of ticked) {
    const outcome = await actOnOne(house, one, act, who)
    if (outcome.kind === 'refused') refused.push({ threadId: one.threadId, reason: outcome.reason })
  }
  return { done: ticked.length - refused.length, refused }
}

function actOnOne(
  house: House,
  { threadId, from }: Ticked,
  act: TogetherAct,
  who: Person,
): Promise<Outcome> {
  if (act.kind === 'snooze') return snoozeThread(house, threadId, act.until, who)
  return assignThread(house, threadId, { to: act.to, remark: '', from }, who)
}
