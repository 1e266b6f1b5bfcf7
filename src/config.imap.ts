import type { Account } from './domain/mailbox.ts'

/** The account that the environment names: how to sign in, without the folder. */
export type ImapAccount = Pick<Account, 'host' | 'port' | 'security'> & {
  readonly credentials: { readonly user: string; readonly password: string }
}

export function imapOf(s: {
  readonly IMAP_HOST?: string | undefined
  readonly IMAP_PORT: number
  readonly IMAP_TLS: ImapAccount['security']
  readonly IMAP_USER?: string | undefined
  readonly IMAP_PASSWORD?: string | undefined
}): ImapAccount | null {
  if (!s.IMAP_HOST || !s.IMAP_USER || !s.IMAP_PASSWORD) return null
  const { IMAP_HOST: host, IMAP_PORT: at, IMAP_TLS: security } = s
  const credentials = { user: s.IMAP_USER, password: s.IMAP_PASSWORD }
  return { host, port: at, security, credentials }
}
