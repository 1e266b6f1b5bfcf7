import { accessSync, constants } from 'node:fs'
import { type Config, readConfig } from '../config.ts'
import { openLog } from '../house.ts'
import { openInbox } from '../mail/inbox.ts'
import { openSmtp } from '../mail/smtp.ts'
import { loadPolicy } from '../policy.ts'
import { withoutPassword } from '../store/engine.ts'
import { openStore } from '../store/store.ts'
import { loadTemplates } from '../templates.ts'
import { CommandError, type Io, printJson, readArgs } from './command.ts'

type Finding = { readonly part: string; readonly ok: boolean; readonly words: string }

/** `doctor`: looks at settings, database, policy, templates, IMAP and SMTP; says what to mend. */
export async function doctor(args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { json: { type: 'boolean' } })
  const findings = await examine()
  if (values.json) printJson(io, findings)
  else
    for (const { part, ok, words } of findings)
      io.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${part}: ${words}\n`)
  const ill = findings.filter(({ ok }) => !ok).map(({ part }) => part)
  if (ill.length > 0) throw new CommandError(`mend ${ill.join(', ')} and run doctor again`)
}

async function examine(): Promise<Finding[]> {
  const findings: Finding[] = []
  let config: Config
  try {
    config = readConfig(process.env)
    findings.push({ part: 'settings', ok: true, words: 'complete' })
  } catch (error) {
    return [{ part: 'settings', ok: false, words: wordsOf(error) }]
  }
  const checks: [string, () => Promise<string> | string][] = [
    ['policy and rules', () => policyWords(config)],
    ['templates', () => loadTemplates(config.templatesFolder) && 'all notices can be written'],
    ['database', () => databaseWords(config)],
    ['IMAP', () => imapWords(config)],
    ['SMTP', () => smtpWords(config)],
  ]
  for (const [part, check] of checks) {
    try {
      findings.push({ part, ok: true, words: await check() })
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

async function databaseWords({ databaseUrl }: Config): Promise<string> {
  const store = await openStore(databaseUrl, () => undefined)
  const { seq } = await store.log.head()
  await store.close()
  return `${withoutPassword(databaseUrl)}, ${seq} events`
}

async function imapWords({ imap, mailboxes }: Config): Promise<string> {
  if (!imap) return 'not set (IMAP_HOST): nothing is fetched'
  const folder = mailboxes[0]?.folders[0] ?? 'INBOX'
  const settings = { ...imap, folder, afterStoring: { kind: 'leave' } } as const
  const inbox = await openInbox(settings, openLog('silent'))
  await inbox.close()
  return `${imap.host}:${imap.port}, folder ${folder} can be read`
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
