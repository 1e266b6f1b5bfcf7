import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { cast, type Member, mailboxes } from '../demo/cast.ts'
import { tellLive } from '../demo/live.ts'
import { type DemoImap, type DemoSmtp, startImap, startSmtp } from '../demo/servers.ts'
import { storyMails } from '../demo/story.ts'
import type { House } from '../flow/house.ts'
import { openHouse, openLog } from '../house.ts'
import { readMail } from '../mail/read.ts'
import { addMailboxes, startParts } from '../parts.ts'
import { hashPassword } from '../password.ts'
import { newKey } from '../vault.ts'
import type { DemoPages, SentMail } from '../web/env.ts'
import { type Io, printJson, readArgs, UsageError } from './command.ts'
import { playActs } from './demo.acts.ts'

/** The receiving server that the demo's mails name in their Authentication-Results. */
const authservId = 'mx.mamori.example'

/** `demo`: the whole product on embedded servers, with people and a story; leaves nothing behind. */
export async function demo(args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { port: { type: 'string' }, json: { type: 'boolean' } })
  const port = Number(values.port ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port ${values.port}: must be a number from 0 to 65535`)
  }
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort())
  }
  const data = mkdtempSync(join(tmpdir(), 'mamori-demo-'))
  // Also when the process is ended in a hurry, nothing is left behind.
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
  const folders = mailboxes.flatMap((one) => one.folders)
  const imap = await startImap({ folders })
  const smtp = await startSmtp()
  try {
    await play({ data, port, imap, smtp, io, asJson: values.json ?? false, stop: stop.signal })
  } finally {
    await Promise.all([imap.stop(), smtp.stop()])
  }
}

type Stage = {
  readonly data: string
  readonly port: number
  readonly imap: DemoImap
  readonly smtp: DemoSmtp
  readonly io: Io
  readonly asJson: boolean
  readonly stop: AbortSignal
}

async function play(stage: Stage): Promise<void> {
  const { imap, smtp, stop } = stage
  const config = configOf(stage)
  const house = await openHouse(config, openLog(config.logLevel))
  try {
    const members = await hire(house)
    await addMailboxes(house, config)
    const story = await storyMails({ now: new Date(), authservId })
    for (const mail of story) {
      if (mail.live === null) await imap.append(mail.raw, mail.folder, mail.date)
    }
    const caughtUp = everyMailbox(config)
    const running = await startParts(house, config, new Set(['web', 'poll', 'send']), stop, {
      demo: pagesOf(smtp, members),
      onCaughtUp: ({ name }) => caughtUp.note(name),
    })
    await caughtUp.all
    await playActs(house)
    announce(stage, running.url ?? '', members)
    await Promise.all([running.ended, tellLive(story, imap, smtp, stop)])
  } finally {
    await house.store.close()
  }
}

function configOf({ data, port, imap, smtp, io }: Stage): Config {
  const { host, user, password } = imap
  return {
    ...readConfig({}),
    databaseUrl: `file:${join(data, 'mamori.db')}`,
    web: { host: '127.0.0.1', port, baseUrl: `http://localhost:${port}` },
    imap: { host, port: imap.port, security: 'none', credentials: { user, password } },
    mailboxes,
    smtp: { host: smtp.host, port: smtp.port, secure: false, requireTls: false },
    encryptionKeys: [newKey()],
    trustedAuthservIds: [authservId],
    // Whoever looks around has a password only.
    secondFactor: 'nobody',
    logLevel: io.env.MAMORI_LOG_LEVEL ?? 'warn',
  }
}

async function hire({ store, newId, now }: House): Promise<readonly Member[]> {
  const members = cast()
  for (const { name, email, role, language, password } of members) {
    const passwordHash = await hashPassword(password)
    await store.people.add(
      { id: newId(), name, email, roles: [role], language, passwordHash },
      now(),
      null,
    )
  }
  return members
}

/** Resolves once each mailbox has been read to its end for the first time. */
function everyMailbox({ mailboxes: all }: Config) {
  const left = new Set(all.map(({ name }) => name))
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    all: promise,
    note(name: string) {
      left.delete(name)
      if (left.size === 0) resolve()
    },
  }
}

function pagesOf(smtp: DemoSmtp, members: readonly Member[]): DemoPages {
  const sent: SentMail[] = []
  smtp.onMail(async ({ to, raw, at }) => {
    const { subject, text, messageId } = await readMail(raw, [])
    const mail = { subject, body: text, messageId: messageId ?? '', sentAt: at.toISOString() }
    sent.unshift({ ...mail, toAddress: to.join(', ') })
  })
  const accounts = members.map(({ email, password, role }) => ({ email, password, role }))
  return { sent: () => sent, accounts }
}

function announce(
  { io, asJson, imap, smtp, data }: Stage,
  url: string,
  members: readonly Member[],
): void {
  const users = members.map(({ name, email, password, role }) => ({ name, email, password, role }))
  if (asJson) {
    const { host, port, user, password } = imap
    const sending = { host: smtp.host, port: smtp.port }
    printJson(io, { url, users, imap: { host, port, user, password }, smtp: sending, data })
    return
  }
  io.stdout.write(`\nMamori is at ${url}\n\n`)
  for (const { name, email, password, role } of users) {
    io.stdout.write(`  ${role.padEnd(11)} ${email.padEnd(30)} ${password.padEnd(28)} ${name}\n`)
  }
  io.stdout.write(
    '\nSign in as a reviewer and open the first thread. More mail arrives while you look.\n',
  )
  io.stdout.write(`What customers receive: ${url}/demo/sent    Stop with Ctrl+C.\n\n`)
}
