import type { FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import { snoozePresets } from '../domain/snooze.ts'
import { actTogether, type Ticked, type TogetherAct } from '../flow/together.ts'
import type { QueueItem } from '../store/queue.ts'
import type { Ctx } from './env.ts'
import { type Form as FormFields, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Form, Select } from './parts/fields.tsx'
import { Refused } from './problems.ts'
import { filtersIn, queuePath } from './queue-filter.ts'
import type { Routes } from './routes.ts'
import { instantIn } from './snooze-form.ts'
import { ThreadRow } from './thread-rows.tsx'
import { subjectOf, TogetherResult } from './together.tsx'
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
    const there = picks.filter(({ threadId }) => known.some(({ id }) => id === threadId))
    const { done, refused } = await actTogether(c.var.house, there, act, c.var.person)
    const missing = picks.length - there.length
    if (picks.length > 0 && done === picks.length) return c.redirect(`${back}&done=picked`, 303)
    const { picks: words } = c.var.text
    return page(
      c,
      words.title,
      <TogetherResult
        {...{ c, refused, missing, known, title: words.title }}
        counts={[{ n: done, words: words.done, tone: 'calm' }]}
        back={{ href: back, words: words.back }}
      />,
      picks.length === 0 ? 409 : 200,
    )
  })
}

/** What to do with each thread. */
async function actIn(c: Ctx, form: FormFields, back: string): Promise<TogetherAct> {
  const { house, account } = c.var
  switch (form.text('do', 8)) {
    case 'snooze': {
      const until = instantIn(form, house.now())
      if (until === null) throw new Refused('snooze_date_wrong', back)
      return { kind: 'snooze', until }
    }
    case 'hand': {
      const to = form.text('person', 64)
      if (!(await house.store.people.find(to))) throw new Refused('nobody_chosen', back)
      return { kind: 'assign', to }
    }
    default:
      return { kind: 'assign', to: account.id }
  }
}

/** A thread, and who had it on the page. */
function pickIn(value: string): Ticked {
  const [threadId = '', from = ''] = value.split(':')
  return { threadId, from: from || null }
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
