import { acts } from '../demo/acts.ts'
import type { Person, Role } from '../domain/person.ts'
import { openTopics } from '../domain/terms.ts'
import type { Thread } from '../domain/thread.ts'
import { hoursAfter } from '../domain/time.ts'
import type { House } from '../flow/house.ts'
import { recordIncident } from '../flow/incidents.ts'
import { addNote } from '../flow/notes.ts'
import { confirmPolicy, hashOfPolicy } from '../flow/policy.ts'
import { review, writeReply } from '../flow/review.ts'
import { propose } from '../flow/suspend.ts'
import { writeSignature, writeSnippet } from '../flow/wordings.ts'

/** What the staff did before anybody looks, by the same acts as in the pages. */
export async function playActs(house: House): Promise<void> {
  const people = await house.store.people.list()
  const of = (role: Role): Person => {
    const found = people.find(({ roles }) => roles.includes(role))
    if (!found) throw new Error(`the demo has nobody who is ${role}`)
    return found
  }
  await readPolicy(house, people)
  await keepWordings(house, of('supervisor'))
  await takeCall(house, of('reviewer'))
  await askInNote(house, of('reviewer'))
  const [one, other] = people.filter(({ roles }) => roles.includes('reviewer'))
  if (!one || !other) throw new Error('the demo has not two who review')
  await judge(house, [one, other])
  await answer(house, other)
}

/** Everybody has read the policy but the first reviewer, who is asked to. */
async function readPolicy(house: House, people: readonly Person[]): Promise<void> {
  const first = people.find(({ roles }) => roles.includes('reviewer'))
  for (const one of people) {
    if (one !== first) expectDone(await confirmPolicy(house, hashOfPolicy(house.policy), one))
  }
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

/** One thread that two judge differently, and one where they agree and a suspension is proposed. */
async function judge(house: House, [one, other]: readonly [Person, Person]): Promise<void> {
  const { dispute, proposal } = acts
  const differing = await threadFrom(house, dispute.from)
  const { revision } = differing
  expectDone(await review(house, differing.id, { revision, opinion: dispute.first }, one))
  expectDone(await review(house, differing.id, { revision, opinion: dispute.second }, other))
  const grave = await threadFrom(house, proposal.from)
  for (const who of [one, other]) {
    const given = { revision: grave.revision, opinion: proposal.opinion }
    expectDone(await review(house, grave.id, given, who))
  }
  const no = { answer: 'no', words: '' } as const
  const fair = { answer: 'handled', words: proposal.fairRequest } as const
  const gate = { own_fault: no, accommodation: no, must_stay_open: no, fair_request: fair }
  const terms = {
    ...{ scope: 'mailbox' as const, mailboxId: null, openTopics, openLine: '', openAddress: '' },
    ...{ digest: 'weekly' as const, answerDays: null },
  }
  const wish = { measureKind: 'suspension', reason: proposal.reason, gate, terms } as const
  const skips = { skipWarning: '', skipExplanation: '' }
  expectDone(await propose(house, grave.id, { ...wish, ...skips }, one))
}

async function answer(house: House, who: Person): Promise<void> {
  const { from, subject, body } = acts.reply
  const { id, revision } = await threadFrom(house, from)
  expectDone(await writeReply(house, id, { letterId: null, revision, subject, body }, who))
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
