import type { Flag } from './category.ts'
import type { RefusalReason } from './step.ts'

/**
 * What is asked before each step against a sender: is it our own fault, does a request for
 * accommodation lie there, must something stay open (health, safety, the end of a contract, one's
 * own data), and which fair request is still to be answered.
 */
export const gateQuestions = [
  'own_fault',
  'accommodation',
  'must_stay_open',
  'fair_request',
] as const

export type GateQuestion = (typeof gateQuestions)[number]

/** `handled` says in words what was done, or where it is answered; `open` bars the step. */
export const gateAnswers = ['no', 'handled', 'open'] as const

export type GateAnswer = { readonly answer: (typeof gateAnswers)[number]; readonly words: string }

/** Null where a person left the question out. */
export type Gate = Readonly<Record<GateQuestion, GateAnswer | null>>

/** What is known before anybody answers. */
export type Known = {
  /** Fair requests that the reviews of the decision name. */
  readonly fairRequests: readonly string[]
  /** Flags of the thread, and of muted mail that broke through and nobody has seen yet. */
  readonly flags: readonly Flag[]
  /** The mail that the notice would answer is a lawyer's or another representative's. */
  readonly representative: boolean
}

export const nothingKnown: Known = { fairRequests: [], flags: [], representative: false }

/** Flags under which a mere "no" is not enough: somebody says why. */
const asksInWords: Readonly<Record<GateQuestion, readonly Flag[]>> = {
  own_fault: [],
  accommodation: ['accommodation'],
  must_stay_open: ['legal_notice', 'safety'],
  fair_request: [],
}

const openReason = {
  own_fault: 'gate_own_fault',
  accommodation: 'gate_accommodation',
  must_stay_open: 'gate_must_stay_open',
  fair_request: 'gate_fair_request',
} as const satisfies Record<GateQuestion, RefusalReason>

/** Why the gate stays shut, or null where the step may be taken. */
export function whyGateShut(gate: Gate, known: Known): RefusalReason | null {
  for (const question of gateQuestions) {
    const given = gate[question]
    if (given === null) return 'gate_unanswered'
    if (given.answer === 'open') return openReason[question]
    if (given.words.trim() === '' && wantsWords(question, given.answer, known)) {
      return question === 'fair_request' ? 'gate_fair_request_unnamed' : 'gate_words_missing'
    }
    // What two reviewers wrote down is there: to call it nothing loses it.
    if (question === 'fair_request' && given.answer === 'no' && known.fairRequests.length > 0) {
      return 'gate_fair_request_unnamed'
    }
  }
  return null
}

/** Whether the flags of the mail ask for an answer in words to that question. */
export function isFlagged(question: GateQuestion, { flags }: Known): boolean {
  return asksInWords[question].some((flag) => flags.includes(flag))
}

function wantsWords(question: GateQuestion, answer: GateAnswer['answer'], known: Known): boolean {
  return answer === 'handled' || isFlagged(question, known)
}
