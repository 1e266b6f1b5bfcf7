import { randomFillSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { checkPackage } from '../src/evidence/check.ts'
import { exportCase } from '../src/flow/export.ts'
import { openParser } from '../src/flow/parse.ts'
import { receive } from '../src/flow/receive.ts'
import { addMailboxes } from '../src/parts.ts'
import { houseOn, inbox } from './house.ts'
import { chanceFrom, subjectOf } from './texts.ts'

/** Everything that one busy sender wrote: so many mails, five a thread, each with a file. */
export type CaseSize = { readonly mails: number; readonly fileBytes: number }

const address = 'busy@kaigara.example'
const mailsPerThread = 5
const mailsPerDelivery = 20

/** Takes the mails in as the product does, without a mail server before it. */
export async function fillCase(databaseUrl: string, size: CaseSize): Promise<number> {
  const house = await houseOn(databaseUrl)
  const parser = openParser({ workers: 2, timeoutMs: 60_000 })
  try {
    await addMailboxes(house, inbox)
    const [mailbox] = await house.store.mailboxes.list()
    if (!mailbox) throw new Error('there is no mailbox')
    for await (const _ of receive(house, parser, deliveries(size), { mailbox, trust: 'live' })) {
      // Each is stored by now.
    }
  } finally {
    await parser.close()
    await house.store.close()
  }
  return size.mails
}

function* deliveries({ mails, fileBytes }: CaseSize) {
  const chance = chanceFrom(7)
  const receivedAt = new Date('2026-11-01T00:00:00Z')
  for (let from = 0; from < mails; from += mailsPerDelivery) {
    const count = Math.min(mailsPerDelivery, mails - from)
    const raws = Array.from({ length: count }, (_, at) => mailAt(from + at, fileBytes, chance))
    yield { mails: raws.map((raw) => ({ raw, receivedAt })), step: null }
  }
}

/** Random bytes: nothing that packs well, as photographs do not. */
function mailAt(at: number, fileBytes: number, chance: ReturnType<typeof chanceFrom>): Buffer {
  const first = at - (at % mailsPerThread)
  const idOf = (n: number) => `<case-${n}@kaigara.example>`
  const answers = at === first ? [] : [`In-Reply-To: ${idOf(first)}`, `References: ${idOf(first)}`]
  const file = randomFillSync(Buffer.alloc(fileBytes))
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n')
  const lines = [
    ...[`From: ${address}`, `To: ${inbox.mailboxes[0]?.address}`, `Message-ID: ${idOf(at)}`],
    ...[...answers, `Subject: case ${first} ${subjectOf(chance).replace(/[^\x20-\x7e]/g, '')}`],
    ...['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=part', '', '--part'],
    ...['Content-Type: text/plain; charset=utf-8', '', `写真を送ります。${at}`, '--part'],
    ...['Content-Type: image/jpeg', 'Content-Transfer-Encoding: base64'],
    ...[`Content-Disposition: attachment; filename=${at}.jpg`, '', file, '--part--', ''],
  ]
  return Buffer.from(lines.join('\r\n'))
}

/** Exports everything about the sender. Returns the bytes of the package. */
export async function exportTo(databaseUrl: string, out: string): Promise<number> {
  const house = await houseOn(databaseUrl)
  const parser = openParser({ workers: 1, timeoutMs: 60_000 })
  try {
    const senderId = await house.store.dossiers.sender({ id: '', address })
    if (senderId === null) throw new Error('the sender is not there')
    rmSync(out, { force: true })
    const wanted = { senderId, language: 'ja', by: null, out } as const
    return (await exportCase(house, parser.take, wanted)).bytes
  } finally {
    await parser.close()
    await house.store.close()
  }
}

/** Checks the package by itself. Returns its mails. */
export async function checkAt(out: string): Promise<number> {
  const { flaws, mails } = await checkPackage(out)
  if (flaws.length > 0) throw new Error(`the package does not hold: ${flaws[0]}`)
  return mails
}
