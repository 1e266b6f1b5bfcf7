import { describe, expect, it } from 'vitest'
import { readMail } from '../../src/mail/read.ts'
import { encoded, mail, multipart, part, word } from '../support/mime.ts'

describe('format=flowed (RFC 3676)', () => {
  const flowed = async (parameters: string, ...lines: string[]) => {
    const type = `Content-Type: text/plain; charset=utf-8; format=flowed${parameters}`
    return (await readMail(mail(type, '', ...lines), [])).text
  }

  it('joins soft lines within one depth of quoting, and leaves the signature line', async () => {
    const text = await flowed('', 'a ', 'b', '> q1 ', '> q2', '>> r1 ', '> q3', '-- ', 'sig', ' >x')
    expect(text).toBe('a b\n> q1 q2\n>> r1 \n> q3\n-- \nsig\n>x')
  })

  it('joins Japanese without a space where DelSp says so', async () => {
    const [one, two] = [encoded('お世話に ', 'UTF8'), encoded('なります', 'UTF8')]
    expect(await flowed('; delsp=yes', one, two, `> ${one}`, `> ${two}`)).toBe(
      'お世話になります\n> お世話になります',
    )
  })
})

describe('text in a charset that it does not name', () => {
  const text = '髙﨑様、㈱ヒナタの①番です。ｱｲｳ'

  it.each([
    ['iso-2022-jp', 'JIS'],
    ['iso-2022-jp-ms', 'JIS'],
    ['cp50221', 'JIS'],
    ['shift_jis', 'SJIS'],
    ['windows-31j', 'SJIS'],
    ['x-sjis', 'SJIS'],
    ['cp932', 'SJIS'],
    ['euc-jp', 'EUCJP'],
    ['eucjp-ms', 'EUCJP'],
    ['iso-8859-1', 'SJIS'],
    ['iso-8859-1', 'EUCJP'],
    ['iso-8859-1', 'UTF8'],
    ['windows-1252', 'JIS'],
    ['windows-1252', 'SJIS'],
    ['us-ascii', 'UTF8'],
    ['utf-8', 'EUCJP'],
    ['shift_jis', 'UTF8'],
  ] as const)('is read all the same (%s that is %s)', async (charset, bytes) => {
    const raw = mail(
      `Subject: ${word(charset, encoded(text, bytes))}`,
      ...multipart(
        'mixed',
        part(`text/plain; charset=${charset}`, Buffer.from(encoded(text, bytes), 'latin1')),
      ),
    )
    const read = await readMail(raw, [])
    expect(read.text.trim()).toBe(text)
    expect(read.subject).toBe(text)
  })

  it('stays Western where it is', async () => {
    const western = 'Ça va, Müller? Ãber – “so”'
    const raw = mail('Content-Type: text/plain; charset=windows-1252', '', '')
    const bytes = Buffer.from('Ça va, Müller? Ãber \x96 \x93so\x94', 'latin1')
    expect((await readMail(Buffer.concat([raw, bytes]), [])).text).toBe(western)
  })

  it('with characters of JIS X 0212 is whole', async () => {
    const raw = mail(`Subject: ${word('iso-2022-jp', encoded('纊と髙', 'JIS'))}`, '', 'x')
    expect((await readMail(raw, [])).subject).toBe('纊と髙')
  })
})
