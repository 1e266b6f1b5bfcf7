import type { NoticeFacts, NoticeKind, Variable } from './domain/notice.ts'

/** Whether the variable is one text or several; several have to be joined. */
export type VariableType = 'text' | 'list'

export function typeOf(variable: Variable): VariableType {
  const lists: readonly Variable[] = ['conduct', 'mail_dates', 'open_topics']
  return lists.includes(variable) ? 'list' : 'text'
}

/** Facts that show every branch of a template, for previews and the check at start-up. */
export const sampleFacts: NoticeFacts = {
  customer: '山田 太郎',
  company: '守り商事株式会社',
  department: 'お客様相談窓口',
  policy: 'カスタマーハラスメントに対する基本方針',
  policy_url: 'https://mamori.example/policy',
  conduct: ['暴言', '脅迫'],
  mail_dates: ['2026年11月20日', '2026年11月22日'],
  today: '2026年11月23日',
  ends_on: '2027年5月22日',
  review_on: '2027年2月21日',
  stays_open:
    '・契約の終了・解約のお申し出\n・事故・製品の安全に関わるご連絡\nご請求についてのご連絡は、引き続き承ります。\nご連絡先：legal@mamori.example',
  open_topics: ['契約の終了・解約のお申し出', '事故・製品の安全に関わるご連絡'],
  open_line: '配送中のお荷物についてのご連絡',
  open_address: 'legal@mamori.example',
  scope: 'この窓口',
  outcome: 'お申し出を確認した結果、停止を継続いたします。',
  objection: 'この判断に異議がある場合は、このメールへの返信でお知らせください。',
  reference: 'a1b2c3d4e5f6',
}

/** The same for a notice in English. */
export const sampleFactsInEnglish: NoticeFacts = {
  customer: 'Taro Yamada',
  company: 'Mamori Trading Co., Ltd.',
  department: 'Customer Service',
  policy: 'Basic policy on customer harassment',
  policy_url: 'https://mamori.example/policy',
  conduct: ['verbal abuse', 'threats'],
  mail_dates: ['20 November 2026', '22 November 2026'],
  today: '23 November 2026',
  ends_on: '22 May 2027',
  review_on: '21 February 2027',
  stays_open:
    '- Ending your contract\n- Reports on accidents and product safety\nInvoices remain open.\nWhere to write: legal@mamori.example',
  open_topics: ['Ending your contract', 'Reports on accidents and product safety'],
  open_line: 'Parcels that are on their way',
  open_address: 'legal@mamori.example',
  scope: 'this desk',
  outcome: 'Having looked at it again, we keep the suspension as it is.',
  objection: 'If you object to this decision, please reply to this message.',
  reference: 'a1b2c3d4e5f6',
}

/** Facts of a customer without a name, of a company without a page on its policy. */
export const bareFacts: NoticeFacts = {
  ...sampleFacts,
  customer: '',
  policy_url: '',
  conduct: ['暴言'],
  mail_dates: ['2026年11月20日'],
  open_topics: ['契約の終了・解約のお申し出'],
  open_line: '',
  open_address: '',
}

export const variables = Object.keys(sampleFacts) as readonly Variable[]

/** What a notice must say, by kind: where to object, and what follows. */
export const needed: Record<NoticeKind, readonly Variable[]> = {
  warning: ['objection', 'conduct'],
  suspension: ['objection', 'conduct', 'ends_on', 'stays_open'],
  refusal: ['objection'],
  renewal: ['objection', 'ends_on', 'stays_open'],
  objection: ['outcome', 'ends_on', 'stays_open'],
  lifting: [],
  mute_answer: ['ends_on', 'stays_open'],
}

/** Words of which a notice has at least one, so that it says what follows (policy: ご説明の上). */
export const consequences: Record<NoticeKind, Record<'ja' | 'en', readonly string[]>> = {
  warning: {
    ja: ['停止', '中断', 'お断り', '打ち切', '終了', '控えさせて', '警察', '弁護士', '法的'],
    en: ['suspend', 'stop', 'end ', 'refuse', 'no longer', 'police', 'lawyer', 'legal'],
  },
  suspension: {
    ja: ['停止', '中断', 'お断り'],
    en: ['suspend', 'stop', 'will not be able to reply', 'no longer'],
  },
  refusal: {
    ja: ['最終', 'いたしかね', 'お断り', 'できません', '応じられ'],
    en: ['final', 'cannot', 'unable', 'not able', 'decline'],
  },
  renewal: {
    ja: ['停止', '中断', 'お断り'],
    en: ['suspend', 'stop', 'will not be able to reply', 'no longer'],
  },
  objection: {
    ja: ['停止', '中断'],
    en: ['suspend', 'suspension', 'stop'],
  },
  lifting: {
    ja: ['再開'],
    en: ['again', 'resume', 'lifted'],
  },
  mute_answer: {
    ja: ['停止', '中断'],
    en: ['suspend', 'stop', 'will not be able to reply', 'no longer'],
  },
}
