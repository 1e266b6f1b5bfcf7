import { fileAway, filedMax } from '../domain/filing.ts'
import type { Person } from '../domain/person.ts'
import { type RefusalReason, refuse, type Step } from '../domain/step.ts'
import { actOn } from './act.ts'
import type { House } from './house.ts'

/** A thread as it was ticked: with the revision that was shown. */
export type Pick = { readonly threadId: string; readonly revision: number }

export type Filed = {
  /** Reviewed by a first person now, waiting for a second one. */
  readonly first: number
  /** Decided by the second one. */
  readonly decided: number
  /** The first person had seen more in it: a supervisor settles it. */
  readonly disputed: number
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
  const count = { first: 0, decided: 0, disputed: 0 }
  for (const { threadId, revision } of filed) {
    let became: keyof typeof count = 'first'
    const outcome = await actOn(house, threadId, ({ thread }) => {
      const ids = { review: house.newId(), decision: house.newId() }
      const step = fileAway(thread, revision, who, house.now(), ids)
      became = step.kind === 'refused' ? 'first' : outcomeOf(step)
      return step
    })
    if (outcome.kind === 'refused') refused.push({ threadId, reason: outcome.reason })
    else count[became] += 1
  }
  const rest = over.map(({ threadId }) => ({ threadId, reason: refuse('too_many_filed').reason }))
  return { ...count, refused: [...refused, ...rest] }
}

function outcomeOf({ events }: Step): 'first' | 'decided' | 'disputed' {
  if (events.some(({ kind }) => kind === 'decision_made')) return 'decided'
  return events.some(({ kind }) => kind === 'dispute_opened') ? 'disputed' : 'first'
}
