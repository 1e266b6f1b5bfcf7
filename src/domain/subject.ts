/** What mail programs put before a subject when they answer or pass on, in either language. */
const prefix =
  /^(?:(?:re|fwd?|aw|sv|返信|転送|回答)\s*(?:[[(]\d+[\])]|\d+)?\s*:|\[(?:#|no\.?)?\s*\d+\])\s*/i

/** Longer subjects differ early enough, and no key grows with hostile input. */
const keyLengthMax = 200

/**
 * A subject without answer and forward marks, width and case: what two mails on the same matter
 * share. Empty where nothing is left to tell one matter from another.
 */
export function subjectKeyOf(subject: string): string {
  let rest = subject.normalize('NFKC').slice(0, 1000).replace(/\s+/g, ' ').trim()
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest.replace(prefix, '')
  }
  return rest.toLowerCase().slice(0, keyLengthMax)
}

/** The subject of an answer: one `Re:`, whatever was there before. */
export function answerSubject(subject: string): string {
  const bare = subject.replace(/^(?:\s*(?:re|返信)\s*(?:[[(]\d+[\])])?\s*[:：]\s*)+/i, '').trim()
  return `Re: ${bare}`
}
