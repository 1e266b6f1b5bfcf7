import type { Matter } from '../domain/matter.ts'
import type { Refusal, Step } from '../domain/step.ts'
import type { ConfirmedAnswer } from '../store/measure-terms.ts'
import type { LetterContent } from '../store/writes.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

/** No thread, letter or measure with that id. */
export class NotFound extends Error {
  constructor(what: string, id: string) {
    super(`there is no ${what} with the id ${id.slice(0, 64)}`)
    this.name = 'NotFound'
  }
}

/** Load, decide, commit: the one way in which a person changes a thread. */
export function actOn(
  { store }: House,
  threadId: string,
  decide: (matter: Matter) => Step | Refusal,
  contents: readonly LetterContent[] = [],
  answer: ConfirmedAnswer | null = null,
): Promise<Outcome> {
  return untilFresh(async () => {
    const loaded = await store.matters.find(threadId)
    if (!loaded) throw new NotFound('thread', threadId)
    const decision = decide(loaded.matter)
    if (decision.kind === 'refused') return decision
    if (decision.events.length === 0) return done
    await store.matters.commit(loaded, decision.events, contents, answer)
    return done
  })
}
