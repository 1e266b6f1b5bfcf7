import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Event } from '../domain/event.ts'
import type { Person } from '../domain/person.ts'
import type { KeptLink } from '../store/log.ts'
import type { Store } from '../store/store.ts'
import { EvidenceError } from './error.ts'
import type { Mask } from './mask.ts'
import { eventOfCase, type Scope } from './scope.ts'

/** Who of the staff is named in what was written, by their ids alone. */
export type Named = { readonly known: ReadonlySet<string>; readonly found: Set<string> }

export type Linked = {
  readonly store: Store
  readonly scope: Scope
  readonly checkpoint: Checkpoint
  readonly mask: Mask
  /** The event of a link where it stands there in full; null where its hash is enough. */
  readonly eventOf?: (link: KeptLink, scope: Scope) => Event | null
}

/**
 * The log up to a checkpoint, a line of JSON an event. Events of the case stand there in full, as
 * their hash covers them; of all others there is the number and the hash, which is enough to go
 * from the first link to the last and shows nothing of what they say. A reason in which somebody is
 * named who is to be hidden stays a hash as well, marked as masked.
 */
export async function* chainLines(about: Linked, named: Named): AsyncIterable<string> {
  const { store, checkpoint } = about
  let last = 0
  for await (const batch of store.log.links()) {
    const links = batch.filter(({ seq }) => seq <= checkpoint.events)
    yield links.map((link) => `${JSON.stringify(shownOf(link, about, named))}\n`).join('')
    last = links.at(-1)?.seq ?? last
    if (last >= checkpoint.events) return
  }
  throw new EvidenceError('the log ends before its checkpoint: run verify')
}

function shownOf(link: KeptLink, { scope, mask, eventOf = eventOfCase }: Linked, named: Named) {
  const { seq, previousHash, hash, content } = link
  if (!eventOf(link, scope)) return { seq, hash }
  if (mask.holds(content)) return { seq, hash, masked: true }
  noteIds(content, named)
  return { seq, previousHash, hash, content }
}

/** Notes who of the staff is named in a text of JSON. */
export function noteIds(json: string, { known, found }: Named): void {
  for (const [id] of json.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) {
    if (known.has(id)) found.add(id)
  }
}

/** Those of them that were named: their roles, and no names. */
export function staffIn({ found }: Named, people: readonly Person[]) {
  return people.filter(({ id }) => found.has(id)).map(({ id, roles }) => ({ id, roles }))
}
