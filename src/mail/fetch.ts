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
      const some = uids.slice(from, from + listedMails)
      yield* inGroups(client, some, uids.length - from, folder, log)
    }
    last = newest
  }
}

async function* inGroups(
  client: ImapFlow,
  listed: readonly number[],
  remaining: number,
  folder: string,
  log: Logger,
): AsyncIterable<FetchedBatch> {
  let left = remaining
  for (const group of await withinBytes(client, listed, folder)) {
    const { mails, upTo, withheld } = await fetchMails(client, group, folder, log)
    left -= group.uids.filter((uid) => uid <= upTo).length
    // Mails that are expunged meanwhile are missing here, and hold up nobody.
    yield { mails, upTo, remaining: left }
    if (withheld !== null) throw withheldError(withheld, folder)
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

type Fetched = Omit<FetchedBatch, 'remaining'> & {
  /** A mail that the server lists and does not give; `mails` are those below it. */
  readonly withheld: number | null
}

/**
 * The mails of a group. One that the server leaves out was expunged meanwhile, or is asked for
 * again by itself: what still lies there is never passed by.
 */
async function fetchMails(
  client: ImapFlow,
  { uids, bytes }: Group,
  folder: string,
  log: Logger,
): Promise<Fetched> {
  const tooLarge = bytes > mailBytesMax
  if (tooLarge) {
    log.warn({ folder, uid: uids[0], bytes, kept: mailBytesMax }, 'mail too large: its end is left')
  }
  const batch = await given(client, uids, tooLarge, folder)
  let withheld: number | null = null
  for (const uid of await leftOut(client, uids, batch, folder)) {
    const [mail] = await given(client, [uid], tooLarge, folder)
    if (mail) batch.push(mail)
    else if ((await leftOut(client, [uid], [], folder)).length > 0) {
      withheld = uid
      break
    }
  }
  const below = withheld ?? Number.POSITIVE_INFINITY
  const mails = batch.filter(({ uid }) => uid < below).sort((a, b) => a.uid - b.uid)
  return { mails, upTo: withheld === null ? (uids.at(-1) ?? 0) : withheld - 1, withheld }
}

/** What the server gives of these; a refusal (RFC 2180: some were expunged) gives what came. */
async function given(
  client: ImapFlow,
  uids: readonly number[],
  tooLarge: boolean,
  folder: string,
): Promise<FetchedMail[]> {
  const mails: FetchedMail[] = []
  const source = tooLarge ? { start: 0, maxLength: mailBytesMax } : true
  const query = { uid: true, source, internalDate: true } as const
  const rows = client.fetch(uids.join(','), query, { uid: true })
  try {
    for await (const { uid, source: raw, internalDate } of orLost(client, rows, folder)) {
      if (raw) mails.push({ uid, raw, internalDate: new Date(internalDate ?? Date.now()) })
    }
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  return mails
}

/** Those of the mails asked for that did not come and still lie in the folder. */
async function leftOut(
  client: ImapFlow,
  uids: readonly number[],
  mails: readonly FetchedMail[],
  folder: string,
): Promise<number[]> {
  const came = new Set(mails.map(({ uid }) => uid))
  const missing = uids.filter((uid) => !came.has(uid))
  if (missing.length === 0) return []
  const there = new Set(await listed(client, missing.join(','), folder))
  return missing.filter((uid) => there.has(uid))
}

function withheldError(uid: number, folder: string): InboxError {
  return new InboxError(
    'protocol',
    `the IMAP server lists mail ${uid} of ${folder} and does not give it: look at it there, and move it out of ${folder} if it is damaged; what lies above it waits`,
  )
}

/** `n:*` names the last mail even where it is older than n (RFC 9051), so the list is cut. */
async function newUids(client: ImapFlow, after: number, folder: string): Promise<number[]> {
  const found = await listed(client, `${after + 1}:*`, folder)
  return found.filter((uid) => uid > after).sort((a, b) => a - b)
}

async function listed(client: ImapFlow, uid: string, folder: string): Promise<number[]> {
  const found = await client.search({ uid }, { uid: true }).catch((error: unknown) => {
    throw failure(client, error, folder)
  })
  if (found) return found
  // No list is not an empty list: to take it for one would leave mail unread without a word.
  throw failure(client, new Error('it lists no mails'), folder)
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
  const full = `the IMAP server does not give the mail of ${folder}: ${words}`
  return new InboxError('protocol', full, { cause: error })
}

/** NO to a FETCH: the connection goes on, and what can be given may have been given. */
function isRefusal(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'responseStatus' in cause && cause.responseStatus === 'NO'
}
