import type { Account, Security, SignInMethod } from './mailbox.ts'

/** A server that takes mail to be sent, and whether it speaks TLS from the first byte. */
export type Sending = { readonly host: string; readonly port: number; readonly tls: boolean }

/** A mail provider whose settings we know, so that nobody has to look them up. */
export type Provider = {
  readonly code: string
  readonly name: string
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly method: SignInMethod
  /** Where it takes the mail of its customers, as far as we know. */
  readonly sending?: Sending
  /** Domains of addresses that can only be theirs. */
  readonly domains?: readonly string[]
}

const password: SignInMethod = { kind: 'password' }
const tls = { port: 993, security: 'tls' } as const
const byPassword = { ...tls, method: password } as const

/** RFC 8314: submission under TLS from the first byte. */
const submissions = (host: string): Sending => ({ host, port: 465, tls: true })

/** Google's own documentation: this scope is the one that IMAP takes. */
const google: SignInMethod = {
  kind: 'oauth',
  provider: 'google',
  issuer: 'https://accounts.google.com',
  clientId: '',
  scope: 'https://mail.google.com/',
  grant: 'refresh_token',
}

/** Microsoft's own documentation on OAuth for IMAP; `common` stands for the customer's tenant. */
const microsoft: SignInMethod = {
  kind: 'oauth',
  provider: 'microsoft',
  issuer: microsoftIssuer('common'),
  clientId: '',
  scope: microsoftScope('refresh_token'),
  grant: 'refresh_token',
}

const other: SignInMethod = {
  kind: 'oauth',
  provider: 'other',
  issuer: '',
  clientId: '',
  scope: '',
  grant: 'refresh_token',
}

/** The settings as the providers publish them; the address and the password remain. */
export const providers: readonly Provider[] = [
  {
    code: 'google',
    name: 'Google Workspace / Gmail',
    host: 'imap.gmail.com',
    ...tls,
    method: google,
    sending: submissions('smtp.gmail.com'),
    domains: ['gmail.com', 'googlemail.com'],
  },
  {
    ...{ code: 'google_password', name: 'Gmail (app password)', host: 'imap.gmail.com' },
    ...byPassword,
    sending: submissions('smtp.gmail.com'),
  },
  {
    code: 'microsoft',
    name: 'Microsoft 365',
    host: 'outlook.office365.com',
    ...tls,
    method: microsoft,
    domains: ['onmicrosoft.com', 'outlook.com', 'outlook.jp', 'hotmail.com'],
  },
  {
    ...{ code: 'yahoo_japan', name: 'Yahoo! JAPAN', host: 'imap.mail.yahoo.co.jp', ...byPassword },
    sending: submissions('smtp.mail.yahoo.co.jp'),
    domains: ['yahoo.co.jp', 'ymail.ne.jp'],
  },
  {
    ...{ code: 'icloud', name: 'iCloud', host: 'imap.mail.me.com', ...byPassword },
    sending: { host: 'smtp.mail.me.com', port: 587, tls: false },
    domains: ['icloud.com', 'me.com', 'mac.com'],
  },
  {
    ...{ code: 'docomo', name: 'ドコモメール', host: 'imap.spmode.ne.jp', ...byPassword },
    sending: submissions('smtp.spmode.ne.jp'),
    domains: ['docomo.ne.jp'],
  },
  {
    ...{ code: 'au', name: 'auメール', host: 'imap.au.com', ...byPassword },
    domains: ['au.com', 'ezweb.ne.jp'],
  },
  {
    ...{ code: 'softbank', name: 'ソフトバンク', host: 'imap.softbank.jp', ...byPassword },
    domains: ['i.softbank.jp'],
  },
  {
    ...{ code: 'lolipop', name: 'ロリポップ!', host: 'imap.lolipop.jp', ...byPassword },
    sending: submissions('smtp.lolipop.jp'),
  },
  {
    ...{ code: 'nifty', name: '@nifty', host: 'imap.nifty.com', ...byPassword },
    sending: submissions('smtp.nifty.com'),
    domains: ['nifty.com', 'nifty.ne.jp'],
  },
  {
    ...{ code: 'biglobe', name: 'BIGLOBE', host: 'imap.biglobe.ne.jp', ...byPassword },
    domains: ['biglobe.ne.jp'],
  },
  {
    ...{ code: 'ocn', name: 'OCN', host: 'imap.ocn.ne.jp', ...byPassword },
    sending: submissions('smtp.ocn.ne.jp'),
    domains: ['ocn.ne.jp'],
  },
  {
    ...{ code: 'so_net', name: 'So-net', host: 'imap.so-net.ne.jp', ...byPassword },
    domains: ['so-net.ne.jp'],
  },
  // Their servers have a name for each customer: the start page of the contract says which.
  {
    ...{ code: 'sakura', name: 'さくらのレンタルサーバ', host: '', ...byPassword },
    domains: ['sakura.ne.jp'],
  },
  {
    ...{ code: 'xserver', name: 'エックスサーバー', host: '', ...byPassword },
    domains: ['xsrv.jp'],
  },
  { code: 'password', name: 'IMAP', host: '', ...byPassword },
  { code: 'oauth', name: 'IMAP + OAuth 2.0', host: '', ...tls, method: other },
]

/** The server of an address: Sakura names it by the customer's first domain; else the provider's. */
export function hostOf({ host }: Provider, address: string): string {
  const domain = domainOf(address)
  return host === '' && /^[\w-]+\.sakura\.ne\.jp$/.test(domain) ? domain : host
}

/** The provider that an address can only be of; null where its domain is somebody's own. */
export function providerOf(address: string): Provider | null {
  const domain = domainOf(address)
  const isTheirs = (one: string) => domain === one || domain.endsWith(`.${one}`)
  return providers.find(({ domains }) => domains?.some(isTheirs)) ?? null
}

/** The provider whose server and way of signing in an account has; null for anybody else's. */
export function providerAt({ host, method }: Account): Provider | null {
  const isTheirs = (one: Provider) => one.host === host && one.method.kind === method.kind
  return host === '' ? null : (providers.find(isTheirs) ?? null)
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

/** Where a Microsoft tenant issues its tokens. */
export function microsoftIssuer(tenant: string): string {
  return `https://login.microsoftonline.com/${tenant}/v2.0`
}

/** An application asks for all that it was granted; a person's consent names what it is for. */
export function microsoftScope(grant: 'refresh_token' | 'client_credentials'): string {
  return grant === 'client_credentials'
    ? 'https://outlook.office365.com/.default'
    : 'https://outlook.office365.com/IMAP.AccessAsUser.All offline_access'
}
