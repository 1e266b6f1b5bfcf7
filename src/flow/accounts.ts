import type { Account, AccountSecret } from '../domain/mailbox.ts'
import type { Credentials, InboxSettings } from '../mail/inbox.ts'
import { InboxError } from '../mail/inbox-error.ts'
import { type OAuthAccess, openTokens, type Tokens } from '../mail/oauth.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { VaultError } from '../vault.ts'
import type { House } from './house.ts'

/** Where to sign in for a mailbox, and with what; without the folder. */
export type SignIn = Omit<InboxSettings, 'folder' | 'afterStoring' | 'mutedFolder'>

/** Signs in for mailboxes: opens their secrets, and keeps access tokens while they are good. */
export type Accounts = {
  /** Rejects with `InboxError` in words of what to do. */
  signIn(mailbox: Mailbox): Promise<SignIn>
}

/** One for a process: all folders of a mailbox share its tokens. */
export function openAccounts(house: House): Accounts {
  const tokens = new Map<string, { readonly version: number; readonly tokens: Tokens }>()

  function tokensOf(mailbox: Mailbox, access: OAuthAccess): Tokens {
    const known = tokens.get(mailbox.id)
    if (known && known.version === mailbox.version) return known.tokens
    const made = openTokens(access, {
      now: () => Date.parse(house.now()),
      onRefreshToken: (refreshToken) => keepRefreshToken(house, mailbox.id, refreshToken),
    })
    tokens.set(mailbox.id, { version: mailbox.version, tokens: made })
    return made
  }

  return {
    async signIn(mailbox) {
      const { account } = mailbox
      if (!account) return environmentSignIn(house, mailbox)
      const { host, port, security, user, method } = account
      const secret = secretOf(house, mailbox)
      if (method.kind === 'password') {
        const credentials = { user, password: secret.password ?? '' }
        return { host, port, security, credentials }
      }
      const access = accessOf(method, secret)
      const accessToken = await tokensOf(mailbox, access).current()
      return { host, port, security, credentials: { user, accessToken } satisfies Credentials }
    },
  }
}

/** The same once, with what somebody typed and nobody keeps. Rejects with `InboxError`. */
export async function signInOnce(
  house: House,
  { host, port, security, user, method }: Account,
  secret: AccountSecret,
): Promise<SignIn> {
  if (method.kind === 'password') {
    return { host, port, security, credentials: { user, password: secret.password ?? '' } }
  }
  const tokens = openTokens(accessOf(method, secret), {
    now: () => Date.parse(house.now()),
    onRefreshToken: () => Promise.resolve(),
  })
  return { host, port, security, credentials: { user, accessToken: await tokens.current() } }
}

/** The OAuth 2.0 settings of a mailbox with its secrets. */
export function accessOf(
  method: Omit<OAuthAccess, 'clientSecret' | 'refreshToken'>,
  { clientSecret, refreshToken }: AccountSecret,
): OAuthAccess {
  return { ...method, clientSecret: clientSecret ?? null, refreshToken: refreshToken ?? null }
}

/** What is secret of a mailbox's account. Throws `InboxError` where it cannot be opened. */
export function secretOf({ vault }: House, { id, secret }: Mailbox): AccountSecret {
  if (secret === null) return {}
  try {
    return JSON.parse(vault.open(secret, purposeOf(id))) as AccountSecret
  } catch (error) {
    if (error instanceof VaultError) throw new InboxError('secret', error.message)
    throw error
  }
}

/** A sealed secret is good for its own mailbox only. */
export function purposeOf(mailboxId: string): string {
  return `mailbox:${mailboxId}`
}

function environmentSignIn({ imap }: House, { name }: Mailbox): SignIn {
  if (imap) return imap
  throw new InboxError(
    'credentials',
    `mailbox ${name} uses the account of the settings, and there is none: set IMAP_HOST, or give the mailbox an account of its own`,
  )
}

/** Tries so often where another process renews the same token. */
const attemptsMax = 3

async function keepRefreshToken(house: House, id: string, refreshToken: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const mailbox = await house.store.mailboxes.byId(id)
    if (!mailbox) return
    const secret = JSON.stringify({ ...secretOf(house, mailbox), refreshToken })
    try {
      return await house.store.mailboxes.reseal(mailbox, house.vault.seal(secret, purposeOf(id)))
    } catch (error) {
      if (!(error instanceof StaleWrite) || attempt === attemptsMax) throw error
    }
  }
}
