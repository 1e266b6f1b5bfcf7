import type { ParsedMail } from '../domain/mail.ts'
import { wordTerms } from './terms.ts'

/** What a mail's words are found by; when it was sent is added where that is known. */
export function termsOfMail({ subject, from, to, cc, text, attachments }: ParsedMail): string {
  const [sender] = from
  const files = attachments.filter(({ inline }) => !inline)
  const filenames = files.map(({ filename }) => filename)
  const written = { fromName: sender?.name ?? '', fromAddress: sender?.address ?? '' }
  return wordTerms({ subject, ...written, to: [...to, ...cc], text, filenames })
}
