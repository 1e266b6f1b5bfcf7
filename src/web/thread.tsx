import type { FC } from 'hono/jsx'
import { queueStateOf } from '../domain/matter.ts'
import { may, type Person } from '../domain/person.ts'
import { emptyFacts, languageOfMail } from '../flow/notice.ts'
import { referenceFor } from '../flow/reference.ts'
import type { Exposure } from '../store/exposures.ts'
import type { ThreadRecord } from '../store/threads.ts'
import { fullTime } from '../text/text.ts'
import { assetPath } from './assets.ts'
import { Conversation } from './conversation.tsx'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { HoldPanel } from './holds.tsx'
import { NoteForm } from './notes.tsx'
import {
  CategoryChips,
  FlagChips,
  gistWords,
  inLanguage,
  SeverityChip,
  StateChip,
} from './parts/chips.tsx'
import { Banner } from './parts/fields.tsx'
import { isOpen } from './passages.ts'
import { PresenceBar } from './presence.tsx'
import { Missing } from './problems.ts'
import { Reasons } from './reasons.tsx'
import { ReplyPanel } from './reply.tsx'
import {
  ArrangePanel,
  type Arranging,
  arrangingOf,
  JoinedBanner,
  MoveHistory,
} from './thread-arrange.tsx'
import { DeskPanel, type DeskShown, deskOf } from './thread-desk.tsx'
import { MeasurePanel } from './thread-measure.tsx'
import { ReviewPanel, type ThreadShown } from './thread-review.tsx'
import { TargetPanel } from './thread-target.tsx'
import { type MailView, viewAsked } from './views.ts'

/** One thread: the customer's request first, then the conversation, and beside it what to do. */
export async function threadPage(c: Ctx, id: string): Promise<Response> {
  const { store } = c.var.house
  const [opened, staff] = await Promise.all([store.threads.open(id), store.people.list()])
  if (!opened) throw new Missing()
  const { record } = opened
  const { matter } = opened.loaded
  const names = new Map(staff.map((one) => [one.id, one.name]))
  const [shown, arranging, desk, mailView] = await Promise.all([
    shownTo(c),
    arrangingOf(c, id, matter.thread.senderId),
    deskOf(c, matter, staff),
    viewAsked(c, record),
  ])
  const prefill = c.req.query('template') === 'refusal' ? refusalFor(c, record) : null
  const title = record.subjectShielded ? c.var.text.shieldedSubject : record.subject
  const view = { c, matter, record, names, staff, shown, prefill, arranging, desk, mailView }
  return page(c, title || c.var.text.noSubject, <ThreadView {...view} />)
}

/** The passage that the person asked for, for as long as it stays open. */
async function shownTo(c: Ctx): Promise<Exposure | null> {
  const asked = c.req.query('shown')
  const exposure = asked ? await c.var.house.store.exposures.find(asked) : null
  return isOpen(exposure, c.var.person.id, c.var.house.now()) ? exposure : null
}

type Shown = ThreadShown & {
  readonly arranging: Arranging
  readonly staff: readonly Person[]
  readonly desk: DeskShown
  /** The mail that is looked at in another way than by its text. */
  readonly mailView: MailView | null
}

const ThreadHead: FC<Shown> = (view) => {
  const { c, matter, record } = view
  const { text, language } = c.var
  const { thread } = matter
  return (
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
          {text.filter.senderLabel}: {senderName(view) || text.unknownSender}
        </a>
        <span class='chip neutral'>{inLanguage(record.mailbox.department, language)}</span>
        {may(c.var.person, 'read_log') && (
          <a class='chip neutral' href={`/log?thread=${thread.id}`}>
            {text.nav.log}
          </a>
        )}
        <button type='button' class='quiet scripted' data-print>
          {text.print}
        </button>
      </p>
      <p class='print-only'>
        {text.printedBy(
          c.var.person.name,
          fullTime(c.var.house.now(), language),
          referenceFor(c.var.house, thread.id),
        )}
      </p>
    </header>
  )
}

const ThreadView: FC<Shown> = (view) => {
  const { c, matter, record, desk } = view
  const { text } = c.var
  const { thread } = matter
  // What was erased cannot be answered; a new mail can.
  const isAnswered = thread.joinedInto === null && !thread.erased
  return (
    <div class='thread'>
      <Neighbours c={c} threadId={thread.id} />
      <ThreadHead {...view} />
      <PresenceBar c={c} threadId={thread.id} {...desk.at} />
      {thread.assessed?.flags.includes('self_harm') && (
        <Banner tone='caution'>{text.selfHarmGuidance}</Banner>
      )}
      <p class='banner caution' id='thread-news' data-thread={thread.id} role='status' hidden>
        {text.threadNews} <a href={`/threads/${thread.id}`}>{text.readAgain}</a>
      </p>
      <div class='columns'>
        <div class='conversation'>
          <JoinedBanner {...view} />
          <MoveHistory {...view} />
          {thread.joinedInto === null && <GistCard c={c} record={record} />}
          <h2 class='hidden'>{text.conversation}</h2>
          <Conversation {...view} notes={desk.notes} unread={desk.unread} />
          {thread.joinedInto === null && (
            <NoteForm c={c} threadId={thread.id} readers={desk.readers} />
          )}
          {thread.joinedInto === null && <p class='help'>{text.revealNote}</p>}
        </div>
        <aside class='panel'>
          <ReviewPanel {...view} />
          <Reasons c={c} record={record} />
          <MeasurePanel {...view} />
          <DeskPanel {...view} />
          <TargetPanel {...view} />
          <HoldPanel {...view} what='thread' id={thread.id} senderId={thread.senderId} />
          <ArrangePanel {...view} />
        </aside>
        {isAnswered && (
          <section class='card answer' id='reply' aria-labelledby='reply-title'>
            <h2 id='reply-title'>{text.reply}</h2>
            <ReplyPanel {...view} />
          </section>
        )}
      </div>
      <script src={assetPath('desk.js')} type='module' />
    </div>
  )
}

/** The queue beside the thread where the screen is wide enough for a third pane; fetched only there. */
const Neighbours: FC<{ c: Ctx; threadId: string }> = ({ c, threadId }) => (
  <nav
    class='neighbours'
    aria-label={c.var.text.queueTitle}
    hx-get={`/queue?beside=${threadId}`}
    hx-trigger='intersect once'
  />
)

/** What the customer wants, in neutral words made by rules. */
const GistCard: FC<{ c: Ctx; record: ThreadRecord }> = ({ c, record }) => {
  const { text } = c.var
  return (
    <section class='card gist-card' aria-labelledby='gist-title'>
      <h2 id='gist-title'>{text.gistLabel}</h2>
      <ul>
        {gistWords(record.gist, text).map((words) => (
          <li>{words}</li>
        ))}
      </ul>
    </section>
  )
}

function senderName({ record, matter, arranging }: ThreadShown & { arranging: Arranging }): string {
  const { joinedInto } = matter.thread
  if (joinedInto !== null) return arranging.ends.get(joinedInto)?.senderName ?? ''
  return record.messages.find(({ direction }) => direction === 'in')?.fromName ?? ''
}

function refusalFor(c: Ctx, record: ThreadRecord): { subject: string; body: string } {
  const { house } = c.var
  const last = record.messages.findLast(({ direction }) => direction === 'in')
  const language = languageOfMail(last?.text ?? '')
  const facts = { ...emptyFacts(house, record, language), customer: last?.fromName ?? '' }
  const { subject, text } = house.templates.render('refusal', language, facts)
  return { subject, body: text }
}
