import { enAccount } from './en.account.ts'
import { enActs } from './en.acts.ts'
import { enApi } from './en.api.ts'
import { enCare } from './en.care.ts'
import { enCases } from './en.cases.ts'
import { enConsultation } from './en.consultation.ts'
import { enDesk } from './en.desk.ts'
import { enDisclosure } from './en.disclosure.ts'
import { enDrills } from './en.drills.ts'
import { enDuties } from './en.duties.ts'
import { enEvents } from './en.events.ts'
import { enEvidence } from './en.evidence.ts'
import { enFrame } from './en.frame.ts'
import { enJudging } from './en.judging.ts'
import { enLadder } from './en.ladder.ts'
import { enLists } from './en.lists.ts'
import { mail } from './en.mail.ts'
import { enMailboxes } from './en.mailboxes.ts'
import { enMakings } from './en.makings.ts'
import { enPackage } from './en.package.ts'
import { enPeople } from './en.people.ts'
import { enPolicy } from './en.policy.ts'
import { enQueue } from './en.queue.ts'
import { enReading } from './en.reading.ts'
import { enRefused } from './en.refused.ts'
import { enReplies } from './en.replies.ts'
import { enReports } from './en.reports.ts'
import { enRetention } from './en.retention.ts'
import { enRules } from './en.rules.ts'
import { enSearch } from './en.search.ts'
import { enSenders } from './en.senders.ts'
import { enSending } from './en.sending.ts'
import { enSetup } from './en.setup.ts'
import { enTemplates } from './en.templates.ts'
import { enThread } from './en.thread.ts'
import { enTokens } from './en.tokens.ts'
import { enTold } from './en.told.ts'
import { enWords } from './en.words.ts'
import type { Text } from './ja.ts'

/** The English catalogue, complete: its type is the Japanese one's. */
export const en: Text = {
  ...enWords,
  ...enRefused,
  ...enEvents,
  ...enSearch,
  ...enFrame,
  ...enLists,
  ...enThread,
  ...enJudging,
  ...enActs,
  nav: {
    daily: 'Daily work',
    administration: 'Administration',
    more: 'More',
    care: enCare.title,
    consultation: enConsultation.nav,
    drills: enDrills.title,
    reports: enReports.title,
    tokens: 'Tokens',
    queue: 'Inbox',
    forMe: enDesk.forMe.nav,
    alerts: 'Alerts',
    measures: 'Suspensions',
    outbox: 'Outbox',
    senders: 'Senders',
    incidents: 'Incidents',
    cases: enCases.title,
    retention: enRetention.title,
    policy: enPolicy.nav,
    duties: enDuties.title,
    setup: enSetup.title,
    mailboxes: 'Mailboxes',
    rules: 'Rules',
    templates: 'Notices',
    webhooks: 'Webhooks',
    snippets: 'Snippets',
    disputes: 'Disputes',
    log: 'Log',
    people: 'People',
    settings: 'Settings',
    design: 'Design',
    sent: 'Sent mail',
  },
  mailboxes: enMailboxes,
  rules: enRules,
  senders: enSenders,
  evidence: enEvidence,
  casePackage: enPackage,
  making: enMakings,
  sending: enSending,
  desk: enDesk,
  templates: enTemplates,
  told: enTold,
  care: enCare,
  retention: enRetention,
  disclosure: enDisclosure,
  policy: enPolicy,
  duties: enDuties,
  consultation: enConsultation,
  drills: enDrills,
  reports: enReports,
  tokens: enTokens,
  api: enApi,
  replies: enReplies,
  reading: enReading,
  setup: enSetup,
  cases: enCases,
  filter: enQueue.filter,
  picks: enQueue.picks,
  together: enQueue.together,
  steps: enLadder,
  mail,
  account: enAccount,
  people: enPeople,
}
