import type { Bilingual, Fact } from '../domain/assessment.ts'
import { type ReadMail, readLengthMax } from './read.ts'

/** More than this share of signs that no text has, and the body is no text. */
const strangeShareMax = 0.1

/** A control character other than tab and line ends, a replacement sign, half of a pair. */
const strange = /(?![\t\r\n\f])\p{Cc}|\p{Cs}|\p{Cn}|\ufffd/gu

/** The mails that rules could not read, or not whole: a person looks at them all the same. */
export function illegible(theirs: readonly ReadMail[]): Fact[] {
  return theirs.flatMap(({ index, message: { body } }): Fact[] => {
    const why = faultOf(body)
    if (why === null) return []
    const text = `${why.ja} / ${why.en}`
    return [{ kind: 'fact', rule: 'flag.illegible', why, message: index, text }]
  })
}

function faultOf(body: string): Bilingual | null {
  if (body.trim() === '') return { ja: '本文がありません', en: 'There is no text' }
  const beginning = body.slice(0, readLengthMax)
  const count = beginning.match(strange)?.length ?? 0
  if (count > beginning.length * strangeShareMax)
    return { ja: '本文が文字として読めません', en: 'The body cannot be read as text' }
  if (body.length > readLengthMax)
    return {
      ja: '本文が長く、始めと終わりだけを判定しました',
      en: 'The text is long: only its beginning and end were judged',
    }
  return null
}
