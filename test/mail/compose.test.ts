import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flawsOfMailbox } from '../../src/domain/mailbox.ts'
import { compose, type OutgoingMail } from '../../src/mail/compose.ts'
import { isOwnMessageId, newMessageId, threadOfMessageId } from '../../src/mail/message-id.ts'
import {
  displayName,
  emailAddress,
  headerLine,
  mailText,
  messageId,
  referredId,
  UnsafeMail,
} from '../../src/mail/outgoing.ts'
import { readMail } from '../../src/mail/read.ts'
import { mailboxSettings } from '../support/inbox.ts'

const letter: OutgoingMail = {
  messageId: messageId('<mamori.1@hinata.example>'),
  from: {
    name: displayName('From name', 'お客様相談窓口'),
    address: emailAddress('From', 'support@hinata.example'),
  },
  to: emailAddress('To', 'yamada@customer.example'),
  subject: headerLine('Subject', '【重要】ご案内'),
  text: mailText('山田 様\n\nお問い合わせありがとうございます。\n. と書いて\n..\n'),
  inReplyTo: referredId('In-Reply-To', '<q@customer.example>'),
  references: ['<p@customer.example>', '<q@customer.example>'].map((id) =>
    referredId('References', id),
  ),
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
    const raw = await compose({
      ...letter,
      text: mailText('山田 <様>\n次の行\n\n二段落 & 終わり'),
    })
    const read = await readMail(raw, [])
    expect(read.html).toContain('<p>山田 &#60;様&#62;<br>\n次の行</p>\n<p>二段落 &#38; 終わり</p>')
    expect(read.text).toContain('山田 <様>')
  })

  it('gives the same bytes for the same letter', async () => {
    expect((await compose(letter)).equals(await compose(letter))).toBe(true)
  })

  it('lets no field break out of its header, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (subject, name) => {
        const over = made(() => ({
          subject: headerLine('Subject', subject),
          from: { ...letter.from, name: displayName('From name', name) },
        }))
        if (!over) return
        const raw = await compose({ ...letter, ...over })
        const usual = headerNames(await compose(letter))
        expect(usual).toEqual(expect.arrayContaining(headerNames(raw)))
      }),
      { numRuns: 200 },
    )
  })
})

/** What was made, or null where it was refused. */
function made<T>(make: () => T): T | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof UnsafeMail) return null
    throw error
  }
}

function headerNames(raw: Buffer): string[] {
  const [head = ''] = raw.toString().split('\r\n\r\n')
  const lines = head.split('\r\n').filter((line) => !/^[ \t]/.test(line))
  return lines.map((line) => line.split(':')[0] ?? '')
}

const line = (text: string) => headerLine('Subject', text)

describe('what may stand in a mail of ours', () => {
  it.each<[string, () => unknown]>([
    ['a line break in the subject', () => line('x\r\nBcc: all@evil.example')],
    ['a subject without an end', () => line('x'.repeat(999))],
    ['an encoded word in a subject', () => line('=?utf-8?B?DQpCY2M6IGVAeC5leGFtcGxl?=')],
    ['a line break in a name', () => displayName('name', 'x\nBcc: a@b.example')],
    ['an address in a name', () => displayName('name', '山田" <a@evil.example>, "')],
    ['two recipients in one address', () => emailAddress('To', 'a@b.example, c@d.example')],
    ['a quoted local part', () => emailAddress('To', '"a@evil.example"@b.example')],
    ['a machine without a domain', () => emailAddress('To', 'a@localhost')],
    ['no address at all', () => emailAddress('To', '')],
    ['a Message-ID that is none', () => messageId('x')],
    ['several Message-IDs in one', () => referredId('References', '<a@b> <c@d>')],
    ['a NUL in the text', () => mailText('a\0b')],
    ['a bare carriage return in the text', () => mailText('a\r.\rb')],
    ['a line with nothing but a dot', () => mailText('a\r\n.\r\nMAIL FROM:<e@evil.example>')],
  ])('refuses %s', (_, make) => {
    expect(make).toThrow(UnsafeMail)
  })

  it('takes what people write', () => {
    for (const text of ['Re: 【重要】ご案内 (1/2) <至急>', 'a'.repeat(998), '=?']) {
      expect(line(text)).toBe(text)
    }
    expect(displayName('name', "O'Hara & Sons, お客様相談窓口")).toBeTruthy()
    expect(emailAddress('To', "o'hara+tag@mail.customer.example")).toBeTruthy()
    expect(mailText('一行目\r\n...\r\n. で始まる行\n')).toBeTruthy()
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

/** Where each field of the injections would enter, and what refuses it there. */
const doors: Readonly<Record<string, (value: string) => unknown>> = {
  subject: line,
  fromName: (value) => displayName('From name', value),
  to: (value) => emailAddress('To', value),
  inReplyTo: (value) => referredId('In-Reply-To', value),
  references: (value) => referredId('References', value),
  messageId,
  'header:X-Case': (value) => headerLine('X-Case', value),
  body: mailText,
  attachmentName: (value) => headerLine('file name', value),
  ehloName: (value) => headerLine('EHLO', value),
  imapSearchMessageId: (value) => isOwnMessageId(value) || refuse(),
  imapMailbox: folder,
  imapLiteralPlus: folder,
}

function folder(name: string): void {
  const copies = mailboxSettings({ sentCopies: { kind: 'keep', folder: name } })
  const flaws = [...flawsOfMailbox(copies), ...flawsOfMailbox(mailboxSettings({ folders: [name] }))]
  if (flaws.includes('sent_folder_wrong') && flaws.includes('folder_wrong')) refuse()
}

function refuse(): never {
  throw new UnsafeMail('it', 'it is refused')
}

describe.skipIf(!existsSync(vectors))('the header injections kept beside the project', () => {
  const { cases } = existsSync(vectors)
    ? (JSON.parse(readFileSync(vectors, 'utf8')) as {
        cases: { id: string; field: string; value: string }[]
      })
    : { cases: [] }

  it('are all there', () => expect(cases).toHaveLength(34))

  it.each(cases.map(({ id, field, value }) => [id, field, value] as const))(
    '%s (%s) ends at the type',
    (_, field, value) => {
      const door = doors[field]
      expect(door, `a door for ${field}`).toBeDefined()
      expect(() => door?.(value)).toThrow(UnsafeMail)
    },
  )
})
