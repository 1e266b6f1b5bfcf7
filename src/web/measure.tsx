import type { FC } from 'hono/jsx'
import type { Matter } from '../domain/matter.ts'
import { isProven } from '../domain/measure.ts'
import { may } from '../domain/person.ts'
import { type NoticePreview, previewNotice } from '../flow/suspend.ts'
import type { MeasureRecord } from '../store/measures.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { CategoryChips, gistWords, SeverityChip, Time } from './parts/chips.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { LetterView } from './reply.tsx'
import { viewOf } from './view.ts'

type MeasureView = {
  readonly c: Ctx
  readonly measure: MeasureRecord
  readonly matter: Matter
  readonly record: ThreadRecord
  readonly names: ReadonlyMap<string, string>
  readonly notice: NoticePreview
}

/** A supervisor's page: everything that a decision needs, and the notice as it will arrive. */
export async function measurePage(c: Ctx, id: string): Promise<Response> {
  const { store } = c.var.house
  const measure = await viewOf(c).measures.find(id)
  const loaded = measure && (await store.matters.find(measure.threadId))
  const record = measure && (await store.threads.find(measure.threadId))
  if (!measure || !loaded || !record) throw new Missing()
  const names = await store.people.names()
  const notice = await previewNotice(c.var.house, measure.id, measure.kind)
  const view = { c, measure, matter: loaded.matter, record, names, notice }
  const title = c.var.text.measureOf(c.var.text.measureKind[measure.kind], measure.senderName)
  return page(c, title, <MeasurePage {...view} />)
}

const MeasurePage: FC<MeasureView> = (view) => {
  const { c, measure, record, notice } = view
  const { text } = c.var
  const sent = record.letters.find(
    (letter) => letter.measureId === measure.id && letter.kind === measure.kind,
  )
  return (
    <div class='thread'>
      <header class='thread-head'>
        <h1>{text.measureOf(text.measureKind[measure.kind], measure.senderName)}</h1>
        <p class='chips'>
          <span class='chip accent'>{text.measureState[measure.state]}</span>
          <a class='chip neutral' href={`/threads/${measure.threadId}`}>
            {text.openThread}
          </a>
          <a class='chip neutral' href={`/senders/${measure.senderId}`}>
            {text.sendersTitle}
          </a>
        </p>
      </header>
      <div class='columns'>
        <div class='conversation'>
          <Facts {...view} />
          <section class='card' aria-labelledby='notice-title'>
            <h2 id='notice-title'>{text.noticePreview}</h2>
            <LetterView c={c} letter={sent ?? notice} />
            {sent && <span class='chip neutral'>{text.letterState[sent.state]}</span>}
          </section>
        </div>
        <aside class='panel'>
          <Identity {...view} />
          <Acts {...view} />
        </aside>
      </div>
    </div>
  )
}

const Facts: FC<MeasureView> = ({ c, measure, record, names }) => {
  const { text } = c.var
  const decision = record.decisions.find(({ id: one }) => one === measure.decisionId)
  const reviews = record.reviews.filter(({ revision }) => revision === decision?.revision)
  const name = (person: string | null) => (person ? (names.get(person) ?? '') : '')
  return (
    <section class='card' aria-labelledby='facts-title'>
      <h2 id='facts-title'>{text.facts}</h2>
      <ul>
        {gistWords(record.gist, text).map((words) => (
          <li>{words}</li>
        ))}
      </ul>
      {decision && (
        <p class='chips'>
          <SeverityChip text={text} severity={decision.severity} />
          <CategoryChips text={text} codes={decision.categories} />
        </p>
      )}
      <ul class='reviews'>
        {reviews.map((one) => (
          <li>
            <strong>{name(one.reviewer)}</strong> {text.verdictName[one.verdict.kind]}
            <p class='words'>{one.reason}</p>
            {one.fairRequest && (
              <small>
                {text.fairRequest}: {one.fairRequest}
              </small>
            )}
          </li>
        ))}
      </ul>
      <dl class='facts'>
        <dt>{text.proposedBy}</dt>
        <dd>{name(measure.proposer)}</dd>
        <dt>{text.reason}</dt>
        <dd class='words'>{measure.reason}</dd>
        {measure.skipWarning && (
          <>
            <dt>{text.skipWarning}</dt>
            <dd class='words'>{measure.skipWarning}</dd>
          </>
        )}
        {measure.confirmer && (
          <>
            <dt>{text.confirmedBy}</dt>
            <dd>{name(measure.confirmer)}</dd>
          </>
        )}
        {measure.announcedAt && (
          <>
            <dt>{text.inForceFrom}</dt>
            <dd>
              <Time c={c} at={measure.announcedAt} exact />
            </dd>
          </>
        )}
        {measure.kind === 'suspension' && measure.endsAt && (
          <>
            <dt>{text.endsAt}</dt>
            <dd>
              <Time c={c} at={measure.endsAt} exact />
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

const Identity: FC<MeasureView> = ({ c, measure, matter }) => {
  const { text, person } = c.var
  const { proof } = matter.sender
  if (proof) return <Banner tone='calm'>{text.identityProven(proof)}</Banner>
  if (isProven(matter)) return <Banner tone='calm'>{text.identity.verified}</Banner>
  return (
    <section class='card' aria-labelledby='identity-title'>
      <h2 id='identity-title'>{text.identityNeeded}</h2>
      <p class='help'>{text.identityLead}</p>
      {may(person, 'record_identity') && (
        <Form c={c} action={`/threads/${measure.threadId}/identity`}>
          <input type='hidden' name='back' value={`/measures/${measure.id}`} />
          <Field id='proof' label={text.identityProof} required />
          <button type='submit'>{text.identityRecord}</button>
        </Form>
      )}
    </section>
  )
}

const Acts: FC<MeasureView> = ({ c, measure, matter, notice }) => {
  const { text, person } = c.var
  if (matter.thread.targets.includes(person.id)) {
    return <p class='help'>{text.refused.is_target}</p>
  }
  const involved = [...measure.reviewers, measure.proposer].includes(person.id)
  const path = `/measures/${measure.id}`
  const waiting = measure.state === 'proposed' || measure.state === 'not_announced'
  if (waiting && may(person, 'confirm') && involved) {
    return <p class='help'>{text.refused.involved_cannot_confirm}</p>
  }
  return (
    <>
      {measure.state === 'proposed' && may(person, 'confirm') && (
        <section class='card' aria-labelledby='confirm-title'>
          <h2 id='confirm-title'>{text.confirm}</h2>
          <Form c={c} action={`${path}/confirmation`}>
            <p class='help'>{text.confirmLead}</p>
            <input type='hidden' name='shown' value={notice.sha256} />
            <Field id='reason' label={text.reason} rows={3} required />
            <button type='submit' class='grave'>
              {text.confirm}
            </button>
          </Form>
        </section>
      )}
      {waiting && may(person, 'confirm') && (
        <ReasonedAct c={c} action={`${path}/refusal`} label={text.decline} />
      )}
      {measure.state === 'in_force' && measure.kind === 'suspension' && may(person, 'lift') && (
        <ReasonedAct c={c} action={`${path}/lifting`} label={text.lift} lead={text.liftLead} />
      )}
    </>
  )
}

const ReasonedAct: FC<{ c: Ctx; action: string; label: string; lead?: string }> = (props) => (
  <details class='card'>
    <summary>{props.label}</summary>
    <Form c={props.c} action={props.action}>
      {props.lead && <p class='help'>{props.lead}</p>}
      <div class='field'>
        <label>
          {props.c.var.text.reason}
          <textarea name='reason' rows={2} required />
        </label>
      </div>
      <button type='submit'>{props.label}</button>
    </Form>
  </details>
)
