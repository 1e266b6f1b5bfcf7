import type { Heard, Reply, Stage } from '../../support/scripted-smtp.ts'

/** What the server does at one stage of a conversation, and what it comes to. */
export type Answer = {
  readonly name: string
  readonly stage: Stage
  readonly reply: Reply
  /** Of the recipients, only the one it is about; else whoever comes. */
  readonly whose?: 'customer' | 'archive'
  /** What the connection is like: as ever, or with a TLS that cannot be trusted. */
  readonly tls?: 'stripped' | 'expired' | 'good'
  /** The server may have taken the mail without our knowing it. */
  readonly loses?: 'accepted' | 'not accepted'
}

const drop = { afterwards: 'drop' } as const
const silence = { afterwards: 'silence' } as const

const said = (stage: Stage, ...words: string[]): Answer[] =>
  words.map((say) => ({ name: `${say} at ${stage}`, stage, reply: { say } }))

const broken = (...stages: Stage[]): Answer[] =>
  stages.flatMap((stage) => [
    { name: `dropped at ${stage}`, stage, reply: drop },
    { name: `silent at ${stage}`, stage, reply: silence },
    { name: `slow at ${stage}`, stage, reply: { ...usual[stage], thinkMs: 300 } },
  ])

const usual: Partial<Record<Stage, Reply>> = {
  greeting: { say: '220 at last' },
  ehlo: { say: '250 at last' },
  mail: { say: '250 at last' },
  rcpt: { say: '250 at last' },
  data: { say: '354 at last' },
  dot: { say: '250 at last', accept: true },
}

/** Every answer that a server is known to give, and those that it fails to give. */
export const answers: readonly Answer[] = [
  { name: 'good answers', stage: 'dot', reply: { say: '250 2.0.0 Ok', accept: true } },
  ...said('greeting', '421 4.3.2 busy', '554 5.3.2 not today'),
  ...said('mail', '421 4.7.0 closing', '450 4.1.8 no such domain', '550 5.7.1 not you'),
  ...said('rcpt', '421 4.7.0 closing', '451 4.7.1 greylisted', '452 4.2.2 full'),
  ...said('rcpt', '550 5.1.1 no such user', '552 5.2.2 full', '550-5.1.1 no\r\n550 such user'),
  ...said('rcpt', '251 will forward'),
  ...said('data', '421 4.3.2 closing', '451 4.3.0 later', '554 5.5.1 no valid recipients'),
  ...said('dot', '421 4.3.2 closing', '451 4.3.0 later', '452 4.2.2 full', '550 5.7.1 spam'),
  ...said('dot', '552 5.3.4 too big', '554 5.6.0 no'),
  ...broken('greeting', 'ehlo', 'mail', 'rcpt', 'data'),
  { name: '421 in the body', stage: 'body', reply: { say: '421 closing', ...drop } },
  { name: 'dropped in the body', stage: 'body', reply: drop, loses: 'not accepted' },
  { name: 'silent in the body', stage: 'body', reply: silence, loses: 'not accepted' },
  { name: 'slow at dot', stage: 'dot', reply: { ...usual.dot, thinkMs: 300 } },
  { name: 'dropped after the dot', stage: 'dot', reply: drop, loses: 'not accepted' },
  { name: 'silent after the dot', stage: 'dot', reply: silence, loses: 'not accepted' },
  { name: '421 and dropped after the dot', stage: 'dot', reply: { say: '421 no', ...drop } },
  { name: 'nonsense after the dot', stage: 'dot', reply: { say: 'what?' }, loses: 'not accepted' },
  {
    name: '250 lost with the connection',
    stage: 'dot',
    reply: { accept: true, ...drop },
    loses: 'accepted',
  },
  {
    name: '250 that never comes',
    stage: 'dot',
    reply: { accept: true, ...silence },
    loses: 'accepted',
  },
  {
    name: 'accepted and then nonsense',
    stage: 'dot',
    reply: { accept: true, say: 'thanks!' },
    loses: 'accepted',
  },
  { name: 'customer refused', stage: 'rcpt', reply: { say: '550 5.1.1 no' }, whose: 'customer' },
  { name: 'customer greylisted', stage: 'rcpt', reply: { say: '451 wait' }, whose: 'customer' },
  { name: 'archive refused', stage: 'rcpt', reply: { say: '550 5.2.2 full' }, whose: 'archive' },
  { name: 'STARTTLS as it should be', stage: 'starttls', reply: { say: '220 go' }, tls: 'good' },
  { name: 'STARTTLS refused', stage: 'starttls', reply: { say: '454 not now' }, tls: 'good' },
  { name: 'STARTTLS stripped', stage: 'starttls', reply: {}, tls: 'stripped' },
  { name: 'certificate expired', stage: 'starttls', reply: { say: '220 go' }, tls: 'expired' },
]

/** Whether the answer is about what the server hears. */
export function isAbout({ stage, whose }: Answer, heard: Heard, archive: string): boolean {
  if (heard.stage !== stage) return false
  return whose === undefined || (whose === 'archive') === (heard.argument === archive)
}
