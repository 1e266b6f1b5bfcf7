import type { Told } from './told.ts'

/** Mail by machines, a mail that needs care, and one whose sender is not who it names. */
export const machines: readonly Told[] = [
  {
    key: 'm-vacation',
    theme: 'machine',
    name: '平野 徹',
    address: 'hirano@midori-koumuten.example',
    subject: '自動返信: 工事の日程について',
    minutesAgo: 2650,
    headers: { 'Auto-Submitted': 'auto-replied', Precedence: 'auto_reply' },
    body: `このメールは自動で返信しています。

平野は今週いっぱい休暇をいただいております。
お急ぎの方は、みどり工務店の代表番号までご連絡ください。

有限会社みどり工務店　平野 徹`,
  },
  {
    key: 'm-newsletter',
    theme: 'machine',
    name: '業界ニュース便',
    address: 'news@tsushin-gyokai.example',
    subject: '【週刊】通信業界ニュース 第482号',
    minutesAgo: 700,
    headers: {
      'List-Id': '<weekly.tsushin-gyokai.example>',
      'List-Unsubscribe': '<mailto:leave@tsushin-gyokai.example>',
      Precedence: 'bulk',
    },
    body: `今週の話題：新料金プランの比較、五月雨式の値上げ、利用者アンケートの結果。
配信停止は leave@tsushin-gyokai.example へ空のメールをお送りください。`,
    html: '<h1>通信業界ニュース</h1><ul><li>新料金プランの比較</li><li>五月雨式の値上げ</li><li>利用者アンケートの結果</li></ul><img src="https://pixel.tsushin-gyokai.example/482.gif" width="1" height="1" alt="">',
  },
  {
    key: 'm-bounce',
    theme: 'machine',
    name: 'Mail Delivery System',
    address: 'mailer-daemon@mx.mamori.example',
    subject: 'Undelivered Mail Returned to Sender',
    minutesAgo: 800,
    answers: 'hh-gone-2',
    bounced: true,
    body: `This is the mail system at host mx.mamori.example.
I am sorry: your message could not be delivered to one recipient.
The remote server said: 550 5.1.1 user unknown.`,
  },
  {
    key: 'c-alone',
    theme: 'care',
    name: '（名前なし）',
    address: 'yoru@kirisame.example',
    subject: '最後に',
    minutesAgo: 9,
    body: `支払いのことでずっと悩んできました。仕事もなくなって、もう生きていても仕方ないと思います。
窓口の方はいつも優しくしてくれたので、お礼だけ言いたくて。
もう疲れました。消えてしまいたいです。`,
  },
  {
    key: 'f-forged',
    theme: 'forged',
    name: '松井 香織',
    address: 'k.matsui@asagao-mail.example',
    subject: '覚えておけ',
    minutesAgo: 3,
    authentication: 'fail',
    body: '担当の佐藤、お前の家はわかっている。今夜火をつけてやるから待っていろ。',
  },
]
