import { acts } from '../demo/acts.ts'
import type { Person, Role } from '../domain/person.ts'
import type { Thread } from '../domain/thread.ts'
import { hoursAfter } from '../domain/time.ts'
import type { House } from '../flow/house.ts'
import { recordIncident } from '../flow/incidents.ts'
import { addNote } from '../flow/notes.ts'
import { writeSignature, writeSnippet } from '../flow/wordings.ts'

/** What the staff did before anybody looks, by the same acts as in the pages. */
export async function playActs(house: House): Promise<void> {
  const people = await house.store.people.list()
  const of = (role: Role): Person => {
    const found = people.find(({ roles }) => roles.includes(role))
    if (!found) throw new Error(`the demo has nobody who is ${role}`)
    return found
  }
  await keepWordings(house, of('supervisor'))
  await takeCall(house, of('reviewer'))
  await askInNote(house, of('reviewer'))
}

async function keepWordings(house: House, who: Person): Promise<void> {
  for (const { title, content } of acts.snippets) {
    const given = { mailboxId: null, title, content, version: 0 }
    expectDone(await writeSnippet(house, null, given, who))
  }
  for (const { id } of await house.store.mailboxes.list()) {
    expectDone(await writeSignature(house, id, { content: acts.signature, version: 0 }, who))
  }
}

async function takeCall(house: House, who: Person): Promise<void> {
  const { from, hoursAgo, opinion, ...call } = acts.call
  const thread = await threadFrom(house, from)
  const given = {
    ...call,
    incidentId: house.newId(),
    sender: thread.senderId,
    mailboxId: thread.mailboxId,
    kind: 'phone' as const,
    occurredAt: hoursAfter(house.now(), -hoursAgo),
    takenBy: null,
    picture: null,
    postUrl: '',
  }
  const outcome = await recordIncident(house, given, opinion, who)
  if (outcome.kind === 'refused') throw new Error(`the demo's call: ${outcome.reason}`)
}

async function askInNote(house: House, who: Person): Promise<void> {
  const { from, body } = acts.note
  const thread = await threadFrom(house, from)
  expectDone(await addNote(house, thread.id, { body, mentions: [] }, who))
}

/** The newest open thread that somebody of that name wrote. */
async function threadFrom({ store }: House, name: string): Promise<Thread> {
  const open = await store.queue.list({ states: 'open' }, { offset: 0, limit: 500 })
  const item = open.find(({ senderName }) => senderName === name)
  const loaded = item && (await store.matters.find(item.id))
  if (!loaded) throw new Error(`the demo's story has no open thread of ${name}`)
  return loaded.matter.thread
}

function expectDone(outcome: { readonly kind: string }): void {
  if (outcome.kind !== 'done') throw new Error(`an act of the demo: ${JSON.stringify(outcome)}`)
}
