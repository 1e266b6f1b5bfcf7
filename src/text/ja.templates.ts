import type { NoticeKind, TemplateFlaw, Variable } from '../domain/notice.ts'
import type { ProposalState } from '../domain/proposal.ts'

const kind: Record<NoticeKind, string> = {
  warning: '警告のご案内',
  suspension: '対応停止のご案内',
  refusal: 'ご要望をお断りするご案内',
  renewal: '対応停止の継続のご案内',
  objection: '異議・見直しへのご回答',
  lifting: '対応再開のご案内',
  mute_answer: '停止中の自動の返信',
}

const variable: Record<Variable, string> = {
  customer: 'お客さまの名前（ないときは空）',
  company: '会社名',
  department: '部署名',
  policy: '方針の名前',
  policy_url: '方針のページ（ないときは空）',
  conduct: '該当した行為の一覧',
  mail_dates: '対象のメールの日付の一覧',
  today: '今日の日付',
  ends_on: '停止の終わりの日',
  review_on: '見直しの日',
  stays_open: '停止中も受け付ける用件（選んだものと方針のもの、連絡先）',
  open_topics: '停止中も受け付ける用件として選んだものの一覧',
  open_line: 'ほかに受け付ける用件（ないときは空）',
  open_address: 'その連絡先（ないときは空）',
  scope: '停止する範囲（この窓口・すべての窓口）',
  outcome: '異議・見直しの結果',
  objection: '異議の申し出先',
  reference: '受付番号',
}

const flaw: Record<TemplateFlaw['kind'], (about: string) => string> = {
  head: () => '件名と本文の形が読み取れません。',
  too_long: (n) => `長すぎます（${n}文字まで）。`,
  syntax: (words) => `書き方に誤りがあります：${words}`,
  unknown_variable: (name) => `{{ ${name} }} という項目はありません。下の一覧から選んでください。`,
  undeclared_variable: (name) => `{{ ${name} }} が宣言されていません。`,
  idle_variable: (name) => `{{ ${name} }} は宣言されていますが使われていません。`,
  list_unjoined: (name) =>
    `{{ ${name} }} は一覧です。{{ ${name} | join: "、" }} のように区切りを付けてください。`,
  lacks_variable: (name) =>
    `{{ ${name} }}（${variable[name as Variable]}）が、どの場合にも入っている必要があります。`,
  lacks_consequence: (words) =>
    `この後どうなるかが書かれていません。次のどれかの言葉で書いてください：${words}`,
  names_staff: (name) =>
    `担当者「${name}」の名前が入っています。ご案内に担当者の名前は書けません。`,
  unsendable: () => '件名の改行や、ピリオドだけの行は使えません。',
}

const state: Record<ProposalState, string> = {
  open: '承認待ち',
  approved: '承認済み',
  declined: '見送り',
  withdrawn: '取り下げ',
}

const language: Record<'ja' | 'en', string> = { ja: '日本語', en: '英語' }

/** What the pages on templates (文例) say. */
export const jaTemplates = {
  title: 'ご案内の文例',
  lead: '警告・対応停止などのご案内に使う文です。変更は、別の責任者が承認してから使われます。',
  kind,
  language,
  variable,
  flaw,
  state,
  fromFile: '最初に入っている文',
  changedHere: 'この画面で変更された文',
  waiting: '承認待ちの変更',
  past: 'これまでの変更',
  none: 'まだありません。',
  edit: '変更する',
  subject: '件名',
  body: '本文',
  bodyHelp:
    '{{ }} の項目は送るときに置き換わります。異議の申し出先とこの後どうなるかは必ず書き、担当者の名前は書きません。',
  reason: '変更の理由',
  preview: '見本で確かめる',
  propose: '承認へ出す',
  useFile: '最初の文に戻す案を作る',
  variables: '使える項目',
  type: { text: '文字', list: '一覧' },
  sample: '見本',
  previewTitle: '見本での表示',
  previewBare: '名前も方針のページもないお客さまの場合',
  flawed: 'このままでは使えません。',
  difference: '変更点',
  gone: '削除',
  added: '追加',
  proposedBy: '提案',
  decidedBy: '判断',
  decisionReason: '判断の理由',
  approve: '承認して使い始める',
  decline: '見送る',
  withdraw: '取り下げる',
  ownProposal: '自分の提案は、別の責任者が承認します。',
  otherLanguage: 'もう一方の言語は今のままです。内容がそろっているか確かめてください。',
}
