import { attachmentBytes } from './body.ts'
import { withLineFeeds } from './read.ts'

/** The bytes of one attachment of a mail, or null where the mail has no such part. */
export function attachmentOf(raw: Buffer, index: number): Promise<Buffer | null> {
  return attachmentBytes(withLineFeeds(raw), index)
}
