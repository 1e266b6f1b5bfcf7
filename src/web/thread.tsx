import type { FC } from 'hono/jsx'
import type { Decision } from '../domain/decision.ts'
import type { Matter } from '../domain/matter.ts'
import { queueStateOf } from '../domain/matter.ts'
import { ladderOf } from '../domain/measure.ts'
import { may } from '../domain/person.ts'
import { decisionOf, harassmentOf, visibleReviews } from '../domain/thread.ts'
import type { Exposure } from '../store/exposures.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { MessageCard } from './message.tsx'
import {
  CategoryChips,
  FlagChips,
  gistWords,
  inLanguage,
  SeverityChip,
  StateChip,
  Time,
} from './parts/chips.tsx'
import { Choice, Field, Form } from './parts/fields.tsx'
import { isOpen } from './passages.ts'
import { Missing } from './problems.ts'
import { Reasons } from './reasons.tsx'
import { ReplyPanel } from './reply.tsx'
import { ReviewForm, SettleForm } from './review-form.tsx'

type Shown = {
  readonly c: Ctx
  readonly matter: Matter
  readonly record: ThreadRecord
  readonly names: ReadonlyMap<string, string>
  readonly shown: Exposure | null
  readonly prefill: { readonly subject: string; readonly body: string } | null
}

/** One thread: the customer's request first, then the conversation, and beside it what to do. */
export async function threadPage(c: Ctx, id: string): Promise<Response> {
  const { store } = c.var.house
  const [loaded, record] = await Promise.all([store.matters.find(id), store.threads.find(id)])
  if (!loaded || !record) throw new Missing()
  const names = await store.people.names()
  const asked = c.req.query('shown')
  const exposure = asked ? await store.exposures.find(asked) : null
  const shown = isOpen(exposure, c.var.person.id, c.var.house.now()) ? exposure : null
  const prefill = c.req.query('template') === 'refusal' ? refusalFor(c, record) : null
  const title = record.subjectShielded ? c.var.text.shieldedSubject : record.subject
  const view = { c, matter: loaded.matter, record, names, shown, prefill }
  return page(c, title || c.var.text.noSubject, <ThreadView {...view} />)
}

const ThreadView: FC<Shown> = (view) => {
  const { c, matter, record, shown } = view
  const { text, language } = c.var
  const { thread } = matter
  return (
    <div class='thread'>
      <header class='thread-head'>
        <h1 class={record.subjectShielded ? 'faint' : undefined}>
          {record.subjectShielded ? text.shieldedSubject : record.subject || text.noSubject}
        </h1>
        <p class='chips'>
          <StateChip text={text} state={queueStateOf(matter)} />
          {thread.assessed && thread.assessed.severity > 0 && (
            <SeverityChip text={text} severity={thread.assessed.severity} />
          )}
          <CategoryChips text={text} codes={thread.assessed?.categories ?? []} />
          <FlagChips text={text} codes={thread.assessed?.flags ?? []} />
          <a class='chip neutral' href={`/senders/${thread.senderId}`}>
            {text.sendersTitle}: {senderName(record) || text.unknownSender}
          </a>
          <span class='chip neutral'>{inLanguage(record.mailbox.department, language)}</span>
          {may(c.var.person, 'read_log') && (
            <a class='chip neutral' href={`/log?thread=${thread.id}`}>
              {text.nav.log}
            </a>
          )}
        </p>
      </header>
      <p class='banner caution' id='thread-news' data-thread={thread.id} role='status' hidden>
        {text.threadNews} <a href={`/threads/${thread.id}`}>{text.readAgain}</a>
      </p>
      <div class='columns'>
        <div class='conversation'>
          <section class='card gist-card' aria-labelledby='gist-title'>
            <h2 id='gist-title'>{text.gistLabel}</h2>
            <ul>
              {gistWords(record.gist, text).map((words) => (
                <li>{words}</li>
              ))}
            </ul>
          </section>
          <h2 class='hidden'>{text.conversation}</h2>
          {record.messages.map((message) => (
            <MessageCard c={c} record={record} message={message} shown={shown} />
          ))}
          <p class='help'>{text.revealNote}</p>
        </div>
        <aside class='panel'>
          <ReviewPanel {...view} />
          <MeasurePanel {...view} />
          <section class='card' id='reply' aria-labelledby='reply-title'>
            <h2 id='reply-title'>{text.reply}</h2>
            <ReplyPanel {...view} />
          </section>
          <Reasons c={c} record={record} />
        </aside>
      </div>
    </div>
  )
}

const ReviewPanel: FC<Shown> = ({ c, matter, names }) => {
  const { text, person, house } = c.var
  const { thread } = matter
  if (thread.muted || thread.revision === 0) return null
  const decision = decisionOf(thread)
  const own = thread.reviews.some(({ reviewer }) => reviewer === person.id)
  const open = !decision && thread.reviews.length < 2
  const seen = visibleReviews(thread, person, house.policy.review.blind)
  return (
    <section class='card' aria-labelledby='review-title'>
      <h2 id='review-title'>
        {open ? (thread.reviews.length === 0 ? text.reviewFirst : text.reviewSecond) : text.review}
      </h2>
      {decision && <DecisionView c={c} decision={decision} names={names} />}
      <ReviewList c={c} reviews={seen} names={names} />
      {open && own && <p class='help'>{text.reviewDone}</p>}
      {open && !own && may(person, 'review') && (
        <>
          {thread.reviews.length === 1 && <p class='help'>{text.reviewBlind}</p>}
          <ReviewForm c={c} thread={thread} />
        </>
      )}
      {thread.disputed &&
        (may(person, 'settle') && !own ? (
          <SettleForm c={c} thread={thread} />
        ) : (
          <p class='help'>{text.settleWaiting}</p>
        ))}
    </section>
  )
}

const DecisionView: FC<{
  c: Ctx
  decision: Decision
  names: ReadonlyMap<string, string>
}> = ({ c, decision, names }) => {
  const { text } = c.var
  return (
    <div class='decision'>
      <strong>{text.outcome[decision.outcome]}</strong>
      <p class='chips'>
        {decision.severity > 0 && <SeverityChip text={text} severity={decision.severity} />}
        <CategoryChips text={text} codes={decision.categories} />
      </p>
      <small>
        {text.decided[decision.how]}
        {decision.settledBy && ` · ${names.get(decision.settledBy) ?? ''}`}
      </small>
      {decision.reason && <p class='words'>{decision.reason}</p>}
    </div>
  )
}

const ReviewList: FC<{
  c: Ctx
  reviews: Matter['thread']['reviews']
  names: ReadonlyMap<string, string>
}> = ({ c, reviews, names }) => {
  const { text } = c.var
  return (
    <ul class='reviews'>
      {reviews.map(({ reviewer, verdict, reason, fairRequest, demand }) => (
        <li>
          <strong>{names.get(reviewer) ?? reviewer}</strong> {text.verdictName[verdict.kind]}
          {verdict.kind === 'harassment' && (
            <p class='chips'>
              <SeverityChip text={text} severity={verdict.severity} />
              <CategoryChips text={text} codes={verdict.categories} />
            </p>
          )}
          {reason && <p class='words'>{reason}</p>}
          <small>
            {text.demandLabel} {text.demandValue[demand]}
            {fairRequest && ` · ${text.fairRequest}: ${fairRequest}`}
          </small>
        </li>
      ))}
    </ul>
  )
}

const MeasurePanel: FC<Shown> = ({ c, matter, names }) => {
  const { text, person } = c.var
  const here = matter.sender.measures.filter(({ threadId }) => threadId === matter.thread.id)
  const pending = matter.sender.measures.some(({ state }) =>
    ['proposed', 'confirmed', 'in_force'].includes(state),
  )
  const suspended = matter.sender.measures.some(
    ({ kind, state }) =>
      kind === 'suspension' && ['proposed', 'confirmed', 'in_force'].includes(state),
  )
  if (!harassmentOf(matter.thread) && here.length === 0) return null
  return (
    <section class='card' aria-labelledby='measure-title'>
      <h2 id='measure-title'>{text.measuresTitle}</h2>
      <ul class='reviews'>
        {here.map(({ id, kind, state, proposer, announcedAt }) => (
          <li>
            <a href={`/measures/${id}`}>{text.measureKind[kind]}</a>{' '}
            <span class='chip neutral'>{text.measureState[state]}</span>
            <small>
              {text.proposedBy}: {names.get(proposer) ?? ''}
              {announcedAt && (
                <>
                  {' · '}
                  <Time c={c} at={announcedAt} />
                </>
              )}
            </small>
          </li>
        ))}
      </ul>
      {may(person, 'propose') && harassmentOf(matter.thread) && !suspended && (
        <details open={!pending}>
          <summary>{text.propose}</summary>
          <ProposalForm c={c} matter={matter} />
        </details>
      )}
    </section>
  )
}

const ProposalForm: FC<{ c: Ctx; matter: Matter }> = ({ c, matter }) => {
  const { text } = c.var
  const ladder = ladderOf(matter)
  const said = (is: boolean) => (is ? text.ladderDone : text.ladderNotDone)
  return (
    <Form c={c} action={`/threads/${matter.thread.id}/measures`}>
      <p class='help'>{text.proposeLead}</p>
      <dl class='ladder'>
        <dt>{text.ladderExplained}</dt>
        <dd>{said(ladder.explained)}</dd>
        <dt>{text.ladderWarned}</dt>
        <dd>{said(ladder.warned)}</dd>
      </dl>
      {ladder.maySkipWarning && <p class='help'>{text.ladderSkippable}</p>}
      <Choice
        name='kind'
        kind='radio'
        legend={text.ladder}
        options={[
          { value: 'warning', label: text.measureWarning, checked: !ladder.warned },
          { value: 'suspension', label: text.measureSuspension, checked: ladder.warned },
        ]}
      />
      <Field id='measureReason' label={text.reason} help={text.reasonHelp} rows={3} />
      {!ladder.warned && !ladder.maySkipWarning && (
        <Field id='skipWarning' label={text.skipWarning} />
      )}
      <button type='submit' class='primary'>
        {text.proposeDo}
      </button>
    </Form>
  )
}

function senderName(record: ThreadRecord): string {
  return record.messages.find(({ direction }) => direction === 'in')?.fromName ?? ''
}

function refusalFor(c: Ctx, record: ThreadRecord): { subject: string; body: string } {
  const { house } = c.var
  const last = record.messages.findLast(({ direction }) => direction === 'in')
  const language = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(last?.text ?? '') ? 'ja' : 'en'
  const { subject, text } = house.templates.render('refusal', language, {
    customer: last?.fromName ?? '',
    company: house.policy.company[language],
    department: record.mailbox.department[language],
    policy: house.policy.title[language],
    policy_url: house.policy.url,
    conduct: [],
    mail_dates: [],
    today: '',
    ends_on: '',
    review_on: '',
    stays_open: house.policy.staysOpen[language],
    objection: house.policy.objection[language],
    reference: record.id.slice(-12),
  })
  return { subject, body: text }
}
