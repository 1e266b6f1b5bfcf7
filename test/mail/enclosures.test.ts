import { describe, expect, it } from 'vitest'
import type { EnclosedMail } from '../../src/domain/mail.ts'
import { readMail } from '../../src/mail/read.ts'
import { attachedMail, cms, invitation, mail, multipart, part, tnef } from '../support/mime.ts'
import { oddMails } from '../support/odd-mails.ts'

const read = (raw: Buffer) => readMail(raw, [])

describe('a mail attached to a mail', () => {
  it('is told by its sender, subject, date and files', async () => {
    const { text, attachments, enclosures } = await read(oddMails.nested)
    expect(text).toContain('届いたメールを添付します')
    expect(attachments).toMatchObject([{ filename: '配達予定のお知らせ.eml' }])
    expect(enclosures).toEqual([
      {
        attachment: 0,
        enclosed: {
          kind: 'mail',
          from: [{ name: '配送センター', address: 'center@haiso.example' }],
          subject: '配達予定のお知らせ',
          date: '2026-11-23T00:30:00.000Z',
          files: [{ filename: '送り状.pdf', size: 48_211 }],
          fileCount: 1,
          mails: [],
        },
      },
    ])
  })

  it('is looked into a few levels deep and no further', async () => {
    let raw = mail('Subject: innermost', '', 'x')
    for (let level = 9; level > 0; level -= 1) {
      raw = mail(`Subject: level ${level}`, ...attachedMail(raw))
    }
    const subjects: string[] = []
    const [first] = (await read(raw)).enclosures
    for (let one = first?.enclosed as EnclosedMail | undefined; one; one = one.mails[0]) {
      subjects.push(one.subject)
    }
    expect(subjects).toEqual(['level 2', 'level 3', 'level 4', 'level 5'])
  })

  it('is told by its header where the rest of it cannot be read', async () => {
    const broken = mail('Subject: too much', `${'X-A: b\r\n'.repeat(150_000)}`, 'x')
    const { enclosures, unreadable, attachments } = await read(
      mail('Subject: outer', ...attachedMail(broken)),
    )
    expect(unreadable).toBeNull()
    expect(enclosures).toMatchObject([{ enclosed: { kind: 'mail', subject: 'too much' } }])
    expect(attachments[0]?.size).toBeGreaterThan(1_000_000)
  })
})

describe('an invitation', () => {
  it('is told by what, when, where and who, and its alarm is not taken for it', async () => {
    const { enclosures } = await read(oddMails.calendar)
    expect(enclosures[0]?.enclosed).toEqual({
      kind: 'invitation',
      method: 'request',
      summary: '訪問修理, エアコン（型番 AC-12）',
      place: '東京都港区芝1-2-3\n小川様宅',
      starts: { day: '2026-12-01', time: '10:00', zone: 'Asia/Tokyo' },
      ends: { day: '2026-12-01', time: '11:30', zone: 'Asia/Tokyo' },
      repeats: false,
      organizer: { name: '小川 花子', address: 'b@ogawa.example' },
      attendees: [
        { name: '修理窓口', address: 'support@hinata-kurashi.example' },
        { name: '小川 太郎', address: 'taro@ogawa.example' },
      ],
      attendeeCount: 2,
    })
  })

  const calendarMail = (...event: string[]) =>
    mail(
      'Content-Type: text/calendar; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(invitation(...event)).toString('base64'),
    )

  it('gives a mail without text its words, so that rules and people see them', async () => {
    const { text } = await read(
      calendarMail('SUMMARY:面会', 'DESCRIPTION:一行目\\n二行目', 'DTSTART:20261201T010000Z'),
    )
    expect(text).toBe('面会\n\n一行目\n二行目')
  })

  it('of whole days ends on its last one, and folded lines are one', async () => {
    const { enclosures } = await read(
      calendarMail(
        'SUMMARY:展示',
        ' 会',
        'DTSTART;VALUE=DATE:20261201',
        'DTEND;VALUE=DATE:20261204',
        'RRULE:FREQ=YEARLY',
      ),
    )
    expect(enclosures[0]?.enclosed).toMatchObject({
      summary: '展示会',
      starts: { day: '2026-12-01', time: '' },
      ends: { day: '2026-12-03', time: '' },
      repeats: true,
    })
  })

  it('that is cancelled says so; a calendar without an event is a file like any other', async () => {
    const cancelled = await read(calendarMail('STATUS:CANCELLED', 'SUMMARY:x'))
    expect(cancelled.enclosures[0]?.enclosed).toMatchObject({ method: 'cancel' })
    const none = await read(
      mail('Content-Type: text/calendar', '', 'BEGIN:VCALENDAR', 'END:VCALENDAR'),
    )
    expect(none).toMatchObject({ enclosures: [], attachments: [{ filename: 'attachment-1.ics' }] })
  })
})

describe('winmail.dat', () => {
  it('gives a mail without text its words, and names what lies in it', async () => {
    const { text, enclosures, attachments } = await read(oddMails.winmail)
    expect(text).toBe('見積書を二通お送りします。')
    expect(attachments).toMatchObject([{ filename: 'winmail.dat' }])
    expect(enclosures[0]?.enclosed).toEqual({
      kind: 'packed',
      fileCount: 2,
      files: [
        { filename: '見積書（修理）.xlsx', size: 20_480 },
        { filename: '写真.jpg', size: 310_000 },
      ],
    })
  })

  it('that is cut, or no winmail.dat at all, costs nobody the mail', async () => {
    const whole = tnef('本文', [{ title: 'a.txt', longName: 'long.txt', data: Buffer.alloc(500) }])
    for (let length = 0; length < whole.length; length += 7) {
      const cut = part('application/ms-tnef', whole.subarray(0, length))
      const raw = mail(...multipart('mixed', part('text/plain', 'hello'), cut))
      expect(await read(raw)).toMatchObject({ text: 'hello', unreadable: null })
    }
  })

  it('whose lengths lie is read to its end once', async () => {
    const lying = tnef('本文', [])
    lying.writeUInt32LE(0xffffffff, 11)
    const raw = mail(...multipart('mixed', part('application/ms-tnef', lying)))
    expect((await read(raw)).unreadable).toBeNull()
  })
})

describe('a mail that is signed or sealed', () => {
  it.each([
    ['smimeSealed', 'smime_encrypted', ''],
    ['pgpSealed', 'pgp_encrypted', ''],
    ['smimeOpaque', 'smime_signed', '署名の中の本文です。来週うかがいます。'],
  ] as const)('is known as such (%s)', async (name, protection, text) => {
    expect(await read(oddMails[name])).toMatchObject({ protection, text, unreadable: null })
  })

  it('names the files that a signature wraps', async () => {
    const { enclosures } = await read(oddMails.smimeOpaque)
    expect(enclosures[0]?.enclosed).toMatchObject({
      kind: 'packed',
      files: [{ filename: 'map.pdf', size: 900 }],
    })
  })

  it.each([
    ['application/pkcs7-signature', 'smime_signed'],
    ['application/pgp-signature', 'pgp_signed'],
  ])('by a detached signature keeps its text (%s)', async (type, protection) => {
    const signed = multipart(
      `signed; protocol="${type}"`,
      part('text/plain', 'hi'),
      part(type, 'x'),
    )
    expect(await read(mail(...signed))).toMatchObject({ protection, text: 'hi' })
  })

  it('by armour in its text is, and one that only quotes it is not', async () => {
    expect((await read(oddMails.pgpInline)).protection).toBe('pgp_encrypted')
    const signed = mail('', '-----BEGIN PGP SIGNED MESSAGE-----', 'Hash: SHA256', '', 'hello')
    expect((await read(signed)).protection).toBe('pgp_signed')
    const quoting = mail('', '> -----BEGIN PGP MESSAGE-----', '> abc', 'What is this?')
    expect((await read(quoting)).protection).toBe('none')
  })

  it('and broken is never taken for an empty mail', async () => {
    const whole = cms('signed', mail('Content-Type: text/plain', '', 'words'))
    for (let length = 0; length < whole.length; length += 5) {
      const bytes = whole.subarray(0, length).toString('base64')
      const head = ['Content-Type: application/pkcs7-mime', 'Content-Transfer-Encoding: base64']
      const { protection, unreadable } = await read(mail(...head, '', bytes))
      expect(unreadable).toBeNull()
      expect(protection).toMatch(/^smime_/)
    }
  })
})

describe('pictures that HTML shows', () => {
  it('are told from documents', async () => {
    const { attachments, text } = await read(oddMails.pictures)
    expect(text).toContain('壊れたところです')
    expect(attachments).toMatchObject([{ inline: true, contentType: 'image/png' }])
    const { attachments: loose } = await read(
      mail(...multipart('mixed', part('image/png', Buffer.alloc(9)))),
    )
    expect(loose).toMatchObject([{ inline: false, filename: 'attachment-1.png' }])
  })
})
