import type { Told } from './told.ts'

/** Words in disguise: romaji, masks, spaces, half-width letters, line beginnings, pictures. */
export const disguised: readonly Told[] = [
  {
    key: 'di-romaji',
    theme: 'verbal_abuse',
    name: 'noname',
    address: 'nn0417@kirisame.example',
    subject: 'yo',
    minutesAgo: 101,
    body: 'omae baka ka? tantou no inoue, kuzu sugiru. shine. denwa ni deru na.',
  },
  {
    key: 'di-mask',
    theme: 'verbal_abuse',
    folder: 'Stores',
    name: 'M・T',
    address: 'mt-2288@kirisame.example',
    subject: '店員について',
    minutesAgo: 333,
    body: '新宿店のレジの若いの、使えなさすぎ。ク　ズ。ﾊﾞ ｶ。し*ばいいのに。あんなの雇ってる店長もカ〇だろ。',
  },
  {
    key: 'di-acrostic',
    theme: 'verbal_abuse',
    name: '風間 隼人',
    address: 'hayato.kazama@ginrei.example',
    subject: '感謝状',
    minutesAgo: 640,
    body: `やさしいご対応に、毎回感激しております。
くわしいご説明も、三度目でようやくわかりました。
たいへん勉強になります。
たのしみにしております、次の言い訳も。
ずっとその席にいてください。皆さんのために、縦にも読んでください。`,
  },
  {
    key: 'di-emoji',
    theme: 'threat',
    name: '',
    address: 'luna-404@kirisame.example',
    subject: '😊',
    minutesAgo: 22,
    body: '長谷川さん💐 いつも九時すぎの電車で帰るんだね🚃 夜道は暗いから🌃 うしろに気をつけて🔪😊 待ってるね',
  },
  {
    key: 'di-lewd',
    theme: 'sexual_harassment',
    name: 'ぽん太',
    address: 'ponta-z@pocket.example',
    subject: '声フェチです',
    minutesAgo: 570,
    body: '昨日でんわに出た女の子、エ〇い声だったね♡ その声で「おやすみ」って言って♡ む ね 何カップ？ 毎晩かけるから出てね。',
  },
  {
    key: 'di-en-leet',
    theme: 'verbal_abuse',
    name: 'zed',
    address: 'zed@harbour.example',
    subject: 'gr8 service',
    minutesAgo: 480,
    body: 'gr8 service, s t u p i d m0r0ns. tell the b*tch on chat she is a useless id1ot and should go d1e.',
  },
  {
    key: 'di-live-again',
    theme: 'threat',
    name: '鬼頭',
    address: 'kito@gouriki.example',
    answers: 'h-demand-1',
    quotes: 'phone',
    subject: 'Re: 慰謝料',
    minutesAgo: 0,
    live: 125,
    body: '百万の返事はまだか。払わないなら、うちの若い者を店に行かせる。店長が無事に帰れると思うなよ。',
  },
]
