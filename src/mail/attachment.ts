import { simpleParser } from 'mailparser'

/** The bytes of one attachment of a mail, or null where the mail has no such part. */
export async function attachmentOf(raw: Buffer, index: number): Promise<Buffer | null> {
  const { attachments } = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true })
  return attachments[index]?.content ?? null
}
