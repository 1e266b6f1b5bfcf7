import type { Bilingual } from './assessment.ts'

/** TLS from the first byte, TLS after STARTTLS that must succeed, or none (this machine only). */
export type Security = 'tls' | 'starttls' | 'none'

/** How we sign in at the mail server; what is secret about it is kept apart, sealed. */
export type SignInMethod =
  | { readonly kind: 'password' }
  | {
      /** RFC 6749; the access token goes to the server by XOAUTH2 or OAUTHBEARER (RFC 7628). */
      readonly kind: 'oauth'
      readonly provider: OAuthProvider
      readonly issuer: string
      readonly clientId: string
      readonly scope: string
      readonly grant: 'refresh_token' | 'client_credentials'
    }

export const oauthProviders = ['google', 'microsoft', 'other'] as const
export type OAuthProvider = (typeof oauthProviders)[number]

/** An IMAP account, without its secrets. */
export type Account = {
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly user: string
  readonly method: SignInMethod
}

/** What the mail server is told once a mail is stored; by default nothing. */
export type AfterStoring =
  | { readonly kind: 'leave' | 'seen' }
  | { readonly kind: 'move'; readonly folder: string }

/** Whether a copy of what we send is put into a folder of the account; by default not. */
export type SentCopies =
  | { readonly kind: 'none' }
  /** Empty for the folder that the server itself marks as the one for sent mail (RFC 6154). */
  | { readonly kind: 'keep'; readonly folder: string }

/** What an administrator sets of a mailbox (受信箱). */
export type MailboxSettings = {
  readonly name: string
  readonly department: Bilingual
  /** The address that customers write to and that we answer from, in lower case. */
  readonly address: string
  /** The name beside the address in our letters; null for the department's. */
  readonly fromName: string | null
  readonly folders: readonly string[]
  /** Null for the account that the environment names. */
  readonly account: Account | null
  readonly afterStoring: AfterStoring
  readonly sentCopies: SentCopies
  /** Where the server's copy of muted mail is moved; null leaves it as all other mail. */
  readonly mutedFolder: string | null
}

/** What is secret of an account. */
export type AccountSecret = {
  readonly password?: string
  readonly clientSecret?: string
  readonly refreshToken?: string
}

/** Why a folder cannot be read, and whom to ask: each has its sentences in both languages. */
export const troubleKinds = [
  'credentials',
  'token',
  'certificate',
  'host_unknown',
  'port_closed',
  'no_answer',
  'encryption',
  'unreachable',
  'folder',
  'lost',
  'protocol',
  'secret',
  'disk',
  'database',
] as const

export type TroubleKind = (typeof troubleKinds)[number]

/** `words` are for the log and for whoever mends it: server names and codes, never a secret. */
export type FolderTrouble = { readonly kind: TroubleKind; readonly words: string }

/** What the settings cannot be, by the field that has to change. */
export type MailboxFlaw =
  | 'name_missing'
  | 'department_missing'
  | 'address_wrong'
  | 'folders_missing'
  | 'folder_wrong'
  | 'host_wrong'
  | 'port_wrong'
  | 'user_missing'
  | 'plain_elsewhere'
  | 'issuer_wrong'
  | 'client_missing'
  | 'move_target_wrong'
  | 'muted_folder_wrong'
  | 'sent_folder_wrong'
  | 'from_name_wrong'

const nameLengthMax = 60
const folderLengthMax = 200
/** One connection a folder: servers allow some ten to fifteen an account. */
export const foldersMax = 10

/** Everything that is wrong with the settings of a mailbox, together. */
export function flawsOfMailbox(settings: MailboxSettings): MailboxFlaw[] {
  const { name, department, address, folders, account } = settings
  const flaws: MailboxFlaw[] = []
  if (name.trim() === '' || name.length > nameLengthMax) flaws.push('name_missing')
  if (department.ja.trim() === '' || department.en.trim() === '') flaws.push('department_missing')
  if (!/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(address)) flaws.push('address_wrong')
  if (folders.length === 0 || folders.length > foldersMax) flaws.push('folders_missing')
  if (!folders.every(isFolder) || namesTwice(folders)) flaws.push('folder_wrong')
  if (![settings.fromName ?? '', department.ja, department.en].every(isDisplayName)) {
    flaws.push('from_name_wrong')
  }
  flaws.push(...flawsOfTargets(settings))
  return account ? [...flaws, ...flawsOfAccount(account)] : flaws
}

/** Folders that mail is moved or copied to. */
function flawsOfTargets(settings: MailboxSettings): MailboxFlaw[] {
  const { folders, afterStoring, sentCopies, mutedFolder } = settings
  const flaws: MailboxFlaw[] = []
  const target = afterStoring.kind === 'move' ? afterStoring.folder : null
  const isRead = (name: string) => namesTwice([...new Set(folders), name])
  if (target !== null && (!isFolder(target) || isRead(target))) flaws.push('move_target_wrong')
  if (mutedFolder !== null && (!isFolder(mutedFolder) || isRead(mutedFolder))) {
    flaws.push('muted_folder_wrong')
  }
  const sent = sentCopies.kind === 'keep' ? sentCopies.folder : ''
  if (sent !== '' && !isFolder(sent)) flaws.push('sent_folder_wrong')
  return flaws
}

function flawsOfAccount({ host, port, security, user, method }: Account): MailboxFlaw[] {
  const flaws: MailboxFlaw[] = []
  if (!/^(?!-)[a-z0-9.:-]{1,253}$/i.test(host)) flaws.push('host_wrong')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) flaws.push('port_wrong')
  if (user.trim() === '' || /[\r\n\0]/.test(user)) flaws.push('user_missing')
  // A password in clear text is everybody's on the way; on this machine there is no way.
  if (security === 'none' && !isLoopback(host)) flaws.push('plain_elsewhere')
  if (method.kind === 'password') return flaws
  if (!isIssuer(method.issuer)) flaws.push('issuer_wrong')
  if (method.clientId.trim() === '') flaws.push('client_missing')
  return flaws
}

/** What can stand beside an address in our letters (RFC 5322 section 3.4). */
function isDisplayName(name: string): boolean {
  return !/["<>\\\r\n\0]/.test(name)
}

function isFolder(name: string): boolean {
  return name.trim() !== '' && name.length <= folderLengthMax && !/[\r\n\0]/.test(name)
}

/** INBOX is the same folder in any case (RFC 9051); other names are as they are written. */
function namesTwice(folders: readonly string[]): boolean {
  const names = folders.map((name) => (/^inbox$/i.test(name) ? 'INBOX' : name))
  return new Set(names).size < names.length
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** An issuer speaks https; one on this machine need not. */
function isIssuer(issuer: string): boolean {
  const [, scheme, host = ''] =
    /^(https?):\/\/\[?([^/:\]]+(?::[^/\]]*:[^/\]]*)?)/.exec(issuer) ?? []
  return scheme === 'https' || (scheme === 'http' && isLoopback(host))
}
