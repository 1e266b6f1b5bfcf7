import type { jaThread } from './ja.thread.ts'
import { plural } from './plural.ts'

/** What a thread’s page says of its mails in English. */
export const enThread: typeof jaThread = {
  conversation: 'Conversation',
  earlier: (n) => `In between: ${plural(n, 'item')}`,
  fromUs: 'From us',
  fromCustomer: 'From the customer',
  attachments: 'Attachments',
  original: 'Original (.eml)',
  unreadable: 'This mail could not be read. Its original is kept.',
  htmlNote: 'Only the text of this HTML mail is shown.',
  passage: (names, sentences) => `Possible ${names} · ${plural(sentences, 'sentence')}`,
  reveal: 'Show',
  hide: 'Hide',
  revealed: 'Shown (recorded)',
  print: 'Print',
  printedBy: (name, at, reference) =>
    `Reference ${reference}. Printed by ${name}, ${at}. Of shielded passages it holds those alone that were open.`,
  signatureLines: (lines) => `Signature (${plural(lines, 'line')})`,
  quotedLines: (lines) => `Quoted text (${plural(lines, 'line')})`,
  revealNote: 'Showing a passage is recorded, so that your load can be lightened.',
  quotedShield: 'Quotation · shielded',
  unjudgedShield: 'Mail that could not be judged · shielded',
  mutedShield: (names) =>
    names === '' ? 'Muted mail · shielded' : `Muted mail · possible ${names}`,
  arrangeTitle: 'Arrange threads',
  splitTitle: 'Split off mails',
  splitLead: 'Choose the mails that are about another matter.',
  splitDo: 'Split off',
  splitWill: (moving: number, staying: number) =>
    `${plural(moving, 'mail')} will move to a new thread. ${plural(staying, 'mail')} will stay in this one.`,
  splitThen: [
    'Both threads are assessed again and reviewed by two people. Reviews that are under way start over.',
    'Decisions that were made and our letters stay in this thread.',
    'Later answers to the mails that you split off will reach the new thread.',
    'You can undo this later. What you do is recorded.',
  ],
  joinTitle: 'Join threads',
  joinLead: 'Which of this sender’s threads does it belong to?',
  joinDo: 'Join',
  joinWill: (mails: number, from: string, into: string) =>
    `${plural(mails, 'mail')} of “${from}” will move to “${into}”.`,
  joinThen: [
    'The thread that takes the mails is assessed again and reviewed by two people. Reviews that are under way start over.',
    'Decisions that were made and our letters stay with the old thread, which leaves the queue.',
    'Later answers to the old thread will reach the one that it was joined into.',
    'You can undo this later. What you do is recorded.',
  ],
  lookFirst: 'Look at what will happen',
  movingMails: 'Mails that move',
  andMore: (n: number) => `and ${plural(n, 'more mail')}`,
  joinedAway: 'This thread was joined into another one. Its mails are in:',
  movesTitle: 'How it was arranged',
  moveSaid: {
    split: {
      out: (who: string, n: number) => `${who} split off ${plural(n, 'mail')}, now in:`,
      in: (who: string, n: number) =>
        `${who} split off ${plural(n, 'mail')} into this thread, from:`,
    },
    join: {
      out: (who: string, n: number) => `${who} joined ${plural(n, 'mail')} into:`,
      in: (who: string, n: number) => `${who} joined ${plural(n, 'mail')} into this thread, from:`,
    },
    undo: {
      out: (who: string, n: number) => `${who} undid a change, and ${plural(n, 'mail')} went to:`,
      in: (who: string, n: number) =>
        `${who} undid a change, and ${plural(n, 'mail')} came back from:`,
    },
  },
  wasUndone: 'undone',
  undo: 'Undo',
  otherSender: 'not this thread’s sender',
  replyGoesTo: (address: string) =>
    `The newest mail is by somebody else. The reply goes to the thread’s sender (${address}). To answer the other person, split off their mail first.`,
  signature: 'Signature',
  mutedMail: 'Muted mail',
  mutedHidden: 'This mail came during a suspension. Only supervisors can show its text.',
  reasons: 'Why the rules say so',
  reasonsNone: 'No rule saw anything.',
  reasonsAgainst: 'What speaks against',
  ruleSet: (version) => `Rules ${version}`,
  policyExamples: 'Examples in the policy',
  guidance: 'What to do',
  score: (n) => `Likelihood ${n} %`,
  threadNews: 'New mail has arrived in this thread. What you are writing stays as it is.',
  readAgain: 'Read again',
  selfHarmGuidance:
    'This customer may be in danger. Do not treat it as harassment and do not handle it alone: speak to a supervisor. Answer with warmth, without blame or haste, and name a helpline. If danger is near, call 110 or 119.',
}
