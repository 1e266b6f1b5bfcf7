import type { FC } from 'hono/jsx'
import { may, type Person } from '../domain/person.ts'
import type { Review } from '../domain/review.ts'
import { whyNotHandle } from '../domain/target.ts'
import { decisionOf, type Thread } from '../domain/thread.ts'
import type { QueueItem } from '../store/queue.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { MessageCard } from './message.tsx'
import { MailboxTabs, narrowedTo, pathWith } from './one-mailbox.tsx'
import { CategoryChips, gistWords, inLanguage, SeverityChip, Time } from './parts/chips.tsx'
import { Banner, Empty } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { Reasons } from './reasons.tsx'
import { SettleForm } from './review-form.tsx'
import type { Routes } from './routes.ts'
import { DecisionView } from './thread-review.tsx'

const listed = 100

/** The dispute desk (裁定): what two reviews differ on, and a supervisor's word. */
export function disputeRoutes(routes: Routes): void {
  routes.get('/disputes', 'see_disputes', listPage)
  routes.get('/threads/:id/dispute', 'see_disputes', disputePage)
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const { disputes: words } = text.replies
  const filter = { states: ['disputed'] as const }
  const { view, ...narrowed } = await narrowedTo(c, 'see_disputes')
  const items = await view.queue.list(filter, { offset: 0, limit: listed })
  const matters = await house.store.matters.findAll(items.map(({ id }) => id))
  const staff = await house.store.people.list()
  return page(
    c,
    words.title,
    <section>
      <h1>{words.title}</h1>
      <p class='help'>{words.lead}</p>
      <MailboxTabs c={c} {...narrowed} href={(mailbox) => pathWith('/disputes', { mailbox })} />
      {items.length === 0 && <Empty>{words.none}</Empty>}
      <ol class='threads'>
        {items.map((item) => {
          const thread = matters.get(item.id)?.matter.thread
          return (
            thread && (
              <li>
                <DisputeRow c={c} item={item} settlers={settlersOf(thread, staff)} />
              </li>
            )
          )
        })}
      </ol>
    </section>,
  )
}

/** Who may settle: a supervisor of the mailbox who reviewed nothing here and is not attacked. */
function settlersOf(thread: Thread, staff: readonly Person[]): Person[] {
  const reviewers = thread.reviews.map(({ reviewer }) => reviewer)
  return staff.filter(
    (one) => !reviewers.includes(one.id) && whyNotHandle(one, 'settle', thread) === null,
  )
}

type RowProps = { c: Ctx; item: QueueItem; settlers: readonly Person[] }

const DisputeRow: FC<RowProps> = ({ c, item, settlers }) => {
  const { text, language } = c.var
  const { disputes: words } = text.replies
  return (
    <a class='thread-row' href={`/threads/${item.id}/dispute`}>
      <span class='who'>{item.senderName || text.unknownSender}</span>
      <span class={item.subject === null ? 'subject faint' : 'subject'}>
        {item.subject ?? text.shieldedSubject}
      </span>
      <span class='gist'>
        {settlers.length === 0
          ? words.nobody
          : words.may(settlers.map(({ name }) => name).join('、'))}
      </span>
      <span class='chips'>
        {item.severity > 0 && <SeverityChip text={text} severity={item.severity} />}
        <span class='chip neutral'>{inLanguage(item.department, language)}</span>
      </span>
      <span class='when'>
        <Time c={c} at={item.waitingSince} />
      </span>
    </a>
  )
}

async function disputePage(c: Ctx): Promise<Response> {
  const { text, house, person } = c.var
  const { store } = house
  const id = c.req.param('id') ?? ''
  const opened = await store.threads.open(id)
  if (!opened) throw new Missing()
  const { record } = opened
  const { thread } = opened.loaded.matter
  const names = await store.people.names()
  const { disputes: words } = text.replies
  const subject = record.subjectShielded ? text.shieldedSubject : record.subject || text.noSubject
  const reviews = thread.reviews.length === 2 ? thread.reviews : []
  return page(
    c,
    words.one,
    <section class='dispute'>
      <p>
        <a href='/disputes'>{words.title}</a> · <a href={`/threads/${id}`}>{text.openThread}</a>
      </p>
      <h1>
        {words.one}: {subject}
      </h1>
      {!thread.disputed && <Ended c={c} thread={thread} names={names} />}
      <section class='card gist-card' aria-labelledby='gist-title'>
        <h2 id='gist-title'>{text.gistLabel}</h2>
        <ul>
          {gistWords(record.gist, text).map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      </section>
      <div class='pair'>
        {reviews.map((review) => (
          <ReviewCard c={c} review={review} name={names.get(review.reviewer) ?? ''} />
        ))}
      </div>
      <Reasons c={c} record={record} />
      <Mails c={c} record={record} />
      {thread.disputed && <Settlement c={c} thread={thread} person={person} />}
    </section>,
  )
}

const Ended: FC<{ c: Ctx; thread: Thread; names: ReadonlyMap<string, string> }> = (props) => {
  const { c, thread, names } = props
  const { disputes: words } = c.var.text.replies
  const decision = decisionOf(thread)
  if (decision?.how !== 'settled') return <Banner tone='caution'>{words.notDisputed}</Banner>
  return (
    <section class='card' aria-labelledby='settled-title'>
      <h2 id='settled-title'>{words.settled}</h2>
      <DecisionView c={c} decision={decision} names={names} />
    </section>
  )
}

/** One of the two reviews, everything that it says. */
const ReviewCard: FC<{ c: Ctx; review: Review; name: string }> = ({ c, review, name }) => {
  const { text } = c.var
  const { disputes: words } = text.replies
  const { verdict, place, reason, demand, fairRequest } = review
  return (
    <article class='card review-card'>
      <h2>
        {place === 1 ? words.first : words.second}: {name}
      </h2>
      <dl class='facts'>
        <dt>{words.verdict}</dt>
        <dd>
          <strong>{text.verdictName[verdict.kind]}</strong>
        </dd>
        {verdict.kind === 'harassment' && (
          <>
            <dt>{words.categories}</dt>
            <dd class='chips'>
              <CategoryChips text={text} codes={verdict.categories} />
            </dd>
            <dt>{words.severity}</dt>
            <dd>
              <SeverityChip text={text} severity={verdict.severity} />
            </dd>
            <dt>{words.elements}</dt>
            <dd>
              <Elements c={c} verdict={verdict} />
            </dd>
          </>
        )}
        <dt>{words.reason}</dt>
        <dd class='words'>{reason || words.noReason}</dd>
        <dt>{words.demandFair}</dt>
        <dd>{text.demandValue[demand]}</dd>
        <dt>{words.fair}</dt>
        <dd class='words'>{fairRequest || words.noFair}</dd>
      </dl>
    </article>
  )
}

type Harassment = Extract<Review['verdict'], { kind: 'harassment' }>

const Elements: FC<{ c: Ctx; verdict: Harassment }> = ({ c, verdict }) => {
  const { disputes: words } = c.var.text.replies
  const { superiorPosition, improperConduct, harmToWorkEnvironment } = verdict.elements
  const said = (holds: boolean) => (holds ? words.holds : words.missing)
  return (
    <ul class='points'>
      <li>
        {words.superior}: {said(superiorPosition)}
      </li>
      <li>
        {words.improper} ({words[improperConduct.which]}): {improperConduct.why}
      </li>
      <li>
        {words.harm}: {said(harmToWorkEnvironment)}
      </li>
    </ul>
  )
}

/** The customer's own words, only by choice; what is harmful in them still waits to be opened. */
const Mails: FC<{ c: Ctx; record: ThreadRecord }> = ({ c, record }) => {
  const { disputes: words } = c.var.text.replies
  const mails = record.messages.filter(({ direction }) => direction === 'in')
  return (
    <details class='card'>
      <summary>{words.mails}</summary>
      <p class='help'>{words.mailsHelp}</p>
      {mails.map((message) => (
        <MessageCard c={c} record={record} message={message} shown={null} />
      ))}
    </details>
  )
}

const Settlement: FC<{ c: Ctx; thread: Thread; person: Person }> = ({ c, thread, person }) => {
  const { text } = c.var
  const { disputes: words } = text.replies
  if (!may(person, 'settle')) return <p class='help'>{text.settleWaiting}</p>
  if (thread.reviews.some(({ reviewer }) => reviewer === person.id)) {
    return <Banner tone='caution'>{words.ownReview}</Banner>
  }
  const barred = whyNotHandle(person, 'settle', thread)
  if (barred) return <Banner tone='caution'>{text.refused[barred.reason]}</Banner>
  return (
    <section class='card' aria-labelledby='settle-title'>
      <h2 id='settle-title'>{words.decide}</h2>
      <SettleForm c={c} thread={thread} />
    </section>
  )
}
