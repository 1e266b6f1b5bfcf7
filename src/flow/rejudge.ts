import { assess } from '../classify/assess.ts'
import { gist } from '../classify/gist.ts'
import type { ArrangeEvent } from '../domain/arrange-event.ts'
import type { Event } from '../domain/event.ts'
import { isSaid } from '../domain/mail.ts'
import { apply, type Matter, queueRankOf, rankOutside } from '../domain/matter.ts'
import { subjectKeyOf } from '../domain/subject.ts'
import { openThread } from '../domain/thread.ts'
import type { PlacedMail } from '../store/arrange.ts'
import type { Rearranged } from '../store/arrange.writes.ts'
import { loadedMax } from '../store/filed.ts'
import type { Loaded } from '../store/matters.ts'
import type { House } from './house.ts'
import { flagsOf, hasShieldedSubject } from './judge.ts'
import { resultHash } from './view-hash.ts'

/** A thread as it was loaded, or one that begins with the move. */
export type Placed = { readonly loaded: Loaded | null; readonly mails: readonly PlacedMail[] }

type Judged = { readonly thread: Rearranged; readonly events: readonly Event[] }

/** The thread with its mails as they are now: read again by the rules, with its face in lists. */
export async function judged(
  house: House,
  { loaded }: Placed,
  event: ArrangeEvent & Event,
  mails: readonly PlacedMail[],
): Promise<Judged> {
  const moved = apply(loaded?.matter ?? opened(event), event)
  const face = await faceOf(house, loaded, event.threadId, mails)
  const base = { version: loaded?.version ?? null, ...face }
  const said = await reread(house, moved, event, mails)
  if (!said) {
    const bare = { matter: moved, gist: [], subjectShielded: false, assessed: null }
    return { thread: { ...base, ...bare }, events: [] }
  }
  const { result, exchange, assessed, read } = said
  const matter = apply(moved, assessed)
  return {
    events: [assessed],
    thread: {
      ...base,
      matter,
      gist: gist(exchange, result),
      subjectShielded: hasShieldedSubject(result),
      assessed: { messageId: assessed.messageId, result, read },
    },
  }
}

function opened({ threadId, mailboxId, senderId }: ArrangeEvent): Matter {
  const thread = openThread(threadId, mailboxId, senderId)
  return { thread, letters: [], sender: { id: senderId, proof: '', measures: [] } }
}

/** What the rules say of the mails together; null where there is none that anybody must read. */
async function reread(
  house: House,
  { thread }: Matter,
  { at }: Event,
  mails: readonly PlacedMail[],
) {
  const heard = mails.filter(({ mutedBy, nature }) => mutedBy === null && isSaid(nature))
  const newest = heard.findLast(({ direction }) => direction === 'in')
  if (!newest) return null
  const ids = heard.slice(-loadedMax).map(({ id }) => id)
  const words = await house.store.arranging.words(thread.id, ids)
  const said = words.toSorted((a, b) => (a.mail.date < b.mail.date ? -1 : 1))
  const historyOf = await house.store.senders.histories([thread.senderId], at)
  const history = historyOf(thread.senderId, thread.id)
  const exchange = { id: thread.id, messages: said.map(({ mail }) => mail), history }
  const result = assess(exchange, house.rules)
  const assessed = {
    kind: 'thread_assessed',
    at,
    by: null,
    threadId: thread.id,
    messageId: newest.id,
    ruleSet: result.ruleSet,
    severity: result.severity,
    categories: result.categories.map(({ code }) => code),
    flags: flagsOf(result, newest.nature, {
      unverified: thread.unverified > 0,
      others: heard.some(({ senderId }) => senderId !== thread.senderId),
    }),
    muted: false,
    resultSha256: resultHash(result),
  } as const
  return { result, exchange, assessed, read: said.map(({ id }) => id) }
}

/** How the thread stands in lists: named after its first mail. */
async function faceOf(
  { store }: House,
  loaded: Loaded | null,
  threadId: string,
  mails: readonly PlacedMail[],
) {
  const before = loaded ? await store.arranging.face(threadId) : null
  const waits = loaded !== null && queueRankOf(loaded.matter) < rankOutside
  const heard = mails.filter(({ direction, mutedBy }) => direction === 'in' && mutedBy === null)
  const subject = mails[0]?.subject ?? before?.subject ?? ''
  const received = mails.map(({ receivedAt }) => receivedAt).toSorted()
  const lastAt = received.at(-1) ?? before?.lastAt ?? ''
  return {
    subject,
    subjectKey: mails.length === 0 ? '' : subjectKeyOf(subject),
    messageCount: mails.length,
    // Who waited already goes on waiting; who comes back waits since their newest mail.
    waitingSince: (waits ? before?.waitingSince : heard.at(-1)?.receivedAt) ?? lastAt,
    lastAt,
  }
}
