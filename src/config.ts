import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type ImapAccount, imapOf } from './config.imap.ts'
import { dnsServers, listOf, securityOf } from './config.lists.ts'
import { type OpenIdSettings, openIdFlaws, openIdOf } from './config.openid.ts'
import {
  checkpointKeyFileOf,
  type DkimSigning,
  flawsOfSigning,
  keysOf,
  signingOf,
} from './config.signing.ts'
import { ownHosts, type ToldSettings, toldOf, waitingHours } from './config.told.ts'
import { isLoopback } from './domain/mailbox.ts'
import type { SecondFactorRule } from './domain/session.ts'
import { isKey } from './vault.ts'

/** Everything an operator can set. Read once, in `main`; every mistake is reported together. */
export type Config = {
  readonly databaseUrl: string
  readonly web: { readonly host: string; readonly port: number; readonly baseUrl: string }
  readonly imap: ImapAccount | null
  readonly mailboxes: readonly MailboxConfig[]
  readonly smtp: SmtpAccount | null
  /** Signs what we send (RFC 6376); null where nothing is signed by us. */
  readonly dkimSigning: DkimSigning | null
  /** Gets a copy of every letter by a second recipient; null where there is no archive. */
  readonly archiveAddress: string | null
  /** Signs our Message-IDs; the same on every process and for ever. */
  readonly messageIdSecret: string
  /** Seal the secrets in the database, base64: the first one seals, all of them open. */
  readonly encryptionKeys: readonly string[]
  /** Holds the key that signs checkpoints; null where nobody said where it may be kept. */
  readonly checkpointKeyFile: string | null
  readonly trustedAuthservIds: readonly string[]
  readonly secondFactor: SecondFactorRule
  /** Where people can sign in besides here; null for nowhere. */
  readonly openId: OpenIdSettings | null
  /** Addresses of our own proxies: only their word on where a request came from is believed. */
  readonly trustedProxies: readonly string[]
  /** How signatures are verified where no trusted server spoke; null where they are not. */
  readonly dkim: { readonly servers: readonly string[] } | null
  /** Gets a backup each day; null where the product makes none by itself. */
  readonly backupFolder: string | null
  readonly policyFolder: string
  readonly templatesFolder: string
  readonly parseWorkers: number
  /** Free space on the database's disk below which no mail is fetched. */
  readonly diskReserveMb: number
  readonly told: ToldSettings
  readonly logLevel: string
}

export type SmtpAccount = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly requireTls: boolean
  readonly user?: string
  readonly password?: string
}

/** A mailbox that the settings name; it is made known to the database at the first start. */
export type MailboxConfig = {
  readonly name: string
  readonly folders: readonly string[]
  readonly address: string
  readonly department: { readonly ja: string; readonly en: string }
}

/** One or more settings that cannot be used; the message names each with its mend. */
export class ConfigError extends Error {
  constructor(flaws: readonly string[]) {
    super(`settings cannot be used:\n${flaws.map((flaw) => `  ${flaw}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

const port = z.coerce.number().int().min(0).max(65_535)
const yes = z
  .enum(['yes', 'no', 'true', 'false', '1', '0'])
  .transform((word) => ['yes', 'true', '1'].includes(word))
const keyWords = 'must be 32 bytes in base64: make one with `mamori keys new`'
const inPackage = (folder: string) => fileURLToPath(new URL(`../${folder}`, import.meta.url))

const settings = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must be file:PATH or postgres://…')
    .default('file:./data/mamori.db'),
  MAMORI_HOST: z.string().min(1).default('127.0.0.1'),
  MAMORI_PORT: port.default(8080),
  MAMORI_BASE_URL: z.url('must be an address like https://mamori.example').optional(),
  MAMORI_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  MAMORI_ENCRYPTION_KEY: z.string().refine(isKey, keyWords).optional(),
  MAMORI_ENCRYPTION_KEYS_OLD: z
    .string()
    .transform((keys) => keys.split(',').map((key) => key.trim()))
    .refine((keys) => keys.every(isKey), keyWords)
    .optional(),
  MAMORI_CHECKPOINT_KEY_FILE: z.string().min(1).optional(),
  MAMORI_CHECKPOINT_TO: z.email('must be an address').optional(),
  MAMORI_BACKUP_KEY: z.string().optional(),
  MAMORI_BACKUP_KEY_FILE: z.string().optional(),
  MAMORI_BACKUP_DIR: z.string().optional(),
  MAMORI_SECOND_FACTOR: z.enum(['everybody', 'deciders', 'nobody']).default('deciders'),
  OPENID_ISSUER: z.url('must be an address like https://login.example/tenant').optional(),
  OPENID_CLIENT_ID: z.string().min(1).optional(),
  OPENID_CLIENT_SECRET: z.string().min(1).optional(),
  OPENID_NAME: z.string().min(1).default('OpenID Connect'),
  OPENID_TRUST_EMAIL: yes.default(false),
  MAMORI_TRUSTED_PROXIES: z
    .string()
    .transform(listOf)
    .refine((all) => all.every((one) => isIP(one) !== 0), 'must be IP addresses')
    .default([]),
  MAMORI_TRUSTED_AUTHSERV_IDS: z.string().default(''),
  MAMORI_DKIM: yes.default(true),
  MAMORI_DNS_SERVERS: dnsServers.default([]),
  MAMORI_POLICY_DIR: z.string().default(inPackage('policy')),
  MAMORI_TEMPLATES_DIR: z.string().default(inPackage('templates')),
  MAMORI_PARSE_WORKERS: z.coerce.number().int().min(1).max(64).default(2),
  MAMORI_DISK_RESERVE_MB: z.coerce.number().int().min(0).default(512),
  MAMORI_WEBHOOK_HOSTS: ownHosts,
  MAMORI_PICTURE_HOSTS: ownHosts,
  MAMORI_SECOND_REVIEW_HOURS: waitingHours,
  MAMORI_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info'),
  IMAP_HOST: z.string().min(1).optional(),
  IMAP_PORT: port.default(993),
  IMAP_TLS: z
    .enum(['yes', 'true', '1', 'starttls', 'no', 'false', '0'])
    .transform(securityOf)
    .default('tls'),
  IMAP_USER: z.string().min(1).optional(),
  IMAP_PASSWORD: z.string().min(1).optional(),
  MAILBOX_NAME: z.string().min(1).default('inbox'),
  MAILBOX_FOLDER: z.string().min(1).default('INBOX'),
  MAILBOX_ADDRESS: z.email('must be an e-mail address').optional(),
  MAILBOX_DEPARTMENT_JA: z.string().min(1).default('お客様相談窓口'),
  MAILBOX_DEPARTMENT_EN: z.string().min(1).default('Customer Service'),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: port.default(587),
  SMTP_TLS: yes.default(false),
  SMTP_REQUIRE_STARTTLS: yes.default(true),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  DKIM_SIGN_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]{1,253}$/i, 'must be a domain')
    .optional(),
  DKIM_SIGN_SELECTOR: z
    .string()
    .regex(/^[a-z0-9._-]{1,63}$/i, 'must be a selector')
    .optional(),
  DKIM_SIGN_KEY_FILE: z.string().min(1).optional(),
  DKIM_SIGN_KEY_SEALED: z.string().min(1).optional(),
  SMTP_ARCHIVE_ADDRESS: z.email('must be an e-mail address').optional(),
})

type Settings = z.infer<typeof settings>

/** Turns the environment into a `Config`. An empty variable counts as not set. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const set = Object.entries(environment).filter(([, value]) => value !== '')
  const read = settings.safeParse(Object.fromEntries(set))
  if (!read.success) {
    throw new ConfigError(
      read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    )
  }
  const flaws = flawsOf(read.data)
  if (flaws.length > 0) throw new ConfigError(flaws)
  return configOf(read.data)
}

function flawsOf(s: Settings): string[] {
  const flaws: string[] = []
  if (s.IMAP_HOST) {
    const { IMAP_USER, IMAP_PASSWORD, MAILBOX_ADDRESS } = s
    const needed = { IMAP_USER, IMAP_PASSWORD, MAILBOX_ADDRESS }
    for (const [name, value] of Object.entries(needed)) {
      if (!value) flaws.push(`${name}: must be set where IMAP_HOST is`)
    }
    if (s.IMAP_TLS === 'none' && !isLoopback(s.IMAP_HOST)) {
      flaws.push('IMAP_TLS: no is for a server on this machine only; use yes or starttls')
    }
    if (!s.MAMORI_SECRET) flaws.push('MAMORI_SECRET: must be set where IMAP_HOST is')
  }
  if (s.SMTP_USER && !s.SMTP_PASSWORD) flaws.push('SMTP_PASSWORD: must be set where SMTP_USER is')
  return [...flaws, ...openIdFlaws(s), ...flawsOfSigning(s)]
}

function configOf(s: Settings): Config {
  return {
    databaseUrl: s.DATABASE_URL,
    web: {
      host: s.MAMORI_HOST,
      port: s.MAMORI_PORT,
      baseUrl: s.MAMORI_BASE_URL ?? `http://localhost:${s.MAMORI_PORT}`,
    },
    imap: imapOf(s),
    mailboxes: mailboxesOf(s),
    smtp: smtpOf(s),
    dkimSigning: signingOf(s),
    archiveAddress: s.SMTP_ARCHIVE_ADDRESS?.toLowerCase() ?? null,
    // Without mail there is nothing to sign for longer than this process lives.
    messageIdSecret: s.MAMORI_SECRET ?? randomBytes(32).toString('hex'),
    encryptionKeys: keysOf(s),
    checkpointKeyFile: checkpointKeyFileOf(s),
    secondFactor: s.MAMORI_SECOND_FACTOR,
    openId: openIdOf(s),
    trustedProxies: s.MAMORI_TRUSTED_PROXIES,
    trustedAuthservIds: listOf(s.MAMORI_TRUSTED_AUTHSERV_IDS.toLowerCase()),
    dkim: s.MAMORI_DKIM ? { servers: s.MAMORI_DNS_SERVERS } : null,
    backupFolder: s.MAMORI_BACKUP_DIR ?? null,
    policyFolder: s.MAMORI_POLICY_DIR,
    templatesFolder: s.MAMORI_TEMPLATES_DIR,
    parseWorkers: s.MAMORI_PARSE_WORKERS,
    diskReserveMb: s.MAMORI_DISK_RESERVE_MB,
    told: toldOf(s),
    logLevel: s.MAMORI_LOG_LEVEL,
  }
}

function mailboxesOf(s: Settings): MailboxConfig[] {
  if (!s.MAILBOX_ADDRESS) return []
  const department = { ja: s.MAILBOX_DEPARTMENT_JA, en: s.MAILBOX_DEPARTMENT_EN }
  const { MAILBOX_NAME: name, MAILBOX_FOLDER: folder, MAILBOX_ADDRESS: address } = s
  return [{ name, folders: [folder], address: address.toLowerCase(), department }]
}

function smtpOf(s: Settings): SmtpAccount | null {
  if (!s.SMTP_HOST) return null
  const login =
    s.SMTP_USER && s.SMTP_PASSWORD ? { user: s.SMTP_USER, password: s.SMTP_PASSWORD } : {}
  const { SMTP_HOST: host, SMTP_PORT: at, SMTP_TLS: secure } = s
  return { host, port: at, secure, requireTls: s.SMTP_REQUIRE_STARTTLS && !secure, ...login }
}
