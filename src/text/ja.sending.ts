import type { EvidenceKind } from '../domain/evidence.ts'
import type { ReportKind } from '../domain/mail.ts'

const evidence: Record<EvidenceKind, string> = {
  bounce: '配信エラーの通知が届きました（サーバーは受け取りましたが、相手には届いていません）。',
  reply: 'このメールへの返信が届きました。',
  archive_copy: '保管用アドレスに同じメールが届きました。',
  sent_copy: '送信済みフォルダーに同じメールがありました。',
}

const report: Record<ReportKind, string> = {
  failed: '届かずに戻ってきました',
  delayed: '配信が遅れています',
  delivered: '相手のサーバーに届きました',
  receipt: '開封の通知',
  away: '不在の自動応答',
  auto_reply: '自動返信',
  challenge: '送信者の確認を求める自動返信（答える必要はありません）',
  complaint: '迷惑メールとして報告されました',
}

/** What the pages say of what became of a letter. */
export const jaSending = {
  history: 'このメールの記録',
  evidence,
  report,
  looked: (n: number) =>
    n === 0
      ? '控え・返信・配信エラーの通知が届けば、自動で確定します。'
      : `送信済みフォルダーを${n}回探しましたが、控えはまだ見つかっていません。控え・返信・配信エラーの通知が届けば、自動で確定します。`,
  copyTrouble: (words: string) => `送信済みフォルダーに控えを残せていません：${words}`,
}
