import { assess } from '../classify/assess.ts'
import { gist } from '../classify/gist.ts'
import { type Held, join, split, undo } from '../domain/arrange.ts'
import type { ArrangeEvent, Event } from '../domain/event.ts'
import { apply, type Matter, queueRankOf, rankOutside } from '../domain/matter.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import { subjectKeyOf } from '../domain/subject.ts'
import { openThread } from '../domain/thread.ts'
import type { PlacedMail } from '../store/arrange.ts'
import type { Rearranged } from '../store/arrange.writes.ts'
import { loadedMax } from '../store/filed.ts'
import type { Loaded } from '../store/matters.ts'
import { NotFound } from './act.ts'
import { type House, untilFresh } from './house.ts'
import { flagsOf, hasShieldedSubject } from './judge.ts'

/** Mails were moved; `threadId` is where they are now. */
export type Arranged = { readonly kind: 'arranged'; readonly threadId: string }

/** A thread as it was loaded, or one that begins with the move. */
type Placed = { readonly loaded: Loaded | null; readonly mails: readonly PlacedMail[] }

/** Splits mails off into a thread of their own (メールを分ける). */
export function splitThread(
  house: House,
  threadId: string,
  given: { readonly revision: number; readonly messageIds: readonly string[] },
  who: Person,
): Promise<Arranged | Refusal> {
  const ids = { move: house.newId(), thread: house.newId() }
  return untilFresh(async () => {
    const from = await placed(house, threadId)
    const decision = split(heldBy(from), given, ids, who, house.now())
    return arranged(house, decision, from, { loaded: null, mails: [] })
  })
}

/** Joins a thread into another one of the same sender (スレッドをまとめる). */
export function joinThread(
  house: House,
  threadId: string,
  given: { readonly revision: number; readonly into: string; readonly intoRevision: number },
  who: Person,
): Promise<Arranged | Refusal> {
  const moveId = house.newId()
  return untilFresh(async () => {
    const from = await placed(house, threadId)
    const into = await placed(house, given.into)
    const decision = join(heldBy(from), heldBy(into), given, moveId, who, house.now())
    return arranged(house, decision, from, into)
  })
}

/** Takes a split or a join back. */
export function undoMove(
  house: House,
  threadId: string,
  undone: string,
  who: Person,
): Promise<Arranged | Refusal> {
  const moveId = house.newId()
  return untilFresh(async () => {
    const moves = await house.store.arranging.moves(threadId)
    const move = moves.find(({ event }) => event.moveId === undone)?.event
    if (!move) throw new NotFound('move', undone)
    if (moves.some(({ event }) => event.undoes === undone)) return refuse('nothing_to_undo')
    const [source, target] = endsOf(move)
    const [from, to] = [await placed(house, target), await placed(house, source)]
    const decision = undo(move, heldBy(from), heldBy(to), moveId, who, house.now())
    return arranged(house, decision, from, to)
  })
}

/** Where the mails of a move came from, and where they went. */
export function endsOf({ kind, threadId, other }: ArrangeEvent): readonly [string, string] {
  return kind === 'mails_moved_out' ? [threadId, other] : [other, threadId]
}

async function placed({ store }: House, threadId: string): Promise<Placed & { loaded: Loaded }> {
  const loaded = await store.matters.find(threadId)
  if (!loaded) throw new NotFound('thread', threadId)
  return { loaded, mails: await store.arranging.mails(loaded.matter) }
}

function heldBy({ loaded, mails }: Placed & { readonly loaded: Loaded }): Held {
  return { matter: loaded.matter, mails }
}

async function arranged(
  house: House,
  decision: Step | Refusal,
  from: Placed,
  to: Placed,
): Promise<Arranged | Refusal> {
  if (decision.kind === 'refused') return decision
  const [out, into] = decision.events as [ArrangeEvent & Event, ArrangeEvent & Event]
  const { messageIds } = out
  const moving = from.mails.filter(({ id }) => messageIds.includes(id))
  const left = from.mails.filter(({ id }) => !messageIds.includes(id))
  const together = [...to.mails, ...moving].toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1))
  const source = await judged(house, from, out, left)
  const target = await judged(house, to, into, together)
  const events = [out, into, ...source.events, ...target.events]
  const both = { from: source.thread, to: target.thread }
  await house.store.arranging.store({ messageIds, events, ...both })
  return { kind: 'arranged', threadId: into.threadId }
}

type Judged = { readonly thread: Rearranged; readonly events: readonly Event[] }

/** The thread with its mails as they are now: read again by the rules, with its face in lists. */
async function judged(
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
  const heard = mails.filter(({ mutedBy, nature }) => mutedBy === null && nature !== 'bounce')
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
