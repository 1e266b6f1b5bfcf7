import { ImapFlow } from 'imapflow'
import type { Logger } from 'pino'
import { batches, type FetchedMail } from './fetch.ts'
import { InboxError, troubleOf } from './inbox-error.ts'

export type InboxSettings = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
  readonly password: string
  readonly folder: string
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
  } catch (error) {
    const lost = !client.usable
    await leave(client)
    if (lost) throw troubleOf(error, settings)
    throw new InboxError(
      'folder',
      `${user} on ${host} has no folder ${folder}: set MAILBOX_FOLDER to one that exists`,
    )
  }
  return inboxOn(client, folder, log)
}

function inboxOn(client: ImapFlow, folder: string, log: Logger): Inbox {
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
      return batches(client, uid, folder, log)
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
