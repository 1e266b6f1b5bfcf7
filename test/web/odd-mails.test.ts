import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { message } from '../../src/commands/read.ts'
import { verify } from '../../src/flow/verify.ts'
import { readArchive } from '../../src/mail/archive.ts'
import { sha256 } from '../../src/store/sealing.ts'
import type { StoredMessage } from '../../src/store/threads.ts'
import { encoded, mail, multipart, part, percent } from '../support/mime.ts'
import { type OddKind, oddMail, oddMails, tooDeep } from '../support/odd-mails.ts'
import { openIo } from '../support/program.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

let site: TestSite
let visitor: Visitor
beforeAll(async () => {
  site = await openSite()
  visitor = await site.as('reviewer')
})
afterAll(() => site.close())

async function messageIds(): Promise<string[]> {
  const rows = await site.database.sql('select id from messages')
  return rows.map(({ id }) => String(id))
}

/** Stores one mail and gives it as it was filed, with the page of its thread. */
async function arrived(raw: Buffer) {
  const { store } = site.house
  const known = new Set(await messageIds())
  await site.deliver(raw)
  const fresh = (await messageIds()).find((id) => !known.has(id))
  const filed = fresh && (await store.threads.message(fresh))
  if (!filed) throw new Error('the mail was not stored')
  return { filed, page: await pageOf(filed) }
}

async function pageOf({ threadId }: StoredMessage, headers = {}): Promise<string> {
  const answer = await visitor.get(`/threads/${threadId}`, headers)
  expect(answer.status).toBe(200)
  return answer.text()
}

/** What `message ID --raw` writes. */
async function exported(id: string): Promise<Buffer> {
  const { io, out } = openIo()
  await message(site.house, [id, '--raw'], io)
  return out()
}

describe('the page of a mail that is more than its words', () => {
  it.each<[OddKind, string[]]>([
    ['nested', ['添付されたメール', '配送センター', '配達予定のお知らせ', '送り状.pdf', '47 KB']],
    ['calendar', ['予定への招待', '訪問修理, エアコン', '12月1日', '10:00', '11:30', '小川 太郎']],
    ['smimeSealed', ['暗号化（S/MIME）', '自動判定もできていません']],
    ['smimeOpaque', ['電子署名（S/MIME）', '署名の中の本文です', 'map.pdf']],
    ['pgpSealed', ['暗号化（PGP）', 'encrypted.asc']],
    ['pgpInline', ['暗号化（PGP）']],
    ['winmail', ['見積書を二通', 'winmail.dat の中のファイル', '見積書（修理）.xlsx', '写真.jpg']],
    ['pictures', ['壊れたところです', '本文中の画像 1点']],
    ['empty', ['本文のないメールです']],
  ])('tells what it is (%s)', async (name, words) => {
    const { page } = await arrived(oddMails[name])
    for (const one of words) expect(page).toContain(one)
  })

  it('keeps harmful words back that stand in a name or a subject', async () => {
    const subject = encoded('お前はゴミだ。殺してやる。', 'UTF8')
    const inner = mail(`Subject: ${subject}`, '', 'x')
    const { page } = await arrived(
      oddMail(
        '添付',
        'z@ogawa.example',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        inner.toString('latin1'),
        '--b',
        'Content-Type: application/pdf',
        `Content-Disposition: attachment; filename*=UTF-8''${percent(encoded('殺してやる.pdf', 'UTF8'))}`,
        '',
        'x',
        '--b--',
      ),
    )
    expect(page).toContain('添付されたメール')
    expect(page).toContain('（伏せています）')
    expect(page).not.toMatch(/殺してやる|ゴミだ/)
  })
})

describe('a mail that cannot be read', () => {
  it('says why, shows its header as text, and gives its bytes', async () => {
    const raw = oddMail('<b>読めない</b>', 'y@ogawa.example', ...tooDeep)
    const { page, filed } = await arrived(raw)
    expect(page).toContain('このメールは読み取れませんでした')
    expect(page).toContain('形式が壊れているか、構造が複雑すぎます')
    expect(page).toContain('メールのヘッダー')
    expect(page).toContain('From: 小川')
    expect(page).not.toContain('<b>読めない</b>')
    const original = await visitor.post(`/messages/${filed.id}/original`)
    expect(Buffer.from(await original.arrayBuffer()).equals(raw)).toBe(true)
    expect(original.headers.get('content-type')).toBe('application/octet-stream')
  })

  it('keeps a harmful subject back in its header as well', async () => {
    const raw = oddMail('お前はゴミだ。殺してやる。', 'x@ogawa.example', ...tooDeep)
    const { page } = await arrived(raw)
    expect(page).toContain('メールのヘッダー')
    expect(page).not.toMatch(/殺してやる|ゴミだ/)
  })
})

describe('an attachment', () => {
  const content = Buffer.from('<script>alert(1)</script>')
  const raw = oddMail(
    'ファイル',
    'w@ogawa.example',
    ...multipart(
      'mixed',
      part('text/plain', 'hi'),
      part(
        'text/html',
        content,
        `Content-Disposition: attachment; filename*=UTF-8''${percent(encoded("領収書'(1).html", 'UTF8'))}`,
      ),
    ),
  )

  it('is fetched by its hash, as bytes that no browser opens in our name', async () => {
    const { filed, page } = await arrived(raw)
    const [file] = await site.house.store.threads.attachmentsOf(filed.id)
    const path = `/messages/${filed.id}/attachments/${file?.sha256}`
    expect(page).toContain(`href="${path}"`)
    const answer = await visitor.get(path)
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="___'(1).html"; filename*=UTF-8''%E9%A0%98%E5%8F%8E%E6%9B%B8%27%281%29.html`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
  })

  it('is nowhere under another hash, or in another mail', async () => {
    const { filed } = await arrived(oddMails.nested.subarray(0, -1))
    const other = `/messages/${filed.id}/attachments/${'0'.repeat(64)}`
    expect((await visitor.get(other)).status).toBe(404)
    expect((await visitor.get(`/messages/${filed.id}/attachments/0`)).status).toBe(404)
  })
})

describe('every hostile mail', () => {
  const own = {
    'no bytes': Buffer.alloc(0),
    'one byte': Buffer.from('x'),
    'NUL bytes': mail('Subject: a\0b', '', 'c\0d'),
    'no line end': mail('Subject: x'),
    'a header without end': Buffer.from(`Subject: ${'x'.repeat(300_000)}`),
    'endless headers': mail(...Array(60_000).fill('X: y'), '', 'x'),
    'a lone surrogate in a name': mail(
      ...multipart(
        'mixed',
        part('text/x', 'x', "Content-Disposition: attachment; filename*=utf-16be''%D8%00"),
      ),
    ),
  }

  /** Stored, shown, and given back byte by byte. */
  async function survives(name: string, raw: Buffer): Promise<void> {
    const { store } = site.house
    await site.deliver(raw)
    const [row] = await site.database.sql(
      `select id from messages where raw_sha256 = '${sha256(raw)}'`,
    )
    const id = row && String(row.id)
    const filed = id && (await store.threads.message(id))
    if (!id || !filed) throw new Error(`${name} was not stored`)
    const answer = await visitor.get(`/threads/${filed.threadId}`)
    expect(answer.status, name).toBe(200)
    expect(await answer.text(), name).toContain(`id="m-${id}"`)
    expect((await exported(id)).equals(raw), name).toBe(true)
  }

  it.each(Object.entries(own))('is stored, shown and given back: %s', survives)

  it.each(['mime', 'ja'])(
    'kept beside the project, too (%s)',
    { timeout: 120_000 },
    async (set) => {
      const folder = set === 'ja' ? '../shared/mail/ja-encodings' : '../shared/vectors/mime'
      if (!existsSync(folder)) return
      for await (const { name, raw } of readArchive(folder)) await survives(name, raw)
      expect((await verify(site.house.store)).flaws).toEqual([])
    },
  )
})
