import type { FC } from 'hono/jsx'
import { categories, flags, type Severity } from '../domain/category.ts'
import { queueStates } from '../domain/matter.ts'
import type { QueueItem } from '../store/queue.ts'
import { Timeline } from './cases.tsx'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { CategoryChips, FlagChips, SeverityChip, StateChip } from './parts/chips.tsx'
import { Banner, Choice, Empty, Field, Form, Tabs, Tick } from './parts/fields.tsx'
import { KeptBack, Revealed } from './passage-parts.tsx'
import { PickList } from './picks.tsx'
import { QueueBar } from './queue-bar.tsx'
import { filtersIn, queryOf } from './queue-filter.ts'
import { LetterView } from './reply.tsx'
import type { Routes } from './routes.ts'
import { RuleLine } from './rule-line.tsx'
import { StepView } from './setup-steps.tsx'
import { ThreadRows } from './thread-rows.tsx'

/** Every component in every state, for whoever builds the next page. */
export function designRoutes(routes: Routes): void {
  routes.get('/design', 'signed_in', (c) => page(c, c.var.text.nav.design, <Design c={c} />))
}

const severities: readonly Severity[] = [0, 1, 2, 3]

const Design: FC<{ c: Ctx }> = ({ c }) => {
  const { text } = c.var
  return (
    <section class='design'>
      <h1>{text.nav.design}</h1>
      <h2>Chips</h2>
      <p class='chips'>
        {queueStates.map((state) => (
          <StateChip text={text} state={state} />
        ))}
      </p>
      <p class='chips'>
        {severities.map((severity) => (
          <SeverityChip text={text} severity={severity} />
        ))}
      </p>
      <p class='chips'>
        <CategoryChips text={text} codes={categories} />
      </p>
      <p class='chips'>
        <FlagChips text={text} codes={flags} />
      </p>
      <h2>Banners</h2>
      <Banner tone='calm'>{text.done.review}</Banner>
      <Banner tone='caution'>{text.outdatedReply}</Banner>
      <Banner tone='grave'>{text.refused.own_reply}</Banner>
      <Empty>{text.queueEmpty}</Empty>
      <h2>Passages</h2>
      <KeptBack c={c} passage={samplePassage} />
      <Revealed c={c} record={null} passage={samplePassage} words='……' />
      <Forms c={c} />
      <h2>Rows</h2>
      <ThreadRows c={c} items={sampleItems(c)} />
      <Queue c={c} />
      <Rules c={c} />
      <Courses c={c} />
      <h2>Letter</h2>
      <LetterView
        c={c}
        letter={{
          toAddress: 'yamada@customer.example',
          subject: 'Re: 返品について',
          body: '山田 様\n\nお問い合わせありがとうございます。\n返品の手続きをご案内いたします。',
        }}
      />
    </section>
  )
}

/** Filters that are on, a view of one's own, and lines to tick. */
const Queue: FC<{ c: Ctx }> = ({ c }) => {
  const filters = filtersIn((name) => ({ category: 'threat', severity: '2' })[name])
  const query = queryOf(filters)
  const view = { id: 'sample', personId: '', name: c.var.text.urgent, query, count: 120 }
  const staff = [{ id: 'sample', name: '山田 花子' }]
  return (
    <>
      <h2>Queue</h2>
      <QueueBar c={c} filters={filters} saved={[view]} />
      <PickList c={c} items={sampleItems(c)} names={new Map()} query={query} staff={staff} />
    </>
  )
}

/** Steps in each state, and what happened in order. */
const Courses: FC<{ c: Ctx }> = ({ c }) => {
  const { text, house } = c.var
  const step = { key: 'mailbox', state: 'open', minutes: 2 } as const
  const act = { at: house.now(), words: text.cases.decided, href: '#' }
  return (
    <>
      <h2>Steps</h2>
      <ol class='setup-steps'>
        <StepView c={c} step={{ ...step, key: 'factor', state: 'done' }} next={false} />
        <StepView c={c} step={step} next />
        <StepView c={c} step={{ ...step, key: 'people' }} next={false} />
        <StepView c={c} step={{ ...step, key: 'policy', state: 'look' }} next={false} />
      </ol>
      <h2>Timeline</h2>
      <Timeline c={c} acts={[{ ...act, severity: 3, categories: ['threat'] }, act]} />
    </>
  )
}

/** One rule with enough cases to say something, one with too few, and how far a trial is. */
const Rules: FC<{ c: Ctx }> = ({ c }) => {
  const { text, house } = c.var
  const [first, second] = house.rulebook.current().written
  const figures = { open: 3, decided: 42, judged: 40, upheld: 34 }
  const running = text.rules.trialRunning(120, 400)
  return (
    <>
      <h2>Rules</h2>
      <ul class='rules'>
        {first && <RuleLine c={c} rule={first} figures={figures} />}
        {second && <RuleLine c={c} rule={second} figures={{ ...figures, judged: 2, upheld: 1 }} />}
      </ul>
      <p>
        {running} <progress value={120} max={400} aria-label={running} />
      </p>
    </>
  )
}

const Forms: FC<{ c: Ctx }> = ({ c }) => {
  const { text } = c.var
  return (
    <>
      <h2>Forms</h2>
      <Tabs
        label='Tabs'
        tabs={[
          { href: '#', label: text.queueOpen, current: true, count: 12 },
          { href: '#', label: text.queueDone, current: false },
        ]}
      />
      <Form c={c} action='/settings'>
        <Field id='sample' label={text.fairRequest} help={text.fairRequestHelp} />
        <Field id='sample-text' label={text.reason} rows={3} />
        <Choice
          name='sample-choice'
          kind='radio'
          legend={text.severityLabel}
          options={severities.map((one) => ({ value: String(one), label: text.severity[one] }))}
        />
        <Tick name='sample-tick' label={text.elementSuperior} checked />
        <div class='buttons'>
          <button type='button' class='primary'>
            {text.giveReview}
          </button>
          <button type='button'>{text.replySave}</button>
          <button type='button' class='grave'>
            {text.confirm}
          </button>
          <button type='button' disabled>
            {text.save}
          </button>
        </div>
      </Form>
    </>
  )
}

const samplePassage = {
  messageId: 'sample',
  place: '0-0',
  quoted: false,
  categories: ['threat'],
  severity: 3,
  sentences: 2,
} as const

function sampleItems(c: Ctx): QueueItem[] {
  const base: QueueItem = {
    id: 'sample',
    subject: '請求書の宛名について',
    senderId: 'sample',
    senderName: '山田 花子',
    department: { ja: '請求', en: 'Billing' },
    state: 'new',
    urgent: false,
    severity: 0,
    categories: [],
    flags: [],
    gist: [{ kind: 'demand', what: 'information' }],
    unverified: false,
    revision: 1,
    assignee: null,
    assigneeName: null,
    snoozed: null,
    messageCount: 1,
    waitingSince: c.var.house.now(),
    lastAt: c.var.house.now(),
  }
  return [
    { ...base, urgent: true, severity: 3, categories: ['threat'], subject: null },
    { ...base, state: 'second_review', severity: 2, categories: ['verbal_abuse'] },
    base,
  ]
}
