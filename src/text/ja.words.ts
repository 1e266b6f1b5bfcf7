import type { Demand } from '../domain/assessment.ts'
import type { Category, Flag, Severity } from '../domain/category.ts'
import type { AlertReason, LetterKind } from '../domain/event.ts'
import type { LetterState } from '../domain/letter.ts'
import type { Ground, Identity } from '../domain/mail.ts'
import type { QueueState } from '../domain/matter.ts'
import type { Role } from '../domain/person.ts'
import type { MeasureState } from '../domain/sender.ts'
import { jaDesk } from './ja.desk.ts'
import { jaLadder } from './ja.ladder.ts'

const category: Record<Category, string> = {
  time_restraint: '時間拘束',
  repeat_contact: 'リピート型',
  verbal_abuse: '暴言',
  excessive_demand: '過度な要求',
  threat: '脅迫',
  online_exposure: 'SNS等への投稿',
  fault_finding: '揚げ足取り',
  sexual_harassment: 'セクハラ・つきまとい',
  trespass_other: '不法侵入・その他',
}

const severity: Record<Severity, string> = {
  0: 'なし',
  1: '境界・初回',
  2: '明らか',
  3: '犯罪・緊急',
}

const flag: Record<Flag, string> = {
  self_harm: '命の心配',
  legal_notice: '法的な通知',
  safety: '安全・事故',
  accommodation: '合理的配慮の申し出',
  press: '取材',
  illegible: '自動判定できない本文',
  unverified_sender: '差出人未確認',
  other_sender: '別の人も書いています',
  auto_generated: '自動送信',
  bulk: '一斉配信',
  bounce: '配信エラー',
}

const state: Record<QueueState, string> = {
  disputed: '判断が分かれています',
  approval: '返信の承認待ち',
  second_review: '二人目の確認待ち',
  new: '新着',
  to_answer: '返信待ち',
  to_act: '対応を決める',
  done: '対応済み',
  filed: '自動メール',
  muted: '受信保留',
  joined: 'まとめ済み',
  ...jaDesk.state,
}

const role: Record<Role, string> = {
  reviewer: '担当者',
  supervisor: '責任者',
  auditor: '監査',
  admin: '管理者',
}

const letterState: Record<LetterState, string> = {
  draft: '下書き',
  awaiting_approval: '承認待ち',
  returned: '差し戻し',
  queued: '送信待ち',
  sending: '送信中',
  sent: '送信済み',
  refused: '送信できず',
  uncertain: '送信結果不明',
  cancelled: '取り消し',
}

const letterKind: Record<LetterKind, string> = {
  reply: '返信',
  warning: '警告',
  suspension: '対応停止のご案内',
  lifting: '対応再開のご案内',
  ...jaLadder.letterKind,
}

const measureState: Record<MeasureState, string> = {
  proposed: '提案中',
  declined: '見送り',
  confirmed: '決裁済み・送信待ち',
  in_force: '有効',
  not_announced: '未達・要判断',
  lifted: '解除',
  expired: '期間満了',
  ...jaLadder.measureState,
}

const identity: Record<Identity, string> = {
  verified: '本人確認済み',
  weak: '確認不十分',
  unverified: '未確認',
  failed: 'なりすましの疑い',
}

const ground: Record<Ground['code'], (by: string) => string> = {
  dmarc_pass: (by) => `受信サーバー ${by} がDMARCの合格を記録しています。`,
  dmarc_fail: (by) => `受信サーバー ${by} がDMARCの不合格を記録しています。`,
  dmarc_other_domain: (by) =>
    `受信サーバー ${by} の確認は、差出人とは別のドメインについてのものです。`,
  dmarc_relative: (by) =>
    `受信サーバー ${by} の確認は、差出人と同じ組織の別のドメインについてのものです。`,
  reported_dkim: (by) => `受信サーバー ${by} がDKIMの合格だけを記録しています（DMARCなし）。`,
  reported_spf: (by) => `受信サーバー ${by} がSPFの合格だけを記録しています（DMARCなし）。`,
  results_silent: (by) => `受信サーバー ${by} は差出人を確かめられませんでした。`,
  dkim_pass: (by) => `差出人のドメイン ${by} の電子署名（DKIM）を確かめました。`,
  dkim_relative: (by) => `差出人と同じ組織の ${by} の電子署名（DKIM）があります。`,
  dkim_partial: (by) => `${by} の電子署名（DKIM）は、件名など読まれる部分の一部を含みません。`,
  dkim_undated: (by) => `${by} の電子署名（DKIM）には、いつのものかの記載がありません。`,
  dkim_out_of_time: (by) => `${by} の電子署名（DKIM）の時期が、受信した時期と合いません。`,
  dkim_bad: (by) => `${by} の電子署名（DKIM）が本文と合いません。`,
  dkim_weak: (by) => `${by} の電子署名（DKIM）は弱く、証拠になりません。`,
  dkim_no_key: (by) => `${by} の電子署名（DKIM）の鍵が公開されていません。`,
  dns_unreachable: (by) => `${by} の電子署名（DKIM）の鍵を問い合わせできませんでした。`,
  not_signed: () => '差出人のドメインの電子署名（DKIM）がありません。',
  not_checked: () => '信頼する受信サーバーの記録がなく、確かめていません。',
  from_unclear: () => '差出人（From）が一つのアドレスになっていません。',
}

const demand: Record<Demand, string> = {
  refund: '返金を求めています',
  compensation: '補償を求めています',
  apology: '謝罪を求めています',
  explanation: '説明を求めています',
  reply: '返事を求めています',
  repair_or_exchange: '修理・交換を求めています',
  handler_name: '担当者の名前を求めています',
  staff_private_data: '従業員の個人情報を求めています',
  dismissal: '従業員の処分を求めています',
  call_back: '電話を求めています',
  visit: '訪問を求めています',
  cancellation: '解約・取り消しを求めています',
  own_data: '自分の情報の開示を求めています',
  information: '問い合わせです',
}

const alertReason: Record<AlertReason, string> = {
  ...flag,
  severity_3: '犯罪・緊急のおそれ',
  exposure: '従業員の情報が出るおそれ',
  unreadable: '読み取れないメール',
  objection: 'ご案内への返信（異議の可能性）',
}

/** What codes are called in Japanese. */
export const jaWords = {
  category,
  severity,
  flag,
  state,
  role,
  letterState,
  letterKind,
  measureState,
  identity,
  ground,
  demand,
  alertReason,
}
