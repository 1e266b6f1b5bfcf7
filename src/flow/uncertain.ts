import type { Event } from '../domain/event.ts'
import { type Evidence, saysReturned, strongest } from '../domain/evidence.ts'
import { may, type Person } from '../domain/person.ts'
import { refuse } from '../domain/step.ts'
import type { Mention, Trail } from '../store/outgoing.ts'
import type { WrittenLetter } from '../store/threads.ts'
import { actOn, NotFound } from './act.ts'
import { measureEvents } from './announce.ts'
import { done, type House, type Outcome } from './house.ts'

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
    const stamp = { at: house.now(), by: who.id, letterId, threadId }
    const settled: Event = { ...stamp, kind: 'uncertainty_settled', as, reason }
    if (as === 'queued') return { kind: 'step', events: [settled] }
    const after = measureEvents(house, matter, letterId, as === 'sent')
    return { kind: 'step', events: [settled, ...after] }
  })
}

/** Looks whether mail that has come in speaks of letters of unknown result. Returns how many. */
export async function settleByMail(house: House): Promise<number> {
  let settled = 0
  for (const { letter } of await house.store.outgoing.uncertain()) {
    if (await settleBy(house, letter, await evidenceInMail(house, letter))) settled += 1
  }
  return settled
}

/**
 * Settles an uncertain letter by what was found: it was accepted. One that came back was as well,
 * but its addressee was not told. False where nothing was found, or somebody was faster.
 */
export async function settleBy(
  house: House,
  { id: letterId, threadId }: Trail['letter'],
  found: readonly Evidence[],
): Promise<boolean> {
  const evidence = strongest(found)
  if (!evidence) return false
  let settled = false
  const outcome = await actOn(house, threadId, (matter) => {
    const letter = matter.letters.find(({ id }) => id === letterId)
    settled = letter?.state === 'uncertain'
    if (!settled) return { kind: 'step', events: [] }
    const stamp = { at: house.now(), by: null, letterId, threadId }
    const reason = `${evidence.kind}: ${evidence.where}`
    return {
      kind: 'step',
      events: [
        { ...stamp, kind: 'uncertainty_settled', as: 'sent', reason, evidence },
        ...measureEvents(house, matter, letterId, !saysReturned(found)),
      ],
    }
  })
  return settled && outcome.kind === done.kind
}

/**
 * What the stored mail says: nobody but who got the letter, and our archive, knows its Message-ID,
 * as it bears a signature of ours.
 */
async function evidenceInMail(house: House, letter: WrittenLetter): Promise<Evidence[]> {
  const { id: letterId, threadId, messageId } = letter
  if (messageId === null) return []
  const logged = await house.store.log.ofThreads([threadId])
  const bounces = logged.flatMap(({ event }): Evidence[] =>
    event.kind === 'bounce_received' && event.letterId === letterId
      ? [{ kind: 'bounce', where: event.messageId }]
      : [],
  )
  const returned = new Set(bounces.map(({ where }) => where))
  const mentions = await house.store.outgoing.mentions(threadId)
  const others = mentions.filter(({ id }) => !returned.has(id))
  return [...bounces, ...others.flatMap((one) => evidenceIn(one, messageId))]
}

function evidenceIn({ id: where, ...mail }: Mention, messageId: string): Evidence[] {
  if (mail.messageId === messageId) return [{ kind: 'archive_copy', where }]
  const named = [...mail.inReplyTo, ...mail.references]
  return named.includes(messageId) ? [{ kind: 'reply', where }] : []
}
