import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { writeReply } from '../../../src/flow/review.ts'
import { approveShown } from '../../support/approving.ts'
import type { TestDatabase, TestEngine } from '../../support/database.ts'
import { queueNotice, staffOf } from '../../support/notices.ts'
import { testMail } from '../../support/office.ts'
import type { Certificate } from '../../support/scripted-smtp.ts'
import { openSite, type TestSite } from '../../support/site.ts'

/** The customers' own words: in no log. */
export const customersWords = 'お前は無能だ'
export const archive = 'archive@hinata-kurashi.example'
export const secret = 'only-for-tests-only-for-tests-only'

/** Three approved letters that wait, in a database that each case gets a copy of. */
export type Prepared = {
  readonly site: TestSite
  copy(): Promise<TestDatabase>
  close(): Promise<void>
}

export async function prepare(engine: TestEngine): Promise<Prepared> {
  const site = await openSite(engine, { MAMORI_SECRET: secret })
  const { house, database } = site
  const customers = ['kuroiwa@gouriki.example', 'mori@aozora.example', 'ito@hoshi.example']
  for (const from of customers) {
    await site.deliver(
      testMail({ from, subject: `件 ${from}`, body: `返品したい。${customersWords}。` }),
    )
  }
  const threads = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 5 })
  const [suspended = '', warned = '', answered = ''] = threads.map(({ id }) => id)
  await queueNotice(site, suspended, 'suspension')
  await queueNotice(site, warned, 'warning')
  const named = await staffOf(site)
  // Long enough not to fit into one piece: a connection can break in the middle of it.
  const body = `ご案内します。\n${'ご返品の手順です。'.repeat(2_000)}`
  const reply = { letterId: null, revision: 1, subject: 'Re: 返品', body }
  await writeReply(house, answered, reply, named('reviewer'))
  const [waiting] = await house.store.letters.list(['awaiting_approval'], 1)
  await approveShown(house, waiting?.id ?? '', named('second'))
  const queued = await house.store.letters.list(['queued'], 5)
  if (queued.length !== 3) throw new Error(`${queued.length} letters of 3 are queued`)
  await site.leave()
  return { site, copy: () => database.copy(), close: () => database.close() }
}

/** Certificates of an authority that the product is told to trust. */
export type Certificates = {
  readonly authorityFile: string
  readonly good: Certificate
  readonly expired: Certificate
  close(): void
}

const day = 86_400_000

export async function makeCertificates(): Promise<Certificates> {
  const authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', keyCertSign: true },
    ],
  })
  const from = async (first: number, last: number): Promise<Certificate> => {
    const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      keySize: 2048,
      notBeforeDate: new Date(Date.now() + first * day),
      notAfterDate: new Date(Date.now() + last * day),
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
      ca: { key: authority.private, cert: authority.cert },
    })
    return { key: pems.private, cert: pems.cert }
  }
  const folder = mkdtempSync(join(tmpdir(), 'mamori-authority-'))
  const authorityFile = join(folder, 'authority.pem')
  writeFileSync(authorityFile, authority.cert)
  return {
    authorityFile,
    good: await from(-1, 9),
    expired: await from(-9, -2),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
