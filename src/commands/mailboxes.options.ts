import type {
  Account,
  AfterStoring,
  MailboxSettings,
  Security,
  SentCopies,
  SignInMethod,
} from '../domain/mailbox.ts'
import { microsoftIssuer, microsoftScope, type Provider, providers } from '../domain/provider.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { UsageError } from './command.ts'

/** The options of `mailboxes add` and `mailboxes change`. */
export const mailboxOptions = {
  name: { type: 'string' },
  address: { type: 'string' },
  'department-ja': { type: 'string' },
  'department-en': { type: 'string' },
  'from-name': { type: 'string' },
  folder: { type: 'string', multiple: true },
  environment: { type: 'boolean' },
  provider: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  security: { type: 'string' },
  user: { type: 'string' },
  issuer: { type: 'string' },
  tenant: { type: 'string' },
  'client-id': { type: 'string' },
  scope: { type: 'string' },
  grant: { type: 'string' },
  after: { type: 'string' },
  'sent-copies': { type: 'string' },
  'muted-to': { type: 'string' },
} as const

type Options = typeof mailboxOptions
export type MailboxValues = {
  readonly [K in keyof Options]?:
    | (Options[K] extends { multiple: true }
        ? string[]
        : Options[K] extends { type: 'boolean' }
          ? boolean
          : string)
    | undefined
}

/** The settings that the options name; what they leave out stays, or has its default. */
export function settingsFrom(values: MailboxValues, before: Mailbox | null): MailboxSettings {
  const name = values.name ?? before?.name ?? ''
  const department = before?.department ?? { ja: name, en: name }
  const watched = before?.folders.filter((folder) => folder.watched).map((folder) => folder.name)
  return {
    name,
    address: (values.address ?? before?.address ?? '').toLowerCase(),
    department: {
      ja: values['department-ja'] ?? department.ja,
      en: values['department-en'] ?? department.en,
    },
    fromName: values['from-name'] ?? before?.fromName ?? null,
    folders: values.folder ?? watched ?? ['INBOX'],
    account: values.environment ? null : accountFrom(values, before?.account ?? null),
    afterStoring: values.after
      ? afterFrom(values.after)
      : (before?.afterStoring ?? { kind: 'leave' }),
    sentCopies: copiesFrom(values['sent-copies']) ?? before?.sentCopies ?? { kind: 'none' },
    // Empty turns it off again.
    mutedFolder: (values['muted-to'] ?? before?.mutedFolder ?? '') || null,
  }
}

function accountFrom(values: MailboxValues, before: Account | null): Account | null {
  const { provider, host, port, user } = values
  const wanted = [provider, host, port, user, values.security, values.issuer, values['client-id']]
  if (wanted.every((value) => value === undefined)) return before
  const preset = provider ? presetOf(provider) : null
  const from = preset ?? before ?? presetOf('password')
  return {
    host: host ?? from.host,
    port: port === undefined ? from.port : Number(port),
    security: securityFrom(values.security) ?? from.security,
    user: user ?? before?.user ?? values.address ?? '',
    method: methodFrom(values, from.method),
  }
}

function methodFrom(values: MailboxValues, method: SignInMethod): SignInMethod {
  if (method.kind === 'password') return method
  const { grant: word, tenant, issuer, scope } = values
  if (word !== undefined && word !== 'refresh_token' && word !== 'client_credentials') {
    throw new UsageError(`--grant ${word}: must be refresh_token or client_credentials`)
  }
  const grant = word ?? method.grant
  const microsoft = method.provider === 'microsoft'
  return {
    ...method,
    grant,
    issuer: issuer ?? (microsoft && tenant ? microsoftIssuer(tenant) : method.issuer),
    scope: scope ?? (microsoft ? microsoftScope(grant) : method.scope),
    clientId: values['client-id'] ?? method.clientId,
  }
}

function presetOf(code: string): Provider {
  const preset = providers.find((one) => one.code === code)
  if (preset) return preset
  const codes = providers.map((one) => one.code).join(', ')
  throw new UsageError(`--provider ${code}: must be one of ${codes}`)
}

function securityFrom(word: string | undefined): Security | undefined {
  if (word === undefined || word === 'tls' || word === 'starttls' || word === 'none') return word
  throw new UsageError(`--security ${word}: must be tls, starttls or none`)
}

function afterFrom(word: string): AfterStoring {
  if (word === 'leave' || word === 'seen') return { kind: word }
  if (word.startsWith('move:')) return { kind: 'move', folder: word.slice('move:'.length) }
  throw new UsageError(`--after ${word}: must be leave, seen or move:FOLDER`)
}

function copiesFrom(word: string | undefined): SentCopies | undefined {
  if (word === undefined) return undefined
  if (word === 'none') return { kind: 'none' }
  if (word === 'keep') return { kind: 'keep', folder: '' }
  if (word.startsWith('keep:')) return { kind: 'keep', folder: word.slice('keep:'.length) }
  throw new UsageError(`--sent-copies ${word}: must be none, keep or keep:FOLDER`)
}
