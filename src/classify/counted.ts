import type { Bilingual } from '../domain/assessment.ts'
import type { Scanned } from './match.ts'

/** A measured fact; `message` is the last mail it rests on. */
export type Measured = {
  readonly value: number
  readonly message: number
  readonly words: Bilingual
}

export function incoming(mails: readonly Scanned[]): Scanned[] {
  return mails.filter(({ mail }) => mail.message.dir === 'in')
}

export function outgoing(mails: readonly Scanned[]): Scanned[] {
  return mails.filter(({ mail }) => mail.message.dir === 'out')
}

export function says({ all }: Scanned, parts: readonly string[]): boolean {
  return parts.some((part) => all.has(part))
}

/** Their mails after the first of ours that says one of the parts, thanks and closings left out. */
export function after(mails: readonly Scanned[], parts: readonly string[]): Scanned[] {
  const first = mails.findIndex((one) => one.mail.message.dir === 'out' && says(one, parts))
  if (first === -1) return []
  return incoming(mails.slice(first + 1)).filter((one) => !closes(one))
}

/** Thanks that ask for nothing more. */
export function closes(one: Scanned): boolean {
  return says(one, ['accepts']) && !goesOn.test(one.mail.body.text)
}

const goesOn =
  /[?？]|か[。\n]|しかし|ですが|ますが|でも|けれど|それでも|納得(?:でき|いか|が)|ですから|ならば|\b(?:but|however|still|yet|although|nevertheless)\b/

export function counted(mails: readonly Scanned[], en: string, ja: string): Measured {
  return figure(mails.length, en, ja, mails.at(-1)?.mail.index ?? 0)
}

/**
 * A figure with its words, in which `#` is the number; `mail(s)` is one mail or several. Only English
 * tells one from many.
 */
export function figure(value: number, en: string, ja: string, message = 0): Measured {
  const number = String(value)
  const inEnglish = en.replace(/\((e?s)\)/g, value === 1 ? '' : '$1').replace('#', number)
  return { value, message, words: { ja: ja.replace('#', number), en: inEnglish } }
}
