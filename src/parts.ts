import { byCommand } from './backup/nightly.ts'
import type { Config } from './config.ts'
import { type Accounts, openAccounts } from './flow/accounts.ts'
import type { House } from './flow/house.ts'
import { openParser } from './flow/parse.ts'
import { backUpEachDay } from './loops/backups.ts'
import { signCheckpoints } from './loops/checkpoints.ts'
import { lookAfterSent } from './loops/clerk.ts'
import { whileHeld } from './loops/held.ts'
import { keep } from './loops/keeper.ts'
import { pollAll } from './loops/pollers.ts'
import { carry } from './loops/postman.ts'
import { countAhead } from './loops/reports.ts'
import { tendRules } from './loops/rules.ts'
import { postOut, tellPeople } from './loops/told.ts'
import { openSmtp } from './mail/smtp.ts'
import type { Mailbox } from './store/mailboxes.ts'
import { type DemoPages, serveWeb } from './web/server.ts'

export type Running = {
  /** Where the pages are, if this process serves them. */
  readonly url: string | null
  /** Resolves when everything has stopped after the signal. */
  readonly ended: Promise<void>
}

export type Extras = {
  readonly demo?: DemoPages
  readonly onCaughtUp?: (mailbox: Mailbox) => void
}

/** Makes the mailboxes that the settings name known to the database. */
export async function addMailboxes(house: House, { mailboxes }: Config): Promise<void> {
  for (const { name, address, department, folders } of mailboxes) {
    const known = await house.store.mailboxes.find(name)
    if (known && (known.account !== null || known.folders.length > 0)) continue
    const fixed = {
      fromName: null,
      account: null,
      afterStoring: { kind: 'leave' },
      sentCopies: { kind: 'none' },
      mutedFolder: null,
    } as const
    const settings = { name, address, department, folders, ...fixed }
    const act = { at: house.now(), by: null, newId: house.newId }
    // An import may have named it before anybody said where its mail comes from.
    if (known) await house.store.mailboxes.change(known, settings, null, act)
    else await house.store.mailboxes.add(house.newId(), settings, null, act)
  }
}

/** Starts the wanted parts of the product on one signal: web, pollers, postman and keeper. */
export async function startParts(
  house: House,
  config: Config,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
  extras: Extras = {},
): Promise<Running> {
  await house.rulebook.announce()
  const web = wanted.has('web') ? await serveWeb(house, config, signal, extras.demo ?? null) : null
  const loops: Promise<void>[] = []
  const accounts = openAccounts(house)
  if (web) loops.push(countAhead(house, signal))
  if (wanted.has('poll')) loops.push(readMail(house, config, accounts, signal, extras))
  if (wanted.has('send')) {
    loops.push(keepAll(house, signal))
    loops.push(whileHeld(house, 'checkpoints', signal, (held) => signCheckpoints(house, held)))
    loops.push(whileHeld(house, 'rules', signal, (held) => tendRules(house, held)))
    const { backupFolder: folder } = config
    if (folder !== null) {
      const make = byCommand({ ...process.env, DATABASE_URL: config.databaseUrl })
      const work = (held: AbortSignal) => backUpEachDay(house, folder, make, held)
      loops.push(whileHeld(house, 'backups', signal, work))
    }
    if (config.smtp) loops.push(send(house, config.smtp, signal))
    loops.push(whileHeld(house, 'clerk', signal, (held) => lookAfterSent(house, accounts, held)))
    loops.push(whileHeld(house, 'told', signal, (held) => tellPeople(house, held)))
    loops.push(whileHeld(house, 'webhooks', signal, (held) => postOut(house, held)))
  }
  const ended = Promise.all([web?.ended, ...loops]).then(() => undefined)
  return { url: web?.url ?? null, ended }
}

/** Hostile mail may take its time here: nobody waits for it. */
const rereadTimeoutMs = 60_000

async function keepAll(house: House, signal: AbortSignal): Promise<void> {
  const parser = openParser({ workers: 1, timeoutMs: rereadTimeoutMs })
  try {
    await whileHeld(house, 'keeper', signal, (held) => keep(house, parser, held))
  } finally {
    await parser.close()
  }
}

async function readMail(
  house: House,
  { parseWorkers }: Config,
  accounts: Accounts,
  signal: AbortSignal,
  { onCaughtUp }: Extras,
): Promise<void> {
  const parser = openParser({ workers: parseWorkers, timeoutMs: 30_000 })
  try {
    const polling = { parser, accounts }
    await pollAll(house, onCaughtUp ? { ...polling, onCaughtUp } : polling, signal)
  } finally {
    await parser.close()
  }
}

async function send(
  house: House,
  settings: NonNullable<Config['smtp']>,
  signal: AbortSignal,
): Promise<void> {
  const smtp = openSmtp(settings)
  try {
    await carry(house, smtp, signal)
  } finally {
    smtp.close()
  }
}
