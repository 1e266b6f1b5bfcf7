import type { jaDuty } from './ja.duty.ts'

export const enDuty: typeof jaDuty = {
  words: {
    title: 'Have a policy',
    law: 'Say clearly that staff are protected from customer harassment, and how it is responded to.',
    rule: 'Shown where the policy has words of its own and the day on which it came into force is on record; else in part.',
    cannot: 'What your work rules and other internal rules say.',
  },
  known: {
    title: 'Make it known to staff',
    law: 'Make the policy known to everybody who works for you, and help them understand it.',
    rule: 'Shown where everybody has confirmed the version in force, in part where some have, not shown where nobody has.',
    cannot: 'Staff who do not use this product.',
  },
  public: {
    title: 'Make it known to customers',
    law: 'To tell customers that staff are protected helps to deter.',
    rule: 'In part where the settings name a place that can be reached from outside, else not shown. Whether anybody read it is not known.',
    cannot: 'Notices on your website and premises, and in contracts.',
  },
  desk: {
    title: 'Have a consultation desk',
    law: 'Settle beforehand who takes what staff report, and make that known.',
    rule: 'Shown with two supervisors or more, in part with one (who cannot take what concerns themselves), else not shown.',
    cannot: 'A desk outside the company, and how those at the desk are trained.',
  },
  answers: {
    title: 'Answer those who come',
    law: 'Take reports widely, doubtful ones included, and respond promptly.',
    rule: 'Shown where five reports or more had a first answer, else in part: fewer would tell who they are from.',
    cannot:
      'What is said in person, and whether answers were right (only the reporter and who took it read them).',
  },
  two_people: {
    title: 'Leave nobody alone with it',
    law: 'Find out the facts accurately, and as far as possible leave nobody to deal with it alone.',
    rule: 'Shown where something was decided in the period: each decision takes two people apart from each other, and none can be made by one. In part where nothing was.',
    cannot: 'Who stands by on the telephone and in person.',
  },
  at_once: {
    title: 'Tell a supervisor at once',
    law: 'Grave conduct is reported to a manager right away, who gives directions.',
    rule: 'Shown where all alerts of the period were acknowledged; in part where some were not, or there were none.',
    cannot: 'How calls and visits are reported.',
  },
  protection: {
    title: 'Make it stop',
    law: 'Once the facts are clear, look after the person harmed and act towards the person responsible without delay.',
    rule: 'Shown where a warning or suspension was announced in the period, else in part.',
    cannot: 'What is done outside of mail, such as turning visitors away.',
  },
  care: {
    title: 'Care for those who were harmed',
    law: 'Mind the effects on mind and body, and support people by talks, rest or a referral.',
    rule: 'Shown where care was offered in the period and none of it is overdue; in part where some is, or there was none.',
    cannot: 'What talks and doctors did, and rest or other work that was arranged.',
  },
  recurrence: {
    title: 'Prevent it from happening again',
    law: 'In the light of what happened, make the policy known anew and take steps against its happening again.',
    rule: 'In part where there are suspensions in force, changed rules or holds, else not shown. The record says nothing of causes.',
    cannot: 'What the causes were, and what was improved in work, products and information.',
  },
  training: {
    title: 'Train people',
    law: 'Teach staff how to serve customers well and how to handle harassment.',
    rule: 'Shown where everybody was trained in the period, in part where some were, not shown where nobody was.',
    cannot: 'Training that was not recorded here.',
  },
  ladder: {
    title: 'Settle beforehand how malicious conduct is met',
    law: 'Decide in advance how particularly malicious conduct is met (warnings, ending service), and tell staff.',
    rule: 'Shown where the policy’s own words say so, else in part.',
    cannot: 'Procedures on premises and on the telephone.',
  },
  outside: {
    title: 'Work with police and lawyers',
    law: 'Report to the police what may be a crime, consult lawyers, and use legal means.',
    rule: 'Always in part. That evidence was prepared can be shown; whether it was handed over is not on record.',
    cannot: 'When whom was told or consulted, and what came of it.',
  },
  privacy: {
    title: 'Protect privacy',
    law: 'Protect the personal information of those who report, those who were harmed and those accused, and make that known.',
    rule: 'Shown where care notes and reports are encrypted and two people approved how long things are kept, else in part.',
    cannot: 'Paper, conversations, and internal rules.',
  },
  no_disadvantage: {
    title: 'Put nobody at a disadvantage',
    law: 'Lay down, and make known, that nobody is treated worse for having reported or helped.',
    rule: 'In part where the policy has words of its own, else not shown. The product keeps out of the log that somebody went to the desk, asks for no reason for “not this one” and ranks nobody; how people are treated it cannot know.',
    cannot: 'Appraisals, transfers and contracts, and what your work rules say.',
  },
  fairness: {
    title: 'Respect the rights of customers',
    law: 'Do not turn away fair requests, complaints or requests for accommodation, and hear objections.',
    rule: 'Shown where every objection of the period was answered; in part where one waits, or there were none.',
    cannot: 'How requests for accommodation were in fact met.',
  },
}
