import type { Unit } from '../domain/calendar.ts'
import type { AgreementLevel } from '../domain/report.ts'
import type { jaReports } from './ja.reports.ts'
import { plural } from './plural.ts'

const unit: Record<Unit, string> = {
  day: 'day by day',
  week: 'by weeks from Monday',
  month: 'month by month',
}

const level: Record<AgreementLevel, string> = {
  none: 'Less than by chance',
  slight: 'Slight',
  fair: 'Fair',
  moderate: 'Moderate',
  substantial: 'Substantial',
  full: 'Almost full',
}

export const enReports: typeof jaReports = {
  title: 'Reports',
  lead: 'Counts and shares alone: no word of a customer, and nobody’s own figures.',
  period: 'Period',
  lastDays: (n) => `Last ${n} days`,
  stretch: (from, to, by) => `From ${from} to ${to}, ${unit[by]}, in Japan time.`,
  mailbox: 'Mailbox',
  csv: 'Save the table as CSV',
  table: 'As a table',
  whole: 'Whole period',
  minutes: (n) => plural(n, 'minute'),
  hours: (n) => plural(n, 'hour'),
  daysLong: (n) => plural(n, 'day'),
  minutesShort: (n) => `${n} min`,
  hoursShort: (n) => `${n} h`,
  daysShort: (n) => plural(n, 'day'),
  overTime: (total, most, when) =>
    total === 0 ? 'None at all.' : `${total} in all; most at one time: ${most} (${when}).`,
  inChart: (when, name, n) => `${when} · ${name}: ${n}`,

  categories: 'Categories over time',
  categoriesLead:
    'Threads by the day of their last mail, stacked by the categories that the rules see in them. A thread with several categories counts in each.',
  categoriesEmpty:
    'The rules see no category in any thread of this period. Once mail comes in that they see one in, it is stacked up here.',
  mailboxes: 'Mailboxes over time',
  mailboxesLead: 'Threads by the day of their last mail, stacked by mailbox.',
  mailboxesEmpty: 'No thread had mail in this period. Mail that comes in is stacked up here.',
  otherMailboxes: 'Other mailboxes',
  volume: 'Mailboxes and categories',
  volumeLead: 'Threads with mail in this period, and the categories that the rules see in them.',
  threads: 'Threads',

  waiting: 'Time until a review',
  waitingLead: 'From the last mail’s arrival until somebody reviewed it, by the day of the review.',
  waitingEmpty:
    'Nobody reviewed anything in this period. Once a first or second person does, the time it took stands here.',
  person: (place) => (place === 1 ? 'First person' : 'Second person'),
  reviewsOf: (person) => `${person}: reviews`,
  medianOf: (person) => `${person}: median`,
  ninetyOf: (person) => `${person}: nine of ten within`,
  medianTo: 'Median',
  ninetyTo: 'Nine of ten within',
  waitedWhole: (n, half, ninety) =>
    `${plural(n, 'review')}: median ${half}, nine of ten within ${ninety}`,
  nobodyReviewed: 'No reviews',
  noReviews: 'None',

  agreement: 'How far two people agree',
  agreementLead:
    'Share of agreement, and Cohen’s κ (kappa), which leaves out what chance alone would give. Close to 1 is good. The words are those of Landis and Koch.',
  agreementEmpty:
    'In no thread of this period both people have given their review. Each second review makes a pair.',
  about: 'About',
  verdict: 'Whether the policy applies',
  pairs: 'Pairs',
  share: 'Agreement',
  kappa: 'κ',
  inWords: 'In a word',
  level,
  tooFew: (n) => `Not given under ${n} pairs`,
  noKappa: 'Everybody says the same: it cannot be worked out',
  kappaScale: 'On a scale from −1 to 1',

  rulesTitle: 'How far people uphold the rules',
  rulesLead:
    'Of the threads in which a rule spoke, the share in which people decided so as well, with its 95 % interval (Wilson). Rules that spoke most come first.',
  rulesEmpty:
    'About no rule was enough decided in this period to give a share. Once two people have decided on threads in which a rule spoke, it stands here.',
  rulesMost: (shown, all) =>
    `Here are the ${shown} with a share that spoke most; the CSV has all ${all} that spoke.`,
  rule: 'Rule',
  ruleId: 'Id',
  fired: 'Spoke',
  judged: 'Decided',
  upheld: 'Upheld',
  upheldShare: 'Share',
  from: 'Interval from',
  to: 'Interval to',
  fewCases: (n) => `Under ${n} decisions`,
  precision: (percent, low, high, of) =>
    `${percent}% (${low} to ${high}%), ${plural(of, 'decision')}`,
  rules: 'See the list of rules',

  suspensions: 'Suspensions over time',
  suspensionsLead:
    'Proposed, confirmed, lifted and expired, and objections, by the day that it happened. Warnings are left out.',
  suspensionsEmpty:
    'Nothing happened to any suspension in this period. One that is proposed after a decision on harassment stands here.',
  step: {
    measure_proposed: 'Proposed',
    measure_confirmed: 'Confirmed',
    suspension_lifted: 'Lifted',
    suspension_expired: 'Expired',
    objection_received: 'Objections',
  },
  measures: 'Warnings and suspensions',
  measuresLead: 'What was proposed in this period, by how it stands now.',
  measuresEmpty:
    'No warning or suspension was proposed in this period. One that is proposed after a decision on harassment stands here.',
  kind: 'Kind',
  state: 'State',

  exposure: 'Reading load by desk',
  exposureLead: (least) =>
    `How often shielded passages were opened, for whole desks; never a person’s figure. Where fewer than ${least} people opened any, a figure would tell of single ones and is not given.`,
  exposureEmpty: 'There is no desk whose load you may see.',
  opened: 'Opened',
  people: 'People who opened',
  each: 'Per person',
  tooFewPeople: (least) => `Not given for fewer than ${least} people`,
  exposureChart: (most) => `Bars by desk; ${most} at the one with most`,
  exposureWithheld: (least) =>
    `At every desk fewer than ${least} people opened shielded passages: there is no chart.`,
  team: 'Your own reading load stands on the page on care.',
}
