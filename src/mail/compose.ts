import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type {
  DisplayName,
  EmailAddress,
  FileName,
  HeaderLine,
  MailText,
  MessageId,
} from './outgoing.ts'

type Mailbox = { readonly name: DisplayName; readonly address: EmailAddress }

/** A file that goes with a mail. */
export type OutgoingFile = {
  readonly name: FileName
  readonly contentType: string
  readonly bytes: Buffer
}

/** A mail about to leave, with everything that its bytes depend on. */
export type OutgoingMail = {
  readonly messageId: MessageId
  readonly from: Mailbox
  /** Exactly one: nothing of ours goes to a list. */
  readonly to: EmailAddress
  readonly subject: HeaderLine
  readonly text: MailText
  /** The same in HTML; null where the mail is plain text; left out: made of the text's lines. */
  readonly html?: string | null
  readonly files?: readonly OutgoingFile[]
  readonly inReplyTo: MessageId | null
  readonly references: readonly MessageId[]
  readonly date: Date
  /** RFC 3834: null where a person wrote to a person. */
  readonly autoSubmitted: 'auto-generated' | 'auto-replied' | null
}

/** References kept: the first and the newest, so that no header grows without end. */
const referencesMax = 30

/** The bytes of a mail (RFC 5322), the same for the same input. */
export function compose(mail: OutgoingMail): Promise<Buffer> {
  const { inReplyTo, references, files = [], html = htmlOf(mail.text) } = mail
  const kept = [...references.slice(0, 1), ...references.slice(1).slice(-(referencesMax - 1))]
  const composer = new MailComposer({
    messageId: mail.messageId,
    from: mail.from,
    to: [{ name: '', address: mail.to }],
    subject: mail.subject,
    text: mail.text,
    ...(html === null ? {} : { html }),
    ...(files.length > 0 ? { attachments: files.map(attached) } : {}),
    date: mail.date,
    ...(inReplyTo ? { inReplyTo } : {}),
    ...(kept.length > 0 ? { references: kept } : {}),
    headers: mail.autoSubmitted
      ? { 'Auto-Submitted': mail.autoSubmitted, 'X-Auto-Response-Suppress': 'All' }
      : {},
    // The same input has to give the same bytes: what was approved is what is sent.
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24),
    textEncoding: 'base64',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

function attached({ name: filename, contentType, bytes: content }: OutgoingFile) {
  return { filename, contentType, content, contentDisposition: 'attachment' as const }
}

/** The same words for programs that show HTML: paragraphs and line breaks, nothing else. */
function htmlOf(text: string): string {
  const escaped = text.trim().replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  const paragraphs = escaped
    .split(/\n{2,}/)
    .map((one) => `<p>${one.replaceAll('\n', '<br>\n')}</p>`)
  return `<!doctype html>\n<meta charset="utf-8">\n${paragraphs.join('\n')}\n`
}
