import type { Matter } from '../domain/matter.ts'
import type { Refusal, Step } from '../domain/step.ts'
import type { Beside } from '../store/letter-versions.ts'
import type { LetterContent } from '../store/writes.ts'
import { careAfterThread } from './care-after.ts'
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
  house: House,
  threadId: string,
  decide: (matter: Matter) => Step | Refusal,
  contents: readonly LetterContent[] = [],
  beside: Beside = {},
): Promise<Outcome> {
  const { store } = house
  return untilFresh(async () => {
    const loaded = await store.matters.find(threadId)
    if (!loaded) throw new NotFound('thread', threadId)
    const decision = decide(loaded.matter)
    if (decision.kind === 'refused') return decision
    if (decision.events.length === 0) return done
    const care = await careAfterThread(house, loaded.matter.thread, decision.events)
    const events = [...decision.events, ...care.events]
    await store.matters.commit(loaded, events, contents, { ...beside, care: care.tasks })
    return done
  })
}
