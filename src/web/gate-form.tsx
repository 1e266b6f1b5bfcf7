import type { FC } from 'hono/jsx'
import {
  type Gate,
  type GateAnswer,
  type GateQuestion,
  gateAnswers,
  gateQuestions,
  isFlagged,
  type Known,
} from '../domain/gate.ts'
import type { Ctx } from './env.ts'
import type { Form } from './forms.ts'

/** The questions that are asked before each step against a sender. */
export const GateFields: FC<{ c: Ctx; known: Known; at: string }> = ({ c, known, at }) => {
  const { steps: text } = c.var.text
  return (
    <fieldset class='gate'>
      <legend>{text.gate}</legend>
      <p class='help'>{text.gateLead}</p>
      {gateQuestions.map((question) => (
        <fieldset class='choice'>
          <legend>{text.gateQuestion[question]}</legend>
          {isFlagged(question, known) && <p class='help'>{text.gateFlagged}</p>}
          {question === 'fair_request' &&
            known.fairRequests.map((words) => <p class='help'>{text.gateFair(words)}</p>)}
          {gateAnswers.map((answer) => (
            <label>
              <input type='radio' name={`gate_${question}`} value={answer} required />
              <span>{gateWords(c, question, answer)}</span>
            </label>
          ))}
          <label class='words-of' for={`${at}-${question}`}>
            {text.gateWords}
          </label>
          <textarea id={`${at}-${question}`} name={`gate_${question}_words`} rows={2} />
        </fieldset>
      ))}
    </fieldset>
  )
}

function gateWords(c: Ctx, question: GateQuestion, answer: GateAnswer['answer']): string {
  const { steps: text } = c.var.text
  return answer === 'handled' ? text.gateHandled[question] : text.gateOther[answer]
}

/** What was answered, in the record of a step. */
export const GateAnswers: FC<{ c: Ctx; gate: Gate }> = ({ c, gate }) => (
  <dl class='facts stacked'>
    {gateQuestions.map((question) => {
      const given = gate[question]
      return (
        given && (
          <>
            <dt>{c.var.text.steps.gateQuestion[question]}</dt>
            <dd>
              {gateWords(c, question, given.answer)}
              {given.words && <p class='words'>{given.words}</p>}
            </dd>
          </>
        )
      )
    })}
  </dl>
)

/** What a form answers; null where a question is left out. */
export function gateIn(form: Form): Gate {
  const answers = gateQuestions.map((question) => [question, answerIn(form, question)])
  return Object.fromEntries(answers) as Gate
}

function answerIn(form: Form, question: GateQuestion): GateAnswer | null {
  const given = form.text(`gate_${question}`, 20)
  const answer = gateAnswers.find((one) => one === given)
  return answer ? { answer, words: form.text(`gate_${question}_words`, 1_000) } : null
}
