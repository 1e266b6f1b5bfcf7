import type { Clause, Condition, Query } from '../../src/domain/query.ts'
import type { StoredMail, StoredThread } from './stored.ts'

/**
 * The search as one would write it for a drawer of mails: every mail is read, nothing is indexed.
 * It shares nothing with the store but the query.
 */
export function naiveSearch(
  kept: { threads: StoredThread[]; mails: StoredMail[] },
  query: Query,
  seeMuted: boolean,
): { threadId: string; messageIds: string[] }[] {
  const threads = new Map(kept.threads.map((thread) => [thread.id, thread]))
  const found = kept.mails
    .map((mail, place) => ({ mail, place, thread: threads.get(mail.threadId)! }))
    .filter(({ mail }) => seeMuted || !mail.muted)
    .filter(({ mail, thread }) => query.every((clause) => fulfils(mail, thread, clause)))
  const words = query.some(({ not, condition }) => !not && isOfWords(condition))
  const mailTimes = query.some(
    ({ not, condition }) => condition.kind === 'sent' || (not && isOfWords(condition)),
  )
  const bySent = (a: (typeof found)[0], b: (typeof found)[0]) =>
    order(b.mail.sentAt, a.mail.sentAt) || order(b.mail.id, a.mail.id)
  found.sort(words ? (a, b) => b.place - a.place : bySent)
  const byThread = [...Map.groupBy(found, ({ mail }) => mail.threadId)].map(([threadId, own]) => ({
    threadId,
    messageIds: own.map(({ mail }) => mail.id),
  }))
  if (words || mailTimes) return byThread
  // A query on threads alone lists them by their last sign of life, each with its newest mail.
  return byThread
    .map(({ threadId, messageIds }) => ({ threadId, messageIds: messageIds.slice(0, 1) }))
    .filter(({ threadId }) => seeMuted || !threads.get(threadId)!.muted)
    .sort((a, b) => {
      const [one, other] = [threads.get(a.threadId)!, threads.get(b.threadId)!]
      return order(other.lastAt, one.lastAt) || order(other.id, one.id)
    })
}

function isOfWords({ kind }: Condition): boolean {
  return kind === 'words' || kind === 'attachment'
}

function fulfils(mail: StoredMail, thread: StoredThread, { not, condition }: Clause): boolean {
  // A period is two conditions of their own: "not before A" says nothing of "up to B".
  if (condition.kind === 'sent') {
    const { from, to } = condition
    return (
      (from === null || mail.sentAt >= from !== not) && (to === null || mail.sentAt < to !== not)
    )
  }
  return holds(mail, thread, condition) !== not
}

function holds(mail: StoredMail, thread: StoredThread, condition: Condition): boolean {
  switch (condition.kind) {
    case 'words':
      return partsOf(mail, condition.place).some((part) => isIn(part, condition))
    case 'attachment':
      return mail.filenames.length > 0
    case 'category':
      return thread.categories.includes(condition.category)
    case 'state':
      return thread.state === condition.state
    case 'severity':
      return thread.severity >= condition.from && thread.severity <= condition.to
    case 'mailbox':
      return thread.mailboxId === condition.mailboxId
    case 'sent':
      throw new Error('looked at before')
  }
}

function partsOf(
  mail: StoredMail,
  place: Extract<Condition, { kind: 'words' }>['place'],
): string[] {
  const from = [mail.fromName, mail.fromAddress]
  switch (place) {
    case 'subject':
      return [mail.subject]
    case 'from':
      return from
    case 'to':
      return mail.to.flatMap(({ name, address }) => [name, address])
    case 'anywhere':
      return [mail.subject, ...from, ...mail.filenames, mail.text]
  }
}

const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u
const letter = /[\p{L}\p{N}\p{M}]/u

/** Whether a text holds the words side by side; words in Latin letters begin and end as words. */
function isIn(text: string, { text: wanted, exact }: { text: string; exact: boolean }): boolean {
  const line = plainOf(text)
  const sought = plain(exact ? wanted : shortened(wanted))
  const last = /[^ ]*$/.exec(sought)?.[0] ?? ''
  const open = japanese.test(last) || (!exact && last.length >= 3)
  for (let at = line.indexOf(sought); at !== -1; at = line.indexOf(sought, at + 1)) {
    const end = at + sought.length
    const begins =
      japanese.test(sought.slice(0, 1)) ||
      isHigh(sought) ||
      line[at - 1] === undefined ||
      line[at - 1] === ' '
    if (begins && (open || line[end] === undefined || line[end] === ' ')) return true
  }
  return false
}

/** Letters outside the basic plane that tests use are kanji. */
function isHigh(text: string): boolean {
  return (text.codePointAt(0) ?? 0) > 0xffff
}

function shortened(text: string): string {
  const plainly = text.normalize('NFKC')
  return /[\p{Script=Katakana}ー]{3}ー$/u.test(plainly) ? plainly.slice(0, -1) : text
}

const known = new Map<string, string>()

function plainOf(text: string): string {
  const line = known.get(text) ?? plain(text)
  known.set(text, line)
  return line
}

/** One way of writing: words apart by single spaces, Japanese without spaces in it. */
function plain(text: string): string {
  const folded = text
    .replace(/\p{Cf}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/([\p{Script=Hiragana}\p{Script=Katakana}ー])[-‐‑–—―−〜~]/gu, '$1ー')
    .replaceAll('ς', 'σ')
  let line = ''
  let gap = ''
  let before = ''
  for (const sign of folded) {
    if (!letter.test(sign)) {
      gap += sign
      continue
    }
    const [one, other] = [japanese.test(before), japanese.test(sign)]
    const joined = one && other ? /^[^\S\n]*\n?[^\S\n]*$/.test(gap) : gap === '' && one === other
    line += before === '' || joined ? sign : ` ${sign}`
    gap = ''
    before = sign
  }
  return line
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
