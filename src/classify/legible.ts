import { type Assessment, type Bilingual, type Fact, factText } from '../domain/assessment.ts'
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
    const text = factText(why)
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

const unjudgedRule = 'flag.unjudged'

/** What is said of a thread that no rule got through in time: nothing, and that nobody looked. */
export function unjudged(ruleSet: string, message: number): Assessment {
  const why = { ja: '時間内に自動判定できませんでした', en: 'It could not be judged in time' }
  const fact: Fact = {
    kind: 'fact',
    rule: unjudgedRule,
    why,
    message,
    text: factText(why),
  }
  const flags = [{ code: 'illegible' as const, evidence: [fact] }]
  return { ruleSet, categories: [], severity: 0, flags, against: [] }
}

/** Whether nothing is known of what the mails say: they are opened knowingly, as harmful words are. */
export function isUnjudged({ flags }: Assessment): boolean {
  return flags.some(({ evidence }) => evidence.some(({ rule }) => rule === unjudgedRule))
}
