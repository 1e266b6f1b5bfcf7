import { ImapFlow } from 'imapflow'
import type { Logger } from 'pino'

export type InboxSettings = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
  readonly password: string
  readonly folder: string
}

export type FetchedMail = {
  readonly uid: number
  readonly raw: Buffer
  readonly internalDate: Date
}

export type Inbox = {
  /** RFC 9051: where it differs from what we know, every UID means something else. */
  readonly uidValidity: string
  /** Mails above that UID in ascending order, in batches; nothing on the server changes. */
  since(uid: number): AsyncIterable<FetchedMail[]>
  /** Waits for new mail by IDLE. */
  waitForNews(timeoutMs: number, signal: AbortSignal): Promise<'news' | 'timeout' | 'closed'>
  close(): Promise<void>
}

export type InboxTrouble = 'credentials' | 'certificate' | 'unreachable' | 'folder' | 'lost'

/** A mailbox that cannot be read, in words of what to do. Never holds the password. */
export class InboxError extends Error {
  readonly trouble: InboxTrouble

  constructor(trouble: InboxTrouble, message: string) {
    super(message)
    this.name = 'InboxError'
    this.trouble = trouble
  }
}

/** Mails and bytes stored in one transaction: few enough to be quick, many enough to be fast. */
const batchMails = 200
const batchBytes = 16 * 1024 * 1024

/** Mails whose sizes are asked for at once: the command line stays short. */
const listedMails = 1_000

const connectTimeoutMs = 30_000

/** Signs in and opens the folder read-only (EXAMINE): `\Seen` stays as it was. */
export async function openInbox(settings: InboxSettings, log: Logger): Promise<Inbox> {
  const { host, port, secure, user, password, folder } = settings
  const client = new ImapFlow({
    host,
    port,
    secure,
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
  })
  // Without a listener a dropped connection would end the process.
  client.on('error', (error) => log.warn({ err: error.message, folder }, 'IMAP connection failed'))
  try {
    await client.connect()
  } catch (error) {
    throw troubleOf(error, settings)
  }
  try {
    await client.mailboxOpen(folder, { readOnly: true })
  } catch {
    await leave(client)
    throw new InboxError(
      'folder',
      `${user} on ${host} has no folder ${folder}: set MAILBOX_FOLDER to one that exists`,
    )
  }
  return inboxOn(client, folder)
}

function inboxOn(client: ImapFlow, folder: string): Inbox {
  let news = false
  const wakers = new Set<() => void>()
  client.on('exists', () => {
    news = true
    for (const wake of wakers) wake()
  })
  client.on('close', () => {
    for (const wake of wakers) wake()
  })
  const opened = client.mailbox
  return {
    uidValidity: opened ? String(opened.uidValidity) : '0',
    since(uid) {
      news = false
      return batches(client, folder, uid)
    },
    async waitForNews(timeoutMs, signal) {
      if (news) return 'news'
      await idle(client, wakers, timeoutMs, signal)
      if (!client.usable) return 'closed'
      return news ? 'news' : 'timeout'
    },
    close: () => leave(client),
  }
}

async function* batches(
  client: ImapFlow,
  folder: string,
  after: number,
): AsyncIterable<FetchedMail[]> {
  for (let last = after; ; ) {
    const uids = await newUids(client, last)
    const newest = uids.at(-1)
    if (newest === undefined) return
    // Mails that are expunged meanwhile are missing in their batch, and hold up nobody.
    for (let from = 0; from < uids.length; from += listedMails) {
      const listed = uids.slice(from, from + listedMails)
      for (const some of await withinBytes(client, listed)) {
        const batch = await fetchMails(client, folder, some)
        if (batch.length > 0) yield batch
      }
    }
    last = newest
  }
}

/** Groups that are small enough for one transaction each, by the sizes that the server tells. */
async function withinBytes(client: ImapFlow, uids: readonly number[]): Promise<number[][]> {
  const groups: number[][] = []
  let bytes = 0
  for await (const { uid, size = 0 } of client.fetch(
    uids.join(','),
    { uid: true, size: true },
    { uid: true },
  )) {
    const group = groups.at(-1)
    if (!group || group.length >= batchMails || bytes + size > batchBytes) {
      groups.push([uid])
      bytes = size
    } else {
      group.push(uid)
      bytes += size
    }
  }
  return groups
}

async function fetchMails(
  client: ImapFlow,
  folder: string,
  uids: readonly number[],
): Promise<FetchedMail[]> {
  const batch: FetchedMail[] = []
  const query = { uid: true, source: true, internalDate: true } as const
  for await (const { uid, source, internalDate } of client.fetch(uids.join(','), query, {
    uid: true,
  })) {
    if (source) batch.push({ uid, raw: source, internalDate: new Date(internalDate ?? Date.now()) })
  }
  if (!client.usable) {
    throw new InboxError(
      'lost',
      `the connection to ${folder} was lost while mail was fetched: it is fetched again`,
    )
  }
  return batch.sort((a, b) => a.uid - b.uid)
}

/** `n:*` names the last mail even where it is older than n (RFC 9051), so the list is cut. */
async function newUids(client: ImapFlow, after: number): Promise<number[]> {
  const found = await client.search({ uid: `${after + 1}:*` }, { uid: true })
  return (found || []).filter((uid) => uid > after).sort((a, b) => a - b)
}

function idle(
  client: ImapFlow,
  wakers: Set<() => void>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      wakers.delete(wake)
      resolve()
    }
    const timer = setTimeout(wake, timeoutMs)
    signal.addEventListener('abort', wake, { once: true })
    wakers.add(wake)
    if (signal.aborted || !client.usable) return wake()
    // The next command ends IDLE by itself; a failure shows as a connection that is not usable.
    client.idle().then(
      () => (client.usable ? undefined : wake()),
      () => wake(),
    )
  })
}

async function leave(client: ImapFlow): Promise<void> {
  if (!client.usable) return client.close()
  // A server that does not answer LOGOUT must not keep us.
  const timer = setTimeout(() => client.close(), 2_000)
  try {
    await client.logout()
  } catch {
    client.close()
  } finally {
    clearTimeout(timer)
  }
}

function troubleOf(error: unknown, { host, port, user }: InboxSettings): InboxError {
  const failed = error as Error & { authenticationFailed?: boolean; code?: string }
  const at = `${host}:${port}`
  if (failed.authenticationFailed) {
    return new InboxError(
      'credentials',
      `${at} refuses the password of ${user}: check IMAP_USER and IMAP_PASSWORD`,
    )
  }
  const code = failed.code ?? ''
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code)) {
    return new InboxError(
      'certificate',
      `${at} shows a certificate that cannot be trusted (${code}): mend the certificate, or check IMAP_HOST`,
    )
  }
  return new InboxError(
    'unreachable',
    `${at} cannot be reached (${code || failed.message}): check IMAP_HOST, IMAP_PORT and IMAP_TLS`,
  )
}
