import type { Child, FC } from 'hono/jsx'
import { stateOf, visibleIncidentReviews, whyNotJudge } from '../domain/incident.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { FactRows } from './parts/facts.tsx'
import { Banner, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { OpinionFields, SettlementFields, VerdictFields } from './review-form.tsx'
import { DecisionView, ReviewList } from './thread-review.tsx'
import { viewOf } from './view.ts'

type Shown = {
  readonly c: Ctx
  readonly record: IncidentRecord
  readonly names: ReadonlyMap<string, string>
}

/** One incident: what happened, and what people say of it. */
export async function incidentPage(c: Ctx, id: string): Promise<Response> {
  const record = await viewOf(c).incidents.find(id)
  if (!record) throw new Missing()
  const names = await c.var.house.store.people.names()
  const { text } = c.var
  const words = text.senders
  const { incident } = record
  const title = `${words.kind[incident.kind]} · ${record.senderName || text.unknownSender}`
  return page(
    c,
    title,
    <section class='sender'>
      <h1>{title}</h1>
      <p class='chips'>
        <span class='chip accent'>{words.state[stateOf(incident)]}</span>
        <span class='chip neutral'>{record.department[c.var.language]}</span>
        <a class='chip neutral' href={`/senders/${incident.senderId}`}>
          {words.sender}
        </a>
      </p>
      <Facts c={c} record={record} names={names} />
      <Judging c={c} record={record} names={names} />
    </section>,
  )
}

const Facts: FC<Shown> = ({ c, record, names }) => {
  const words = c.var.text.senders
  const { incident, recording, postUrl, picture } = record
  const rows: [string, Child][] = [
    [words.when, <Time c={c} at={incident.occurredAt} exact />],
    ...(incident.minutes === null
      ? []
      : ([[words.minutes, words.minutesValue(incident.minutes)]] as [string, Child][])),
    ...(incident.takenBy === null
      ? []
      : ([[words.takenBy, names.get(incident.takenBy) ?? '']] as [string, Child][])),
    ...(recording === '' ? [] : ([[words.recording, recording]] as [string, Child][])),
    // An address of somebody else's page is shown, and never opened by a slip of the hand.
    ...(postUrl === ''
      ? []
      : ([[words.postUrl, <code class='address'>{postUrl}</code>]] as [string, Child][])),
    [words.recordedBy, names.get(incident.recordedBy) ?? ''],
    [words.recordedAt, <Time c={c} at={record.recordedAt} exact />],
  ]
  return (
    <section class='card' aria-labelledby='facts-title'>
      <h2 id='facts-title'>{words.account}</h2>
      {record.account === '' ? (
        <p class='help'>{c.var.text.retention.gone}</p>
      ) : (
        <p class='words'>{record.account}</p>
      )}
      <FactRows class='incident-facts' rows={rows} />
      {picture && (
        <p>
          <a class='button' href={`/incidents/${incident.id}/picture`} download>
            {words.pictureSave} ({Math.ceil(picture.size / 1024)} KB)
          </a>{' '}
          <span class='help'>{words.pictureWarning}</span>
        </p>
      )}
      {picture && <p class='hash'>SHA-256 {picture.sha256}</p>}
    </section>
  )
}

/** Reviews as far as one may see them, the decision, and one's own review or settlement. */
const Judging: FC<Shown> = ({ c, record, names }) => {
  const { text, person, house } = c.var
  const words = text.senders
  const { incident } = record
  const { decision, reviews, disputed } = incident
  const own = reviews.some(({ reviewer }) => reviewer === person.id)
  const open = decision === null && reviews.length < 2
  const seen = visibleIncidentReviews(incident, person, house.policy.review.blind)
  const heading = open ? (reviews.length === 0 ? text.reviewFirst : text.reviewSecond) : text.review
  const mayReview = open && !own && whyNotJudge(person, 'review', incident) === null
  const maySettle = disputed && !own && whyNotJudge(person, 'settle', incident) === null
  return (
    <section class='card' aria-labelledby='review-title'>
      <h2 id='review-title'>{heading}</h2>
      {incident.takenBy === person.id && decision === null && (
        <Banner tone='caution'>{words.takenByYou}</Banner>
      )}
      {decision && <DecisionView c={c} decision={decision} names={names} />}
      <ReviewList c={c} reviews={seen} names={names} />
      {open && own && <p class='help'>{text.reviewDone}</p>}
      {mayReview && (
        <Form c={c} action={`/incidents/${incident.id}/reviews`} class='stack review'>
          <p class='help'>{reviews.length === 1 ? text.reviewBlind : words.reviewLead}</p>
          <VerdictFields c={c} thread={unassessed} unsure ordinary={words.verdictOrdinary} />
          <OpinionFields c={c} />
          <button type='submit' class='primary'>
            {text.giveReview}
          </button>
        </Form>
      )}
      {disputed && !maySettle && <p class='help'>{text.settleWaiting}</p>}
      {maySettle && (
        <Form c={c} action={`/incidents/${incident.id}/settlement`} class='stack review'>
          <p class='help'>{text.settleLead}</p>
          <VerdictFields c={c} thread={unassessed} ordinary={words.verdictOrdinary} />
          <SettlementFields c={c} />
        </Form>
      )}
    </section>
  )
}

/** No rules look at what happened outside mail. */
export const unassessed = { assessed: null }
