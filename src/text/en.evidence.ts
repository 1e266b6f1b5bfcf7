import type { jaEvidence } from './ja.evidence.ts'

export const enEvidence: typeof jaEvidence = {
  checkpointMail: ({ at, events, head, listSha256 }) => ({
    subject: `Signed checkpoint of the record ${at.slice(0, 10)} (${events} events)`,
    text: [
      'Mamori has signed how far its record goes.',
      '',
      `Time: ${at}`,
      `Events: ${events}`,
      `Last hash: ${head}`,
      `SHA-256 of the list of all hashes: ${listSha256}`,
      '',
      'The JSON that is attached is the signed checkpoint. Please keep it: it shows later whether the record was written anew, or an old backup was put in its place.',
      'To check: mamori verify --checkpoints FILE --public-key KEY',
      'There is no need to answer this mail.',
    ].join('\n'),
  }),
}
