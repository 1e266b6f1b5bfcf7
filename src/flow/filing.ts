import { fileAway, filedMax } from '../domain/filing.ts'
import type { Person } from '../domain/person.ts'
import { type RefusalReason, refuse } from '../domain/step.ts'
import { decisionOf } from '../domain/thread.ts'
import { actOn } from './act.ts'
import type { House } from './house.ts'

/** A thread as it was ticked: with the revision that was shown. */
export type Pick = { readonly threadId: string; readonly revision: number }

export type Filed = {
  /** Reviewed by a first person now, waiting for a second one. */
  readonly first: number
  /** Decided by the second one. */
  readonly decided: number
  readonly refused: readonly { readonly threadId: string; readonly reason: RefusalReason }[]
}

/**
 * Files many mails of machines away in one act (一括処理): one review each, every rule asked anew for
 * every thread, and what is refused is said by its reason. Nothing is half done within a thread.
 */
export async function fileTogether(
  house: House,
  picks: readonly Pick[],
  who: Person,
): Promise<Filed> {
  const [filed, over] = [picks.slice(0, filedMax), picks.slice(filedMax)]
  const refused: { threadId: string; reason: RefusalReason }[] = []
  let [first, decided] = [0, 0]
  for (const { threadId, revision } of filed) {
    let decides = false
    const outcome = await actOn(house, threadId, ({ thread }) => {
      const ids = { review: house.newId(), decision: house.newId() }
      decides = thread.reviews.length > 0 && decisionOf(thread) === null
      return fileAway(thread, revision, who, house.now(), ids)
    })
    if (outcome.kind === 'refused') refused.push({ threadId, reason: outcome.reason })
    else if (decides) decided += 1
    else first += 1
  }
  const rest = over.map(({ threadId }) => ({ threadId, reason: refuse('too_many_filed').reason }))
  return { first, decided, refused: [...refused, ...rest] }
}
