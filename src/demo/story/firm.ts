import type { Told } from './told.ts'

const waiting = { name: '筒井 美和', address: 'miwa.tsutsui@wakaba.example' } as const

/** More mail that is firm, angry or alarming to read, and fair: nothing here may be cut off. */
export const firm: readonly Told[] = [
  {
    key: 'fi-witness',
    theme: 'legitimate',
    folder: 'Stores',
    name: '原 久美子',
    address: 'kumiko.hara@sumire.example',
    subject: '隣の窓口で見たこと',
    minutesAgo: 145,
    body: `昨日、川口店で順番を待っていた者です。
隣のお客さんが、受付の女性に「ぶっ殺すぞ」「土下座しろ」と大声で怒鳴り続けていました。
女性は震えていました。どうかあの方を守ってあげてください。必要なら証言します。`,
  },
  {
    key: 'fi-winter',
    theme: 'legitimate',
    name: '大庭 康平',
    address: 'kohei.oba@kinshachi.example',
    subject: '給湯器の修理はいつになるのですか',
    charset: 'EUC-JP',
    minutesAgo: 78,
    body: `給湯器が壊れて五日になります。部品が届いたら連絡すると言われたきり、音沙汰がありません。
八十五の母がいるのに、水風呂で凍え死ぬかと思いました。いくらなんでも遅すぎます。最低の対応です。
今日中に、修理の日を知らせてください。`,
  },
  {
    key: 'fi-name',
    theme: 'legitimate',
    name: '早瀬 仁',
    address: 'jin.hayase@linden.example',
    subject: '説明が食い違っている件',
    minutesAgo: 232,
    body: `先週の電話では「違約金はない」、昨日の電話では「九千九百円かかる」とのご説明でした。
どちらが正しいのか、理由とともに、来週末までに書面でご回答ください。
行き違いを避けるため、ご担当者のお名前と部署の電話番号もお書き添え願います。
正直、たいへん腹を立てております。`,
  },
  {
    ...waiting,
    key: 'fi-waiting-1',
    theme: 'legitimate',
    subject: 'エアコンの水漏れ',
    minutesAgo: 8600,
    body: '取り付けていただいたエアコンから水が漏れています。畳が濡れて困っています。見に来ていただけませんか。',
  },
  {
    ...waiting,
    key: 'fi-waiting-2',
    theme: 'legitimate',
    answers: 'fi-waiting-1',
    quotes: 'phone',
    subject: 'Re: エアコンの水漏れ',
    minutesAgo: 5700,
    body: '二日前にメールした筒井です。まだお返事をいただいていません。水は今も漏れています。',
  },
  {
    ...waiting,
    key: 'fi-waiting-3',
    theme: 'legitimate',
    answers: 'fi-waiting-2',
    quotes: 'phone',
    subject: 'Re: エアコンの水漏れ',
    minutesAgo: 28,
    body: '三回目です。どうして誰も返事をくれないのですか。畳が腐ってしまいました。畳の張り替え代も相談させてください。',
  },
  {
    key: 'fi-cooling-off',
    theme: 'legitimate',
    folder: 'Billing',
    name: '富田 さち',
    address: 'sachi.tomita@furusato-net.example',
    subject: '契約解除の通知（クーリング・オフ）',
    minutesAgo: 172,
    body: `次の契約を解除します。

　契約年月日　先週の土曜日
　商品名　　　浄水器一式
　契約金額　　二十四万八千円
　販売担当　　訪問販売員の方

お支払いした五万円を返金し、商品を引き取ってください。
特定商取引法にもとづく通知です。`,
  },
  {
    key: 'fi-minor',
    theme: 'legitimate',
    folder: 'Billing',
    name: '城戸 亜矢',
    address: 'aya.kido@asagao-mail.example',
    subject: '子どもが勝手に契約しました',
    minutesAgo: 255,
    body: `中学二年の息子が、親に黙ってゲームの課金オプションを契約していました。八万円です。
確認もせずに中学生に契約させるなんて、信じられません！
未成年者の契約として取り消します。手続きを教えてください。`,
  },
  {
    key: 'fi-sorry',
    theme: 'legitimate',
    name: '坂東 義男',
    address: 'yoshio.bando@mizuumi.example',
    subject: '先日のお詫び',
    charset: 'Shift_JIS',
    minutesAgo: 660,
    body: `先日は電話で感情的になり、窓口の方に失礼なことを申しました。
年のせいか、耳が遠くなり、つい声が大きくなります。たいへん申し訳ありませんでした。
料金の件は、送っていただいた資料で納得いたしました。`,
  },
  {
    key: 'fi-shop',
    theme: 'legitimate',
    name: '喫茶まんぼう',
    address: 'manbou@shotengai.example',
    subject: 'レジが使えません！！至急！！',
    minutesAgo: 14,
    body: `朝から回線が切れてレジもカードも使えません！！！
昼の混む時間に現金だけで、お客さんに何度も頭を下げました。もううんざりです！
何時に直るのか、それだけでも教えてください！！`,
  },
  {
    key: 'fi-en-data',
    theme: 'legitimate',
    name: 'Oliver Brandt',
    address: 'oliver.brandt@nordwind.example',
    subject: 'Request for a copy of my personal data, second reminder',
    minutesAgo: 510,
    body: `Dear Sir or Madam,

I asked for a copy of all personal data you hold about me seven weeks ago. You have not answered.
If I hear nothing within ten days I will complain to the Personal Information Protection Commission.

Oliver Brandt`,
  },
  {
    key: 'fi-live-smell',
    theme: 'legitimate',
    name: '倉田 恵理',
    address: 'eri.kurata@tsubame.example',
    subject: '分電盤から焦げたにおいがします',
    minutesAgo: 0,
    live: 75,
    body: `先週、御社に工事していただいた分電盤から、焦げたにおいがします。
触ると熱いです。ブレーカーは落としました。
小さい子がいるので怖いです。すぐに連絡をください。`,
  },
]
