import type { ImapFlow } from 'imapflow'
import type { Logger } from 'pino'
import { InboxError } from './inbox-error.ts'

export type FetchedMail = {
  readonly uid: number
  readonly raw: Buffer
  readonly internalDate: Date
}

/** Some mails, and what the server still has above them. */
export type FetchedBatch = {
  readonly mails: readonly FetchedMail[]
  /** The highest UID that is dealt with now, also where its mail was expunged meanwhile. */
  readonly upTo: number
  readonly remaining: number
}

/** Mails and bytes stored in one transaction: few enough to be quick, many enough to be fast. */
const batchMails = 200
const batchBytes = 16 * 1024 * 1024

/** Mails whose sizes are asked for at once: the command line stays short. */
const listedMails = 1_000

/** No provider takes larger ones; of what is larger the first bytes are kept, and memory holds. */
const mailBytesMax = 160 * 1024 * 1024

type Group = { readonly uids: number[]; bytes: number }

/**
 * Mails above a UID in ascending order, in batches. Rejects with `InboxError` where the server or
 * the connection fails: nothing was missed then, only not fetched yet.
 */
export async function* batches(
  client: ImapFlow,
  after: number,
  folder: string,
  log: Logger,
): AsyncIterable<FetchedBatch> {
  for (let last = after; ; ) {
    const uids = await newUids(client, last, folder)
    const newest = uids.at(-1)
    if (newest === undefined) return
    for (let from = 0; from < uids.length; from += listedMails) {
      const listed = uids.slice(from, from + listedMails)
      let left = uids.length - from
      for (const group of await withinBytes(client, listed, folder)) {
        const mails = await fetchMails(client, group, folder, log)
        left -= group.uids.length
        // Mails that are expunged meanwhile are missing here, and hold up nobody.
        yield { mails, upTo: group.uids.at(-1) ?? last, remaining: left }
      }
    }
    last = newest
  }
}

/** Groups that are small enough for one transaction each, by the sizes that the server tells. */
async function withinBytes(
  client: ImapFlow,
  uids: readonly number[],
  folder: string,
): Promise<Group[]> {
  const groups: Group[] = []
  const rows = client.fetch(uids.join(','), { uid: true, size: true }, { uid: true })
  for await (const { uid, size = 0 } of orLost(client, rows, folder)) {
    const group = groups.at(-1)
    if (!group || group.uids.length >= batchMails || group.bytes + size > batchBytes) {
      groups.push({ uids: [uid], bytes: size })
    } else {
      group.uids.push(uid)
      group.bytes += size
    }
  }
  return groups
}

async function fetchMails(
  client: ImapFlow,
  { uids, bytes }: Group,
  folder: string,
  log: Logger,
): Promise<FetchedMail[]> {
  const tooLarge = bytes > mailBytesMax
  if (tooLarge) {
    log.warn({ folder, uid: uids[0], bytes, kept: mailBytesMax }, 'mail too large: its end is left')
  }
  const batch: FetchedMail[] = []
  const source = tooLarge ? { start: 0, maxLength: mailBytesMax } : true
  const query = { uid: true, source, internalDate: true } as const
  const rows = client.fetch(uids.join(','), query, { uid: true })
  for await (const { uid, source: raw, internalDate } of orLost(client, rows, folder)) {
    if (raw) batch.push({ uid, raw, internalDate: new Date(internalDate ?? Date.now()) })
  }
  return batch.sort((a, b) => a.uid - b.uid)
}

/** `n:*` names the last mail even where it is older than n (RFC 9051), so the list is cut. */
async function newUids(client: ImapFlow, after: number, folder: string): Promise<number[]> {
  const found = await client
    .search({ uid: `${after + 1}:*` }, { uid: true })
    .catch((error: unknown) => {
      throw failure(client, error, folder)
    })
  if (!found) {
    // No list is not an empty list: to take it for one would leave mail unread without a word.
    throw failure(client, new Error('it lists no mails'), folder)
  }
  return found.filter((uid) => uid > after).sort((a, b) => a - b)
}

/** The same rows; an answer that was broken off ends them with an error, never as if complete. */
async function* orLost<Row>(
  client: ImapFlow,
  rows: AsyncIterable<Row>,
  folder: string,
): AsyncIterable<Row> {
  try {
    yield* rows
  } catch (error) {
    throw failure(client, error, folder)
  }
  if (!client.usable) throw failure(client, null, folder)
}

function failure(client: ImapFlow, error: unknown, folder: string): InboxError {
  if (!client.usable) {
    return new InboxError(
      'lost',
      `the connection to ${folder} was lost while mail was fetched: it is fetched again`,
    )
  }
  const words = error instanceof Error ? error.message : String(error)
  return new InboxError('protocol', `the IMAP server does not give the mail of ${folder}: ${words}`)
}
