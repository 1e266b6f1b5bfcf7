import type { Told } from './told.ts'

const same = { name: '島村 芳江', address: 'yoshie.shimamura@asagao-mail.example' } as const
const night = { name: '大友 誠一', address: 'seiichi.otomo@tsubame.example' } as const

/** What only the whole shows: one customer in three departments, one night, one question. */
export const departments: readonly Told[] = [
  {
    ...same,
    key: 'de-support-1',
    theme: 'repeat_contact',
    subject: 'ポイントの失効について',
    minutesAgo: 5900,
    body: `島村と申します。期限が切れたポイント八百円分を、もとに戻してください。
案内のはがきを見落としただけです。`,
  },
  {
    key: 'de-support-2',
    theme: 'repeat_contact',
    own: true,
    answers: 'de-support-1',
    name: 'お客様相談窓口',
    address: 'support@hinata-kurashi.example',
    subject: 'Re: ポイントの失効について',
    minutesAgo: 5600,
    body: `島村様

失効したポイントをもとに戻すことはできかねます。はがきのほか、メールでも二度ご案内しておりました。
これが当社の最終のご回答でございます。ご理解のほどお願い申しあげます。

ひなたくらし お客様相談窓口`,
  },
  {
    ...same,
    key: 'de-support-3',
    theme: 'repeat_contact',
    answers: 'de-support-2',
    quotes: 'outlook',
    subject: 'Re: ポイントの失効について',
    minutesAgo: 1150,
    body: '最終と言われても困ります。八百円分を戻してください。ほかの部署の方にも同じことをお願いするつもりです。',
  },
  {
    ...same,
    key: 'de-billing',
    theme: 'repeat_contact',
    folder: 'Billing',
    subject: '失効ポイントを請求額から引いてください',
    minutesAgo: 1120,
    body: `相談窓口では何度お願いしても断られましたので、ご請求窓口にお願いします。
失効したポイント八百円分を、今月の請求額から引いてください。店舗の方にも同じメールを送ります。`,
  },
  {
    ...same,
    key: 'de-stores',
    theme: 'repeat_contact',
    folder: 'Stores',
    subject: '失効ポイントの件、店長さんから言ってください',
    minutesAgo: 1095,
    body: `相談窓口にも請求窓口にも断られました。店長さんから本社に言って、八百円分を戻させてください。
聞いていただけるまで、毎週お送りします。`,
  },
  {
    ...night,
    key: 'de-night-1',
    theme: 'time_restraint',
    subject: '回答待ち',
    minutesAgo: 640,
    body: '解約の計算がおかしい。十分以内に回答しろ。寝ないで待っている。お前らも寝るな。',
  },
  {
    ...night,
    key: 'de-night-2',
    theme: 'time_restraint',
    answers: 'de-night-1',
    subject: 'Re: 回答待ち',
    minutesAgo: 628,
    body: '十分過ぎた。まだか。',
  },
  {
    ...night,
    key: 'de-night-3',
    theme: 'time_restraint',
    answers: 'de-night-2',
    subject: 'Re: 回答待ち',
    minutesAgo: 615,
    body: 'まだか。誰か起きているだろう。返事をするまで十分ごとに送り続ける。',
  },
  {
    ...night,
    key: 'de-night-4',
    theme: 'time_restraint',
    answers: 'de-night-3',
    subject: 'Re: 回答待ち',
    minutesAgo: 604,
    body: 'まだか。担当をたたき起こせ。朝まで付き合わせる。',
  },
  {
    key: 'de-slip-1',
    theme: 'fault_finding',
    name: '葛西 由紀夫',
    address: 'yukio.kasai@wakaba.example',
    subject: '点検のご案内について',
    minutesAgo: 3800,
    body: 'ガス給湯器の点検は、毎年受けなければならないのですか。',
  },
  {
    key: 'de-slip-2',
    theme: 'fault_finding',
    own: true,
    answers: 'de-slip-1',
    name: 'お客様相談窓口',
    address: 'support@hinata-kurashi.example',
    subject: 'Re: 点検のご案内について',
    minutesAgo: 3500,
    body: `葛西様

点検は任意でございますが、毎年お受けになることをおすすめしております。

ひなたくらし お客様相談窓口`,
  },
  {
    key: 'de-slip-3',
    theme: 'fault_finding',
    answers: 'de-slip-2',
    quotes: 'gmail',
    name: '葛西 由紀夫',
    address: 'yukio.kasai@wakaba.example',
    subject: 'Re: 点検のご案内について',
    minutesAgo: 3300,
    body: `「任意でございますが」の「が」とは何ですか。任意なのか、任意でないのか、はっきりしなさい。
「おすすめ」とは命令のことですか。同じ質問をもう一度します。毎年受けなければならないのですか。`,
  },
  {
    key: 'de-slip-4',
    theme: 'fault_finding',
    answers: 'de-slip-3',
    quotes: 'gmail',
    name: '葛西 由紀夫',
    address: 'yukio.kasai@wakaba.example',
    subject: 'Re: 点検のご案内について',
    minutesAgo: 240,
    body: `返事が遅いですね。前回は三百分で返したのに、今回は三千分です。矛盾していませんか。
点検の話はもう結構です。「お受けになること」という敬語は誤りではないですか。言い間違いを認めて、訂正文を出しなさい。`,
  },
]
