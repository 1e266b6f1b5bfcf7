import type { SetupText } from './ja.setup.ts'

const people = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/** What the page for setting up says in English. */
export const enSetup: SetupText = {
  title: 'Setting up',
  lead: 'Go from top to bottom. It takes about five minutes; you can stop at any time and go on later.',
  progress: (done, all) => `${done} of ${all} done`,
  state: { done: 'Done', next: 'Next', later: 'To do', look: 'Have a look', trouble: 'Trouble' },
  minutes: (n) => `about ${n} min`,
  factor: 'Protect your own sign-in',
  factorLead:
    'Administrators and supervisors need a second factor beside the password: an authenticator app or a passkey.',
  factorDo: 'Set up a second factor',
  mailbox: 'Read mail',
  mailboxLead:
    'Enter the address that customers write to. For the usual services the server is filled in by itself. Mail stays on the server, and stays unread.',
  mailboxAddress: 'The address that customers write to',
  mailboxDo: 'Connect a mailbox',
  mailboxMore: 'State and settings of mailboxes',
  mailboxArrived: (n) => `${people(n, 'thread')} received.`,
  mailboxWaiting: 'Connected. Waiting for the first mail.',
  sending: 'Send mail',
  sendingOn: (server) => `Our mail goes to ${server}.`,
  sendingTry: 'Test the connection',
  sendingWorks: 'Connected: the server takes our mail.',
  sendingAfter: 'Then start the program again; the connection can be tested here.',
  sendingOff:
    'No server takes our mail yet. Put these lines into the settings that the program starts with (.env). Until then no reply and no notice leaves.',
  people: 'Invite people',
  peopleLead:
    'Every thread is seen by two people, and a suspension is decided by a supervisor who is neither of them. You need two people who review, and a supervisor besides.',
  peopleNow: (reviewers, supervisors) =>
    `Now: ${reviewers} who can review, ${people(supervisors, 'supervisor')}`,
  peopleLack: {
    reviewer: 'One more person who reviews is needed.',
    reviewers: 'Two people who review are needed.',
    supervisor: 'A supervisor is needed.',
    third: 'Besides the two who review, a supervisor must decide: invite one more person.',
  },
  peopleDo: 'Invite somebody',
  policy: 'Check the policy',
  policyDo: 'Read the policy',
  policyLead:
    'Read the policy and confirm that you have. Notices carry this company and these contacts. All of it is read from the policy’s own file (policy/policy.yaml).',
  policyCompany: 'Company',
  policyVersion: 'Version',
  policyUrl: 'Published at',
  policyObjection: 'Where to object',
  policyDays: 'A suspension lasts',
  policyDaysOf: (days, review) => `${days} days (reviewed after ${review})`,
  policyOpen: 'See rules and categories',
  templates: 'Look at the notices',
  templatesLead: 'This is what customers receive, on sample data. A change takes two supervisors.',
  templatesOpen: 'See all templates',
  ready: 'Everything is ready',
  readyLead: 'Send a mail to the mailbox from another address. When it arrives, this page says so.',
  readyNext: ['Open the inbox', 'See what the rules do', 'Choose how you are told'],
}
