import { assess } from '../classify/assess.ts'
import { gist } from '../classify/gist.ts'
import type { Assessment, Exchange, GistPart, SenderHistory } from '../domain/assessment.ts'
import type { Flag } from '../domain/category.ts'
import type { AlertReason, Event } from '../domain/event.ts'
import type { Letter } from '../domain/letter.ts'
import type { Nature, ParsedMail } from '../domain/mail.ts'
import { apply } from '../domain/matter.ts'
import { exchanged } from '../store/filed.ts'
import type { Assessed } from '../store/threads.ts'
import type { Desk, Draft, Placed } from './desk.ts'
import type { House } from './house.ts'

/** What the rules said of the mails of a batch, by the message that it is kept with. */
export type Judgement = ReadonlyMap<string, Assessed>

/**
 * Runs the rules once over each thread that got mail somebody must read, with the sender's
 * history, and over each muted mail by itself: what must be read breaks through the mute.
 */
export async function judge(house: House, desk: Desk): Promise<Judgement> {
  const said = new Map<string, Assessed>()
  const fresh = new Set(desk.senders.map(({ id }) => id))
  const heard = [...desk.drafts.values()].filter((draft) => draft.heard !== null)
  const known = heard.map(({ matter }) => matter.sender.id).filter((id) => !fresh.has(id))
  const historyOf = await house.store.senders.histories([...new Set(known)], desk.at)
  for (const draft of heard) {
    const { sender, thread } = draft.matter
    const history = fresh.has(sender.id) ? undefined : historyOf(sender.id, thread.id)
    if (draft.heard !== null)
      said.set(draft.heard, judgeThread(house, desk, { ...draft, heard: draft.heard }, history))
  }
  for (const placed of desk.placed) {
    if (placed.muted) said.set(placed.arrival.id, judgeMuted(house, desk, placed))
  }
  return said
}

function judgeThread(
  house: House,
  desk: Desk,
  draft: Draft & { readonly heard: string },
  history: SenderHistory | undefined,
): Assessed {
  const { thread } = draft.matter
  const messageId = draft.heard
  const mails = draft.mails.toSorted((a, b) => (a.mail.date < b.mail.date ? -1 : 1))
  const exchange: Exchange = {
    id: thread.id,
    messages: mails.map(({ mail }) => mail),
    ...(history ? { history } : {}),
  }
  const result = assess(exchange, house.rules)
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
    flags: flagsOf(result, thread.unverified > 0, nature ?? 'person'),
    muted: false,
  }
  desk.events.push(event)
  desk.drafts.set(thread.id, {
    ...draft,
    matter: apply(draft.matter, event),
    gist: [...gist(exchange, result), ...attachmentsIn(desk, thread.id)],
    subjectShielded: hasShieldedSubject(result),
  })
  return { result, read: mails.map(({ id }) => id) }
}

/** How many files came with the mails of the batch: they never open by themselves. */
function attachmentsIn({ placed }: Desk, threadId: string): GistPart[] {
  const mails = placed.filter(({ arrival }) => arrival.threadId === threadId)
  const files = mails.flatMap(({ arrival }) => arrival.mail.attachments)
  const count = files.filter(({ inline }) => !inline).length
  return count === 0 ? [] : [{ kind: 'attachments', count }]
}

function judgeMuted(house: House, desk: Desk, { arrival }: Placed): Assessed {
  const { id: messageId, threadId, mail } = arrival
  const { to, subject, text } = mail
  const alone = exchanged({ ...arrival, to, subject, text })
  const result = assess({ id: messageId, messages: [alone] }, house.rules)
  const flags = flagsOf(result, false, mail.nature)
  const categories = result.categories.map(({ code }) => code)
  const stamp = { at: desk.at, by: null, threadId, messageId }
  const { ruleSet, severity } = result
  desk.events.push({
    ...stamp,
    kind: 'thread_assessed',
    ruleSet,
    severity,
    categories,
    flags,
    muted: true,
  })
  const matter = desk.drafts.get(threadId)?.matter
  const reasons = breaksThrough(result, mail, matter?.letters ?? [])
  const senderId = matter?.sender.id ?? ''
  if (reasons.length > 0) {
    desk.events.push({ ...stamp, kind: 'alert_raised', alertId: house.newId(), senderId, reasons })
  }
  return { result, read: [messageId] }
}

/** Flags that a mail must be read for, even in a suspension. */
const mustBeRead: readonly Flag[] = ['self_harm', 'legal_notice', 'safety', 'accommodation']

/** Why a muted mail reaches a supervisor all the same; empty where it need not. */
function breaksThrough(
  result: Assessment,
  mail: ParsedMail,
  letters: readonly Letter[],
): AlertReason[] {
  const exposed = result.categories.some(({ code }) => code === 'online_exposure')
  return [
    ...(result.severity === 3 ? (['severity_3'] as const) : []),
    ...(exposed ? (['exposure'] as const) : []),
    ...result.flags.map(({ code }) => code).filter((code) => mustBeRead.includes(code)),
    ...(mail.unreadable === null ? [] : (['unreadable'] as const)),
    ...(answersNotice(mail, letters) ? (['objection'] as const) : []),
  ]
}

/** The notice says that an answer to it is the way to object, so somebody has to see the answer. */
function answersNotice({ inReplyTo }: ParsedMail, letters: readonly Letter[]): boolean {
  return letters.some(
    ({ kind, messageId }) =>
      kind === 'suspension' && messageId !== null && inReplyTo.includes(messageId),
  )
}

function flagsOf(result: Assessment, unverified: boolean, nature: Nature): Flag[] {
  return [
    ...result.flags.map(({ code }) => code),
    ...(unverified ? (['unverified_sender'] as const) : []),
    ...(nature === 'person' ? [] : [nature]),
  ]
}

function hasShieldedSubject({ categories }: Assessment): boolean {
  return categories.some(({ evidence }) =>
    evidence.some((one) => one.kind === 'span' && one.field === 'subject'),
  )
}
