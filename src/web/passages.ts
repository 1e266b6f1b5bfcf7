import { assess } from '../classify/assess.ts'
import { isUnjudged } from '../classify/legible.ts'
import type { RuleSet } from '../classify/rules.ts'
import { hiding, type Segment, type ShieldedSpan, segmentsOf } from '../classify/shield.ts'
import type { Category, Severity } from '../domain/category.ts'
import type { Exposure } from '../store/exposures.ts'
import type { Assessed, StoredMessage, ThreadRecord } from '../store/threads.ts'

/** A part of a mail as a page shows it: words, or only what kind of words are kept back. */
export type Part =
  | { readonly kind: 'plain' | 'quoted' | 'signature'; readonly text: string }
  | { readonly kind: 'kept_back'; readonly passage: PassageInfo; readonly lines: number }
  | {
      readonly kind: 'revealed'
      readonly passage: PassageInfo
      readonly lines: number
      readonly text: string
    }

export type PassageInfo = {
  readonly messageId: string
  /** `start-end` in the text, `quoted:start-end`, or one of `WholePlace`. */
  readonly place: string
  readonly quoted: boolean
  readonly categories: readonly Category[]
  readonly severity: Severity
  readonly sentences: number
}

/**
 * The subject, or the whole mail: muted, judged by no rule, as its sender formatted it, or in its
 * original bytes; or a file of its by the hash.
 */
export type WholePlace =
  | 'subject'
  | 'muted'
  | 'unjudged'
  | 'formatted'
  | 'original'
  | `file:${string}`

/** The passage that was just asked for. */
export type Shown = Pick<Exposure, 'messageId' | 'passage'>

/** How long a revealed passage stays open when its page is loaded again. */
export const openForMs = 10 * 60_000

/** What the rules said of a thread. */
export type Judged = Pick<ThreadRecord, 'latest' | 'assessments'>
type Mail = Pick<StoredMessage, 'id' | 'text' | 'mutedBy'>

/** The parts of a mail's text. What is harmful is not among them unless it was just revealed. */
export function partsOfMail(record: Judged, message: Mail, shown: Shown | null): Part[] {
  if (message.mutedBy !== null) return [wholePart(record, message, 'muted', shown)]
  if (wasUnjudged(record, message.id)) return [wholePart(record, message, 'unjudged', shown)]
  const spans = spansOf(record, message.id)
  const harmful = (record.latest?.result.severity ?? 0) > 0
  return segmentsOf(message.text, spans).map((segment) => partOf(message, segment, harmful, shown))
}

/**
 * Whether the rules see something in words that stand beside a mail's text: names of files,
 * subjects of attached mails. Nobody reviews them, so they are looked at as they are shown.
 */
export function opensHarm(words: string, rules: RuleSet): boolean {
  const mail = { dir: 'in', from: '', fromName: '', to: [], date: '', subject: '' } as const
  return assess({ id: '', messages: [{ ...mail, body: words }] }, rules).severity > 0
}

/** The passage at that place of a mail, with its words, or null where there is none. */
export function passageAt(
  record: ThreadRecord,
  message: StoredMessage,
  place: string,
): { readonly info: PassageInfo; readonly text: string } | null {
  if (place === 'subject') {
    return { info: wholeInfo(record, message, place), text: message.subject }
  }
  if (place === 'muted' && message.mutedBy !== null) {
    return { info: wholeInfo(record, message, place), text: message.text }
  }
  if (wasUnjudged(record, message.id)) {
    return place === 'unjudged'
      ? { info: wholeInfo(record, message, place), text: message.text }
      : null
  }
  for (const segment of segmentsOf(message.text, spansOf(record, message.id))) {
    const info = infoOf(message, segment)
    if (info?.place === place) return { info, text: message.text.slice(segment.start, segment.end) }
  }
  return null
}

/** The passages of a mail's text that the shield keeps back from everybody. */
export function shieldedIn(record: Judged, message: Mail): PassageInfo[] {
  return partsOfMail(record, message, null).flatMap((part) =>
    part.kind === 'kept_back' ? [part.passage] : [],
  )
}

/** Whether the shield keeps back anything in the thread: then its files open on demand only. */
export function isThreadShielded(record: ThreadRecord): boolean {
  return (
    record.subjectShielded ||
    record.messages.some(
      (one) => shieldedIn(record, one).length > 0 || isSubjectShielded(record, one.id),
    )
  )
}

/** Whether the exposure opens anything for that person now. */
export function isOpen(exposure: Exposure | null, personId: string, now: string): boolean {
  if (exposure?.personId !== personId) return false
  return Date.parse(now) - Date.parse(exposure.at) < openForMs
}

/** Whether the rules saw something in this mail's subject. */
export function isSubjectShielded(record: Judged, messageId: string): boolean {
  if (wasUnjudged(record, messageId)) return true
  return allSpans(readWith(record, messageId), messageId).some(({ field }) => field === 'subject')
}

/** No rule got through the mail: nobody knows what opening it shows. */
function wasUnjudged(record: Judged, messageId: string): boolean {
  const assessed = readWith(record, messageId)
  return assessed?.read.includes(messageId) === true && isUnjudged(assessed.result)
}

/** Muted and unjudged mail is one passage: nobody has to read it, and whoever does is on record. */
function wholePart(
  record: Judged,
  message: Mail,
  place: 'muted' | 'unjudged',
  shown: Shown | null,
): Part {
  const passage = wholeInfo(record, message, place)
  return opened({ passage, text: message.text }, shown)
}

/** A passage with its words where it was just asked for; else only what kind of words it holds. */
function opened(found: { passage: PassageInfo; text: string }, shown: Shown | null): Part {
  const { passage, text } = found
  const lines = linesIn(text)
  const isShown = shown?.messageId === passage.messageId && shown.passage === passage.place
  return isShown
    ? { kind: 'revealed', passage, lines, text }
    : { kind: 'kept_back', passage, lines }
}

/** Lines that somebody wrote something in. */
export function linesIn(text: string): number {
  return text.split('\n').filter((line) => /[^\s>＞|｜]/.test(line)).length
}

/** A passage that is the whole subject or the whole mail, with what the rules said of it. */
export function wholeInfo(
  record: Judged,
  { id: messageId }: Pick<StoredMessage, 'id'>,
  place: WholePlace,
): PassageInfo {
  const result = (record.assessments.get(messageId) ?? record.latest)?.result
  return {
    messageId,
    place,
    quoted: false,
    categories: result?.categories.map(({ code }) => code) ?? [],
    severity: result?.severity ?? 0,
    sentences: 0,
  }
}

function spansOf(record: Judged, messageId: string): ShieldedSpan[] {
  const own = record.assessments.get(messageId)
  // A muted mail was read by itself; every other one as part of its thread.
  const assessed = own && own.read.length === 1 ? own : readWith(record, messageId)
  return allSpans(assessed, messageId).filter(({ field }) => field === 'body')
}

/**
 * What the rules last said of a mail: of a long thread they read the newest mails only. What they
 * said before counts where they could not judge the thread since.
 */
export function readWith({ latest, assessments }: Judged, messageId: string): Assessed | null {
  const own = assessments.get(messageId)
  const all = [latest, own, ...assessments.values()].filter(
    (one) => one?.read.includes(messageId) === true,
  )
  return all.find((one) => one && !isUnjudged(one.result)) ?? all[0] ?? latest
}

function allSpans(assessed: Assessed | null | undefined, messageId: string): ShieldedSpan[] {
  if (!assessed) return []
  return assessed.result.categories.flatMap(({ code, severity, evidence }) =>
    hiding(evidence)
      .filter(({ message }) => assessed.read[message] === messageId)
      .map((span) => ({ ...span, category: code, severity })),
  )
}

function partOf(message: Mail, segment: Segment, harmful: boolean, shown: Shown | null): Part {
  const text = message.text.slice(segment.start, segment.end)
  const passage = infoOf(message, segment)
  // Quoted history may repeat what was harmful when it was new.
  if (!passage || (segment.kind === 'quoted' && !harmful)) {
    return { kind: segment.kind === 'shielded' ? 'plain' : segment.kind, text }
  }
  return opened({ passage, text }, shown)
}

function infoOf({ id: messageId }: Mail, segment: Segment): PassageInfo | null {
  const place = `${segment.start}-${segment.end}`
  if (segment.kind === 'quoted') {
    return {
      messageId,
      place: `quoted:${place}`,
      quoted: true,
      categories: [],
      severity: 0,
      sentences: 0,
    }
  }
  if (segment.kind !== 'shielded') return null
  const { categories, severity, sentences } = segment
  return { messageId, place, quoted: false, categories, severity, sentences }
}
