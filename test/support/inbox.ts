import type { AfterStoring, MailboxSettings, Security } from '../../src/domain/mailbox.ts'
import type { InboxSettings } from '../../src/mail/inbox.ts'

type Known = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly security?: Security
  readonly folder?: string
  readonly afterStoring?: AfterStoring
}

/** How to read a folder of a test's server: INBOX, as it is, unless told otherwise. */
export function settingsOf(known: Known): InboxSettings {
  const { host, port, user, password, security = 'none', folder = 'INBOX' } = known
  const { afterStoring = { kind: 'leave' } } = known
  return {
    host,
    port,
    security,
    credentials: { user, password },
    folder,
    afterStoring,
    mutedFolder: null,
  }
}

/** A mailbox of the environment's account on INBOX. */
export function mailboxSettings(over: Partial<MailboxSettings> = {}): MailboxSettings {
  return {
    name: 'support',
    department: { ja: 'お客様相談窓口', en: 'Customer Service' },
    address: 'support@hinata-kurashi.example',
    fromName: null,
    folders: ['INBOX'],
    account: null,
    afterStoring: { kind: 'leave' },
    sentCopies: { kind: 'none' },
    mutedFolder: null,
    ...over,
  }
}
