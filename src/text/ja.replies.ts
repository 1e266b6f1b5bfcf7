import type { EventKind } from '../domain/event.ts'
import type { RefusalReason } from '../domain/step.ts'
import type { SnippetVariable, WordingEvent } from '../domain/wording.ts'

type Flaw = 'empty' | 'too_long' | 'syntax' | 'unknown_variable' | 'unsendable'

const flaw: Record<Flaw, (about: string) => string> = {
  empty: () => '本文を書いてください。',
  too_long: (n) => `長すぎます（${n}文字まで）。`,
  syntax: (words) => `書き方に誤りがあります：${words}`,
  unknown_variable: (name) => `{{ ${name} }} という項目はありません。下の一覧から選んでください。`,
  unsendable: () => 'ピリオドだけの行は使えません。',
}

const variable: Record<SnippetVariable, string> = {
  customer: 'お客さまの名前（ないときは空）',
  reference: '受付番号',
  mailbox: '差出人名（受信箱の名前）',
  department: '対応する部署',
  company: '会社名',
  today: '今日の日付',
  signature: '受信箱の署名',
}

/** Reasons why an act on replies, files or their wordings is refused. */
export const refusedReplies = {
  mail_changed:
    '表示した後に、送られるメールの内容（本文・署名・添付・日付）が変わりました。承認も変更もしていません。今の内容をもう一度お確かめください。',
  reply_unchanged: '元の文と同じです。書き換えずに、承認か差し戻しを選んでください。',
  files_too_many: '添付は10個までです。',
  file_too_large: '添付は1個5MBまで、合わせて10MBまでです。',
  file_name_wrong:
    'この名前や種類のファイルは添付できません。PDF・画像・Office文書・テキスト・ZIPを、記号のない名前でお使いください。',
  file_empty: '中身のないファイルは添付できません。',
  wording_changed_meanwhile:
    'ほかの人が先に変更しました。今の内容を確かめて、もう一度お願いします。',
} as const satisfies Partial<Record<RefusalReason, string>>

export const eventReplies = {
  snippet_kept: '定型文を保存',
  snippet_removed: '定型文を削除',
  signature_kept: '署名を変更',
} as const satisfies Pick<Record<EventKind, string>, WordingEvent['kind']>

/** What acts on replies say when they are done. */
export const doneReplies = {
  attached: '添付しました。下書きも保存しました。',
  detached: '添付を外しました。',
  inserted: '下書きに入れました。',
  dropped: '下書きを捨てました。',
  snippetKept: '定型文を保存しました。',
  snippetRemoved: '定型文を削除しました。',
  signatureKept: '署名を保存しました。',
}

/** What the pages on writing replies, their approval, and disputes say. */
export const jaReplies = {
  savedAt: (time: string) => `保存しました ${time}`,
  saving: '保存しています…',
  unsaved: 'まだ保存されていません。',
  cannotSave: '保存できません。接続を確かめています。この画面を閉じないでください。',
  signedOut:
    'サインインが切れたため、保存できません。この画面を閉じず、別のタブでサインインしてください。書いた文はこの画面に残っています。',
  otherPerson:
    '別の人がサインインしています。書いた文は保存されていません。必要なら控えてから、この画面を閉じてください。',
  gone: 'この下書きは、別の画面で承認へ出されたか、捨てられました。書いた文はこの画面に残っています。',
  signIn: '別のタブでサインインする',
  otherTab: '別の画面で、この下書きが書き換えられました。',
  otherTabHelp: 'どちらの文を残すか選んでください。選ぶまで、どちらも失われません。',
  thisText: 'この画面の文',
  otherText: '保存されている文',
  keepThis: 'この画面の文を残す',
  takeOther: '保存されている文を使う',
  ownDraft: 'あなたの下書き（あなたにだけ見えます）',
  drop: '下書きを捨てる',
  formatted: '書式を使う',
  formattedHelp:
    '**太字**　- 箇条書き　[文字](https://…)　> 引用。使わなければ文字だけで送ります。',
  quote: '元のメールを引用',
  leftOut: '［表示を控えた部分は引用しません］',
  snippet: '定型文',
  insert: '挿入',
  noSnippet: '定型文を選ぶ',
  files: '添付',
  fileChoose: 'ファイルを選ぶ',
  fileHelp: 'PDF・画像・Office文書・テキスト・ZIP。1個5MB、合わせて10MB、10個まで。',
  attach: '添付する',
  detach: (name: string) => `${name} を外す`,
  signature: '署名',
  signatureHelp: '本文の下に自動で付きます。',
  noSignature: '署名はありません。',
  asItLeaves: 'このまま送られるメール',
  asItLeavesHelp: '承認すると、ここに見えるメールがそのまま送られます。',
  from: '差出人',
  to: '宛先',
  subject: '件名',
  date: '日付',
  textPart: '本文',
  htmlPart: 'HTMLの本文',
  noFiles: '添付なし',
  bytes: (n: number) =>
    n < 1024 ? `${n}バイト` : `${Math.ceil(n / 1024).toLocaleString('ja-JP')}KB`,
  mailHash: 'メール全体のSHA-256',
  mailHashApproved: '承認されたメールのSHA-256',
  unsendable: 'このままでは送れません。書き換えるか、差し戻してください。',
  changes: '変更点',
  changedBy: (name: string, before: string) => `${before}さんの文を、${name}さんが書き換えました。`,
  resubmitted: (name: string) => `${name}さんが、前に出した文から直した所です。`,
  wasAdded: '追加',
  wasGone: '削除',
  accept: '変更を受け入れて送る',
  acceptLead:
    '書き換えられた文でよければ承認してください。そのまま送られます。直すときは書き換えると、別の人の承認を待ちます。',
  snippets: {
    title: '定型文と署名',
    lead: '返信に入れる文と、返信の下に付く署名です。返信は必ず別の人が承認するため、責任者が一人で変更できます。',
    add: '定型文を加える',
    edit: '定型文を変更する',
    name: '名前',
    body: '本文',
    bodyHelp: '{{ }} の項目は、返信に入れるときに置き換わります。',
    where: '使う受信箱',
    everywhere: 'すべての受信箱',
    none: '定型文はまだありません。',
    remove: '削除する',
    flawed: 'このままでは使えません。',
    preview: '見本での表示',
    variables: '使える項目',
    signatures: '署名',
    signatureOf: (name: string) => `${name}の署名`,
    signatureHelp: '空にすると署名は付きません。承認を待つ返信にも、次の表示から反映されます。',
    set: '設定する',
    variable,
    flaw,
  },
  disputes: {
    title: '判断が分かれたスレッド',
    lead: '二人の確認が分かれたものです。確認をしていない責任者が裁定します。',
    none: '裁定を待つスレッドはありません。',
    may: (names: string) => `裁定できる人：${names}`,
    nobody: '裁定できる責任者がいません。確認をしていない責任者が必要です。',
    open: '裁定の画面を開く',
    one: '裁定',
    why: {
      verdict: '該当するかどうかで分かれました。',
      severity: '程度が2段階以上違います。',
      unsure: '「判断できない」という確認があります。',
    },
    first: '一人目の確認',
    second: '二人目の確認',
    verdict: '判定',
    elements: '三つの要素',
    superior: '優越的な立場を利用した言動',
    improper: '不当な言動・要求',
    harm: '就業環境が害される',
    conduct: '言動',
    demand: '要求',
    holds: 'あり',
    missing: 'なし',
    reason: '理由',
    noReason: '（理由の記入なし）',
    categories: '分類',
    severity: '程度',
    demandFair: '要求の妥当性',
    fair: '残る正当なご用件',
    noFair: 'なし',
    mails: 'メールを読む（必要なときだけ）',
    mailsHelp: '有害な部分は隠れています。開くと記録されます。',
    decide: 'あなたの裁定',
    ownReview: 'あなたはこのスレッドを確認したため、裁定できません。ほかの責任者が裁定します。',
    settled: '裁定されました',
    notDisputed: 'このスレッドは、いま判断が分かれていません。',
  },
}
