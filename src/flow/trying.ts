import { type AccountSecret, flawsOfMailbox, type MailboxSettings } from '../domain/mailbox.ts'
import { ServerError } from '../mail/connecting.ts'
import { listFolders } from '../mail/inbox.ts'
import { openSmtp } from '../mail/smtp.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { openAccounts, type SignIn, signInOnce } from './accounts.ts'
import type { House } from './house.ts'
import { secretAfter } from './mailboxes.ts'

/** Somebody waits before a page: a server that is silent for so long has the wrong name or port. */
const patienceMs = 10_000

/** A server that could not be used, and why. */
export type Failed = {
  readonly kind: 'failed'
  readonly trouble: ServerError['trouble']
  readonly words: string
}

export type Connection =
  | {
      readonly kind: 'connected'
      readonly folders: readonly string[]
      /** Folders of the settings that the server does not have. */
      readonly missing: readonly string[]
    }
  | Failed

/** Signs in for real and looks which folders there are; changes nothing. */
export function tryConnection(house: House, mailbox: Mailbox): Promise<Connection> {
  const wanted = mailbox.folders.filter(({ watched }) => watched).map(({ name }) => name)
  return connecting(house, wanted, () => openAccounts(house).signIn(mailbox))
}

/**
 * The same with settings that nobody has kept yet, of a new mailbox or (`mailbox`) a changed one.
 * Null where there is nothing to try: the settings are flawed, or a consent comes first.
 */
export async function trySettings(
  house: House,
  mailbox: Mailbox | null,
  settings: MailboxSettings,
  typed: AccountSecret,
): Promise<Connection | null> {
  const { account, folders } = settings
  if (account === null || flawsOfMailbox(settings).length > 0) return null
  try {
    const secret = mailbox ? secretAfter(house, mailbox, settings, typed) : typed
    if (consentFirst(settings, secret)) return null
    return await connecting(house, folders, () => signInOnce(house, account, secret))
  } catch (error) {
    // A secret that cannot be opened any more.
    return failed(error)
  }
}

/** Connects to the server that takes our mail and signs in there; null where all is well. */
export async function trySending({ smtp }: House): Promise<Failed | null> {
  if (!smtp) return null
  const patience = { connectTimeoutMs: patienceMs, responseTimeoutMs: patienceMs }
  const sender = openSmtp({ ...smtp, ...patience })
  try {
    await sender.check()
    return null
  } catch (error) {
    return failed(error)
  } finally {
    sender.close()
  }
}

function consentFirst({ account }: MailboxSettings, { refreshToken }: AccountSecret): boolean {
  const method = account?.method
  return method?.kind === 'oauth' && method.grant === 'refresh_token' && !refreshToken
}

async function connecting(
  { log }: House,
  wanted: readonly string[],
  signIn: () => Promise<SignIn>,
): Promise<Connection> {
  try {
    const folders = await listFolders({ ...(await signIn()), patienceMs }, log)
    const same = (a: string, b: string) =>
      a === b || (a.toUpperCase() === 'INBOX' && b.toUpperCase() === 'INBOX')
    const missing = wanted.filter((name) => !folders.some((one) => same(one, name)))
    return { kind: 'connected', folders, missing }
  } catch (error) {
    return failed(error)
  }
}

function failed(error: unknown): Failed {
  if (!(error instanceof ServerError)) throw error
  return { kind: 'failed', trouble: error.trouble, words: error.message }
}
