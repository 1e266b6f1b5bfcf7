/** What the pages of the policy made known (周知) say in Japanese. */
export const jaPolicy = {
  event: {
    policy_published: '基本方針の版を使用開始',
    policy_confirmed: '基本方針を読んだことを確認',
  },
  refused: {
    policy_changed:
      '読んでいる間に方針が改められました。新しい版を読んで、もう一度確認してください。',
  },
  done: { policyRead: '確認しました。ありがとうございます。' },
  nav: '基本方針',
  lead: '私たちが何からどう守られ、お客さまにどう対応するかを定めた方針です。',
  version: (name: string) => `${name}版`,
  since: (day: string) => `${day}から有効`,
  sinceUnknown: '有効になった日は、まだ記録されていません',
  mark: '照合番号',
  earlier: 'これは以前の版です。いま有効な方針ではありません。',
  now: 'いまの版を読む',
  confirm: '読みました',
  confirmLead: '読み終えたら、一度だけ押してください。読んだ版と日時が記録に残ります。',
  confirmed: (time: string) => `${time}に、この版を読んだことを確認しました。`,
  hint: '基本方針を、まだ確認していません。手の空いたときにお読みください。',
  hintDo: '方針を読む',
  part: {
    purpose: 'はじめに',
    definition: 'カスタマーハラスメントとは',
    examples: '具体例',
    response: 'お客さまへの対応',
    staff: '従業員を守るために',
    consultation: '相談窓口',
    privacy: '記録と個人情報',
    request: 'お客さまへのお願い',
  },
  staysOpen: '対応を停止している間も承ること',
  guidance: '対応の目安',
  desk: '相談窓口を開く',
  proseMissing:
    '方針の文書（policy/policy.yaml）に本文（prose）がありません。見本を参考に、会社の言葉で加えてください。それまでは定義と具体例だけを示します。',
  language: { ja: '日本語', en: 'English' },
  publicTitle: 'お客さま向けの案内',
  publicLead:
    'サインインなしで見られるページです。担当者の名前や内部の情報は載りません。ウェブサイトやメールからリンクできます。',
  publicOpen: '公開ページを開く',
  publicInside:
    'いまのアドレスは、社内からしか開けないかもしれません。公開するには、社外から届くアドレスを設定（MAMORI_BASE_URL）してください。',
  publicLetters:
    '通知の文面にリンクを載せるには、このアドレスを policy/policy.yaml の url に書いてください。',
  footerTitle: 'メールの末尾に添える文',
  footerLead: '署名や自動返信に、そのまま写して使えます。',
  footerOf: { ja: '日本語の文', en: '英語の文' },
  footer: (company: string, title: string, url: string) =>
    `${company}では、従業員が安心して働けるよう「${title}」を定めています。ご意見・ご要望はこれまでどおり承ります。\n${url}`,
  readers: '確認の状況',
  readersGo: '誰が読んだかを見る',
  readersLead: '方針が周知されたことを示すための記録です。順位や評価には使いません。',
  share: (n: number, of: number) => `${of}人のうち${n}人が確認しました。`,
  shareNobody: '確認を求める人が、まだいません。',
  versions: '版',
  versionOf: (name: string, day: string) => `${name}版（${day}から）`,
  earlierReaders: '以前の版については、確認した人だけを示します。',
  wordsOf: 'この版の文面を読む',
  head: {
    name: '氏名',
    state: '状態',
    confirmed: '確認した日時',
    version: '方針の版',
    mark: '照合番号',
  },
  state: {
    confirmed: '確認済み',
    waiting: '未確認',
    absent: '未確認（不在中）',
    former: '確認済み（現在は利用していない）',
  },
  readersNone: 'まだ誰も確認していません。',
  csv: 'CSVで保存',
  back: '基本方針へ戻る',
}

export type PolicyText = typeof jaPolicy
