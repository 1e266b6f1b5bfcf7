import type { Gate, GateAnswer } from '../../src/domain/gate.ts'
import { openTopics, type Terms } from '../../src/domain/terms.ts'

const no: GateAnswer = { answer: 'no', words: '' }

/** Nothing stands against the step, and the fair request of the reviews is answered. */
export const gateOpen: Gate = {
  own_fault: no,
  accommodation: no,
  must_stay_open: no,
  fair_request: { answer: 'handled', words: '返品の手続きは別の返信でご案内した' },
}

/** A suspension in the mailbox of its thread, with everything that can stay open. */
export const termsHere: Terms = {
  scope: 'mailbox',
  mailboxId: null,
  openTopics: [...openTopics],
  openLine: '',
  openAddress: '',
  digest: 'off',
  answerDays: null,
}

/** What a proposal says beside its kind and reason. */
export const beside = { skipWarning: '', skipExplanation: '', gate: gateOpen, terms: termsHere }

/** The fields of a form that answers the questions of the gate. */
export const gateFields: Record<string, string> = {
  gate_own_fault: 'no',
  gate_accommodation: 'no',
  gate_must_stay_open: 'no',
  gate_fair_request: 'handled',
  gate_fair_request_words: '返品の手続きは別の返信でご案内した',
}

/** A word of confirmation on the notice that was shown. */
export function wordOn(shownSha256: string, reason = '確認した', shownAnswerSha256 = '') {
  return { reason, gate: gateOpen, shownSha256, shownAnswerSha256 }
}
