import Encoding from 'encoding-japanese'
import { describe, expect, it } from 'vitest'
import { readMail } from '../../src/mail/read.ts'

const ours =
  '<mamori.01a20a12-e592-7657-9282-3228469667a7.01a20a12-e592-7657-9282-3228469667a8.0123456789abcdef0123456789abcdef@hinata.example>'

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'))
const read = (...lines: string[]) => readMail(mail(...lines), [])

/** A multipart/report (RFC 6522) with its machine's part and the mail that it is about. */
function report(type: string, part: string[], returned = 'message/rfc822') {
  return [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
    'Subject: a report',
    `Content-Type: multipart/report; report-type=${type}; boundary=b`,
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'A report follows.',
    '',
    '--b',
    `Content-Type: message/${type}`,
    '',
    ...part,
    '',
    '--b',
    `Content-Type: ${returned}`,
    '',
    `Message-ID: ${ours}`,
    'Subject: notice',
    '',
    '--b--',
  ]
}

const recipient = (action: string, status: string) => [
  'Reporting-MTA: dns; mx.example',
  '',
  'Final-Recipient: rfc822; y@gone.example',
  `Action: ${action}`,
  `Status: ${status}`,
  'Diagnostic-Code: smtp; 550 no such user',
]

describe('reports that keep to a standard', () => {
  it('say which of our mails came back, and why (RFC 3464)', async () => {
    const bounced = await read(...report('delivery-status', recipient('failed', '5.1.1')))
    expect(bounced).toMatchObject({
      nature: 'bounce',
      report: { kind: 'failed', status: '5.1.1', diagnostic: 'smtp; 550 no such user' },
    })
    expect(bounced.report?.messageIds[0]).toBe(ours)
  })

  it.each([
    ['delayed', 'delayed'],
    ['delivered', 'delivered'],
    ['relayed', 'delivered'],
    ['expanded', 'delivered'],
  ])('are no bounce where nothing came back (%s)', async (action, kind) => {
    const said = await read(...report('delivery-status', recipient(action, '4.4.1')))
    expect(said).toMatchObject({ nature: 'auto_generated', report: { kind } })
  })

  it('count what failed before what is late, where they name several', async () => {
    const both = [...recipient('delayed', '4.4.1'), '', ...recipient('failed', '5.2.2').slice(2)]
    const said = await read(...report('delivery-status', both, 'text/rfc822-headers'))
    expect(said.report).toMatchObject({ kind: 'failed', status: '5.2.2' })
    expect(said.report?.messageIds).toContain(ours)
  })

  it('tell of opened mail (RFC 3798) and of a complaint (RFC 5965)', async () => {
    const opened = [
      `Original-Message-ID: ${ours}`,
      'Disposition: manual-action/MDN-sent-manually; displayed',
    ]
    const receipt = await read(...report('disposition-notification', opened))
    expect(receipt).toMatchObject({ nature: 'auto_generated', report: { kind: 'receipt' } })
    const abuse = ['Feedback-Type: abuse', 'User-Agent: SomeGenerator/1.0', 'Version: 1']
    const complaint = await read(...report('feedback-report', abuse))
    expect(complaint).toMatchObject({ nature: 'auto_generated', report: { kind: 'complaint' } })
    for (const said of [receipt, complaint]) expect(said.report?.messageIds).toContain(ours)
  })

  it('name a long Message-ID also where quoted-printable broke it', async () => {
    const broken = `Message-ID: ${ours.slice(0, 50)}=\r\n${ours.slice(50)}`
    const lines = report('delivery-status', recipient('failed', '5.1.1'))
    const said = await read(...lines.map((line) => (line.startsWith('Message-ID') ? broken : line)))
    expect(said.report?.messageIds).toContain(ours)
  })
})

type Sample = readonly [string, readonly string[], { kind: string; status?: string }]

const original = [`Message-ID: ${ours}`, 'Subject: notice', '', 'words']

const samples: readonly Sample[] = [
  [
    'qmail',
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@mx.example',
      'Subject: failure notice',
      '',
      'Hi. This is the qmail-send program at mx.example.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      "This is a permanent error; I've given up. Sorry it didn't work out.",
      '',
      '<y@gone.example>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '',
      '--- Below this line is a copy of the message.',
      '',
      ...original,
    ],
    { kind: 'failed', status: '5.1.1' },
  ],
  [
    'Exim',
    [
      'From: Mail Delivery System <Mailer-Daemon@mx.example>',
      'X-Failed-Recipients: y@gone.example',
      'Auto-Submitted: auto-replied',
      'Subject: Mail delivery failed: returning message to sender',
      '',
      'This message was created automatically by mail delivery software.',
      'A message that you sent could not be delivered to one or more of its recipients.',
      '  y@gone.example',
      '    550 5.7.1 rejected',
      '------ This is a copy of the message, including all the headers. ------',
      '',
      ...original,
    ],
    { kind: 'failed', status: '5.7.1' },
  ],
  [
    'Postfix in words',
    [
      'From: MAILER-DAEMON (Mail Delivery System)',
      'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
      'Subject: Undelivered Mail Returned to Sender',
      'Auto-Submitted: auto-replied',
      '',
      'This is the mail system at host mx.example.',
      "I'm sorry to have to inform you that your message could not be delivered.",
      '<y@gone.example>: host gone.example[192.0.2.7] said: 552 5.2.2 over quota',
      '',
      ...original,
    ].slice(1),
    { kind: 'failed', status: '5.2.2' },
  ],
  [
    'sendmail',
    [
      'Return-Path: <>',
      'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>',
      'Subject: Returned mail: see transcript for details',
      '',
      '   ----- The following addresses had permanent fatal errors -----',
      '<y@gone.example>',
      '   ----- Transcript of session follows -----',
      '550 5.1.1 <y@gone.example>... User unknown',
      '',
      '   ----- Original message follows -----',
      '',
      ...original,
    ],
    { kind: 'failed', status: '5.1.1' },
  ],
  [
    'Exchange',
    [
      'From: postmaster@gone.example',
      'Subject: Undeliverable: notice',
      `In-Reply-To: ${ours}`,
      '',
      'Delivery has failed to these recipients or groups:',
      'y@gone.example',
      "The recipient's mailbox is full and can't accept messages now.",
      'Remote Server returned: 554 5.2.2 mailbox full',
    ],
    { kind: 'failed', status: '5.2.2' },
  ],
  [
    'Domino',
    [
      'From: Postmaster@gone.example',
      'Subject: DELIVERY FAILURE: User y (y@gone.example) not listed in directory',
      `References: ${ours}`,
      '',
      'Your message could not be delivered because: User unknown',
    ],
    { kind: 'failed', status: '5.1.1' },
  ],
  [
    'a carrier’s server (au)',
    [
      'Return-Path: <>',
      'From: Postmaster@ezweb.example',
      'Subject: Mail System Error - Returned Mail',
      '',
      'The user(s) account is temporarily over quota.',
      '',
      '<y@ezweb.example>',
      '',
      '------------------------------------------',
      ...original,
    ],
    { kind: 'failed', status: '5.2.2' },
  ],
  [
    'a carrier that writes from no-reply',
    [
      'Return-Path: <>',
      'From: no-reply@app.dion.example',
      'Subject: =?UTF-8?B?44Oh44O844Or44KS6YCB5L+h44Gn44GN44G+44Gb44KT44Gn44GX44Gf?=',
      '',
      '次のメールは、宛先不明のため送信できませんでした。',
      `> Message-ID: ${ours}`,
    ],
    { kind: 'failed', status: '5.1.1' },
  ],
  [
    'm-FILTER in Japanese',
    [
      'From: postmaster@gone.example',
      'X-Mailer: m-FILTER',
      'Subject: failure notice',
      '',
      '-------server message',
      '550 unknown user <y@gone.example>',
      '-------original message',
      ...original,
    ],
    { kind: 'failed', status: '5.1.1' },
  ],
  [
    'a server that goes on trying',
    [
      'From: MAILER-DAEMON@mx.example',
      'Subject: Warning: could not send message for past 4 hours',
      '',
      'Your message has not yet been delivered. We will continue to try for 5 days.',
      '',
      ...original,
    ],
    { kind: 'delayed' },
  ],
]

describe('reports in words alone', () => {
  it.each(samples)('%s', async (_, lines, { kind, status }) => {
    const said = await read(...lines)
    expect(said.report).toMatchObject(status ? { kind, status } : { kind })
    expect(said.report?.messageIds).toContain(ours)
    expect(said.nature).toBe(kind === 'failed' ? 'bounce' : 'auto_generated')
  })

  it('a Japanese carrier’s in ISO-2022-JP', async () => {
    const words = '宛先が存在しません。メールをお届けできませんでした。'
    const codes = Encoding.convert(Encoding.stringToCode(words), { to: 'JIS', from: 'UNICODE' })
    const raw = Buffer.concat([
      mail(
        'Return-Path: <>',
        'From: mailer-daemon@docomo.example',
        'Content-Type: text/plain; charset=ISO-2022-JP',
        '',
        '',
      ),
      Buffer.from(codes),
      mail('', '', ...original),
    ])
    const said = await readMail(raw, [])
    expect(said.report).toMatchObject({ kind: 'failed', status: '5.1.1' })
    expect(said.report?.messageIds).toContain(ours)
  })
})

describe('answering machines', () => {
  const subjectOf = (text: string) => `Subject: =?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
  const answers = `In-Reply-To: ${ours}`

  it.each<[string, string[], string]>([
    [
      'Gmail',
      ['Auto-Submitted: auto-replied', subjectOf('不在にしております Re: notice'), answers],
      'away',
    ],
    [
      'Exchange in English',
      ['X-Auto-Response-Suppress: All', 'Subject: Automatic reply: notice', answers],
      'auto_reply',
    ],
    ['Exchange in Japanese', [subjectOf('自動応答: notice'), answers], 'auto_reply'],
    ['an old vacation program', ['Precedence: auto_reply', 'Subject: Out of Office'], 'away'],
    [
      'a shop’s receipt',
      ['X-Autoreply: yes', subjectOf('【自動返信】お問い合わせ'), answers],
      'auto_reply',
    ],
    [
      'a challenge',
      ['Auto-Submitted: auto-replied', 'Subject: Please confirm your message', answers],
      'challenge',
    ],
    [
      'a challenge in Japanese',
      ['Auto-Submitted: auto-replied', subjectOf('送信者認証のお願い'), answers],
      'challenge',
    ],
  ])('%s', async (_, headers, kind) => {
    const said = await read('From: y@customer.example', ...headers, '', 'x')
    expect(said).toMatchObject({ nature: 'auto_generated', report: { kind } })
  })

  it.each([
    ['a missed delivery', '不在通知が入っていました'],
    ['our automatic mail', '自動返信メールについて'],
    ['an answer to it', 'Re: 自動返信: お問い合わせ'],
    ['time away', 'away from home next week'],
  ])('are not people who write about %s', async (_, subject) => {
    const said = await read('From: y@customer.example', subjectOf(subject), answers, '', '不在です')
    expect(said).toMatchObject({ nature: 'person', report: null })
  })

  it('are not people who say that a person wrote', async () => {
    const said = await read('From: y@customer.example', 'Auto-Submitted: no', answers, '', '休暇中')
    expect(said).toMatchObject({ nature: 'person', report: null })
  })
})
