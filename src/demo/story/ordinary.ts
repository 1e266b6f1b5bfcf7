import { picture, textFile } from '../enclosures.ts'
import type { Told } from './told.ts'

/** A cardboard box on a dark floor, with a dent in its side. */
function dentedBox(x: number, y: number): readonly [number, number, number] {
  if (x < 40 || x > 200 || y < 30 || y > 130) return [58, 60, 66]
  const fromDent = Math.hypot(x - 150, y - 80)
  if (fromDent < 28) return [112 + Math.round(fromDent), 82 + Math.round(fromDent), 52]
  return y > 76 && y < 84 ? [214, 196, 160] : [188, 146, 96]
}

/** Everyday mail: most of what a support team reads. */
export const ordinary: readonly Told[] = [
  {
    key: 'o-plan',
    theme: 'ordinary',
    name: '松井 香織',
    address: 'k.matsui@asagao-mail.example',
    subject: '料金プランの変更について',
    minutesAgo: 5,
    body: `ひなたくらし お客様相談窓口 御中

いつもお世話になっております。契約者の松井です。
来月から在宅の仕事が増えるため、データ容量の大きいプランに変えたいと考えています。
月の途中で変更した場合、料金は日割りになりますでしょうか。

お手数ですがご教示ください。

松井 香織
契約番号 H-20418`,
  },
  {
    key: 'o-address',
    theme: 'ordinary',
    name: '橋本',
    address: 'hashimoto-t@kaigara.example',
    subject: '住所変更',
    minutesAgo: 44,
    body: '引っ越しました。新しい住所は埼玉県川口市です。\n手続きはネットでできますか？',
  },
  {
    key: 'o-thanks',
    theme: 'ordinary',
    name: '大沢 ミヨ',
    address: 'miyo.osawa@furusato-net.example',
    subject: '先日のお礼',
    minutesAgo: 130,
    body: `前略　先日は修理に来てくださった若い方に、たいへん親切にしていただきました。
八十二の年寄りにもわかるように、紙に書いて説明してくださいました。
お茶もお出しせず失礼いたしました。どうぞよろしくお伝えください。　かしこ
大沢`,
  },
  {
    key: 'o-invoice',
    theme: 'ordinary',
    folder: 'Billing',
    name: '有限会社みどり工務店 経理',
    address: 'keiri@midori-koumuten.example',
    subject: '請求書の宛名変更のお願い',
    charset: 'ISO-2022-JP',
    minutesAgo: 210,
    body: `ご担当者様

お世話になっております。みどり工務店の経理担当です。
十二月分より、請求書の宛名を「株式会社みどり工務店」に変更していただけますでしょうか。
よろしくお願いいたします。`,
  },
  {
    key: 'o-card',
    theme: 'ordinary',
    folder: 'Billing',
    name: '市川 亮',
    address: 'ryo-ichikawa@hoshi.example',
    subject: 'カードの有効期限',
    charset: 'Shift_JIS',
    minutesAgo: 300,
    body: 'クレジットカードの有効期限が切れるので、新しいカードに変えたいです。\n手順を教えてください。',
  },
  {
    key: 'o-hours',
    theme: 'ordinary',
    folder: 'Stores',
    name: 'なかむら',
    address: 'nakamu.84@pocket.example',
    subject: '営業時間',
    minutesAgo: 61,
    body: '立川店って祝日は何時までですか？機種変したいです',
  },
  {
    key: 'o-reserve',
    theme: 'ordinary',
    folder: 'Stores',
    name: '藤原 涼子',
    address: 'fujiwara.r@wakaba.example',
    subject: '来店予約の変更',
    charset: 'EUC-JP',
    minutesAgo: 95,
    body: `ひなたくらし 立川店 御中

木曜日の十時に機種変更の予約をした藤原です。
子どもの発表会と重なってしまい、金曜日の午後に変更をお願いできますか。
三時以降でしたら何時でも伺えます。

藤原 涼子`,
  },
  {
    key: 'o-html',
    theme: 'ordinary',
    name: '清水 純',
    address: 'jun.shimizu@linden.example',
    subject: 'ルーターのランプが赤い',
    minutesAgo: 18,
    body: '',
    html: '<p>お世話になります。清水です。</p><p>昨夜からルーターの<b>一番上のランプ</b>が赤く点滅しています。<br>再起動は試しました。次に何をすればよいでしょうか。</p>',
  },
  {
    key: 'o-photo',
    theme: 'ordinary',
    name: '黒田 まりこ',
    address: 'mariko.k@sumire.example',
    subject: '届いた箱がへこんでいました',
    minutesAgo: 72,
    body: '今日届いた空気清浄機の箱がへこんでいました。\n中身は動いています。念のため写真をつけます。このまま使って大丈夫でしょうか。',
    attachments: [
      picture('箱の写真.png', { width: 240, height: 160, colourAt: dentedBox }),
      textFile('メモ.txt', '受け取った時間：午前十時ごろ\n配達員の方も箱のへこみを見ています。\n'),
    ],
  },
  {
    key: 'o-en-esim',
    theme: 'ordinary',
    name: 'Lena Hoffmann',
    address: 'lena.hoffmann@nordwind.example',
    subject: 'Moving my number to an eSIM',
    minutesAgo: 150,
    body: 'Hello,\n\nI would like to move my number from the plastic SIM to an eSIM before I travel next week.\nCould you tell me which steps I need to take, and whether the line goes down in between?\n\nKind regards,\nLena Hoffmann',
  },
  {
    key: 'o-cancel-order',
    theme: 'ordinary',
    name: '堀 悠斗',
    address: 'yuto.hori@tsubame.example',
    subject: '注文のキャンセル',
    minutesAgo: 240,
    body: '注文番号 88213 の除湿機ですが、まちがえて二台頼んでしまいました。一台だけキャンセルできますか。',
  },
  {
    key: 'o-manual',
    theme: 'ordinary',
    name: '谷口 節子',
    address: 'setsuko.taniguchi@furusato-net.example',
    subject: '説明書の字',
    minutesAgo: 400,
    body: '説明書の字が小さくて読めません。\n大きい字のものはありますか。よろしくおねがいします。',
  },
  {
    key: 'o-student',
    theme: 'ordinary',
    name: '小林 翔',
    address: 's24.kobayashi@gakusei.example',
    subject: '学割について質問',
    minutesAgo: 520,
    body: '大学院生でも学割の対象になりますか？学生証のほかに必要なものがあれば知りたいです。',
  },
  {
    key: 'o-thread-1',
    theme: 'ordinary',
    name: '石田 浩二',
    address: 'koji.ishida@mizuumi.example',
    subject: '工事の日程について',
    minutesAgo: 2900,
    body: '光回線の工事を申し込んだ石田です。最短でいつになりますか。',
  },
  {
    key: 'o-thread-2',
    theme: 'ordinary',
    own: true,
    answers: 'o-thread-1',
    name: 'お客様相談窓口',
    address: 'support@hinata-kurashi.example',
    subject: 'Re: 工事の日程について',
    minutesAgo: 2700,
    body: '石田様\n\nお申し込みありがとうございます。最短で来週木曜日の午前にお伺いできます。ご都合はいかがでしょうか。\n\nひなたくらし お客様相談窓口',
  },
  {
    key: 'o-thread-3',
    theme: 'ordinary',
    answers: 'o-thread-2',
    name: '石田 浩二',
    address: 'koji.ishida@mizuumi.example',
    subject: 'Re: 工事の日程について',
    minutesAgo: 33,
    quotes: 'gmail',
    body: `早速のご返信ありがとうございます。木曜日の午前でお願いします。
駐車場は家の前に一台分あります。

石田`,
  },
  {
    key: 'o-live',
    theme: 'ordinary',
    name: '宮本 あゆみ',
    address: 'ayumi.miyamoto@asagao-mail.example',
    subject: '解約ではなく一時休止はできますか',
    minutesAgo: 0,
    live: 25,
    body: '半年ほど海外に行くことになりました。番号を残したまま休止する方法があれば教えてください。',
  },
]
