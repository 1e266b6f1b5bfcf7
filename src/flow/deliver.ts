import type { Event } from '../domain/event.ts'
import type { Matter } from '../domain/matter.ts'
import { measureEventAfter } from '../domain/measure.ts'
import { may, type Person } from '../domain/person.ts'
import { isMuted } from '../domain/sender.ts'
import { refuse } from '../domain/step.ts'
import { daysAfter } from '../domain/time.ts'
import { compose, UnsafeMail } from '../mail/compose.ts'
import type { SendOutcome, Smtp } from '../mail/smtp.ts'
import type { WrittenLetter } from '../store/threads.ts'
import { actOn, NotFound } from './act.ts'
import type { House, Outcome } from './house.ts'

/** Longer than any SMTP conversation may last (RFC 5321 section 4.5.3.2.6 asks for 10 minutes). */
const conversationMs = 15 * 60_000

/** Waiting times after a temporary failure, in seconds; then the letter is given up as refused. */
const retrySeconds = [30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400]

/**
 * Sends one approved letter: claim, SMTP, result. The attempt is on record before the
 * conversation; letter, measure and event change in one commit after it.
 */
export async function deliver(house: House, smtp: Smtp, letter: WrittenLetter): Promise<void> {
  const raw = await composed(letter, house.now())
  if (!(await claim(house, letter))) return
  const envelope = { from: letter.fromAddress, to: letter.toAddress }
  const outcome = Buffer.isBuffer(raw) ? await smtp.send(envelope, raw) : raw
  const { id, kind, threadId } = letter
  house.log.info({ letter: id, kind, outcome: outcome.kind }, 'letter handed over')
  await actOn(house, threadId, (matter) => ({
    kind: 'step',
    events: eventsAfter(house, matter, id, outcome),
  }))
}

/** The letter's bytes, or why they cannot be sent: an address that is none is refused by us. */
async function composed(letter: WrittenLetter, now: string): Promise<Buffer | SendOutcome> {
  try {
    return await compose(outgoing(letter, now))
  } catch (error) {
    if (!(error instanceof UnsafeMail)) throw error
    return { kind: 'refused', code: 0, reason: error.message }
  }
}

/** A letter whose postman is gone may have arrived: it is never sent again blindly. */
export async function abandon(house: House, letter: WrittenLetter): Promise<void> {
  const reason = 'the process that was sending ended before the server answered'
  await actOn(house, letter.threadId, (matter) => ({
    kind: 'step',
    events: eventsAfter(house, matter, letter.id, { kind: 'uncertain', reason }),
  }))
}

/** A supervisor says what became of an uncertain letter, and how they know. */
export async function settleUncertain(
  house: House,
  letterId: string,
  as: 'sent' | 'queued' | 'cancelled',
  reason: string,
  who: Person,
): Promise<Outcome> {
  if (reason.trim() === '') return refuse('reason_missing')
  const letter = await house.store.letters.find(letterId)
  if (!letter) throw new NotFound('letter', letterId)
  const { threadId } = letter
  return actOn(house, threadId, (matter) => {
    if (!may(who, 'settle_uncertain', matter.thread.mailboxId)) return refuse('not_allowed')
    const now = matter.letters.find(({ id }) => id === letterId)
    if (now?.state !== 'uncertain') return refuse('not_uncertain')
    const at = house.now()
    const settled: Event = {
      kind: 'uncertainty_settled',
      at,
      by: who.id,
      letterId,
      threadId,
      as,
      reason,
    }
    if (as === 'queued') return { kind: 'step', events: [settled] }
    return {
      kind: 'step',
      events: [settled, ...measureEvents(house, matter, letterId, as === 'sent')],
    }
  })
}

/** Whether this process may send the letter now; a muted sender gets no reply. */
async function claim(house: House, { id: letterId, threadId }: WrittenLetter): Promise<boolean> {
  let claimed = false
  await actOn(house, threadId, (matter) => {
    claimed = false
    const letter = matter.letters.find(({ id }) => id === letterId)
    if (letter?.state !== 'queued') return { kind: 'step', events: [] }
    const at = house.now()
    const stamp = { at, by: null, letterId, threadId }
    if (letter.kind === 'reply' && isMuted(matter.sender, at)) {
      const events = [{ ...stamp, kind: 'letter_cancelled', why: 'sender_muted' } as const]
      return { kind: 'step', events }
    }
    claimed = true
    const leaseUntil = new Date(Date.parse(at) + conversationMs).toISOString()
    const attempt = letter.attempts + 1
    const started = { ...stamp, kind: 'sending_started', attempt, leaseUntil } as const
    return { kind: 'step', events: [started] }
  })
  return claimed
}

function eventsAfter(
  house: House,
  matter: Matter,
  letterId: string,
  outcome: SendOutcome,
): Event[] {
  const letter = matter.letters.find(({ id }) => id === letterId)
  if (letter?.state !== 'sending') return []
  const at = house.now()
  const stamp = { at, by: null, letterId, threadId: matter.thread.id }
  switch (outcome.kind) {
    case 'accepted':
      return [
        { ...stamp, kind: 'letter_sent', response: outcome.response },
        ...measureEvents(house, matter, letterId, true),
      ]
    case 'uncertain':
      return [{ ...stamp, kind: 'letter_uncertain', reason: outcome.reason }]
    case 'refused':
      return [
        { ...stamp, kind: 'letter_refused', reason: outcome.reason },
        ...measureEvents(house, matter, letterId, false),
      ]
    case 'temporary': {
      const wait = retrySeconds[letter.attempts - 1]
      if (wait === undefined) {
        const reason = `given up after ${letter.attempts} attempts: ${outcome.reason}`
        return [
          { ...stamp, kind: 'letter_refused', reason },
          ...measureEvents(house, matter, letterId, false),
        ]
      }
      const nextAttemptAt = new Date(Date.parse(at) + wait * 1000).toISOString()
      return [{ ...stamp, kind: 'letter_delayed', reason: outcome.reason, nextAttemptAt }]
    }
  }
}

/** A suspension starts when its notice was accepted, and ends as the policy file says. */
function measureEvents(house: House, matter: Matter, letterId: string, accepted: boolean): Event[] {
  const letter = matter.letters.find(({ id }) => id === letterId)
  if (!letter) return []
  const at = house.now()
  const { days, reviewAfterDays } = house.policy.suspension
  const reviewAt = daysAfter(at, reviewAfterDays)
  return measureEventAfter(matter, letter, accepted, at, reviewAt, daysAfter(at, days))
}

function outgoing(letter: WrittenLetter, date: string) {
  const { messageId, fromAddress, fromName, toAddress, subject, body } = letter
  if (messageId === null) throw new Error(`letter ${letter.id} was never approved: nothing is sent`)
  return {
    messageId,
    from: { name: fromName, address: fromAddress },
    to: { name: '', address: toAddress },
    subject,
    text: body,
    inReplyTo: letter.inReplyTo,
    references: letter.references,
    date: new Date(date),
    // Two people wrote and approved it, but a notice answers nobody's machine (RFC 3834).
    autoSubmitted: letter.kind === 'reply' ? null : ('auto-generated' as const),
  }
}
