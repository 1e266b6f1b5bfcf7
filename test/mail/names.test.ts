import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { safeFilename } from '../../src/mail/filename.ts'
import { readMail } from '../../src/mail/read.ts'
import { encoded, mail, multipart, percent, word } from '../support/mime.ts'

const name = '請求書（最終）①.pdf'
const jis = encoded(name, 'JIS')
const sjis = encoded(name, 'SJIS')
const euc = encoded(name, 'EUCJP')
const utf8 = encoded(name, 'UTF8')

async function nameOf(...head: string[]): Promise<string | undefined> {
  const raw = mail(...multipart('mixed', { head, body: 'x' }))
  return (await readMail(raw, [])).attachments[0]?.filename
}

const attached = (parameters: string) => [
  'Content-Type: application/pdf',
  `Content-Disposition: attachment; ${parameters}`,
]

describe('the name of a file', () => {
  it.each([
    ['RFC 2231, UTF-8', `filename*=UTF-8''${percent(utf8)}`],
    ['RFC 2231, Shift_JIS', `filename*=Shift_JIS'ja'${percent(sjis)}`],
    ['RFC 2231, EUC-JP', `filename*=EUC-JP''${percent(euc)}`],
    ['RFC 2231, ISO-2022-JP', `filename*=ISO-2022-JP''${percent(jis)}`],
    ['RFC 2231 in quotes', `filename*="UTF-8''${percent(utf8)}"`],
    ['RFC 2231 without a charset', `filename*=''${percent(utf8)}`],
    ['RFC 2231 without any quote', `filename*=${percent(utf8)}`],
    ['RFC 2231 in a charset nobody knows', `filename*=x-none''${percent(utf8)}`],
    ['RFC 2231 in another charset than it says', `filename*=us-ascii''${percent(sjis)}`],
    ['RFC 2047, UTF-8', `filename="${word('utf-8', utf8)}"`],
    ['RFC 2047, Shift_JIS', `filename="${word('Shift_JIS', sjis)}"`],
    ['RFC 2047, EUC-JP', `filename="${word('EUC-JP', euc)}"`],
    ['RFC 2047, ISO-2022-JP', `filename="${word('ISO-2022-JP', jis)}"`],
    ['RFC 2047 without quotes', `filename=${word('utf-8', utf8)}`],
    ['RFC 2047 in two words that cut a character', cutWords()],
    ['raw UTF-8', `filename="${utf8}"`],
    ['raw Shift_JIS', `filename="${sjis}"`],
    ['raw EUC-JP', `filename="${euc}"`],
    ['raw ISO-2022-JP', `filename="${jis}"`],
  ])('is read from %s', async (_, parameters) => {
    expect(await nameOf(...attached(parameters))).toBe(name)
  })

  it.each([
    ['in Content-Type alone', [`Content-Type: application/pdf; name="${sjis}"`]],
    [
      'in Content-Type by RFC 2231',
      [`Content-Type: application/pdf; name*=EUC-JP''${percent(euc)}`],
    ],
    [
      'in Content-Disposition before Content-Type',
      [
        `Content-Type: application/pdf; name="${encoded('違う.pdf', 'SJIS')}"`,
        `Content-Disposition: attachment; filename*=UTF-8''${percent(utf8)}`,
      ],
    ],
  ])('is read where it stands %s', async (_, head) => {
    expect(await nameOf(...head)).toBe(name)
  })

  it('is put together from pieces in any order, also where they cut a character', async () => {
    const [one, two] = [percent(utf8.slice(0, 4)), percent(utf8.slice(4))]
    const lines = `filename*1*=${two};\r\n filename*0*=UTF-8''${one}`
    expect(await nameOf(...attached(lines))).toBe(name)
    const mixed = `filename*0*=UTF-8''${percent(encoded('請求', 'UTF8'))};\r\n filename*1=".pdf"`
    expect(await nameOf(...attached(mixed))).toBe('請求.pdf')
  })

  it('is read where half a character looks like a backslash or a quote', async () => {
    const tricky = '表示ソ"能;力.pdf'
    const shown = '表示ソ_能;力.pdf'
    const raw = encoded('表示ソ', 'SJIS')
    const rest = `\\"${encoded('能', 'SJIS')};${encoded('力', 'SJIS')}.pdf`
    expect(await nameOf(...attached(`filename="${raw}${rest}"; size=3`))).toBe(shown)
    const inJis = encoded(tricky.replace('"', ''), 'JIS')
    expect(await nameOf(...attached(`filename="${inJis}"`))).toBe('表示ソ能;力.pdf')
  })

  it('keeps what of a broken one can be read', async () => {
    expect(await nameOf(...attached(`filename*=UTF-8''%E8%AB%8B%ZZ%.pdf`))).toBe('請%ZZ%.pdf')
  })

  it('leaves words alone that look like a header', async () => {
    const line = `Content-Disposition: attachment; filename="${sjis}"`
    const raw = mail('Content-Type: text/plain; charset=shift_jis', '', 'see:', line)
    expect((await readMail(raw, [])).text).toContain(`attachment; filename="${name}"`)
  })

  const vectors = '../shared/vectors/attachment_names.json'
  it.skipIf(!existsSync(vectors))('is safe in all cases kept beside the project', async () => {
    const { cases } = JSON.parse(readFileSync(vectors, 'utf8')) as {
      cases: { id: string; filename: string }[]
    }
    for (const { id, filename } of cases) {
      const quoted = filename.replace(/["\\]/g, '\\$&').replace(/[\r\n]+/g, ' ')
      const wild = await nameOf(...attached(`filename="${encoded(quoted, 'UTF8')}"`))
      for (const safe of [wild ?? '', safeFilename(filename, 0)]) {
        expect(safe, id).not.toMatch(/[/\\<>:"|?*\p{C}]|^[.\s-]|[.\s]$|^(con|nul)(\.|$)/iu)
        expect(safe, id).not.toBe('')
        expect([...safe].length, id).toBeLessThanOrEqual(120)
      }
    }
  })

  it('that is too long loses its middle and keeps its kind', () => {
    expect(safeFilename(`${'あ'.repeat(500)}.pdf`, 0)).toMatch(/^あ{116}\.pdf$/)
  })
})

describe('part heads without end', () => {
  it('cost no more than their reading', async () => {
    const line = `Content-Type: text/x; name*=${'%41'.repeat(2_000)}`
    const raw = mail('Content-Type: multipart/mixed; boundary=b', '', ...Array(500).fill(line))
    expect((await readMail(raw, [])).unreadable).toBeNull()
  })
})

function cutWords(): string {
  return `filename="${word('utf-8', utf8.slice(0, 4))}\r\n ${word('utf-8', utf8.slice(4))}"`
}
