import { isUnjudged } from '../classify/legible.ts'
import { hiding } from '../classify/shield.ts'
import type { Assessment, Exchange, GistPart, SenderHistory } from '../domain/assessment.ts'
import type { Flag } from '../domain/category.ts'
import type { AlertReason, Event, LetterKind } from '../domain/event.ts'
import type { Nature, ParsedMail } from '../domain/mail.ts'
import { apply, type Matter } from '../domain/matter.ts'
import { openObjection } from '../domain/objection.ts'
import { referencesIn } from '../domain/reference.ts'
import { isInForce } from '../domain/sender.ts'
import { isReferenceOf } from '../mail/reference.ts'
import type { Arrival } from '../store/arrivals.ts'
import { exchanged } from '../store/filed.ts'
import type { Assessed } from '../store/threads.ts'
import type { Desk, Draft, Placed } from './desk.ts'
import type { House } from './house.ts'
import type { Parser } from './parse.ts'
import type { Finding } from './reader-worker.ts'
import { resultHash } from './view-hash.ts'

/** What the rules said of the mails of a batch, by the message that it is kept with. */
export type Judgement = ReadonlyMap<string, Assessed>

/**
 * Runs the rules once over each thread that got mail somebody must read, with the sender's
 * history, and over each mail that nobody reviews by itself, muted or an answering machine's: what
 * must be read breaks through.
 */
export async function judge(house: House, parser: Parser, desk: Desk): Promise<Judgement> {
  const said = new Map<string, Assessed>()
  const fresh = new Set(desk.senders.map(({ id }) => id))
  const heard = [...desk.drafts.values()].flatMap((draft) =>
    draft.heard === null ? [] : [{ ...draft, heard: draft.heard }],
  )
  const known = heard.map(({ matter }) => matter.sender.id).filter((id) => !fresh.has(id))
  const historyOf = await house.store.senders.histories([...new Set(known)], desk.at)
  const threads = heard.map((draft) => {
    const { sender, thread } = draft.matter
    const history = fresh.has(sender.id) ? undefined : historyOf(sender.id, thread.id)
    return { draft, exchange: exchangeOf(draft, history) }
  })
  const aside = desk.placed.filter((placed) => placed.aside)
  const [found, alone] = await Promise.all([
    Promise.all(threads.map(({ exchange }) => find(house, parser, exchange))),
    Promise.all(aside.map(({ arrival }) => find(house, parser, aloneOf(arrival)))),
  ])
  for (const [at, { draft }] of threads.entries()) {
    const finding = found[at]
    if (finding) said.set(draft.heard, noteThread(desk, draft, finding))
  }
  for (const [at, placed] of aside.entries()) {
    const finding = alone[at]
    if (!finding) continue
    said.set(placed.arrival.id, noteAside(desk, placed, finding))
    raiseAlert(house, desk, placed, finding)
  }
  return said
}

async function find({ rules, log }: House, parser: Parser, exchange: Exchange): Promise<Finding> {
  const finding = await parser.assess(exchange, rules)
  const { gaveUp } = finding
  if (gaveUp !== null) log.warn({ thread: exchange.id, why: gaveUp }, 'mail was not assessed')
  return finding
}

type Heard = Draft & { readonly heard: string }

function inOrder({ mails }: Draft): Draft['mails'] {
  return mails.toSorted((a, b) => (a.mail.date < b.mail.date ? -1 : 1))
}

function exchangeOf(draft: Draft, history: SenderHistory | undefined): Exchange {
  const messages = inOrder(draft).map(({ mail }) => mail)
  return { id: draft.matter.thread.id, messages, ...(history ? { history } : {}) }
}

function aloneOf({ id, ...arrival }: Arrival): Exchange {
  const { to, subject, text } = arrival.mail
  return { id, messages: [exchanged({ ...arrival, to, subject, text })] }
}

function noteThread(desk: Desk, draft: Heard, { result, gist }: Finding): Assessed {
  const { thread } = draft.matter
  const messageId = draft.heard
  const nature = desk.placed.find(({ arrival }) => arrival.id === messageId)?.arrival.mail.nature
  const event: Event = {
    kind: 'thread_assessed',
    at: desk.at,
    by: null,
    threadId: thread.id,
    messageId,
    ruleSet: result.ruleSet,
    severity: result.severity,
    categories: result.categories.map(({ code }) => code),
    flags: flagsOf(result, nature ?? 'person', {
      unverified: thread.unverified > 0,
      others: draft.others || (thread.assessed?.flags.includes('other_sender') ?? false),
    }),
    muted: false,
    resultSha256: resultHash(result),
  }
  desk.events.push(event)
  desk.drafts.set(thread.id, {
    ...draft,
    matter: apply(draft.matter, event),
    gist: [...gist, ...attachmentsIn(desk, thread.id)],
    subjectShielded: hasShieldedSubject(result),
  })
  return { result, read: inOrder(draft).map(({ id }) => id) }
}

/** How many files came with the mails of the batch: they never open by themselves. */
function attachmentsIn({ placed }: Desk, threadId: string): GistPart[] {
  const mails = placed.filter(({ arrival }) => arrival.threadId === threadId)
  const files = mails.flatMap(({ arrival }) => arrival.mail.attachments)
  const count = files.filter(({ inline }) => !inline).length
  return count === 0 ? [] : [{ kind: 'attachments', count }]
}

/** What the rules say of it is kept, and is nothing that the thread is judged by. */
function noteAside(desk: Desk, { arrival }: Placed, { result }: Finding): Assessed {
  const { id: messageId, threadId, mail } = arrival
  const { ruleSet, severity } = result
  desk.events.push({
    kind: 'thread_assessed',
    at: desk.at,
    by: null,
    threadId,
    messageId,
    ruleSet,
    severity,
    categories: result.categories.map(({ code }) => code),
    flags: flagsOf(result, mail.nature, { unverified: false, others: false }),
    muted: true,
    resultSha256: resultHash(result),
  })
  return { result, read: [messageId] }
}

/** Tells supervisors of a mail that nobody reviews and somebody must read. */
function raiseAlert(house: House, desk: Desk, { arrival }: Placed, { result }: Finding): void {
  const { id: messageId, threadId, mail } = arrival
  const matter = desk.drafts.get(threadId)?.matter
  // That nobody is there is no objection.
  const objectsTo =
    matter !== undefined && mail.report?.kind !== 'away' ? objectedTo(house, mail, matter) : null
  const reasons = breaksThrough(result, mail, objectsTo !== null)
  if (reasons.length === 0) return
  const stamp = { at: desk.at, by: null, threadId, messageId }
  const senderId = matter?.sender.id ?? ''
  desk.events.push({ ...stamp, kind: 'alert_raised', alertId: house.newId(), senderId, reasons })
  if (objectsTo !== null) receiveObjection(house, desk, { arrival, aside: true }, objectsTo)
}

/** Puts the objection on record; while one waits, later mail only adds to it. */
function receiveObjection(
  house: House,
  desk: Desk,
  { arrival: { id: messageId, threadId } }: Placed,
  measureId: string,
): void {
  const draft = desk.drafts.get(threadId)
  const measure = draft?.matter.sender.measures.find(({ id }) => id === measureId)
  if (!draft || !measure || !isInForce(measure, desk.at) || openObjection(measure)) return
  const of = { at: desk.at, by: null, threadId, measureId, senderId: draft.matter.sender.id }
  const objection = { objectionId: house.newId(), way: 'mail', messageId, note: '' } as const
  const event: Event = { ...of, kind: 'objection_received', ...objection }
  desk.events.push(event)
  desk.drafts.set(threadId, { ...draft, matter: apply(draft.matter, event) })
}

/** Flags that a mail must be read for, even in a suspension. */
const mustBeRead: readonly Flag[] = ['self_harm', 'legal_notice', 'safety', 'accommodation']

/** Why a muted mail reaches a supervisor all the same; empty where it need not. */
function breaksThrough(result: Assessment, mail: ParsedMail, objects: boolean): AlertReason[] {
  const exposed = result.categories.some(({ code }) => code === 'online_exposure')
  return [
    ...(result.severity === 3 ? (['severity_3'] as const) : []),
    ...(exposed ? (['exposure'] as const) : []),
    ...result.flags.map(({ code }) => code).filter((code) => mustBeRead.includes(code)),
    ...(mail.unreadable === null ? [] : (['unreadable'] as const)),
    ...(objects ? (['objection'] as const) : []),
  ]
}

/**
 * The suspension that a mail objects to: the notice says that an answer to it is the way to object,
 * so somebody has to see the answer. Where a mail names nothing that it answers, the code of the
 * thread counts for it.
 */
function objectedTo(
  { messageIdSecret }: House,
  { inReplyTo, subject, text }: ParsedMail,
  { letters, thread, sender }: Matter,
): string | null {
  const notices = letters.filter(({ kind, messageId }) => isToObjectTo(kind) && messageId)
  const named = notices.find(({ messageId }) => messageId && inReplyTo.includes(messageId))
  const newest = notices.at(-1)
  if (!named && (!newest || inReplyTo.length > 0)) return null
  const codes = [...referencesIn(subject), ...referencesIn(text)]
  const coded = codes.some((code) => isReferenceOf(code, thread.id, messageIdSecret))
  if (!named && !coded) return null
  const { measureId } = named ?? newest ?? { measureId: null }
  // A renewal took the place of what the notice was about.
  const after = sender.measures.findLast(({ renews }) => renews === measureId && renews !== null)
  return after?.state === 'in_force' ? after.id : measureId
}

function isToObjectTo(kind: LetterKind): boolean {
  return kind === 'suspension' || kind === 'renewal' || kind === 'objection'
}

/** What the rules flag, and what is known of who wrote. */
export function flagsOf(
  result: Assessment,
  nature: Nature,
  { unverified, others }: { readonly unverified: boolean; readonly others: boolean },
): Flag[] {
  return [
    ...result.flags.map(({ code }) => code),
    ...(unverified ? (['unverified_sender'] as const) : []),
    ...(others ? (['other_sender'] as const) : []),
    ...(nature === 'person' || nature === 'report' ? [] : [nature]),
  ]
}

/** Whether the rules saw something in a subject, or could not look: then no list shows it. */
export function hasShieldedSubject(result: Assessment): boolean {
  if (isUnjudged(result)) return true
  return result.categories.some(({ evidence }) =>
    hiding(evidence).some(({ field }) => field === 'subject'),
  )
}
