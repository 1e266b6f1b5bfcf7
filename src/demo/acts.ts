import type { Opinion } from '../domain/review.ts'

/** What the staff wrote before anybody looks: the words of notes, incidents, snippets, signatures. */
export const acts = {
  /** A call of the main story's customer, between two of the mails. */
  call: {
    from: '黒岩 剛志',
    hoursAgo: 20,
    minutes: 48,
    account:
      '修理代の件でお電話。半額の要求を断ると、四十八分にわたり怒鳴り続け、担当者の人格を否定する言葉を繰り返した。上席に代わると伝えたところで切れた。',
    recording: '録音 2211-0417',
    opinion: {
      verdict: {
        kind: 'harassment',
        categories: ['verbal_abuse', 'time_restraint'],
        severity: 2,
        elements: {
          superiorPosition: true,
          improperConduct: { which: 'conduct', why: '大声での罵りが四十八分続いた' },
          harmToWorkEnvironment: true,
        },
        statute: { interestedParty: true, beyondAccepted: true, environmentHarmed: true },
      },
      demand: 'unreasonable',
      fairRequest: '修理代の内訳を知りたい',
      reason: '回答を伝えたあとも罵りをやめず、電話を長く占有した',
    } satisfies Opinion,
  },
  /** A question to the supervisor beside a customer's mail. */
  note: {
    from: '安藤 千代子',
    body: '＠田中 由美子さん、郵送の書類は今週中にお返しする約束です。名義変更の控えも同封してよいでしょうか。',
  },
  snippets: [
    {
      title: 'はじめのごあいさつ',
      content:
        '{{ customer }} 様\n\nお問い合わせをいただき、ありがとうございます。{{ mailbox }}でございます。',
    },
    {
      title: '確認してご連絡',
      content:
        'ただいまお調べしております。二営業日のうちに、あらためてご連絡いたします。\nお問い合わせの番号は{{ reference }}です。',
    },
    {
      title: 'Thank you, and what comes next',
      content:
        'Dear {{ customer }},\n\nThank you for writing to us. We are looking into it and will answer within two working days.\nYour reference is {{ reference }}.',
    },
  ],
  signature: '――――――――――\nひなたくらし {{ department }}\n受付 平日 9時から18時',
} as const
