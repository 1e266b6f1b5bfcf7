import type { Category, Severity } from '../domain/category.ts'
import { may, type Person } from '../domain/person.ts'
import { type Refusal, refuse, step } from '../domain/step.ts'
import { actOn } from './act.ts'
import type { House } from './house.ts'

/** A harmful passage that somebody asks to see: where it is, and how the rules judge it. */
export type Passage = {
  readonly threadId: string
  readonly messageId: string
  /** `subject`, `quoted`, `muted` or the offsets `start-end` in the text. */
  readonly passage: string
  readonly categories: readonly Category[]
  readonly severity: Severity
}

export type Revealed = { readonly kind: 'revealed'; readonly exposureId: string }

/** Puts on record that a person chose to see a passage (閲覧負荷), before it is shown. */
export async function reveal(
  house: House,
  passage: Passage,
  who: Person,
): Promise<Revealed | Refusal> {
  const exposureId = house.newId()
  const outcome = await actOn(house, passage.threadId, ({ thread }) => {
    if (!may(who, 'reveal', thread.mailboxId)) return refuse('not_allowed')
    return step({ kind: 'passage_revealed', at: house.now(), by: who.id, exposureId, ...passage })
  })
  return outcome.kind === 'refused' ? outcome : { kind: 'revealed', exposureId }
}
