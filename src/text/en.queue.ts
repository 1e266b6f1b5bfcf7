import type { QueueText } from './ja.queue.ts'

const threads = (n: number) => `${n} thread${n === 1 ? '' : 's'}`

/** Filters of the queue, views that somebody saved, and several threads at once, in English. */
export const enQueue: QueueText = {
  filter: {
    saved: 'Saved views',
    on: 'Filters that are on',
    remove: (label) => `Remove the filter ${label}`,
    more: 'Filter',
    any: 'All',
    category: 'Category',
    severityLabel: 'Severity',
    severity: { '1': 'Borderline or more', '2': 'Clear or more', '3': 'Crime or urgent only' },
    senderLabel: 'Sender',
    sender: { verified: 'Verified senders only', unverified: 'With unverified senders' },
    apply: 'Apply',
    save: 'Save view',
    name: 'Name of the view',
    nameHelp: 'Keeps the filters that are on under a name. Only you see it.',
    saveDo: 'Save',
    drop: (name) => `Remove “${name}”`,
  },
  together: {
    none: 'Nothing was selected.',
    refused: (n) => `${n} ${n === 1 ? 'was' : 'were'} left as they were.`,
    missing: 'There is no such thread.',
  },
  picks: {
    title: 'What came of it',
    legend: 'With the threads that are ticked',
    select: (subject) => `Tick: ${subject}`,
    take: 'Take them',
    to: 'Hand to',
    hand: 'Hand over',
    until: 'Until',
    snooze: 'Put off',
    done: (n) => `${threads(n)} done.`,
    back: 'Back to the list',
  },
  done: {
    picked: 'Done with the threads that were ticked.',
    viewSaved: 'The view is saved.',
    viewDropped: 'The saved view is removed.',
  },
}
