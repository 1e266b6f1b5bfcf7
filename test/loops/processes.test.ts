import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { changeMailbox } from '../../src/flow/mailboxes.ts'
import { verify } from '../../src/flow/verify.ts'
import { engines } from '../support/database.ts'
import { approvedLetters } from '../support/letters.ts'
import { type MailAccount, startMailServer } from '../support/mail-server.ts'
import { testMail, until } from '../support/office.ts'
import { type Product, startProduct } from '../support/product.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { type SlowSmtp, startSlowSmtp } from '../support/slow-smtp.ts'

const folders = ['INBOX', 'Billing', 'Returns']
const mailsPerFolder = 70
const letterCount = 12
const slowCustomer = 'customer5@aozora.example'

/** Longer than any lease, on a machine that may be busy with other things. */
const patienceMs = 120_000

const hasPostgres = engines.includes('PostgreSQL')

describe.skipIf(!hasPostgres)('processes that share a database (PostgreSQL only)', () => {
  const ends: (() => Promise<unknown>)[] = []
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  it('lose nothing and do nothing twice when one dies reading and one dies sending', async () => {
    const site = await openSite('PostgreSQL')
    ends.push(() => site.close())
    const server = await startMailServer()
    ends.push(() => server.stop())
    const account = await server.account('shared', folders.slice(1))
    ends.push(() => account.leave())
    const smtp = await startSlowSmtp(slowCustomer)
    ends.push(() => smtp.stop())
    await readFolders(site)
    const letters = await approvedLetters(site, letterCount)
    const mails = await delivered(account)
    const heard = listen(site)

    // The first one takes all folders, and dies after it has stored its fourth batch.
    const dying = { step: 'store', when: 'after', nth: 4, do: 'kill' }
    const first = start(site, account, smtp, ['poll'], dying)
    ends.push(() => first.kill())
    await until(
      'the folders to be taken',
      async () => (await holders(site)).length >= 3,
      patienceMs,
    )
    const others = [1, 2].map(() => start(site, account, smtp, ['poll', 'send'], null))
    for (const other of others) ends.push(() => other.kill())
    expect(await first.ended).toBe('SIGKILL')
    const stored = await count(site)
    expect(stored).toBeGreaterThan(letterCount)
    expect(stored).toBeLessThan(letterCount + mails.length)

    // The server has the letter whole and has not answered: then its postman dies.
    await until('the letter that takes long', async () => smtp.isHolding(), patienceMs)
    const slow = letters.find(({ to }) => to === slowCustomer)
    const [lease] = (await holders(site)).filter(({ name }) => name === `send:${slow?.id}`)
    const postman = others.find(({ pid }) => lease?.holder.startsWith(`${pid}@`))
    await postman?.kill()
    expect(postman).toBeDefined()

    const states = () => site.database.sql('select id, state, to_address from letters')
    await until(
      'all letters to have an end',
      async () => (await states()).every(({ state }) => state === 'sent' || state === 'uncertain'),
      patienceMs,
    )
    await until(
      'all mails',
      async () => (await count(site)) === letterCount + mails.length,
      patienceMs,
    )
    for (const product of others) if (product !== postman) await product.stop()

    expect((await states()).filter(({ state }) => state === 'uncertain')).toMatchObject([
      { id: slow?.id, to_address: slowCustomer },
    ])
    const wanted = letters.map(({ messageId }) => messageId)
    expect([...smtp.received].sort()).toEqual(wanted.sort())
    const rows = await site.database.sql("select raw_sha256 from messages where direction = 'in'")
    const hashes = rows.map(({ raw_sha256 }) => String(raw_sha256))
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(mails.filter((raw) => !hashes.includes(hashOf(raw)))).toEqual([])
    await until('the last news', async () => heard().length === mails.length)
    expect(new Set(heard()).size).toBe(mails.length)
    expect((await verify(site.house.store)).flaws).toEqual([])
    expect((await holders(site)).filter(({ holder }) => holder !== '')).toEqual([])
  }, 300_000)
})

function start(
  { database }: TestSite,
  account: MailAccount,
  smtp: SlowSmtp,
  parts: readonly string[],
  fault: object | null,
): Product {
  return startProduct({
    args: ['serve', '--only', parts.join(',')],
    preload: ['./test/faults/preload.ts'],
    env: {
      DATABASE_URL: database.url,
      MAMORI_SECRET: 'only-for-tests-only-for-tests-only',
      MAMORI_PARSE_WORKERS: '1',
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: String(account.port),
      IMAP_TLS: 'no',
      IMAP_USER: account.user,
      IMAP_PASSWORD: account.password,
      MAILBOX_NAME: 'support',
      MAILBOX_ADDRESS: 'support@hinata-kurashi.example',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(smtp.port),
      SMTP_REQUIRE_STARTTLS: 'no',
      MAMORI_FAULT: JSON.stringify(fault),
      MAMORI_PATIENT: 'yes',
    },
  })
}

async function readFolders({ house }: TestSite): Promise<void> {
  const mailbox = await house.store.mailboxes.find('support')
  if (!mailbox) throw new Error('no mailbox')
  await changeMailbox(house, mailbox.id, { ...mailbox, folders }, {}, null)
}

async function delivered(account: MailAccount): Promise<Buffer[]> {
  const mails: Buffer[] = []
  for (const folder of folders) {
    const some = Array.from({ length: mailsPerFolder }, (_, n) =>
      testMail({ from: `sender${n % 9}@hoshi.example`, subject: `${folder} ${n}`, body: 'x' }),
    )
    for (const raw of some) await account.append(raw, folder)
    mails.push(...some)
  }
  return mails
}

/** The mails that a process hears of which reads none itself: the pages are told so. */
function listen({ house }: TestSite): () => string[] {
  const heard: string[] = []
  house.store.onCommit((events) => {
    for (const event of events) {
      if (event.kind === 'message_received') heard.push(event.messageId)
    }
  })
  return () => heard
}

async function holders({ database }: TestSite) {
  const rows = await database.sql('select name, holder from leases')
  return rows.map(({ name, holder }) => ({ name: String(name), holder: String(holder) }))
}

async function count({ database }: TestSite): Promise<number> {
  const [row] = await database.sql('select count(*) as n from messages')
  return Number(row?.n)
}

function hashOf(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('hex')
}
