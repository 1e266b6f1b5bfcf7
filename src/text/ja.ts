import { jaAccount } from './ja.account.ts'
import { jaActs } from './ja.acts.ts'
import { jaApi } from './ja.api.ts'
import { jaCare } from './ja.care.ts'
import { jaCases } from './ja.cases.ts'
import { jaConsultation } from './ja.consultation.ts'
import { jaDesk } from './ja.desk.ts'
import { jaDisclosure } from './ja.disclosure.ts'
import { jaDrills } from './ja.drills.ts'
import { jaDuties } from './ja.duties.ts'
import { jaEvents } from './ja.events.ts'
import { jaEvidence } from './ja.evidence.ts'
import { jaFrame } from './ja.frame.ts'
import { jaJudging } from './ja.judging.ts'
import { jaLadder } from './ja.ladder.ts'
import { jaLists } from './ja.lists.ts'
import { mail } from './ja.mail.ts'
import { jaMailboxes } from './ja.mailboxes.ts'
import { jaMakings } from './ja.makings.ts'
import { jaPackage } from './ja.package.ts'
import { jaPeople } from './ja.people.ts'
import { jaPolicy } from './ja.policy.ts'
import { jaQueue } from './ja.queue.ts'
import { jaReading } from './ja.reading.ts'
import { jaRefused } from './ja.refused.ts'
import { jaReplies } from './ja.replies.ts'
import { jaReports } from './ja.reports.ts'
import { jaRetention } from './ja.retention.ts'
import { jaRules } from './ja.rules.ts'
import { jaSearch } from './ja.search.ts'
import { jaSenders } from './ja.senders.ts'
import { jaSending } from './ja.sending.ts'
import { jaSetup } from './ja.setup.ts'
import { jaTemplates } from './ja.templates.ts'
import { jaThread } from './ja.thread.ts'
import { jaTokens } from './ja.tokens.ts'
import { jaTold } from './ja.told.ts'
import { jaWords } from './ja.words.ts'

/** The Japanese catalogue. Every other language has its shape: a missing sentence does not compile. */
export const ja = {
  ...jaWords,
  ...jaRefused,
  ...jaEvents,
  ...jaSearch,
  ...jaFrame,
  ...jaLists,
  ...jaThread,
  ...jaJudging,
  ...jaActs,
  nav: {
    daily: '日々の仕事',
    administration: '管理',
    more: 'その他',
    care: jaCare.title,
    consultation: jaConsultation.nav,
    drills: jaDrills.title,
    reports: jaReports.title,
    tokens: 'トークン',
    queue: '受信',
    forMe: jaDesk.forMe.nav,
    alerts: '緊急',
    measures: '対応停止',
    outbox: '送信',
    senders: '差出人',
    incidents: '出来事',
    cases: jaCases.title,
    retention: jaRetention.title,
    policy: jaPolicy.nav,
    duties: jaDuties.title,
    setup: jaSetup.title,
    mailboxes: '受信箱',
    rules: 'ルール',
    templates: '文例',
    webhooks: '外部通知',
    snippets: '定型文',
    disputes: '裁定',
    log: '記録',
    people: '利用者',
    settings: '設定',
    design: '部品帳',
    sent: '送信されたメール',
  },
  mailboxes: jaMailboxes,
  rules: jaRules,
  senders: jaSenders,
  evidence: jaEvidence,
  casePackage: jaPackage,
  making: jaMakings,
  sending: jaSending,
  desk: jaDesk,
  templates: jaTemplates,
  told: jaTold,
  care: jaCare,
  retention: jaRetention,
  disclosure: jaDisclosure,
  policy: jaPolicy,
  duties: jaDuties,
  consultation: jaConsultation,
  drills: jaDrills,
  reports: jaReports,
  tokens: jaTokens,
  api: jaApi,
  replies: jaReplies,
  reading: jaReading,
  setup: jaSetup,
  cases: jaCases,
  filter: jaQueue.filter,
  picks: jaQueue.picks,
  together: jaQueue.together,
  steps: jaLadder,
  mail,
  account: jaAccount,
  people: jaPeople,
}

export type Text = typeof ja
