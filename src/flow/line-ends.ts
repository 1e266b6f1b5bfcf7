import { unpack } from '../store/packing.ts'
import { sha256 } from '../store/sealing.ts'
import type { House } from './house.ts'
import type { Read } from './receive.ts'

/**
 * Leaves out mails that the mailbox holds already with other line ends. A Maildir and an mbox keep
 * them as LF, IMAP brings the same mail with CRLF: one mail, whichever came first. Only where a
 * Message-ID is there already are bytes compared, so ordinary mail pays one look-up a batch.
 */
export async function withoutOtherLineEnds<T extends Pick<Read, 'mail' | 'packed'>>(
  { store }: House,
  mailboxId: string,
  fresh: readonly T[],
): Promise<T[]> {
  const ids = fresh.flatMap(({ mail }) => (mail.messageId === null ? [] : [mail.messageId]))
  if (ids.length === 0) return [...fresh]
  const kept = await store.identities.sameMessageId(mailboxId, ids)
  if (kept.length === 0) return [...fresh]
  const hashes = new Set(kept.map(({ rawSha256 }) => rawSha256))
  const known = new Set(kept.map(({ messageId }) => messageId))
  return fresh.filter(
    ({ mail, packed }) =>
      packed === null ||
      !known.has(mail.messageId) ||
      !otherLineEnds(unpack(packed)).some((raw) => hashes.has(sha256(raw))),
  )
}

/** The bytes as another kind of store would hold them. */
function otherLineEnds(raw: Buffer): Buffer[] {
  const bare = raw.toString('latin1').replaceAll('\r\n', '\n')
  return [Buffer.from(bare, 'latin1'), Buffer.from(bare.replaceAll('\n', '\r\n'), 'latin1')]
}
