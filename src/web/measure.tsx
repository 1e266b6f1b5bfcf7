import type { FC } from 'hono/jsx'
import type { Event } from '../domain/event.ts'
import type { Known } from '../domain/gate.ts'
import type { Matter } from '../domain/matter.ts'
import { isProven, noticeKindOf } from '../domain/measure.ts'
import { may } from '../domain/person.ts'
import { daysAfter } from '../domain/time.ts'
import { knownOf } from '../flow/known.ts'
import { type AnswerPreview, previewAnswer } from '../flow/mute-answer.ts'
import { type NoticePreview, previewNotice } from '../flow/notice.ts'
import type { Digest } from '../store/digests.ts'
import type { IncidentLine } from '../store/incidents.ts'
import type { MeasureRecord } from '../store/measures.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { IncidentRows } from './incident-rows.tsx'
import { MeasureActs } from './measure-acts.tsx'
import { Digests, Objections } from './measure-mute.tsx'
import { Sheet } from './measure-sheet.tsx'
import { StepsCard } from './measure-steps.tsx'
import { Time } from './parts/chips.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { LetterView } from './reply.tsx'
import { TermsFacts } from './terms-form.tsx'
import { viewOf } from './view.ts'

export type MeasureView = {
  readonly c: Ctx
  readonly measure: MeasureRecord
  readonly matter: Matter
  readonly record: ThreadRecord
  readonly names: ReadonlyMap<string, string>
  readonly notice: NoticePreview
  /** The automatic answer to muted mail that would be confirmed, where one is wanted. */
  readonly answer: AnswerPreview | null
  readonly known: Known
  readonly digests: readonly Digest[]
  readonly events: readonly Event[]
  /** Harassment of the sender's outside mail, as two people found, of the last year. */
  readonly incidents: readonly IncidentLine[]
}

/** Digests shown: half a year of weeks. */
const digestsShown = 26

const incidentsShown = 20

/** A supervisor's page: everything that a decision needs, and the notice as it will arrive. */
export async function measurePage(c: Ctx, id: string): Promise<Response> {
  const { store } = c.var.house
  const measure = await viewOf(c).measures.find(id)
  const opened = measure && (await store.threads.open(measure.threadId))
  if (!measure || !opened) throw new Missing()
  const { loaded, record } = opened
  const logged = await viewOf(c).log.ofThreads([measure.threadId])
  const approved = await store.digests.approvedAnswer(id)
  const view: MeasureView = {
    ...{ c, measure, record, matter: loaded.matter },
    names: await store.people.names(),
    notice: await previewNotice(c.var.house, measure.id, noticeKindOf(measure)),
    answer: approved ? { ...approved, sha256: '' } : await previewAnswer(c.var.house, measure),
    known: await knownFor(c, loaded.matter),
    digests: await store.digests.of(measure.id, digestsShown),
    events: logged.map(({ event }) => event),
    incidents: await incidentsOf(c, measure.senderId),
  }
  return page(c, titleOf(view), <MeasurePage {...view} />)
}

async function incidentsOf(c: Ctx, senderId: string): Promise<IncidentLine[]> {
  const { store, now } = c.var.house
  const membersOf = await store.joins.members([senderId])
  const filter = { senderIds: membersOf(senderId), harassment: true, since: daysAfter(now(), -365) }
  return viewOf(c).incidents.list(filter, { offset: 0, limit: incidentsShown })
}

/** With the flags of the thread itself, which the domain adds as well. */
async function knownFor(c: Ctx, { thread }: Matter): Promise<Known> {
  const known = await knownOf(c.var.house, thread.id)
  return { ...known, flags: [...known.flags, ...(thread.assessed?.flags ?? [])] }
}

function titleOf({ c, measure }: MeasureView): string {
  const { text } = c.var
  return text.measureOf(text.measureKind[measure.kind], measure.senderName)
}

const MeasurePage: FC<MeasureView> = (view) => {
  const { c, measure } = view
  const { text } = c.var
  return (
    <div class='thread'>
      <header class='thread-head'>
        <h1>{titleOf(view)}</h1>
        <p class='chips'>
          <span class='chip accent'>{text.measureState[measure.state]}</span>
          <a class='chip neutral' href={`/threads/${measure.threadId}`}>
            {text.openThread}
          </a>
          <a class='chip neutral' href={`/senders/${measure.senderId}`}>
            {text.sendersTitle}
          </a>
          {measure.renews && (
            <a class='chip neutral' href={`/measures/${measure.renews}`}>
              {text.steps.renewOf}
            </a>
          )}
        </p>
      </header>
      <div class='columns'>
        <div class='conversation'>
          <StepsCard {...view} />
          <Sheet {...view} />
          <Facts {...view} />
          <Outside {...view} />
          <Notices {...view} />
          <Digests {...view} />
        </div>
        <aside class='panel'>
          <Identity {...view} />
          <Objections {...view} />
          <MeasureActs {...view} />
        </aside>
      </div>
    </div>
  )
}

/** What happened outside mail stands beside it; it is no ground of the measure. */
const Outside: FC<MeasureView> = ({ c, incidents }) =>
  incidents.length === 0 ? null : (
    <section class='card' aria-labelledby='incidents-title'>
      <h2 id='incidents-title'>{c.var.text.senders.incidents}</h2>
      <IncidentRows c={c} incidents={incidents} />
    </section>
  )

const Notices: FC<MeasureView> = ({ c, measure, record, notice, answer }) => {
  const { text } = c.var
  const sent = record.letters.find(
    (letter) => letter.measureId === measure.id && letter.kind === noticeKindOf(measure),
  )
  return (
    <>
      <section class='card' aria-labelledby='notice-title'>
        <h2 id='notice-title'>{text.noticePreview}</h2>
        <LetterView c={c} letter={sent ?? notice} />
        {sent && <span class='chip neutral'>{text.letterState[sent.state]}</span>}
      </section>
      {answer && (
        <section class='card' aria-labelledby='answer-title'>
          <h2 id='answer-title'>{text.steps.answerPreview}</h2>
          <LetterView c={c} letter={{ ...notice, ...answer }} />
        </section>
      )}
    </>
  )
}

const Facts: FC<MeasureView> = ({ c, measure, names }) => {
  const { text } = c.var
  const name = (person: string | null) => (person ? (names.get(person) ?? '') : '')
  return (
    <section class='card' aria-label={text.reason}>
      <dl class='facts'>
        <dt>{text.proposedBy}</dt>
        <dd>{name(measure.proposer)}</dd>
        <dt>{text.reason}</dt>
        <dd class='words'>{measure.reason}</dd>
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
      {measure.kind === 'suspension' && <TermsFacts c={c} terms={measure.terms} />}
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
