import type { ParsedMail } from '../domain/mail.ts'
import { termsOf } from './terms.ts'

/** What search finds a mail by: its subject, who wrote it, and its words. */
export function termsOfMail({ subject, from, text }: ParsedMail): string {
  const [sender] = from
  return termsOf([subject, sender?.name ?? '', sender?.address ?? '', text].join('\n'))
}
