import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import { fullTime } from '../text/clock.ts'
import { enReplies } from '../text/en.replies.ts'
import { jaReplies } from '../text/ja.replies.ts'
import { partsOfMail } from './passages.ts'

/** Lines quoted at most: an answer quotes what it answers, not a book. */
const linesMax = 400

/**
 * The mail as a quotation for an answer, with who wrote it when, in the mail's own language. What
 * the shield keeps back is not quoted: a mark stands for it. Signatures are left out.
 */
export function quotationOf(record: ThreadRecord, mail: StoredMessage): string {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(mail.text)
  const { leftOut } = japanese ? jaReplies : enReplies
  const words = partsOfMail(record, mail, null).flatMap((part) => {
    if (part.kind === 'plain' || part.kind === 'quoted') return [part.text.trim()]
    return part.kind === 'kept_back' ? [leftOut] : []
  })
  const lines = words
    .filter((text) => text !== '')
    .join('\n')
    .split('\n')
  const quoted = lines.slice(0, linesMax).map((line) => (line === '' ? '>' : `> ${line}`))
  const cut = lines.length > linesMax ? ['> …'] : []
  return [attribution(mail, japanese), ...quoted, ...cut].join('\n')
}

function attribution({ sentAt, fromName, fromAddress }: StoredMessage, japanese: boolean): string {
  const name = (fromName || fromAddress).replace(/\s+/g, ' ').trim()
  const when = fullTime(sentAt, japanese ? 'ja' : 'en')
  return japanese ? `${when}、${name} 様のメール：` : `On ${when}, ${name} wrote:`
}
