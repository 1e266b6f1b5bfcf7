import type { jaCare } from './ja.care.ts'
import { plural } from './plural.ts'

export const enCare: typeof jaCare = {
  title: 'Care',
  lead: 'What reading weighs is counted for your own sake. Nobody but you sees your figures; supervisors in charge of care see a word, and nobody is compared or ranked.',
  own: 'What you have read',
  level: { none: 'No load at present', light: 'Light', noticeable: 'Noticeable', heavy: 'Heavy' },
  advice: {
    none: 'You opened no shielded passage in four weeks. Where the gist is enough to judge, nothing needs to be opened.',
    light:
      'Where the gist is enough to judge, nothing needs to be opened. Take a short break after reading.',
    noticeable:
      'You have been reading harsh words for a while. You may hand the next harsh mail to somebody else, without a reason.',
    heavy:
      'You have read many harsh words. Please talk to a supervisor and let somebody take over for a while. It does not count against you.',
  },
  graveToday: (n) =>
    `You opened ${plural(n, 'grave passage')} today. This is a good moment to stop and ask somebody to take over.`,
  how: 'How it is counted',
  howText: (days) =>
    `Each opened passage adds one to four, by its severity, and weighs half as much after ${plural(days, 'day')}. New threads that are given out automatically go first to those who carry least, and no two harsh ones in a row to one person.`,
  days: (n) => `Passages opened in the last ${n} days`,
  chart: (n) => `Bars by day; ${n} on the day with most`,
  table: 'As figures',
  day: 'Day',
  opened: 'Opened',
  talk: 'Who you can talk to',
  talkLead: 'Please do not carry it alone. Talking about it has no disadvantage for you.',
  nobody:
    'No other supervisor looks after your mailboxes. Please talk to your company’s consultation desk or physician.',
  away: 'Step away for a while',
  inCare: 'How it is with those in your care',
  inCareLead:
    'For the sake of care, shown to supervisors alone. In order of names, not of load. Please never use it to judge anybody’s work.',
  inCareNobody: 'Nobody is in your care.',
  passed: (n, days) => `passed on ${plural(n, 'thread')} in ${days} days`,
  pass: 'Not this one',
  passLead:
    'No reason is needed. Others see only that it was handed back, as always. That you passed it on is known to supervisors in charge of care alone.',
  passedOwn: 'This one is not assigned to you any more.',
  team: 'Load by desk',
  teamLead:
    'Nobody’s own figures are shown: only how a desk stands as a whole, where five or more people review.',
  teamFew: (n) => `${plural(n, 'person', 'people')} review here: no figure is given`,
  teamOf: (n, words) => `Average of ${n} people: ${words}`,
}
