import type { Child, FC } from 'hono/jsx'
import type { Event, EventKind } from '../domain/event.ts'
import type { Gate } from '../domain/gate.ts'
import { stillAsked } from '../domain/ladder.ts'
import { isProven } from '../domain/measure.ts'
import type { Ctx } from './env.ts'
import { GateAnswers } from './gate-form.tsx'
import type { MeasureView } from './measure.tsx'
import { Time } from './parts/chips.tsx'

type StepLine = {
  readonly at: string
  readonly what: string
  readonly by: string | null
  readonly why: string
  readonly gate: Gate | null
}

const shown: readonly EventKind[] = [
  'measure_proposed',
  'measure_confirmed',
  'measure_declined',
  'measure_announced',
  'measure_not_announced',
  'objection_received',
  'suspension_reviewed',
  'review_reminded',
  'suspension_lifted',
  'suspension_expired',
  'suspension_renewed',
]

/** Every step that was gone, by whom, when and why; what lies ahead; what the policy asks for. */
export const StepsCard: FC<MeasureView> = (view) => {
  const { c, matter, measure } = view
  const { steps: text } = c.var.text
  const asked = stillAsked(matter, measure, { at: c.var.house.now(), proven: isProven(matter) })
  return (
    <section class='card' aria-labelledby='steps-title'>
      <h2 id='steps-title'>{text.steps}</h2>
      <ol class='steps'>
        {linesOf(view).map((line) => (
          <li>
            <p class='step-head'>
              <strong>{line.what}</strong> <Time c={c} at={line.at} exact />
              {line.by && <span>{line.by}</span>}
            </p>
            {line.why && <p class='words'>{line.why}</p>}
            {line.gate && (
              <details>
                <summary>{text.gate}</summary>
                <GateAnswers c={c} gate={line.gate} />
              </details>
            )}
          </li>
        ))}
        <Ahead {...view} />
      </ol>
      <h3>{text.stillAsked}</h3>
      {asked.length === 0 ? (
        <p class='help'>{text.nothingAsked}</p>
      ) : (
        <ul class='asked'>
          {asked.map((one) => (
            <li>{text.ask[one]}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Ahead: FC<MeasureView> = ({ c, measure }) => {
  const { steps: text } = c.var.text
  const { kind, state, reviewAt, endsAt } = measure
  if (kind !== 'suspension' || state !== 'in_force') return null
  const line = (label: string, at: string): Child => (
    <li class='ahead'>
      <p class='step-head'>
        <strong>{label}</strong> <Time c={c} at={at} exact />
      </p>
    </li>
  )
  return (
    <>
      {reviewAt && line(text.reviewDue, reviewAt)}
      {endsAt && line(text.endDue, endsAt)}
    </>
  )
}

function linesOf(view: MeasureView): StepLine[] {
  const lines = [...before(view), ...view.events.flatMap((event) => lineOf(view, event))]
  return lines.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** What was done before it was proposed: explained, warned. */
function before({ c, record, matter, measure, names }: MeasureView): StepLine[] {
  const { text } = c.var
  const explained = record.letters
    .filter(({ kind, state }) => kind === 'reply' && state === 'sent')
    .filter(({ sentAt }) => sentAt !== null && sentAt <= measure.proposedAt)
    .map(({ sentAt, author }) => ({
      ...{ at: sentAt ?? '', what: text.ladderExplained, why: '', gate: null },
      by: names.get(author) ?? '',
    }))
  const warned = matter.sender.measures
    .filter(({ kind, id }) => kind === 'warning' && id !== measure.id)
    .filter(({ announcedAt }) => announcedAt !== null && announcedAt <= measure.proposedAt)
    .map(({ announcedAt, confirmer, reason }) => ({
      ...{ at: announcedAt ?? '', what: text.ladderWarned, why: reason, gate: null },
      by: names.get(confirmer ?? '') ?? '',
    }))
  return [...explained, ...warned]
}

function lineOf({ c, measure, names, record }: MeasureView, event: Event): StepLine[] {
  const { text } = c.var
  if (event.kind === 'letter_sent') {
    const letter = record.letters.find(({ id }) => id === event.letterId)
    if (letter?.measureId !== measure.id) return []
    const what = `${text.letterKind[letter.kind]}: ${text.event.letter_sent}`
    return [{ at: event.at, what, by: text.bySystem, why: '', gate: null }]
  }
  if (!shown.includes(event.kind) || !('measureId' in event)) return []
  if (event.measureId !== measure.id) return []
  const by = event.by ? (names.get(event.by) ?? event.by) : text.bySystem
  const gate = 'gate' in event ? (event.gate ?? null) : null
  return [{ at: event.at, what: text.event[event.kind], by, why: whyOf(c, event), gate }]
}

/** Why, in the words of whoever took the step. */
function whyOf(c: Ctx, event: Event): string {
  const { text } = c.var
  switch (event.kind) {
    case 'measure_proposed':
      return [
        event.reason,
        event.skipExplanation && `${text.steps.skipExplanation}: ${event.skipExplanation}`,
        event.skipWarning && `${text.skipWarning}: ${event.skipWarning}`,
      ]
        .filter((words) => words)
        .join('\n')
    case 'objection_received':
      return [text.steps.objectionWayName[event.way], event.note].filter((one) => one).join('\n')
    case 'suspension_reviewed':
      return `${text.steps.outcome[event.outcome]}\n${event.reason}`
    case 'measure_confirmed':
    case 'measure_declined':
    case 'suspension_lifted':
      return event.reason
    default:
      return ''
  }
}
