import type { AfterStoring } from '../../../src/domain/mailbox.ts'
import type { TestEngine } from '../../support/database.ts'
import { pick, randomOf } from '../dice.ts'

export const steps = [
  'connect',
  'auth',
  'select',
  'fetch',
  'parse',
  'classify',
  'store',
  'commit',
] as const
export type Step = (typeof steps)[number]

export const kinds = [
  'kill before',
  'kill after',
  'connection reset',
  'timeout',
  'disk full',
  'database busy',
  'clock forward',
  'clock back',
] as const
export type Kind = (typeof kinds)[number]

/** One fault, and what stands around it: all of it follows from the seed. */
export type Plan = {
  readonly seed: number
  readonly step: Step
  readonly kind: Kind
  /** The fault comes when the step is taken for the nth time. */
  readonly nth: number
  readonly engine: TestEngine
  readonly afterStoring: AfterStoring
  /** Bytes that still come before the line breaks. */
  readonly afterBytes: number
  readonly mailsBefore: number
  readonly mailsAfter: number
  readonly random: () => number
}

const cases = steps.length * kinds.length

/** Goes through every step with every fault, then again with other circumstances. */
export function planOf(seed: number, engines: readonly TestEngine[]): Plan {
  const random = randomOf(seed)
  const step = steps[seed % steps.length] as Step
  const kind = kinds[Math.floor(seed / steps.length) % kinds.length] as Kind
  const round = Math.floor(seed / cases)
  // A disk of a test's own is only under the embedded database.
  const elsewhere = kind !== 'disk full' && engines.length > 1
  const engine = elsewhere && (round + seed) % 4 === 3 ? 'PostgreSQL' : 'SQLite'
  const once = step === 'connect' || step === 'auth' || step === 'select'
  return {
    seed,
    step,
    kind,
    nth: once ? 1 : 1 + Math.floor(random() * (step === 'fetch' ? 5 : 3)),
    engine,
    afterStoring: pick(random, [
      { kind: 'leave' },
      { kind: 'leave' },
      { kind: 'seen' },
      { kind: 'move', folder: 'Stored' },
    ]),
    afterBytes: random() < 0.3 ? 0 : Math.floor(random() * bytesOf(step)),
    mailsBefore: 16 + Math.floor(random() * 12),
    mailsAfter: 1 + Math.floor(random() * 4),
    random,
  }
}

/** How much the server says at a step, about. */
function bytesOf(step: Step): number {
  switch (step) {
    case 'connect':
      return 100
    case 'auth':
      return 60
    case 'select':
      return 400
    default:
      return 3_000
  }
}

export function wordsOf({ seed, step, kind, nth, engine, afterStoring }: Plan): string {
  return `FAULT_SEED=${seed}: ${kind} at ${step} (${nth}) on ${engine}, ${afterStoring.kind}`
}
