import type { ArrangeEvent, Composition } from './arrange-event.ts'
import { isOpen } from './letter.ts'
import type { Identity, Nature } from './mail.ts'
import type { Matter } from './matter.ts'
import { may, type Person } from './person.ts'
import type { Sender } from './sender.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { whyNotOnErased } from './target.ts'
import { openThread, type Thread } from './thread.ts'
import type { Instant } from './time.ts'

/** What counts of a mail when it moves: no word of it. */
export type MailFacts = {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly identity: Identity
  readonly nature: Nature
  readonly mutedBy: string | null
  readonly mailboxId: string
  /** Whose mail it is, by its From; of our own mails the thread's sender. */
  readonly senderId: string
}

/** A thread with all its mails, oldest first. */
export type Held = { readonly matter: Matter; readonly mails: readonly MailFacts[] }

export type Move = Pick<ArrangeEvent, 'moveId' | 'how' | 'undoes'>

/** Mails moved at once at most: more is no matter of a look at check boxes. */
export const movedMax = 2_000

/**
 * Splits mails off into a thread of their own (メールを分ける). Where all of them are another
 * sender's, who came into the thread by an answer, the new thread is theirs.
 */
export function split(
  from: Held,
  given: { readonly revision: number; readonly messageIds: readonly string[] },
  ids: { readonly move: string; readonly thread: string },
  who: Person,
  at: Instant,
): Step | Refusal {
  const barred = whyNotArrange(who, from.matter.thread)
  if (barred) return barred
  if (given.revision !== from.matter.thread.revision) return refuse('stale_revision')
  const wanted = new Set(given.messageIds)
  const chosen = from.mails.filter(({ id }) => wanted.has(id))
  const [first] = chosen
  if (!first || chosen.length < wanted.size) return refuse('mails_missing')
  if (chosen.length === from.mails.length) return refuse('mails_all')
  const { mailboxId } = from.matter.thread
  const muted = chosen.some(({ mutedBy }) => mutedBy !== null)
  if (muted && !may(who, 'read_muted', mailboxId)) return refuse('not_allowed')
  const opened = openThread(ids.thread, first.mailboxId, senderOf(chosen, from.matter.thread))
  const elsewhere = whyNotArrange(who, opened)
  if (elsewhere) return elsewhere
  return moved(from, { thread: opened, mails: [] }, chosen, stampOf(ids.move, 'split', who, at))
}

/** Joins a whole thread into another one of the same sender (スレッドをまとめる). */
export function join(
  from: Held,
  into: Held,
  given: { readonly revision: number; readonly intoRevision: number },
  moveId: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const [thread, other] = [from.matter.thread, into.matter.thread]
  const barred = whyNotArrange(who, thread, other)
  if (barred) return barred
  if (thread.id === other.id) return refuse('same_thread')
  if (thread.joinedInto !== null || other.joinedInto !== null) return refuse('joined_away')
  // A thread is one customer's, and what is decided in it falls on them.
  if (thread.senderId !== other.senderId) return refuse('other_sender')
  const seen = given.revision === thread.revision && given.intoRevision === other.revision
  if (!seen) return refuse('stale_revision')
  const target = { thread: other, mails: into.mails }
  return moved(from, target, from.mails, stampOf(moveId, 'join', who, at))
}

/**
 * Takes a move back. After a split everything goes back, answers that followed included; after a
 * join those mails that were joined and are still there.
 */
export function undo(
  move: ArrangeEvent,
  from: Held,
  to: Held,
  moveId: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  const { thread } = to.matter
  const barred = whyNotArrange(who, from.matter.thread, thread)
  if (barred) return barred
  const stillJoined = move.how !== 'join' || thread.joinedInto === from.matter.thread.id
  if (move.how === 'undo' || !stillJoined) return refuse('nothing_to_undo')
  if (move.how === 'split' && thread.joinedInto !== null) return refuse('joined_away')
  const moving =
    move.how === 'split' ? from.mails : from.mails.filter(({ id }) => move.messageIds.includes(id))
  const stamp = { ...stampOf(moveId, 'undo', who, at), undoes: move.moveId }
  return moved(from, { thread, mails: to.mails }, moving, stamp)
}

/** What the mails of a thread come to, where somebody put them together by hand. */
export function compositionOf(mails: readonly MailFacts[]): Composition {
  // What machines report on our letters belongs to the letters.
  const heard = mails.filter(
    ({ direction, mutedBy, nature }) =>
      direction === 'in' && mutedBy === null && nature !== 'report',
  )
  return {
    mails: mails.length,
    unverified: heard.filter(({ identity }) => identity !== 'verified').length,
    filed: heard.every(({ nature }) => nature !== 'person'),
    muted: heard.length === 0 && mails.every(({ direction }) => direction === 'in'),
  }
}

/** Mail leaves one mailbox for another only by somebody who has both before them. */
function whyNotArrange(who: Person, ...threads: readonly Thread[]): Refusal | null {
  if (!threads.every(({ mailboxId }) => may(who, 'arrange', mailboxId)))
    return refuse('not_allowed')
  return threads.map((one) => whyNotOnErased('arrange', one)).find((one) => one !== null) ?? null
}

type Stamp = Move & { readonly at: Instant; readonly by: string }

function moved(
  from: Held,
  to: { readonly thread: Thread; readonly mails: readonly MailFacts[] },
  moving: readonly MailFacts[],
  stamp: Stamp,
): Step | Refusal {
  if (moving.length === 0) return refuse('nothing_to_undo')
  if (moving.length > movedMax) return refuse('too_many_mails')
  const messageIds = moving.map(({ id }) => id)
  const goes = new Set(messageIds)
  const left = from.mails.filter(({ id }) => !goes.has(id))
  const answerable = left.some(({ direction, mutedBy }) => direction === 'in' && mutedBy === null)
  const refusal = answerable ? null : whyNotEmpty(from.matter)
  if (refusal) return refusal
  const { thread } = from.matter
  const out = { ...stamp, ...placeOf(thread), kind: 'mails_moved_out', messageIds } as const
  const into = { ...stamp, ...placeOf(to.thread), kind: 'mails_moved_in', messageIds } as const
  return step(
    { ...out, other: to.thread.id, now: compositionOf(left) },
    { ...into, other: thread.id, now: compositionOf([...to.mails, ...moving]) },
  )
}

/** What is under way in a thread needs the mail that it answers. */
function whyNotEmpty({ thread, letters, sender }: Matter): Refusal | null {
  if (letters.some((letter) => isOpen(letter) || letter.state === 'uncertain')) {
    return refuse('letter_on_its_way')
  }
  return hasMeasureUnderWay(sender, thread.id) ? refuse('measure_pending') : null
}

/** A suspension that is in force will be lifted or end here, with a notice that answers a mail. */
function hasMeasureUnderWay({ measures }: Sender, threadId: string): boolean {
  return measures.some(
    ({ threadId: of, state, kind }) =>
      of === threadId &&
      (['proposed', 'confirmed', 'not_announced'].includes(state) ||
        (kind === 'suspension' && state === 'in_force')),
  )
}

function senderOf(chosen: readonly MailFacts[], { senderId }: Thread): string {
  const senders = new Set(chosen.map((mail) => mail.senderId))
  const [only = senderId] = senders
  return senders.size === 1 ? only : senderId
}

function placeOf({ id: threadId, senderId, mailboxId }: Thread) {
  return { threadId, senderId, mailboxId }
}

function stampOf(moveId: string, how: Move['how'], who: Person, at: Instant): Stamp {
  return { at, by: who.id, moveId, how, undoes: null }
}
