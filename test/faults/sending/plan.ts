import type { TestEngine } from '../../support/database.ts'
import type { Stage } from '../../support/scripted-smtp.ts'
import { pick, randomOf } from '../dice.ts'
import { type Answer, answers } from './answers.ts'

/** Steps of ours, by the commits and commands that they consist of. */
export const ownSteps = [
  'claim',
  'claim commit',
  'handover',
  'handover commit',
  'result',
  'result commit',
  'append',
  'settle',
  'settle commit',
] as const

/** Where the process is ended: at a step of its own, or while the server is at one of its. */
export type Kill =
  | { readonly at: 'step'; readonly step: (typeof ownSteps)[number] }
  | { readonly at: 'server'; readonly stage: Stage }

export const evidenceKinds = ['none', 'archive', 'sent folder', 'bounce', 'reply'] as const
export type Evidence = (typeof evidenceKinds)[number]

/** One fault, and what stands around it: all of it follows from the seed. */
export type Plan = {
  readonly seed: number
  readonly answer: Answer
  /** The conversation that gets the answer, and how many after it do as well. */
  readonly conversation: number
  readonly times: number
  readonly kill: (Kill & { readonly when: 'before' | 'after'; readonly nth: number }) | null
  /** What there is to show that a letter was accepted, where its answer was lost. */
  readonly evidence: Evidence
  readonly keepsCopies: boolean
  readonly engine: TestEngine
}

const kills: readonly (Kill | null)[] = [
  null,
  ...ownSteps.map((step) => ({ at: 'step', step }) as const),
  ...(['greeting', 'ehlo', 'mail', 'rcpt', 'data', 'body', 'dot'] as const).map(
    (stage) => ({ at: 'server', stage }) as const,
  ),
]

/** Goes through every answer alone, then with each place to end the process, in turn. */
export function planOf(seed: number, engines: readonly TestEngine[]): Plan {
  const random = randomOf(seed)
  const round = Math.floor(seed / answers.length)
  const answer = answers[seed % answers.length] as Answer
  const kill = round === 0 ? null : (kills[(seed * 5 + round) % kills.length] ?? null)
  const when = pick(random, ['before', 'after'] as const)
  // What is settled by evidence needs something to settle.
  const settles = kill?.at === 'step' && kill.step.startsWith('settle')
  const lost = answers.filter(({ loses }) => loses === 'accepted')
  const appends = kill?.at === 'step' && kill.step === 'append'
  // Where the server keeps a copy by itself, we find it and put none there.
  const fits = (kind: Evidence) => (kind === 'none' ? !settles : kind !== 'sent folder' || !appends)
  const evidence = pick(random, evidenceKinds.filter(fits))
  const conversation = 1 + Math.floor(random() * 2)
  const times = settles ? 1 : 1 + Math.floor(random() * 2)
  return {
    seed,
    answer: settles ? pick(random, lost) : answer,
    conversation,
    // Two letters at least go all the way, so that the second taking of a step comes.
    times: kill ? 1 : times,
    kill: kill && { ...kill, when, nth: settles || appends ? 1 : 1 + Math.floor(random() * 2) },
    evidence,
    keepsCopies: evidence === 'sent folder' || appends || random() < 0.4,
    engine: engines.length > 1 && (seed + round) % 4 === 3 ? 'PostgreSQL' : 'SQLite',
  }
}

export function wordsOf({ seed, answer, kill, evidence, engine }: Plan): string {
  const place = kill && (kill.at === 'step' ? kill.step : `the server's ${kill.stage}`)
  const ended = kill ? `, killed ${kill.when} ${place} (${kill.nth})` : ''
  const name = answer.name.replace(/\s+/g, ' ')
  return `FAULT_SEED=${seed}: ${name}${ended}, evidence: ${evidence}, ${engine}`
}
