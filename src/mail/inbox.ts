import { ImapFlow, type MailboxObject } from 'imapflow'
import type { Logger } from 'pino'
import { type AfterStoring, isLoopback, type Security } from '../domain/mailbox.ts'
import { batches, type FetchedBatch } from './fetch.ts'
import { leave, waker } from './idle.ts'
import { InboxError, troubleOf } from './inbox-error.ts'

/** How to sign in: by a password, or by an access token (XOAUTH2 or OAUTHBEARER). */
export type Credentials =
  | { readonly user: string; readonly password: string }
  | { readonly user: string; readonly accessToken: string }

export type InboxSettings = {
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly credentials: Credentials
  readonly folder: string
  /** Anything but `leave` opens the folder for writing. */
  readonly afterStoring: AfterStoring
}

export type Inbox = {
  /** RFC 9051: where it differs from what we know, every UID means something else. */
  readonly uidValidity: string
  /** RFC 7162: grows with every change in the folder; null where the server does not tell. */
  modSeq(): string | null
  /** Mails above that UID in ascending order, in batches; nothing on the server changes. */
  since(uid: number): AsyncIterable<FetchedBatch>
  /** Does with stored mails what the mailbox asks for; `upTo` is the last UID that is stored. */
  stored(uids: readonly number[], upTo: number): Promise<void>
  /** Waits for new mail by IDLE. */
  waitForNews(timeoutMs: number, signal: AbortSignal): Promise<'news' | 'timeout' | 'closed'>
  close(): Promise<void>
}

const connectTimeoutMs = 30_000

/** A server that is silent for so long in the middle of an answer is gone. */
const silenceMs = 90_000

/** Signs in and opens the folder, by default read-only (EXAMINE): `\Seen` stays as it was. */
export async function openInbox(settings: InboxSettings, log: Logger): Promise<Inbox> {
  const { folder, afterStoring } = settings
  const client = await signedIn(settings, log)
  const readOnly = afterStoring.kind === 'leave'
  try {
    const opened = await client.mailboxOpen(folder, { readOnly })
    return inboxOn(client, opened, settings, log)
  } catch (error) {
    const lost = !client.usable
    await leave(client)
    if (lost) throw troubleOf(error, serverOf(settings))
    const { user, host } = serverOf(settings)
    throw new InboxError(
      'folder',
      `${user} on ${host} has no folder ${folder} that can be read: was it renamed or deleted? Name one that exists in the mailbox's settings`,
    )
  }
}

/** The folders of an account by their full names, for a person to choose from. */
export async function listFolders(
  settings: Omit<InboxSettings, 'folder' | 'afterStoring'>,
  log: Logger,
): Promise<string[]> {
  const client = await signedIn({ ...settings, folder: '' }, log)
  try {
    const found = await client.list()
    return found.filter(({ flags }) => !flags.has('\\Noselect')).map(({ path }) => path)
  } finally {
    await leave(client)
  }
}

async function signedIn(
  settings: Omit<InboxSettings, 'afterStoring'>,
  log: Logger,
): Promise<ImapFlow> {
  const { host, port, security, credentials, folder } = settings
  if (security === 'none' && !isLoopback(host)) {
    throw new InboxError('certificate', `${host}: mail is not fetched without TLS over a network`)
  }
  const { user } = credentials
  const auth =
    'password' in credentials
      ? { user, pass: credentials.password }
      : { user, accessToken: credentials.accessToken }
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls',
    auth,
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: silenceMs,
  })
  // Without a listener a dropped connection would end the process.
  client.on('error', (error) => log.warn({ err: error.message, folder }, 'IMAP connection failed'))
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    throw troubleOf(error, serverOf(settings))
  }
}

function serverOf({ host, port, credentials }: Omit<InboxSettings, 'afterStoring'>) {
  return { host, port, user: credentials.user }
}

function inboxOn(
  client: ImapFlow,
  opened: MailboxObject,
  { folder, afterStoring }: InboxSettings,
  log: Logger,
): Inbox {
  const wake = waker(client)
  return {
    uidValidity: String(opened.uidValidity),
    modSeq() {
      const current = client.mailbox
      const modSeq = current ? current.highestModseq : undefined
      return modSeq ? String(modSeq) : null
    },
    since(uid) {
      wake.forget()
      return batches(client, uid, folder, log)
    },
    async stored(uids, upTo) {
      if (afterStoring.kind === 'seen' && uids.length > 0) {
        await client.messageFlagsAdd(uids.join(','), ['\\Seen'], { uid: true })
      }
      if (afterStoring.kind === 'move') await moveAway(client, upTo, afterStoring.folder, folder)
    },
    waitForNews: wake.wait,
    close: () => leave(client),
  }
}

/** Whatever lies at or below a stored UID is stored: also what a crash left lying here. */
async function moveAway(client: ImapFlow, upTo: number, to: string, from: string): Promise<void> {
  const here = upTo > 0 ? await client.search({ uid: `1:${upTo}` }, { uid: true }) : []
  const uids = here ? here.filter((uid) => uid <= upTo) : []
  if (uids.length === 0) return
  const moved = await client.messageMove(uids.join(','), to, { uid: true })
  if (moved) return
  throw new InboxError(
    'folder',
    `stored mail cannot be moved from ${from} to ${to}: make the folder ${to}, or choose another one`,
  )
}
