import type { FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import { snoozePresets } from '../domain/snooze.ts'
import type { RefusalReason } from '../domain/step.ts'
import { assignThread } from '../flow/assignment.ts'
import type { Outcome } from '../flow/house.ts'
import { snoozeThread } from '../flow/snooze.ts'
import type { QueueItem } from '../store/queue.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Banner, Form, Select } from './parts/fields.tsx'
import { Refused } from './problems.ts'
import { filtersIn, queuePath } from './queue-filter.ts'
import type { Routes } from './routes.ts'
import { instantIn } from './snooze-form.ts'
import { ThreadRow } from './thread-rows.tsx'
import { viewOf } from './view.ts'

/** As many as a page of the queue holds. */
const picksMax = 50

/** Several threads of the queue taken, handed over or put off at once; each by its own rules. */
export function pickRoutes(routes: Routes): void {
  routes.post('/queue/picks', 'assign', async (c) => {
    const form = await readForm(c)
    const picks = form.all('pick').slice(0, picksMax).map(pickIn)
    const query = new URLSearchParams(form.text('query', 500))
    const back = queuePath(filtersIn((name) => query.get(name) ?? undefined))
    const act = await actIn(c, form, back)
    const ids = picks.map(({ threadId }) => threadId)
    const place = { offset: 0, limit: picksMax }
    const known = await viewOf(c).queue.list({ states: queueStates, ids }, place)
    const results: Result[] = []
    for (const item of known) {
      const from = picks.find(({ threadId }) => threadId === item.id)?.from ?? null
      const outcome = await act(item.id, from)
      if (outcome.kind === 'refused') results.push({ item, reason: outcome.reason })
    }
    const missing = picks.length - known.length
    if (picks.length > 0 && results.length + missing === 0) {
      return c.redirect(`${back}&done=picked`, 303)
    }
    const shown = { results, missing, done: known.length - results.length, back }
    const title = c.var.text.picks.title
    return page(c, title, <Results c={c} {...shown} />, picks.length === 0 ? 409 : 200)
  })
}

type Act = (threadId: string, from: string | null) => Promise<Outcome>

/** What to do with each thread. */
async function actIn(
  c: Ctx,
  form: Awaited<ReturnType<typeof readForm>>,
  back: string,
): Promise<Act> {
  const { house, person, account } = c.var
  switch (form.text('do', 8)) {
    case 'snooze': {
      const until = instantIn(form, house.now())
      if (until === null) throw new Refused('snooze_date_wrong', back)
      return (id) => snoozeThread(house, id, until, person)
    }
    case 'hand': {
      const to = form.text('person', 64)
      if (!(await house.store.people.find(to))) throw new Refused('nobody_chosen', back)
      return (id, from) => assignThread(house, id, { to, remark: '', from }, person)
    }
    default:
      return (id, from) => assignThread(house, id, { to: account.id, remark: '', from }, person)
  }
}

/** A thread, and who had it on the page. */
function pickIn(value: string): { readonly threadId: string; readonly from: string | null } {
  const [threadId = '', from = ''] = value.split(':')
  return { threadId, from: from || null }
}

type Result = { readonly item: QueueItem; readonly reason: RefusalReason }
type ResultsProps = {
  c: Ctx
  results: readonly Result[]
  missing: number
  done: number
  back: string
}

const Results: FC<ResultsProps> = ({ c, results, missing, done, back }) => {
  const { text } = c.var
  const { picks } = text
  return (
    <section class='narrow'>
      <h1>{picks.title}</h1>
      {done + results.length + missing === 0 && <Banner tone='caution'>{picks.none}</Banner>}
      {done > 0 && <Banner tone='calm'>{picks.done(done)}</Banner>}
      {results.length + missing > 0 && (
        <Banner tone='caution'>
          <p>{picks.refused(results.length + missing)}</p>
          <ul>
            {results.map(({ item, reason }) => (
              <li>
                <a href={`/threads/${item.id}`}>{subjectOf(c, item)}</a> {text.refused[reason]}
              </li>
            ))}
            {missing > 0 && <li>{picks.missing}</li>}
          </ul>
        </Banner>
      )}
      <p>
        <a class='button' href={back}>
          {picks.back}
        </a>
      </p>
    </section>
  )
}

type ListProps = {
  c: Ctx
  items: readonly QueueItem[]
  names: ReadonlyMap<string, string>
  query: string
  staff: readonly { readonly id: string; readonly name: string }[]
}

/** Threads with a box to tick each, and what can be done with those that are ticked. */
export const PickList: FC<ListProps> = ({ c, items, names, query, staff }) => (
  <Form c={c} action='/queue/picks' class='picks'>
    <input type='hidden' name='query' value={query} />
    <ol class='threads picking'>
      {items.map((item) => (
        <li class={item.urgent ? 'urgent' : undefined}>
          <input
            type='checkbox'
            name='pick'
            value={`${item.id}:${item.assignee ?? ''}`}
            aria-label={c.var.text.picks.select(subjectOf(c, item))}
          />
          <ThreadRow c={c} item={item} putOffBy={names.get(item.snoozed?.by ?? '')} />
        </li>
      ))}
    </ol>
    <PickBar c={c} staff={staff} />
  </Form>
)

/** Stays in sight while anything is ticked. */
const PickBar: FC<Pick<ListProps, 'c' | 'staff'>> = ({ c, staff }) => {
  const { text, account } = c.var
  const { picks, desk } = text
  const others = staff.filter(({ id }) => id !== account.id)
  return (
    <fieldset class='pick-bar'>
      <legend>{picks.legend}</legend>
      <button type='submit' name='do' value='take' class='primary'>
        {picks.take}
      </button>
      {others.length > 0 && (
        <span class='pick-act'>
          <Select
            id='person'
            label={picks.to}
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <button type='submit' name='do' value='hand'>
            {picks.hand}
          </button>
        </span>
      )}
      {may(account, 'snooze') && (
        <span class='pick-act'>
          <Select
            id='when'
            label={picks.until}
            options={snoozePresets.map((value) => ({ value, label: desk.presets[value] }))}
          />
          <button type='submit' name='do' value='snooze'>
            {picks.snooze}
          </button>
        </span>
      )}
    </fieldset>
  )
}

function subjectOf({ var: { text } }: Ctx, { subject }: QueueItem): string {
  return subject === null ? text.shieldedSubject : subject || text.noSubject
}
