import { ImapFlow, type MailboxObject } from 'imapflow'
import type { Logger } from 'pino'
import { type AfterStoring, isLoopback, type Security } from '../domain/mailbox.ts'
import { batches, type FetchedBatch } from './fetch.ts'
import { leave, waker } from './idle.ts'
import { InboxError, saysWhy, troubleOf } from './inbox-error.ts'

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
  /** How long the server may let us wait before we are signed in; half a minute without it. */
  readonly patienceMs?: number
  /** Anything but `leave` opens the folder for writing. */
  readonly afterStoring: AfterStoring
  /** Where muted mail is moved; null leaves it. Another folder opens this one for writing too. */
  readonly mutedFolder: string | null
}

export type Inbox = {
  /** RFC 9051: where it differs from what we know, every UID means something else. */
  readonly uidValidity: string
  /** RFC 7162: grows with every change. As of opening; null where the server does not tell. */
  readonly modSeq: string | null
  /**
   * Mails above that UID in ascending order, in batches; nothing on the server changes. Where the
   * folder is as it was at `modSeq`, when nothing was left above the UID, nobody has to search.
   */
  since(uid: number, modSeq: string | null): AsyncIterable<FetchedBatch>
  /**
   * Does with stored mails what the mailbox asks for: all that lie above the one UID, up to the
   * other. From 0 also those that a crash left as they were.
   */
  stored(above: number, upTo: number): Promise<void>
  /** Moves these mails to the folder for muted ones; those that are gone are left out. */
  moveMuted(uids: readonly number[]): Promise<void>
  /** Waits for new mail by IDLE. */
  waitForNews(timeoutMs: number, signal: AbortSignal): Promise<'news' | 'timeout' | 'closed'>
  /**
   * Opens the folder by its name again: some servers let a client go on in one that was deleted or
   * made anew meanwhile, where nothing ever comes. False: connect again and see.
   */
  isStillThere(): Promise<boolean>
  close(): Promise<void>
}

const connectTimeoutMs = 30_000

/** A server that is silent for so long in the middle of an answer is gone. */
const silenceMs = 90_000

/** Signs in and opens the folder, by default read-only (EXAMINE): `\Seen` stays as it was. */
export async function openInbox(settings: InboxSettings, log: Logger): Promise<Inbox> {
  const { folder } = settings
  const client = await signedIn(settings, log)
  const readOnly = isReadOnly(settings)
  try {
    const opened = await client.mailboxOpen(folder, { readOnly })
    return inboxOn(client, opened, settings, log)
  } catch (error) {
    const elsewhere = !client.usable || saysWhy(error)
    await leave(client)
    if (elsewhere) throw troubleOf(error, serverOf(settings))
    const { user, host } = serverOf(settings)
    throw new InboxError(
      'folder',
      `${user} on ${host} has no folder ${folder} that can be read: was it renamed or deleted? Name one that exists in the mailbox's settings`,
    )
  }
}

/** A folder is opened for writing only where something is to be done with its mail. */
function isReadOnly({ afterStoring, mutedFolder }: InboxSettings): boolean {
  return afterStoring.kind === 'leave' && mutedFolder === null
}

/** The folders of an account by their full names, for a person to choose from. */
export async function listFolders(
  settings: Omit<InboxSettings, 'folder' | 'afterStoring' | 'mutedFolder'>,
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

/** Signs in; rejects with `InboxError`. */
export async function signedIn(
  settings: Omit<InboxSettings, 'afterStoring' | 'mutedFolder'>,
  log: Logger,
): Promise<ImapFlow> {
  const { host, port, security, credentials, folder, patienceMs = connectTimeoutMs } = settings
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
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: Math.min(silenceMs, patienceMs * 3),
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

function serverOf({
  host,
  port,
  credentials,
}: Omit<InboxSettings, 'afterStoring' | 'mutedFolder'>) {
  return { host, port, user: credentials.user }
}

function inboxOn(
  client: ImapFlow,
  opened: MailboxObject,
  settings: InboxSettings,
  log: Logger,
): Inbox {
  const { folder, afterStoring, mutedFolder } = settings
  const wake = waker(client)
  const { uidNext, highestModseq } = opened
  let looked = false

  /** What SELECT told, good for the first look: later ones search, whatever was announced. */
  function isAsBefore(uid: number, modSeq: string | null): boolean {
    if (looked) return false
    looked = true
    if (uid === 0) return opened.exists === 0
    if (uidNext && uidNext <= uid + 1) return true
    return modSeq !== null && highestModseq !== undefined && String(highestModseq) === modSeq
  }

  return {
    uidValidity: String(opened.uidValidity),
    modSeq: highestModseq ? String(highestModseq) : null,
    async *since(uid, modSeq) {
      if (isAsBefore(uid, modSeq)) return
      wake.forget()
      yield* batches(client, uid, folder, log)
    },
    async stored(above, upTo) {
      if (afterStoring.kind === 'leave' || upTo <= above) return
      const unseen = afterStoring.kind === 'seen' ? ({ seen: false } as const) : {}
      const uids = await between(client, above, upTo, unseen)
      if (uids.length === 0) return
      if (afterStoring.kind === 'move') await moveAway(client, uids, afterStoring.folder, folder)
      else await markSeen(client, uids, folder)
    },
    async moveMuted(uids) {
      if (mutedFolder === null) return
      const here = await between(client, (uids[0] ?? 1) - 1, uids.at(-1) ?? 0, {})
      const still = uids.filter((uid) => here.includes(uid))
      if (still.length > 0) await moveAway(client, still, mutedFolder, folder)
    },
    waitForNews: wake.wait,
    async isStillThere() {
      const readOnly = isReadOnly(settings)
      // Why it cannot be opened the next connection says, in words of what to do.
      const now = await client.mailboxOpen(folder, { readOnly }).catch(() => null)
      return now !== null && now.uidValidity === opened.uidValidity
    },
    close: () => leave(client),
  }
}

async function between(
  client: ImapFlow,
  above: number,
  upTo: number,
  query: { readonly seen?: false },
): Promise<number[]> {
  const found = await client.search({ uid: `${above + 1}:${upTo}`, ...query }, { uid: true })
  return found ? found.filter((uid) => uid > above && uid <= upTo) : []
}

/** Mails named in one command: its line stays short. */
const namedMails = 500

async function markSeen(client: ImapFlow, uids: readonly number[], folder: string): Promise<void> {
  for (let from = 0; from < uids.length; from += namedMails) {
    const some = uids.slice(from, from + namedMails).join(',')
    if (await client.messageFlagsAdd(some, ['\\Seen'], { uid: true })) continue
    throw new InboxError(
      'folder',
      `stored mail cannot be marked as seen in ${folder}: let the account write there, or leave the mail as it is`,
    )
  }
}

async function moveAway(
  client: ImapFlow,
  uids: readonly number[],
  to: string,
  from: string,
): Promise<void> {
  if (!client.capabilities.has('MOVE') && !client.capabilities.has('UIDPLUS')) {
    // Without either, EXPUNGE would also remove what other people marked for deletion.
    const words = 'the IMAP server has neither MOVE nor UIDPLUS'
    throw new InboxError('protocol', `${words}: stored mail cannot be moved, leave it as it is`)
  }
  for (let at = 0; at < uids.length; at += namedMails) {
    const some = uids.slice(at, at + namedMails).join(',')
    if (await client.messageMove(some, to, { uid: true })) continue
    throw new InboxError(
      'folder',
      `stored mail cannot be moved from ${from} to ${to}: make the folder ${to}, or choose another one`,
    )
  }
}
