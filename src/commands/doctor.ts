import { accessSync, constants } from 'node:fs'
import { type Config, type MailboxConfig, readConfig } from '../config.ts'
import { may } from '../domain/person.ts'
import type { House } from '../flow/house.ts'
import { tryConnection } from '../flow/trying.ts'
import { openHouse, openLog } from '../house.ts'
import { openSmtp } from '../mail/smtp.ts'
import { loadPolicy, PolicyError } from '../policy.ts'
import { askProvider } from '../proof/openid.ts'
import { withoutPassword } from '../store/engine.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { openStore } from '../store/store.ts'
import { readTemplates } from '../templates.ts'
import { CommandError, type Io, printJson, readArgs } from './command.ts'
import { backupWords, checkpointWords, type Warned } from './doctor.evidence.ts'

type Finding = {
  readonly part: string
  readonly ok: boolean
  readonly words: string
  /** Well, and to be looked after all the same. */
  readonly warns?: true
}

/** `doctor`: looks at settings, database, policy, templates, IMAP and SMTP; says what to mend. */
export async function doctor(args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { json: { type: 'boolean' } })
  const findings = await examine(io)
  if (values.json) printJson(io, findings)
  else
    for (const { part, ok, words, warns } of findings)
      io.stdout.write(`${ok ? (warns ? 'warn' : 'ok  ') : 'FAIL'} ${part}: ${words}\n`)
  const ill = findings.filter(({ ok }) => !ok).map(({ part }) => part)
  if (ill.length > 0) throw new CommandError(`mend ${ill.join(', ')} and run doctor again`)
}

async function examine(io: Io): Promise<Finding[]> {
  const findings: Finding[] = []
  let config: Config
  try {
    config = readConfig(io.env)
    findings.push({ part: 'settings', ok: true, words: 'complete' })
  } catch (error) {
    return [{ part: 'settings', ok: false, words: wordsOf(error) }]
  }
  const checks: [string, () => Promise<string | Warned> | string][] = [
    ['policy and rules', () => policyWords(config)],
    ['templates', () => readTemplates(config.templatesFolder) && 'all notices can be written'],
    ['database', () => databaseWords(config)],
    ['rules in force', () => rulesWords(config)],
    ['mailboxes', () => imapWords(config)],
    ['SMTP', () => smtpWords(config)],
    ['sign-in', () => signInWords(config)],
    ['checkpoints', () => checkpointWords(config)],
    ['backup', () => backupWords(config)],
  ]
  for (const [part, check] of checks) {
    try {
      const said = await check()
      findings.push({ part, ok: true, ...(typeof said === 'string' ? { words: said } : said) })
    } catch (error) {
      findings.push({ part, ok: false, words: wordsOf(error) })
    }
  }
  return findings
}

function policyWords({ policyFolder }: Config): string {
  accessSync(policyFolder, constants.R_OK)
  const { policy } = loadPolicy(policyFolder)
  return `${policy.title.en}, version ${policy.version}`
}

/** Which version is in force, and whether what people changed of it fits the files. */
async function rulesWords(config: Config): Promise<string> {
  const house = await openHouse(config, openLog('silent')).catch((error) =>
    brokenFiles(config, error),
  )
  try {
    const { rules, content } = house.rulebook.current()
    const mistakes = house.rulebook.trouble()
    if (mistakes) {
      throw new CommandError(`version ${rules.version} goes on, as ${mistakes.join('; ')}`)
    }
    const changes = content.overlays.length
    return `version ${rules.version}, ${changes} approved ${changes === 1 ? 'change' : 'changes'}`
  } finally {
    await house.store.close()
  }
}

async function brokenFiles({ databaseUrl }: Config, error: unknown): Promise<never> {
  if (!(error instanceof PolicyError)) throw error
  const store = await openStore(databaseUrl, () => undefined)
  const reign = await store.ruleSets.current()
  await store.close()
  if (!reign) throw new CommandError('the files are broken: see policy and rules')
  throw new CommandError(
    `the files are broken (see policy and rules): what runs goes on with version ${reign.ruleSet}, and does not start again until they are mended`,
  )
}

async function databaseWords({ databaseUrl }: Config): Promise<string> {
  const store = await openStore(databaseUrl, () => undefined)
  const { seq } = await store.log.head()
  await store.close()
  return `${withoutPassword(databaseUrl)}, ${seq} events`
}

/** Every mailbox that is read, tried for real, and those that the first start will add. */
async function imapWords(config: Config): Promise<string> {
  const house = await openHouse(config, openLog('silent'))
  try {
    const known = await house.store.mailboxes.list()
    const coming = config.mailboxes.filter(({ name }) =>
      known.every((one) => one.name !== name || one.folders.length === 0),
    )
    const all = [...known, ...coming.map(asIfAdded)]
    const read = all.filter(({ pausedAt, folders }) => pausedAt === null && folders.length > 0)
    if (read.length === 0) return 'no mailbox is read yet: add one in the pages or set IMAP_HOST'
    const said = await Promise.all(read.map((mailbox) => mailboxWords(house, mailbox)))
    const ill = said.filter(({ ok }) => !ok)
    const words = (ill.length > 0 ? ill : said).map((one) => one.words).join('; ')
    if (ill.length > 0) throw new CommandError(words)
    return words
  } finally {
    await house.store.close()
  }
}

function asIfAdded({ name, address, department, folders }: MailboxConfig): Mailbox {
  const fixed = {
    fromName: null,
    account: null,
    afterStoring: { kind: 'leave' },
    sentCopies: { kind: 'none' },
    mutedFolder: null,
  } as const
  const unread = {
    watched: true,
    cursor: null,
    remaining: 0,
    firstSyncedAt: null,
    modSeq: null,
  } as const
  const fares = { lastContactAt: null, lagSeconds: null, trouble: null } as const
  return {
    ...{ id: name, name, address, department, ...fixed },
    ...{ secret: null, pausedAt: null, version: 0 },
    folders: folders.map((one) => ({ id: one, mailboxId: name, name: one, ...unread, ...fares })),
  }
}

async function mailboxWords(house: House, mailbox: Mailbox) {
  const tried = await tryConnection(house, mailbox)
  if (tried.kind === 'failed') return { ok: false, words: `${mailbox.name}: ${tried.words}` }
  const { missing } = tried
  return missing.length === 0
    ? { ok: true, words: `${mailbox.name} can be read` }
    : { ok: false, words: `${mailbox.name}: the server has no folder ${missing.join(', ')}` }
}

/** Who can let others in, and with what people can show who they are. */
async function signInWords(config: Config): Promise<string> {
  const store = await openStore(config.databaseUrl, () => undefined)
  const people = await store.people.list()
  await store.close()
  const { secondFactor, encryptionKeys, openId } = config
  if (openId) await askProvider(openId, `${config.web.baseUrl}/sign-in/openid/answer`)
  const said = people.some((one) => may(one, 'manage_people'))
    ? []
    : ['nobody is an administrator yet: users invite --role admin']
  if (secondFactor !== 'nobody' && encryptionKeys.length === 0) {
    said.push('second factors are passkeys only: set MAMORI_ENCRYPTION_KEY for authenticator apps')
  }
  return said.join('; ') || `second factor asked of ${secondFactor}`
}

async function smtpWords({ smtp }: Config): Promise<string> {
  if (!smtp) return 'not set (SMTP_HOST): letters wait in the outbox'
  const connection = openSmtp(smtp)
  try {
    await connection.check()
  } finally {
    connection.close()
  }
  return `${smtp.host}:${smtp.port} answers`
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
