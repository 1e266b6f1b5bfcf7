import type { Category, Severity } from '../domain/category.ts'
import { may, type Person } from '../domain/person.ts'
import { type Refusal, refuse, step } from '../domain/step.ts'
import { actOn } from './act.ts'
import type { House, Outcome } from './house.ts'

/** A harmful passage that somebody asks to see: where it is, and how the rules judge it. */
export type Passage = {
  readonly threadId: string
  readonly messageId: string
  /** The offsets `start-end` in the text, or what is whole: `subject`, `muted`, `file:HASH`. */
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
  const outcome = await expose(house, passage.threadId, [{ exposureId, ...passage }], who)
  return outcome.kind === 'refused' ? outcome : { kind: 'revealed', exposureId }
}

/** The same of several passages of one thread, which one view shows at once: all or none. */
export function revealAll(
  house: House,
  threadId: string,
  passages: readonly Passage[],
  who: Person,
): Promise<Outcome> {
  const exposed = passages.map((passage) => ({ ...passage, exposureId: house.newId() }))
  return expose(house, threadId, exposed, who)
}

type Exposed = Passage & { readonly exposureId: string }

function expose(
  house: House,
  threadId: string,
  exposed: readonly Exposed[],
  who: Person,
): Promise<Outcome> {
  return actOn(house, threadId, ({ thread }) => {
    if (!may(who, 'reveal', thread.mailboxId)) return refuse('not_allowed')
    const about = { kind: 'passage_revealed', at: house.now(), by: who.id } as const
    return step(...exposed.map((one) => ({ ...about, ...one })))
  })
}
