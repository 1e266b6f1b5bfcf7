import type { jaLists } from './ja.lists.ts'
import { plural } from './plural.ts'

/** What lists of threads say in English. */
export const enLists: typeof jaLists = {
  queueTitle: 'Inbox',
  queueOpen: 'Open',
  queueMine: 'Awaits a second person',
  queueDisputed: 'To settle',
  queueDone: 'Done',
  queueFiled: 'Automatic',
  queueEmpty: 'All quiet. The next mail arrives by itself.',
  queueEmptyFilter: 'No thread matches.',
  allMailboxes: 'All mailboxes',
  newMail: (n) => `Show ${plural(n, 'new item')}`,
  reconnecting: 'Connection lost, reconnecting. Everything you do still works.',
  urgent: 'Urgent',
  shieldedSubject: 'Subject is shielded',
  noSubject: '(no subject)',
  unknownSender: '(unknown sender)',
  mails: (n) => plural(n, 'mail'),
  page: (n) => `Page ${n}`,
  nextPage: 'Next page',
  previousPage: 'Previous page',
  gistNth: (n, days) =>
    days === 0 ? `${plural(n, 'mail')} today` : `${plural(n, 'mail')} in ${plural(days, 'day')}`,
  gistConduct: (name, n) => `${name}: ${plural(n, 'possible passage')}`,
  gistAttachments: (n) => plural(n, 'attachment'),
  gistLabel: 'Gist (made by rules)',
  request: 'What the customer asks',
}
