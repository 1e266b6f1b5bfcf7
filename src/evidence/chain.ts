import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Event } from '../domain/event.ts'
import type { Person } from '../domain/person.ts'
import type { KeptLink } from '../store/log.ts'
import type { Store } from '../store/store.ts'
import { EvidenceError } from './error.ts'
import { eventOfCase, type Scope } from './scope.ts'

/** Who of the staff is named in what was written, by their ids alone. */
export type Named = { readonly known: ReadonlySet<string>; readonly found: Set<string> }

/** The event of a link where it is to be shown; null where its hash is enough. */
export type Shown = (link: KeptLink, scope: Scope) => Event | null

/**
 * The log up to a checkpoint, a line of JSON an event. Events of the case stand there in full, as
 * their hash covers them; of all others there is the number and the hash, which is enough to go
 * from the first link to the last and shows nothing of what they say.
 */
export async function* chainLines(
  store: Store,
  scope: Scope,
  checkpoint: Checkpoint,
  named: Named,
  shown: Shown = eventOfCase,
): AsyncIterable<string> {
  let last = 0
  for await (const batch of store.log.links()) {
    let lines = ''
    for (const link of batch) {
      if (link.seq > checkpoint.events) break
      const { seq, previousHash, hash, content } = link
      last = seq
      const event = shown(link, scope)
      if (event) noteIds(content, named)
      lines += `${JSON.stringify(event ? { seq, previousHash, hash, content } : { seq, hash })}\n`
    }
    yield lines
    if (last >= checkpoint.events) return
  }
  throw new EvidenceError('the log ends before its checkpoint: run verify')
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
