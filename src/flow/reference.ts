import { referenceMark, referencesIn } from '../domain/reference.ts'
import { isReferenceOf, referenceOf } from '../mail/reference.ts'
import type { House } from './house.ts'

/** The longest subject of ours, in UTF-16 units, and what of it is left for words beside the code. */
const subjectMax = 500
const wordsMax = subjectMax - 60

type Words = { readonly subject: string; readonly body: string }

/** The code that a customer finds in our letters (受付番号): an answer that bears it finds its thread. */
export function referenceFor({ messageIdSecret }: House, threadId: string): string {
  return referenceOf(threadId, messageIdSecret)
}

/**
 * The words of a letter with the code of its thread in subject and foot, each once. Where the
 * customer's own subject brought the code of another thread, it gives way.
 */
export function withReference(house: House, threadId: string, { subject, body }: Words): Words {
  const code = referenceFor(house, threadId)
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(body)
  const label = japanese ? '受付番号' : 'Reference'
  const own = bears(house, threadId, subject)
  const bare = own ? subject : subject.replace(referenceMark, '').trim().slice(0, wordsMax)
  return {
    subject: own ? subject.slice(0, subjectMax) : `${bare} [${label} ${code}]`.trim(),
    body: bears(house, threadId, body.slice(-1_000))
      ? body
      : `${body.trimEnd()}\n\n${label}${japanese ? '：' : ': '}${code}`,
  }
}

function bears({ messageIdSecret }: House, threadId: string, text: string): boolean {
  return referencesIn(text).some((code) => isReferenceOf(code, threadId, messageIdSecret))
}
