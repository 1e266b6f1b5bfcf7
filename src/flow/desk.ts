import { canonicalAddress } from '../domain/address.ts'
import type { Event } from '../domain/event.ts'
import { isAnswer } from '../domain/mail.ts'
import { apply, queueRankOf, rankOutside } from '../domain/matter.ts'
import { type Sender, suspensionInForce } from '../domain/sender.ts'
import { subjectKeyOf } from '../domain/subject.ts'
import { openThread } from '../domain/thread.ts'
import type { Instant } from '../domain/time.ts'
import type { Arrival, NewSender } from '../store/arrivals.ts'
import type { FiledThread } from '../store/filed.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { placeAboutLetter } from './about-letters.ts'
import { arrivalOf, exchangedArrival, fromOf, participantsOf } from './arrival.ts'
import type { House } from './house.ts'
import type { Read, Reception } from './receive.ts'
import { openThreading, type Threading } from './threading.ts'
import { viewHash } from './view-hash.ts'

/** A thread on the desk: loaded or new, with what the batch has added so far. */
export type Draft = FiledThread & {
  /** Null for a thread that the batch opens. */
  readonly version: number | null
  /** The batch's newest mail in it that is not muted: what the rules will look at. */
  readonly heard: string | null
  /** Somebody else than its sender wrote in it: known to them by an answer, a copy, a code. */
  readonly others: boolean
}

/** One mail of the batch in its place. */
export type Placed = {
  readonly arrival: Arrival
  /** Nobody reviews it: rules alone look whether somebody must see it all the same. */
  readonly aside: boolean
}

/** Where a batch of mail is sorted before it is stored: threads and senders, known and new. */
export type Desk = {
  readonly drafts: Map<string, Draft>
  readonly placed: Placed[]
  readonly senders: NewSender[]
  readonly events: Event[]
  readonly at: Instant
}

export type Sorting = {
  readonly house: House
  readonly mailbox: Mailbox
  readonly trust: Reception['trust']
  readonly desk: Desk
  readonly threading: Threading
  readonly own: ReadonlySet<string>
  /** Addresses of the batch whose mail is never muted. */
  readonly representatives: ReadonlySet<string>
  readonly senderIds: Map<string, string>
  readonly senders: Map<string, Sender>
}

/** Finds sender and thread of every mail, in order, and says what happened. */
export async function sort(
  house: House,
  { mailbox, trust }: Pick<Reception, 'mailbox' | 'trust'>,
  read: readonly Read[],
): Promise<Desk> {
  const { store } = house
  const addresses = read.map((one) => fromOf(one).address).filter((one) => one !== '')
  const desk: Desk = { drafts: new Map(), placed: [], senders: [], events: [], at: house.now() }
  const senderIds = await store.arrivals.senders(addresses)
  const known = [...new Set(senderIds.values())]
  const senderOf = await store.matters.senders(known)
  const boxes = await store.mailboxes.list()
  const own = new Set(boxes.map(({ address }) => canonicalAddress(address)))
  const { drafts } = desk
  const sorting: Sorting = {
    house,
    mailbox,
    trust,
    desk,
    threading: await openThreading(house, { trust, read, senderIds: known, own, drafts }),
    own,
    representatives: await store.representatives.among(addresses),
    senderIds,
    senders: new Map(known.map((id) => [id, senderOf(id)])),
  }
  for (const one of read) await place(sorting, one)
  return desk
}

async function place(sorting: Sorting, read: Read): Promise<void> {
  const { mail } = read
  const { address } = fromOf(read)
  if (await placeAboutLetter(sorting, read)) return
  // Incoming mail never acts as staff: our own address counts only where it is proven.
  const proven = mail.identity === 'verified' || sorting.trust === 'archive'
  if (proven && sorting.own.has(address)) return placeOwn(sorting, read)
  return placeIncoming(sorting, read)
}

async function placeIncoming(sorting: Sorting, read: Read): Promise<void> {
  const sender = senderOf(sorting, fromOf(read))
  const draft = await draftFor(sorting, read, sender, sorting.trust === 'archive')
  const { identity } = read.mail
  const mutedBy = mutingOf(sorting, sender, read)
  const arrival = arrivalOf(sorting, read, draft, 'in', mutedBy)
  keep(sorting, draft, arrival, {
    ...stampOf(sorting, draft, arrival),
    kind: 'message_received',
    senderId: sender.id,
    identity,
    nature: read.mail.nature,
    mutedBy,
  })
}

/**
 * The suspension that mutes the mail in that mailbox: only of a sender who is known to have written
 * it, and never from a representative's address.
 */
export function mutingOf(
  { desk, mailbox, representatives }: Pick<Sorting, 'desk' | 'mailbox' | 'representatives'>,
  sender: Sender,
  read: Read,
): string | null {
  const { identity } = read.mail
  if (representatives.has(fromOf(read).address)) return null
  const known = identity === 'verified' || (identity !== 'failed' && sender.proof !== '')
  return known ? (suspensionInForce(sender, desk.at, mailbox.id)?.id ?? null) : null
}

async function placeOwn(sorting: Sorting, read: Read): Promise<void> {
  const to = read.mail.to[0] ?? { name: '', address: '' }
  const sender = senderOf(sorting, { ...to, address: canonicalAddress(to.address) })
  const draft = await draftFor(sorting, read, sender, true)
  const arrival = arrivalOf(sorting, read, draft, 'out', null)
  keep(sorting, draft, arrival, {
    ...stampOf(sorting, draft, arrival),
    kind: 'own_message_recorded',
    senderId: draft.matter.sender.id,
  })
}

/** A customer's own words may stand in what their answering machine says. */
function isAnsweringMachine(event: Event): boolean {
  return event.kind === 'report_received' && isAnswer(event.report)
}

/** Puts the mail into its thread and the event into the log of the batch. */
export function keep(
  sorting: Sorting,
  draft: Draft,
  arrival: Arrival,
  placed: Extract<Event, { rawSha256: string }>,
): void {
  const { desk, threading } = sorting
  const event = { ...placed, viewSha256: viewHash(arrival) }
  const muted = arrival.mutedBy !== null
  const person = event.kind === 'message_received' && !muted
  const waiting = draft.version !== null || draft.messageCount > 0
  const inQueue = waiting && queueRankOf(draft.matter) < rankOutside
  desk.drafts.set(draft.matter.thread.id, {
    ...draft,
    messageCount: draft.messageCount + 1,
    // Of a muted mail nobody has to read even the subject.
    subjectShielded: draft.subjectShielded || (muted && draft.messageCount === 0),
    waitingSince: person && !inQueue ? arrival.receivedAt : draft.waitingSince,
    lastAt: draft.lastAt > arrival.receivedAt ? draft.lastAt : arrival.receivedAt,
    heard: person ? arrival.id : draft.heard,
    others: draft.others || ('senderId' in event && event.senderId !== draft.matter.sender.id),
    mails: muted
      ? draft.mails
      : [...draft.mails, { id: arrival.id, mail: exchangedArrival(arrival) }],
    participants: [...draft.participants, ...participantsOf(arrival)],
  })
  desk.placed.push({ arrival, aside: muted || isAnsweringMachine(event) })
  threading.note(arrival, draft.matter.sender.id)
  happen(sorting, draft.matter.thread.id, event)
}

export function happen({ desk }: Sorting, threadId: string, event: Event): void {
  desk.events.push(event)
  const draft = desk.drafts.get(threadId)
  if (draft) desk.drafts.set(threadId, { ...draft, matter: apply(draft.matter, event) })
}

async function draftFor(
  sorting: Sorting,
  read: Read,
  sender: Sender,
  vouched: boolean,
): Promise<Draft> {
  const { threading, house, mailbox, desk } = sorting
  const { address } = fromOf(read)
  const known = await threading.find({ read, senderId: sender.id, address, vouched })
  if (known) return known
  const { subject } = read.mail
  const at = read.incoming.receivedAt.toISOString()
  const draft: Draft = {
    matter: { thread: openThread(house.newId(), mailbox.id, sender.id), letters: [], sender },
    version: null,
    subject,
    subjectKey: subjectKeyOf(subject),
    subjectShielded: false,
    gist: [],
    messageCount: 0,
    waitingSince: at,
    lastAt: at,
    mails: [],
    participants: [],
    heard: null,
    others: false,
  }
  desk.drafts.set(draft.matter.thread.id, draft)
  return draft
}

/** Whom the mail is from: a sender known before the batch, in the batch, or from now on. */
function senderOf(
  { house, desk, senderIds, senders }: Sorting,
  from: { readonly name: string; readonly address: string },
): Sender {
  const known = senders.get(senderIds.get(from.address) ?? '')
  if (known) return known
  const id = house.newId()
  desk.senders.push({ id, ...from, createdAt: desk.at })
  if (from.address !== '') senderIds.set(from.address, id)
  const sender: Sender = { id, proof: '', measures: [] }
  senders.set(id, sender)
  return sender
}

export function stampOf({ mailbox, desk }: Sorting, draft: Draft, { id, rawSha256 }: Arrival) {
  const threadId = draft.matter.thread.id
  return { at: desk.at, by: null, threadId, messageId: id, mailboxId: mailbox.id, rawSha256 }
}
