import type { Bilingual } from '../assessment.ts'
import type { Category, Severity } from '../category.ts'
import type { TrainingCase, TrainingMail } from '../training-case.ts'

/** Japanese, English. */
type Both = readonly [string, string]

/** A case that is harassment: of which categories and how grave, why, and its mails. */
export function harassment(
  code: string,
  [categories, severity]: readonly [readonly Category[], Severity],
  why: Both,
  ...mails: TrainingMail[]
): TrainingCase {
  return { code, outcome: 'harassment', categories, severity, why: bilingual(why), mails }
}

/** A case that is none, however angry. */
export function ordinary(code: string, why: Both, ...mails: TrainingMail[]): TrainingCase {
  return { code, outcome: 'ordinary', categories: [], severity: 0, why: bilingual(why), mails }
}

/** A customer's mail. */
export function mail(subject: Both, body: Both, hours = 0): TrainingMail {
  return { dir: 'in', hours, subject: bilingual(subject), body: bilingual(body) }
}

/** What we answered. */
export function answered(hours: number, subject: Both, body: Both): TrainingMail {
  return { dir: 'out', hours, subject: bilingual(subject), body: bilingual(body) }
}

function bilingual([ja, en]: Both): Bilingual {
  return { ja, en }
}
