import type { Category, Severity } from '../domain/category.ts'
import type { Opinion } from '../domain/review.ts'

/** A whole verdict of harassment, as somebody gives it who looked. */
function harassing(given: {
  readonly categories: readonly Category[]
  readonly severity: Severity
  readonly conduct: string
  readonly demand: Opinion['demand']
  readonly fairRequest: string
  readonly reason: string
}): Opinion {
  const { categories, severity, conduct, demand, fairRequest, reason } = given
  return {
    verdict: {
      kind: 'harassment',
      categories,
      severity,
      elements: {
        superiorPosition: true,
        improperConduct: { which: 'conduct', why: conduct },
        harmToWorkEnvironment: true,
      },
      statute: { interestedParty: true, beyondAccepted: true, environmentHarmed: true },
    },
    demand,
    fairRequest,
    reason,
  }
}

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
    opinion: harassing({
      categories: ['verbal_abuse', 'time_restraint'],
      severity: 2,
      conduct: '大声での罵りが四十八分続いた',
      demand: 'unreasonable',
      fairRequest: '修理代の内訳を知りたい',
      reason: '回答を伝えたあとも罵りをやめず、電話を長く占有した',
    }),
  },
  /** A question to the supervisor beside a customer's mail. */
  note: {
    from: '安藤 千代子',
    body: '＠田中 由美子さん、郵送の書類は今週中にお返しする約束です。名義変更の控えも同封してよいでしょうか。',
  },
  /** Two who see it otherwise: a supervisor settles it. */
  dispute: {
    from: '戸塚 昭',
    first: harassing({
      categories: ['verbal_abuse'],
      severity: 1,
      conduct: '電話に出た担当者の知能を侮る言葉がある',
      demand: 'reasonable',
      fairRequest: '配達の遅れで捨てた食品代の弁償',
      reason: '名指しで人を侮っている。初めてなので一言お願いするのがよいと思う',
    }),
    second: {
      verdict: { kind: 'ordinary', needsReply: true },
      demand: 'reasonable',
      fairRequest: '配達の遅れで捨てた食品代の弁償',
      reason: '言葉は荒いが一度だけで、落ち度は当社にある。通常のお詫びで足りる',
    } satisfies Opinion,
  },
  /** A suspension that two agreed on and one proposed: a supervisor decides. */
  proposal: {
    from: '鬼頭',
    opinion: harassing({
      categories: ['excessive_demand'],
      severity: 3,
      conduct: '百万円と担当者の自宅の住所、土下座を求めている',
      demand: 'unreasonable',
      fairRequest: 'イヤホンの不具合への対応',
      reason: '担当者の住所と処分を求めており、身の安全にかかわる',
    }),
    reason: '担当者の自宅を求めており、安全を優先するため',
    /** What becomes of the fair request. */
    fairRequest: 'イヤホンの交換は別の返信でご案内する',
  },
  /** A reply that somebody else reads before it leaves. */
  reply: {
    from: '西口 やすえ',
    subject: 'Re: テレビ映らへんのですけど',
    body: '西口様\n\nご不便をおかけし、申し訳ございません。\n本日の夕方五時から七時のあいだに、担当の者がうかがいます。ご都合が悪いときは、このメールにご返信ください。',
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
  signature: 'ひなたくらし {{ department }}\n受付 平日 9時から18時',
} as const
