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
    body: '十一月末まで休暇をいただいております。お急ぎの方は代表番号までご連絡ください。',
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
    body: '今週の話題：新料金プランの比較、五月雨式の値上げ、利用者アンケートの結果。',
  },
  {
    key: 'm-bounce',
    theme: 'machine',
    name: 'Mail Delivery System',
    address: 'mailer-daemon@mx.mamori.example',
    subject: 'Undelivered Mail Returned to Sender',
    minutesAgo: 800,
    headers: { 'Auto-Submitted': 'auto-replied', 'Return-Path': '<>' },
    body: 'I could not deliver the message to yamada@gone.example: 550 5.1.1 user unknown.',
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
