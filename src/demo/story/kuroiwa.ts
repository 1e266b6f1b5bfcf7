import type { Told } from './told.ts'

const kuroiwa = { name: '黒岩 剛志', address: 'kuroiwa@gouriki.example' } as const

/** The main story: abuse that grows into a threat, and what comes after the suspension. */
export const mainStory: readonly Told[] = [
  {
    ...kuroiwa,
    key: 'k-1',
    theme: 'verbal_abuse',
    subject: '修理代の件',
    minutesAgo: 2800,
    body: `洗濯機の修理代一万二千円は高すぎる。半額にしろ。
電話に出た佐藤とかいう女、頭が悪すぎて話にならない。あんな無能を電話に出すな。`,
  },
  {
    key: 'k-2',
    theme: 'verbal_abuse',
    own: true,
    answers: 'k-1',
    name: 'お客様相談窓口',
    address: 'support@hinata-kurashi.example',
    subject: 'Re: 修理代の件',
    minutesAgo: 1500,
    body: `黒岩様

お問い合わせありがとうございます。修理代は部品代九千円と技術料三千円でございます。
保証期間を過ぎているため、減額はいたしかねます。これが当社の最終のご回答でございます。

ひなたくらし お客様相談窓口`,
  },
  {
    ...kuroiwa,
    key: 'k-3',
    theme: 'verbal_abuse',
    answers: 'k-2',
    subject: 'Re: 修理代の件',
    minutesAgo: 600,
    quotes: 'gmail',
    body: `最終回答だと？　客をなめるな。
佐藤、お前みたいなゴミは辞めてしまえ。バカにもわかるように書いてやる。半額にしろ。土下座して謝れ。`,
  },
  {
    ...kuroiwa,
    key: 'k-4',
    theme: 'threat',
    answers: 'k-2',
    subject: 'Re: 修理代の件',
    minutesAgo: 15,
    body: `返事がないな。いい度胸だ。
佐藤、お前の帰り道はもう調べた。駅前のコンビニに七時だろう。明日そこで待っている。刺してやるから覚悟しろ。`,
  },
  {
    ...kuroiwa,
    key: 'k-5',
    theme: 'verbal_abuse',
    answers: 'k-2',
    subject: 'Re: 修理代の件',
    minutesAgo: 0,
    live: 150,
    afterLetter: 20,
    body: '無視か。クズの集まりだな、お前らは。',
  },
  {
    ...kuroiwa,
    key: 'k-6',
    theme: 'threat',
    answers: 'k-2',
    subject: 'Re: 修理代の件',
    minutesAgo: 0,
    live: 180,
    afterLetter: 50,
    body: '今日は会社の前まで来ている。ガソリンも用意した。出てきた奴から火をつけてやる。',
  },
]
