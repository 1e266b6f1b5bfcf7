import { setTimeout } from 'node:timers/promises'
import type { Event } from '../domain/event.ts'
import type { Letter } from '../domain/letter.ts'
import type { Matter } from '../domain/matter.ts'
import { isInForce, isMuted } from '../domain/sender.ts'
import type { Instant } from '../domain/time.ts'
import type { SendOutcome, Smtp } from '../mail/smtp.ts'
import type { OutgoingBytes } from '../store/outgoing.ts'
import type { WrittenLetter } from '../store/threads.ts'
import { actOn } from './act.ts'
import { measureEvents } from './announce.ts'
import type { House } from './house.ts'
import { bytesOf } from './outgoing.ts'

/** Longer than any SMTP conversation may last (RFC 5321 section 4.5.3.2.6 asks for 10 minutes). */
const conversationMs = 15 * 60_000

/** Waiting times after a temporary failure, in seconds; then the letter is given up as refused. */
const retrySeconds = [30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400]

/**
 * Sends one approved letter: claim, SMTP, result. The attempt is on record before the
 * conversation, and once more before the end of the mail goes out; letter, measure and event
 * change in one commit after it.
 */
export async function deliver(house: House, smtp: Smtp, letter: WrittenLetter): Promise<void> {
  const made = await bytesOf(house, letter)
  const attempt = await claim(house, letter, 'bytes' in made ? made : null)
  if (attempt === null) return
  const outcome = 'bytes' in made ? await handOver(house, smtp, letter, attempt, made) : made
  const { id, kind, threadId } = letter
  house.log.info({ letter: id, kind, outcome: outcome.kind }, 'letter handed over')
  await written(house, () =>
    actOn(house, threadId, (matter) => ({
      kind: 'step',
      events: eventsAfter(house, matter, { id, attempt }, outcome),
    })),
  )
}

/** When the result of a letter is written again, in seconds, where the database took it not. */
const writeSeconds = [0.2, 1, 3, 10, 30, 60]

/** The server's answer is heard once: it must not be lost because a disk is full for a minute. */
async function written(house: House, write: () => Promise<unknown>): Promise<void> {
  for (const seconds of writeSeconds) {
    try {
      await write()
      return
    } catch (error) {
      house.log.error({ err: error, seconds }, 'the result of a letter cannot be written yet')
      await setTimeout(seconds * 1000)
    }
  }
  await write()
}

/**
 * What follows for a letter whose postman is gone: sent again where the server cannot have all of
 * it, else nobody knows, and it is never sent again blindly.
 */
export async function abandon(house: House, { id, threadId }: WrittenLetter): Promise<void> {
  const reason = 'the process that was sending ended before the server answered'
  await actOn(house, threadId, (matter) => {
    const letter = matter.letters.find((one) => one.id === id)
    const kind = letter?.handedOver ? 'uncertain' : 'temporary'
    const attempt = letter?.attempts ?? 0
    return { kind: 'step', events: eventsAfter(house, matter, { id, attempt }, { kind, reason }) }
  })
}

type Attempt = { readonly id: string; readonly attempt: number }

function handOver(
  house: House,
  smtp: Smtp,
  letter: WrittenLetter,
  attempt: number,
  { bytes }: OutgoingBytes,
): Promise<SendOutcome> {
  const { id: letterId, threadId, fromAddress: from, toAddress: to } = letter
  return smtp.send({ from, to, archive: house.archiveAddress }, bytes, async () => {
    let mine = false
    await actOn(house, threadId, (matter) => {
      mine = isUnderWay(matter, { id: letterId, attempt }) !== null
      const begun = { kind: 'handover_begun', at: house.now(), by: null } as const
      return { kind: 'step', events: mine ? [{ ...begun, letterId, threadId, attempt }] : [] }
    })
    // A postman who slept for longer than his lease finds that another one has taken over.
    if (!mine) throw new Error('the letter was taken over by another process meanwhile')
  })
}

/** The letter, if that very attempt is still under way. */
function isUnderWay({ letters }: Matter, { id, attempt }: Attempt): Letter | null {
  const letter = letters.find((one) => one.id === id)
  return letter?.state === 'sending' && letter.attempts === attempt ? letter : null
}

/** Which attempt this process may make now; null where none. */
async function claim(
  house: House,
  { id: letterId, threadId }: WrittenLetter,
  made: OutgoingBytes | null,
): Promise<number | null> {
  let claimed: number | null = null
  await actOn(house, threadId, (matter) => {
    claimed = null
    const letter = matter.letters.find(({ id }) => id === letterId)
    if (letter?.state !== 'queued') return { kind: 'step', events: [] }
    const at = house.now()
    const stamp = { at, by: null, letterId, threadId }
    const why = whyNotSend(matter, letter, at)
    if (why) return { kind: 'step', events: [{ ...stamp, kind: 'letter_cancelled', why }] }
    const leaseUntil = new Date(Date.parse(at) + conversationMs).toISOString()
    const attempt = letter.attempts + 1
    claimed = attempt
    const bytesSha256 = made?.sha256 ?? ''
    const started = { ...stamp, kind: 'sending_started', attempt, leaseUntil, bytesSha256 } as const
    return { kind: 'step', events: [started] }
  })
  return claimed
}

/** A muted sender gets no reply, and who is not muted any more no word about being muted. */
function whyNotSend(
  { sender, thread }: Matter,
  { kind, measureId }: Letter,
  at: Instant,
): 'sender_muted' | 'not_in_force' | null {
  if (kind === 'reply') return isMuted(sender, at, thread.mailboxId) ? 'sender_muted' : null
  if (kind !== 'mute_answer') return null
  const measure = sender.measures.find(({ id }) => id === measureId)
  return measure && isInForce(measure, at) ? null : 'not_in_force'
}

function eventsAfter(
  house: House,
  matter: Matter,
  attempt: Attempt,
  outcome: SendOutcome,
): Event[] {
  const letter = isUnderWay(matter, attempt)
  if (!letter) return []
  const { id: letterId } = letter
  const stamp = { at: house.now(), by: null, letterId, threadId: matter.thread.id }
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
    case 'temporary':
      return eventsAfterDelay(house, matter, letter, outcome.reason)
  }
}

function eventsAfterDelay(house: House, matter: Matter, letter: Letter, reason: string): Event[] {
  const at = house.now()
  const { id: letterId, attempts } = letter
  const stamp = { at, by: null, letterId, threadId: matter.thread.id }
  const wait = retrySeconds[attempts - 1]
  if (wait === undefined) {
    const words = `given up after ${attempts} attempts: ${reason}`
    return [
      { ...stamp, kind: 'letter_refused', reason: words },
      ...measureEvents(house, matter, letterId, false),
    ]
  }
  const nextAttemptAt = new Date(Date.parse(at) + wait * 1000).toISOString()
  return [{ ...stamp, kind: 'letter_delayed', reason, nextAttemptAt }]
}
