import type { jaSending } from './ja.sending.ts'

export const enSending: typeof jaSending = {
  history: 'What happened to this mail',
  evidence: {
    bounce: 'It came back: the server had accepted it, and the addressee was not told.',
    reply: 'An answer to this mail came in.',
    archive_copy: 'The same mail came to the archive address.',
    sent_copy: 'The same mail lies in the Sent folder.',
  },
  report: {
    failed: 'Came back undelivered',
    delayed: 'Delivery is delayed',
    delivered: 'Reached the addressee’s server',
    receipt: 'Receipt of opening',
    away: 'Out-of-office answer',
    auto_reply: 'Automatic answer',
    challenge: 'Asks the sender for a proof (nothing to be answered)',
    complaint: 'Was reported as spam',
  },
  looked: (n) =>
    n === 0
      ? 'A copy, an answer or a bounce settles it by itself.'
      : `The Sent folder was looked through ${n === 1 ? 'once' : `${n} times`} without finding a copy. A copy, an answer or a bounce settles it by itself.`,
  copyTrouble: (words) => `No copy is in the Sent folder yet: ${words}`,
}
