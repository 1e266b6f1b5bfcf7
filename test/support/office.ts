import { type Config, readConfig } from '../../src/config.ts'
import { mailboxes } from '../../src/demo/cast.ts'
import { type DemoImap, type DemoSmtp, startImap, startSmtp } from '../../src/demo/servers.ts'
import type { Role } from '../../src/domain/person.ts'
import type { House } from '../../src/flow/house.ts'
import { openHouse, openLog } from '../../src/house.ts'
import { addMailboxes, startParts } from '../../src/parts.ts'
import { hashPassword } from '../../src/password.ts'
import { openDatabase } from './database.ts'

export const password = 'kaede-minato-sora-512'
export const authservId = 'mx.test.example'

/** The whole product on real embedded servers, with people, and nothing mocked. */
export type Office = {
  readonly house: House
  readonly url: string
  readonly imap: DemoImap
  readonly smtp: DemoSmtp
  close(): Promise<void>
}

const staff: readonly [string, string, Role][] = [
  ['佐藤 美咲', 'sato@mamori.example', 'reviewer'],
  ['鈴木 健太', 'suzuki@mamori.example', 'reviewer'],
  ['田中 由美子', 'tanaka@mamori.example', 'supervisor'],
  ['高橋 直樹', 'takahashi@mamori.example', 'auditor'],
  ['伊藤 さやか', 'ito@mamori.example', 'admin'],
]

export async function openOffice(over: Partial<Config> = {}): Promise<Office> {
  const database = await openDatabase()
  const imap = await startImap({ folders: mailboxes.flatMap((one) => one.folders) })
  const smtp = await startSmtp()
  const config: Config = {
    ...readConfig({}),
    databaseUrl: database.url,
    web: { host: '127.0.0.1', port: 0, baseUrl: 'http://localhost:0' },
    imap: {
      host: imap.host,
      port: imap.port,
      security: 'none',
      credentials: { user: imap.user, password: imap.password },
    },
    mailboxes,
    smtp: { host: smtp.host, port: smtp.port, secure: false, requireTls: false },
    trustedAuthservIds: [authservId],
    secondFactor: 'nobody',
    logLevel: 'silent',
    ...over,
  }
  const house = await openHouse(config, openLog('silent'))
  const passwordHash = await hashPassword(password)
  for (const [name, email, role] of staff) {
    const person = { id: house.newId(), name, email, roles: [role], language: 'ja' as const }
    await house.store.people.add({ ...person, passwordHash }, house.now(), null)
  }
  await addMailboxes(house, config)
  const stop = new AbortController()
  const demo = { sent: () => [], accounts: [] }
  const parts = new Set(['web', 'poll', 'send'])
  const running = await startParts(house, config, parts, stop.signal, { demo })
  return {
    house,
    url: running.url ?? '',
    imap,
    smtp,
    async close() {
      stop.abort()
      await running.ended
      await house.store.close()
      await Promise.all([imap.stop(), smtp.stop()])
      await database.close()
    },
  }
}

export type TestMail = {
  readonly from?: string
  readonly name?: string
  readonly subject?: string
  readonly body: string
  readonly messageId?: string
  readonly headers?: readonly string[]
  /** `dmarc=pass` by our own server unless told otherwise. */
  readonly authenticated?: boolean
}

let count = 0

/** A mail as our receiving server would store it. */
export function testMail(mail: TestMail): Buffer {
  count += 1
  const from = mail.from ?? 'kuroiwa@gouriki.example'
  const domain = from.slice(from.indexOf('@') + 1)
  const word = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
  const head = [
    ...(mail.authenticated === false
      ? []
      : [`Authentication-Results: ${authservId}; dmarc=pass header.from=${domain}`]),
    `Message-ID: ${mail.messageId ?? `<test-${count}@${domain}>`}`,
    `Date: ${new Date().toUTCString()}`,
    `From: ${word(mail.name ?? '黒岩')} <${from}>`,
    'To: support@hinata-kurashi.example',
    `Subject: ${word(mail.subject ?? '修理代の件')}`,
    ...(mail.headers ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ]
  const body = Buffer.from(mail.body).toString('base64')
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}\r\n`)
}

/** Waits until something is so, asking again and again; fails with the words after a while. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  patienceMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
