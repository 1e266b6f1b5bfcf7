import type { MailReport, Nature } from '../domain/mail.ts'
import { firstValue, type HeaderField } from './header.ts'
import { ownMessageIdsIn } from './message-id.ts'
import {
  autoSubject,
  awayWords,
  challengeWords,
  delayedWords,
  failedWords,
  reasons,
} from './report.words.ts'

/** A mail as far as it may be a report. `text` and `subject` are decoded. */
export type Reported = {
  readonly fields: readonly HeaderField[]
  readonly raw: Buffer
  readonly subject: string
  readonly text: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
}

/** Reports are read so far: what comes after is the mail that came back. */
const reportBytesMax = 512 * 1024

/** Words are looked for at the beginning: below stands the mail that is reported on. */
const wordsMax = 4_000

/** Mails named that a report may be about. */
const idsMax = 10

/**
 * What a machine says of a mail of somebody's: that it came back or is late (RFC 3464, and what
 * programs say without it), that nobody is there, that somebody wants a proof first, that it was
 * called spam (RFC 5965). Null where the mail is no such thing.
 */
export function reportOf(mail: Reported): MailReport | null {
  const type = firstValue(mail.fields, 'content-type').toLowerCase()
  const multipart = /^\s*multipart\/report/.test(type)
  if (multipart && /feedback-report/.test(type)) return about(mail, 'complaint')
  if (multipart && /disposition-notification/.test(type)) return about(mail, 'receipt')
  if (multipart && /delivery-status/.test(type)) return standardReport(mail)
  if (isReporter(mail)) {
    const kind = undeliveredKind(mail)
    if (kind) return { ...about(mail, kind), status: statusIn(mail), diagnostic: replyIn(mail) }
  }
  return isMachine(mail) ? about(mail, answerKind(mail)) : null
}

/** Who wrote a mail that is such a report; null for one that is none. */
export function natureOfReport(report: MailReport | null): Nature | null {
  if (report === null) return null
  return report.kind === 'failed' ? 'bounce' : 'auto_generated'
}

function about(mail: Reported, kind: MailReport['kind']): MailReport {
  return { kind, messageIds: idsIn(mail), status: '', diagnostic: '' }
}

/** RFC 3464 sections 2.3.3 and 2.3.4: what failed counts before what is late, that before the rest. */
function standardReport(mail: Reported): MailReport {
  const { report } = partsOf(mail)
  const actions = [...report.matchAll(/^action:\s*([a-z]+)/gim)].map(([, word]) =>
    word?.toLowerCase(),
  )
  const failed = actions.length === 0 || actions.includes('failed')
  const kind = failed ? 'failed' : actions.includes('delayed') ? 'delayed' : 'delivered'
  const diagnostic = /^diagnostic-code:\s*([^\r\n]{1,300})/im.exec(report)?.[1]?.trim() ?? ''
  return { ...about(mail, kind), status: failedStatus(report), diagnostic }
}

/** The status of the recipient that failed, where a report names several. */
function failedStatus(report: string): string {
  const groups = report.split(/\r?\n\s*\r?\n/)
  const failed = groups.find((group) => /^action:\s*failed/im.test(group)) ?? report
  return /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(failed)?.[1] ?? ''
}

const returnedPart = /content-type:\s*(?:message\/(?:rfc822|global)|text\/rfc822-headers)/i

/** The report and, below it, the mail that is reported on; headers on one line each. */
function partsOf({ raw }: Reported): { readonly report: string; readonly original: string } {
  const text = raw
    .subarray(0, reportBytesMax)
    .toString('latin1')
    // Soft line breaks of quoted-printable; an encoded word before a line's end is none.
    .replace(/(?<!\?)=\r?\n/g, '')
    .replace(/\r?\n[ \t]+/g, ' ')
  const returned = text.search(returnedPart)
  if (returned !== -1) return { report: text.slice(0, returned), original: text.slice(returned) }
  // Servers without RFC 3464 put the mail that came back into the text, below their own header.
  return { report: text, original: text.slice(Math.max(0, text.search(/\n\r?\n/))) }
}

/** The mails that the report may be about, the nearest first. */
function idsIn(mail: Reported): string[] {
  const { report, original } = partsOf(mail)
  const returned = [...original.matchAll(/^[> ]{0,8}message-id:\s*(<[^\s<>]{1,990}>)/gim)]
  const named = /^original-message-id:\s*(<[^\s<>]{1,990}>)/im.exec(report)?.[1]
  const ids = [
    ...returned.slice(0, 2).map(([, id]) => id),
    named,
    ...mail.inReplyTo,
    ...mail.references.toReversed(),
    ...ownMessageIdsIn(original),
    ...ownMessageIdsIn(mail.text),
  ]
  return [...new Set(ids.filter((id) => id !== undefined))].slice(0, idsMax)
}

const daemon = /(?:mailer-daemon|mail-daemon|postmaster|mdaemon)@/i

/** Whether a mail server writes, and not a person or a program about something else. */
function isReporter({ fields, subject }: Reported): boolean {
  if (fields.some(({ name }) => name === 'x-failed-recipients')) return true
  if (daemon.test(firstValue(fields, 'from'))) return true
  return isUnanswerable(fields) && has(subject, failedWords)
}

function isUnanswerable(fields: readonly HeaderField[]): boolean {
  return fields.some(({ name, value }) => name === 'return-path' && value.trim() === '<>')
}

function undeliveredKind(mail: Reported): 'failed' | 'delayed' | null {
  const { fields, subject } = mail
  const words = beginning(mail)
  if (has(subject, delayedWords)) return 'delayed'
  if (has(words, delayedWords) && !words.toLowerCase().includes('permanent')) return 'delayed'
  if (has(subject, failedWords) || has(words, failedWords)) return 'failed'
  // A server's word that we do not understand is more likely bad news than none.
  return isUnanswerable(fields) || isSubmittedByMachine(fields) ? 'failed' : null
}

function isSubmittedByMachine(fields: readonly HeaderField[]): boolean {
  const submitted = firstValue(fields, 'auto-submitted').toLowerCase()
  return submitted !== '' && !/^no\b/.test(submitted)
}

const answering = ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-auto-reply-from']

/** RFC 3834, and what older programs and Exchange do instead. */
function isMachine({ fields, subject, inReplyTo, references }: Reported): boolean {
  const answers = inReplyTo.length > 0 || references.length > 0
  const submitted = firstValue(fields, 'auto-submitted').toLowerCase()
  if (/^auto-(?:replied|notified)/.test(submitted)) return true
  if (fields.some(({ name }) => answering.includes(name))) return true
  if (/^auto_?reply/i.test(firstValue(fields, 'precedence'))) return true
  if (isSubmittedByMachine(fields) && answers) return true
  return autoSubject.test(subject) && (answers || hasSuppress(fields))
}

function hasSuppress(fields: readonly HeaderField[]): boolean {
  return fields.some(({ name }) => name === 'x-auto-response-suppress')
}

function answerKind(mail: Reported): 'challenge' | 'away' | 'auto_reply' {
  const words = `${mail.subject}\n${beginning(mail)}`
  if (has(words, challengeWords)) return 'challenge'
  return has(words, awayWords) ? 'away' : 'auto_reply'
}

function statusIn(mail: Reported): string {
  const words = beginning(mail)
  const code = /(?<![.\d])([45]\.\d{1,3}\.\d{1,3})(?![.\d])/.exec(words)?.[1]
  if (code) return code
  const lower = words.toLowerCase()
  return reasons.find(([reason]) => lower.includes(reason))?.[1] ?? ''
}

/** What the server said, in the line where it begins with its code (RFC 5321 section 4.2). */
function replyIn(mail: Reported): string {
  const line = beginning(mail)
    .split('\n')
    .find((one) => /(?<![.\d])[45]\d\d[ -]/.test(one))
  return line?.trim().slice(0, 300) ?? ''
}

function beginning({ text }: Reported): string {
  return text.slice(0, wordsMax)
}

function has(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return words.some((word) => lower.includes(word))
}
