import type { Scope, TokenState } from '../domain/token.ts'
import { fullTime } from './clock.ts'

const scope: Record<Scope, string> = {
  'threads:read': 'スレッドとメール（保護された部分を除く）',
  'reviews:read': '確認と判断',
  'senders:read': '差出人',
  'measures:read': '警告と対応停止',
  'incidents:read': '出来事（書かれた経緯を除く）',
  'outbox:read': '送信',
  'events:read': '記録（改ざんを確かめられる形）',
  'health:read': '稼働の様子',
  'shielded:read': '保護された部分の言葉と、出来事の経緯',
  'muted:read': 'ミュート中のメールの本文',
}

const state: Record<TokenState, string> = {
  waiting: '承認待ち',
  active: '有効',
  declined: '却下',
  revoked: '取り消し済み',
}

/** What the page on tokens of programs (トークン) says. */
export const jaTokens = {
  title: 'プログラム用トークン',
  lead: 'ほかのシステムが読み取りに使う鍵です。トークンは読むだけで、確認・承認・送信はできません。',
  docs: 'プログラム用の窓口（API）の説明',
  scope,
  state,
  expired: '期限切れ',
  none: 'まだありません。',
  add: '新しく作る',
  name: '名前',
  nameHelp: 'どのシステムが使うか分かる名前にします。',
  scopes: '読めるもの',
  scopesHelp:
    '保護された部分とミュート中の本文を含むトークン、または自分では読めない受信箱に届くトークンは、別の管理者か責任者が承認するまで使えません。それらが読まれると、そのたびに記録に残ります。',
  mailboxes: '読める受信箱',
  allMailboxes: 'すべての受信箱（今後できるものも）',
  days: '有効期間',
  daysOf: (days: number) => (days === 365 ? '1年' : `${days}日`),
  make: '作る',
  madeTitle: 'トークンを作りました',
  madeOnce:
    'この文字列は今だけ表示されます。今すぐ、使うシステムの秘密の保管場所へ写してください。なくしたときは取り消して作り直します。',
  madeWaits: '別の管理者か責任者が承認するまで、このトークンは使えません。',
  back: '一覧へ戻る',
  by: (name: string, at: string) => `${name}が${fullTime(at, 'ja')}に作成`,
  byOperator: (at: string) => `${fullTime(at, 'ja')}にコマンドで作成`,
  until: (at: string) => `期限：${fullTime(at, 'ja')}`,
  used: (day: string) => `最後に使われた日：${day}（UTC）`,
  unused: 'まだ使われていません',
  endedAt: (at: string) => `終了：${fullTime(at, 'ja')}`,
  approvedBy: (name: string) => `承認：${name}`,
  approve: '承認する',
  decline: '認めない',
  revoke: '取り消す',
  revokeLead: '取り消すとすぐに使えなくなり、元には戻せません。',
  past: '終わったトークン',
  done: {
    tokenApproved: '承認しました。トークンは今から使えます。',
    tokenDeclined: '認めませんでした。',
    tokenRevoked: '取り消しました。もう使えません。',
  },
  refused: {
    token_name_wrong: '名前を80文字以内で入力してください。',
    token_name_taken:
      '同じ名前のトークンがあります。作り直すときは、先に古いものを取り消してください。',
    token_scope_missing: '読めるものを一つ以上選んでください。',
    token_scope_alone: '「保護された部分」と「ミュート中の本文」は、スレッドなどと一緒に選びます。',
    token_mailbox_missing: '受信箱を一つ以上選んでください。',
    token_days_wrong: '有効期間は1日から365日です。',
    token_ended: 'このトークンはもう終わっています。',
    token_not_waiting: '承認を待っていません。すでに決まったか、取り消されています。',
    own_token: '自分が作ったトークンは承認できません。別の管理者か責任者に依頼してください。',
  },
  event: {
    token_made: 'プログラム用トークンを作成',
    token_approved: 'プログラム用トークンを承認',
    token_declined: 'プログラム用トークンを却下',
    token_revoked: 'プログラム用トークンを取り消し',
    passages_read_by_token: 'プログラムが保護された部分を読み取り',
    incident_read_by_token: 'プログラムが出来事の経緯を読み取り',
  },
}
