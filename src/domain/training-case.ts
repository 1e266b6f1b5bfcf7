import type { Bilingual, Exchange } from './assessment.ts'
import type { Expected } from './drill.ts'
import { hoursAfter } from './time.ts'

/** A case of the product's own, to learn from where few were decided. Nobody wrote it to anybody. */
export type TrainingCase = Expected & {
  readonly code: string
  readonly mails: readonly TrainingMail[]
  /** Why it was decided so. */
  readonly why: Bilingual
}

export type TrainingMail = {
  readonly dir: 'in' | 'out'
  /** Hours after the first mail. */
  readonly hours: number
  readonly subject: Bilingual
  readonly body: Bilingual
}

/** The case as a thread that rules can read, from a day that means nothing. */
export function exchangeOf({ code, mails }: TrainingCase, language: keyof Bilingual): Exchange {
  const messages = mails.map(({ dir, hours, subject, body }) => ({
    dir,
    ...{ from: '', fromName: '', to: [], date: hoursAfter(firstAt, hours) },
    ...{ subject: subject[language], body: body[language] },
  }))
  return { id: code, messages }
}

const firstAt = '2026-04-06T01:00:00.000Z'
