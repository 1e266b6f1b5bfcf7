import type { Event } from '../domain/event.ts'
import { sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import { contentHash } from './letter-content.ts'

/** What the log says of replies, snippets and signatures, by their ids. */
export type SaidOfReplies = {
  /** Hashes of the words of each version. */
  readonly versions: Map<string, string>
  /** Hashes of the mails that were approved, by letter. */
  readonly mails: Map<string, string>
  /** Hashes of snippets and signatures; null for a snippet that was removed. */
  readonly wordings: Map<string, string | null>
  /** Versions whose words were erased, letters, and the bytes that went with them. */
  readonly erased: Set<string>
  readonly gone: Set<string>
}

export function nothingSaid(): SaidOfReplies {
  const maps = { versions: new Map(), mails: new Map(), wordings: new Map() }
  return { ...maps, erased: new Set(), gone: new Set() }
}

/** Keeps what an event says of them. */
export function noteReplies(said: SaidOfReplies, event: Event): void {
  const { versions, mails, wordings, erased, gone } = said
  switch (event.kind) {
    case 'thread_erased':
      for (const id of [...event.versions, ...event.letters]) erased.add(id)
      for (const name of event.bytes) gone.add(name)
      break
    case 'reply_submitted':
    case 'reply_changed':
      if (event.versionId !== undefined) versions.set(event.versionId, event.contentSha256)
      break
    case 'reply_approved':
      if (event.mailSha256 !== undefined) mails.set(event.letterId, event.mailSha256)
      break
    case 'snippet_kept':
      wordings.set(event.snippetId, event.contentSha256)
      break
    case 'snippet_removed':
      wordings.set(event.snippetId, null)
      break
    case 'signature_kept':
      wordings.set(event.forMailbox, event.contentSha256)
      break
    default:
  }
}

/** Every version has the words that were handed in, and what is sent is what was approved. */
export async function flawsOfReplies(store: Store, said: SaidOfReplies): Promise<string[]> {
  return [
    ...(await flawsOfVersions(store, said)),
    ...(await flawsOfMails(store, said)),
    ...(await flawsOfWordings(store, said.wordings)),
  ]
}

const pageSize = 200

async function flawsOfVersions(
  store: Store,
  { versions: said, erased }: SaidOfReplies,
): Promise<string[]> {
  const flaws: string[] = []
  const seen = new Set<string>()
  for (let last = ''; ; ) {
    const page = await store.letterVersions.all(last, pageSize)
    for (const { id, words } of page) {
      seen.add(id)
      const { subject, body, files = [] } = words
      const isErased = erased.has(id) && subject === '' && body === '' && files.length === 0
      if (!isErased && said.get(id) !== contentHash(words)) {
        flaws.push(`version ${id} of a reply does not have the words that were handed in`)
      }
    }
    const newest = page.at(-1)
    if (!newest) break
    last = newest.id
  }
  const missing = [...said.keys()].filter((id) => !seen.has(id))
  return [...flaws, ...missing.map((id) => `version ${id} of a reply is missing`)]
}

async function flawsOfMails(
  store: Store,
  { mails, erased, gone }: SaidOfReplies,
): Promise<string[]> {
  const flaws: string[] = []
  for (const [letterId, mailSha256] of mails) {
    const kept = await store.outgoing.bytesOf(letterId)
    if (!kept && erased.has(letterId)) {
      const [row] = await store.kept.of('outgoing', 'id', [letterId])
      if (row && gone.has(row.rawSha256)) continue
    }
    if (!kept || sha256(withoutSignature(kept.bytes)) !== mailSha256) {
      flaws.push(`the mail of letter ${letterId} is not the one that was approved`)
    }
  }
  return flaws
}

/** The mail below our DKIM signature, which comes on top once it is approved. */
export function withoutSignature(raw: Buffer): Buffer {
  if (!/^DKIM-Signature:/i.test(raw.toString('latin1', 0, 20))) return raw
  const head = raw.toString('latin1', 0, 16_384)
  const end = /\r\n(?![ \t])/.exec(head)
  return end ? raw.subarray(end.index + 2) : raw
}

async function flawsOfWordings(
  store: Store,
  said: ReadonlyMap<string, string | null>,
): Promise<string[]> {
  const snippets = await store.wordings.allSnippets()
  const kept = [
    ...snippets.map(({ id, removed, content }) => [id, removed ? null : sha256(content)] as const),
    ...(await store.wordings.signatures()).map(({ id, content }) => [id, sha256(content)] as const),
  ]
  const wrong = kept.filter(([id, hash]) => said.get(id) !== hash)
  const ids = new Set(kept.map(([id]) => id))
  const missing = [...said.keys()].filter((id) => !ids.has(id))
  return [
    ...wrong.map(([id]) => `the words of snippet or signature ${id} are not as the events say`),
    ...missing.map((id) => `snippet or signature ${id} is missing`),
  ]
}
