import {
  attachedMail,
  cms,
  encoded,
  invitation,
  mail,
  multipart,
  part,
  tnef,
  word,
} from './mime.ts'
import { testMail } from './office.ts'

const utf8 = (text: string) => word('utf-8', encoded(text, 'UTF8'))

type Kind = { readonly subject: string; readonly body: readonly string[] }

function kind(subject: string, ...body: readonly string[]): Kind {
  return { subject, body }
}

/** A mail from somebody whose server vouches for them, with a body of any kind. */
export function oddMail(subject: string, from: string, ...body: readonly string[]): Buffer {
  const whole = testMail({ subject, from, name: '小川', body: '' }).toString('latin1')
  const head = whole.slice(0, whole.indexOf('MIME-Version'))
  return Buffer.concat([Buffer.from(head, 'latin1'), mail('MIME-Version: 1.0', ...body, '')])
}

const inner = mail(
  `From: ${utf8('配送センター')} <center@haiso.example>`,
  `Subject: ${utf8('配達予定のお知らせ')}`,
  'Date: Mon, 23 Nov 2026 09:30:00 +0900',
  ...multipart(
    'mixed',
    part('text/plain; charset=utf-8', '配達予定は11月25日です。'),
    part(
      'application/pdf',
      Buffer.alloc(48_211),
      `Content-Disposition: attachment; filename="${utf8('送り状.pdf')}"`,
    ),
  ),
)

const nestedBoundary = 'outer'

/** One mail of each kind that is more than its words. */
const kinds = {
  nested: kind(
    '配達の件（転送します）',
    `Content-Type: multipart/mixed; boundary=${nestedBoundary}`,
    '',
    `--${nestedBoundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    encoded('届いたメールを添付します。ご確認をお願いします。', 'UTF8'),
    `--${nestedBoundary}`,
    ...attachedMail(inner),
    `--${nestedBoundary}--`,
  ),
  calendar: kind(
    '訪問修理の日程',
    ...multipart(
      'alternative',
      part('text/plain; charset=utf-8', '訪問修理の日程をお送りします。'),
      part(
        'text/calendar; charset=utf-8; method=REQUEST',
        invitation(
          'SUMMARY:訪問修理\\, エアコン（型番 AC-12）',
          'DTSTART;TZID=Asia/Tokyo:20261201T100000',
          'DTEND;TZID=Asia/Tokyo:20261201T113000',
          'LOCATION:東京都港区芝1-2-3\\n小川様宅',
          'ORGANIZER;CN="小川 花子":mailto:b@ogawa.example',
          'ATTENDEE;CN=修理窓口;PARTSTAT=NEEDS-ACTION:mailto:support@hinata-kurashi.example',
          'ATTENDEE;CN=小川 太郎:mailto:taro@ogawa.example',
          'BEGIN:VALARM',
          'SUMMARY:別の件名',
          'END:VALARM',
        ),
      ),
    ),
  ),
  smimeSealed: kind(
    '契約書の件',
    'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
    'Content-Transfer-Encoding: base64',
    '',
    cms('sealed', Buffer.alloc(600, 7)).toString('base64'),
  ),
  smimeOpaque: kind(
    '署名付きのご連絡',
    'Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
    'Content-Transfer-Encoding: base64',
    '',
    cms(
      'signed',
      mail(
        ...multipart(
          'mixed',
          part('text/plain; charset=utf-8', '署名の中の本文です。来週うかがいます。'),
          part(
            'application/pdf',
            Buffer.alloc(900),
            'Content-Disposition: attachment; filename=map.pdf',
          ),
        ),
      ),
    ).toString('base64'),
  ),
  pgpSealed: kind(
    '暗号化したお問い合わせ',
    ...multipart(
      'encrypted; protocol="application/pgp-encrypted"',
      part('application/pgp-encrypted', 'Version: 1\r\n'),
      part('application/octet-stream; name=encrypted.asc', '-----BEGIN PGP MESSAGE-----\r\n'),
    ),
  ),
  pgpInline: kind(
    '暗号文',
    'Content-Type: text/plain',
    '',
    '-----BEGIN PGP MESSAGE-----',
    '',
    'hQEMA5vJ',
    '-----END PGP MESSAGE-----',
  ),
  winmail: kind(
    '見積書の件',
    ...multipart(
      'mixed',
      part(
        'application/ms-tnef; name=winmail.dat',
        tnef('見積書を二通お送りします。', [
          { title: 'MITSUM~1.XLS', longName: '見積書（修理）.xlsx', data: Buffer.alloc(20_480) },
          { title: '写真.jpg', data: Buffer.alloc(310_000) },
        ]),
        'Content-Disposition: attachment; filename=winmail.dat',
      ),
    ),
  ),
  pictures: kind(
    '写真の件',
    ...multipart(
      'related',
      part('text/html; charset=utf-8', '<p>壊れたところです。<img src="cid:p1@x"></p>'),
      part('image/png', Buffer.alloc(3_000), 'Content-ID: <p1@x>', 'Content-Disposition: inline'),
    ),
  ),
  empty: kind('空', 'Content-Type: text/plain', '', ''),
}

export type OddKind = keyof typeof kinds

const names = Object.keys(kinds) as OddKind[]

/** Each kind from a sender of its own. */
export const oddMails = Object.fromEntries(
  names.map((name) => {
    const { subject, body } = kinds[name]
    return [name, oddMail(subject, `${name.toLowerCase()}@ogawa.example`, ...body)]
  }),
) as Record<OddKind, Buffer>

/** Levels that no parser goes down to. */
export const tooDeep: readonly string[] = Array.from({ length: 4_100 }, (_, n) => [
  `Content-Type: multipart/mixed; boundary=b${n}`,
  '',
  `--b${n}`,
]).flat()

/** A header that no parser reads to its end. */
const tooLong = [...Array<string>(45).fill(`X-Long: ${'x'.repeat(50_000)}`), '', 'x']

/** All kinds and one that cannot be read, in one thread. */
export function oddThread(subject: string): Buffer[] {
  const bodies = [...names.map((name) => kinds[name].body), tooLong]
  return bodies.map((body) => oddMail(subject, 'hanako@ogawa.example', ...body))
}
