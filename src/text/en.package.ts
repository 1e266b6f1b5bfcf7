import type { PackageText } from './ja.package.ts'
import { plural } from './plural.ts'

/** What the package of a case says in English. */
export const enPackage: PackageText = {
  button: 'Export the case',
  help: 'Puts the original mails, attachments, decisions, measures, letters and the chain of the record into one zip. That it was exported goes on record. Names of staff, care records, consultations and drafts are not in it.',
  failed:
    'The case could not be exported, and nothing of it was left behind. The server’s log says why. Ask an administrator to run doctor and verify.',
  hide: {
    title: 'Mask people who have no part in it',
    others: 'Everybody in From, To and Cc of the mails but this sender and our own people',
    words: 'Further names or words to mask, one a line',
    help: 'A mail with something masked is in it as a copy, without attached files. The hash of the original stays, so that it can be compared at any time. Nothing is looked for inside pictures and files.',
  },
  making: {
    title: 'Export of the case',
    under: (mails, of) =>
      mails < of
        ? `The export is being made: ${mails} of ${plural(of, 'mail')}`
        : 'The export is being made: the report',
    ready: 'The export is ready. It can be saved for 15 minutes.',
    save: (size) => `Save (${size})`,
    look: 'See how far it is',
    back: 'Back to the case',
    leave: 'The work goes on when you leave this page.',
  },
  masked: {
    copy: 'A copy in which people are masked. The original mail is kept; it has this SHA-256:',
    note: (people, mails) =>
      `To protect people who have no part in this case, ${plural(people, 'name, address or word is', 'names, addresses or words are')} masked ([masked 1] and so on). ${plural(mails, 'mail is', 'mails are')} in it as copies, without attached files. The original mails are kept; their hashes are in mails.json.`,
  },
  report: {
    title: (name) => `Record of the case of ${name}`,
    lead: 'A record of how customer harassment was dealt with. The original mails and the chain of the record are in the same package, so that anyone can check whether anything was changed.',
    who: 'Sender',
    name: 'Name',
    addresses: 'Addresses',
    joined: (n) => `Includes ${plural(n, 'sender')} confirmed to be the same person.`,
    mails: 'Mails',
    span: (n, first, last) => `${plural(n, 'mail')}, from ${first} to ${last}`,
    noMails: 'There is no mail',
    timeline: 'Course of events',
    nothing: 'There is no decision and no measure yet.',
    decided: (outcome) => `Decision: ${outcome}`,
    outcome: { harassment: 'customer harassment', ordinary: 'ordinary enquiry' },
    how: { agreed: 'two reviews agreed', settled: 'settled by a supervisor' },
    incident: (kind) => `Incident (${kind})`,
    proposed: (name) => `${name} proposed`,
    announced: (name) => `${name} announced (accepted by the recipient’s server)`,
    ends: (name, state) => `${name} ends (state: ${state})`,
    letter: (kind, state) => `Letter (${kind}): ${state}`,
    conduct: 'Conduct by category',
    conductLead:
      'For each category that was found: the words that the automatic assessment points to, and when. They are quoted as they were written; reader discretion is advised.',
    conductNone: 'No such conduct was found.',
    category: 'Category',
    date: 'Date',
    words: 'Words',
    where: 'Original file',
    noWords: 'The automatic assessment points to no words. See the threads and decisions.',
    more: (n) => `${n} more in data/threads.json`,
    severity: 'Severity',
    reviews: 'Reviews and elements',
    elements: {
      superiorPosition: 'Uses a superior position',
      improperConduct: 'Improper conduct or demand',
      harmToWorkEnvironment: 'Harms the working environment',
    },
    yes: 'yes',
    no: 'no',
    reason: 'Reason',
    by: 'By',
    measures: 'Measures',
    measuresNone: 'There is no measure.',
    until: 'Until',
    objection: 'Objection',
    custody: 'Chain of custody',
    custodyLead:
      'All events are chained: the hash of each covers the hash of the one before it. The signature below vouches for how far the chain went.',
    checkpointAt: 'Signed at',
    events: 'Events',
    head: 'Last hash',
    list: 'SHA-256 of the list of all hashes',
    key: 'Signed with (public key)',
    check: 'README.txt says how to check it. Staff are named by role and number only.',
    staff: (role, id) => `${role} ${id}`,
    product: 'automatic',
  },
}
