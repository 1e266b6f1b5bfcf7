import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compose, type OutgoingMail, UnsafeMail } from '../../src/mail/compose.ts'
import { newMessageId, threadOfMessageId } from '../../src/mail/message-id.ts'
import { readMail } from '../../src/mail/read.ts'

const letter: OutgoingMail = {
  messageId: '<mamori.1@hinata.example>',
  from: { name: 'お客様相談窓口', address: 'support@hinata.example' },
  to: { name: '', address: 'yamada@customer.example' },
  subject: '【重要】ご案内',
  text: '山田 様\n\nお問い合わせありがとうございます。\n.\n',
  inReplyTo: '<q@customer.example>',
  references: ['<p@customer.example>', '<q@customer.example>'],
  date: new Date('2026-11-23T05:00:00Z'),
  autoSubmitted: 'auto-generated',
}

describe('composing a letter', () => {
  it('gives a mail that reads as it was written, with the chain that clients thread by', async () => {
    const raw = await compose(letter)
    const read = await readMail(raw, [])

    expect(read).toMatchObject({
      messageId: letter.messageId,
      subject: letter.subject,
      inReplyTo: ['<q@customer.example>'],
      references: letter.references,
      from: [letter.from],
    })
    expect(read.text.trim()).toBe(letter.text.trim())
    expect(raw.toString()).toMatch(/^Auto-Submitted: auto-generated/m)
  })

  it('says the same in HTML, with every sign of markup as a sign', async () => {
    const raw = await compose({ ...letter, text: '山田 <様>\n次の行\n\n二段落 & 終わり' })
    const read = await readMail(raw, [])
    expect(read.html).toContain('<p>山田 &#60;様&#62;<br>\n次の行</p>\n<p>二段落 &#38; 終わり</p>')
    expect(read.text).toContain('山田 <様>')
  })

  it('gives the same bytes for the same letter', async () => {
    expect((await compose(letter)).equals(await compose(letter))).toBe(true)
  })

  it.each<[string, Partial<OutgoingMail>]>([
    ['a line break in the subject', { subject: 'x\r\nBcc: all@evil.example' }],
    ['a line break in a name', { from: { name: 'x\nBcc: a@b.example', address: 'a@b.example' } }],
    ['two recipients in one address', { to: { name: '', address: 'a@b.example, c@d.example' } }],
    ['a quoted local part', { to: { name: '', address: '"a@evil.example"@b.example' } }],
    ['no address at all', { to: { name: '', address: '' } }],
    ['a Message-ID that is none', { messageId: 'x' }],
    ['a NUL in the text', { text: 'a\0b' }],
  ])('refuses %s', async (_, over) => {
    await expect(async () => compose({ ...letter, ...over })).rejects.toThrow(UnsafeMail)
  })

  it('lets no field break out of its header, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (subject, name) => {
        const raw = await Promise.resolve()
          .then(() => compose({ ...letter, subject, from: { ...letter.from, name } }))
          .catch((error: unknown) => {
            if (error instanceof UnsafeMail) return null
            throw error
          })
        if (!raw) return
        const [head = ''] = raw.toString().split('\r\n\r\n')
        const names = head
          .split('\r\n')
          .filter((line) => !/^[ \t]/.test(line))
          .map((line) => line.split(':')[0])
        expect(names.filter((one) => one === 'Subject').length).toBeLessThanOrEqual(1)
        expect(names).not.toContain('Bcc')
      }),
      { numRuns: 200 },
    )
  })
})

describe('our Message-IDs', () => {
  const parts = {
    threadId: '01a20a12-e592-7657-9282-3228469667a7',
    unique: '01a20a12-e592-7657-9282-3228469667a8',
    domain: 'hinata.example',
    secret: 's'.repeat(32),
  }

  it('name their thread to us, and to nobody who does not have the secret', () => {
    const id = newMessageId(parts)
    expect(threadOfMessageId(id, parts.secret)).toBe(parts.threadId)
    expect(threadOfMessageId(id, 'other'.repeat(8))).toBeNull()
  })

  it('are worth nothing once a character is changed', () => {
    const id = newMessageId(parts)
    fc.assert(
      fc.property(fc.nat({ max: id.indexOf('@') - 9 }), (at) => {
        const place = at + 8
        const other = id[place] === '0' ? '1' : '0'
        const forged = id.slice(0, place) + other + id.slice(place + 1)
        expect(threadOfMessageId(forged, parts.secret)).toBeNull()
      }),
    )
  })
})

const vectors = '../shared/vectors/header_injection.json'
const fields = ['subject', 'fromName', 'to', 'body', 'inReplyTo', 'references', 'messageId']

describe.skipIf(!existsSync(vectors))('the header injections kept beside the project', () => {
  it('end at the type, or leave exactly the headers of an ordinary letter', async () => {
    const { cases } = JSON.parse(readFileSync(vectors, 'utf8')) as {
      cases: { id: string; field: string; value: string }[]
    }
    const plain = headerNames(await compose(letter))
    const tried = cases.filter(({ field }) => fields.includes(field))
    expect(tried.length).toBeGreaterThan(20)
    for (const { id, field, value } of tried) {
      const raw = await Promise.resolve()
        .then(() => compose(withField(field, value)))
        .catch((error: unknown) => {
          if (error instanceof UnsafeMail) return null
          throw error
        })
      if (raw) expect(plain, id).toEqual(expect.arrayContaining(headerNames(raw)))
      if (raw && field === 'to') expect(value, id).toMatch(/^[^\s@,<>"]+@[^\s@,<>"]+$/)
    }
  })
})

function withField(field: string, value: string): OutgoingMail {
  if (field === 'fromName') return { ...letter, from: { ...letter.from, name: value } }
  if (field === 'to') return { ...letter, to: { name: '', address: value } }
  if (field === 'body') return { ...letter, text: value }
  if (field === 'references') return { ...letter, references: value.split(' ') }
  return { ...letter, [field]: value }
}

function headerNames(raw: Buffer): string[] {
  const [head = ''] = raw.toString().split('\r\n\r\n')
  const lines = head.split('\r\n').filter((line) => !/^[ \t]/.test(line))
  return lines.map((line) => line.split(':')[0] ?? '')
}
