import type { Child, FC } from 'hono/jsx'
import { filedMax } from '../domain/filing.ts'
import { queueStates } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import { fileTogether, type Pick } from '../flow/filing.ts'
import type { QueueItem } from '../store/queue.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { subjectOf, TogetherResult } from './together.tsx'
import { viewOf } from './view.ts'

/** More than may be filed at once is said so, one by one; more than that nobody ticked. */
const picksMax = 2 * filedMax

/** Automatic mail filed away by two people, many at a time (一括処理). */
export function filingRoutes(routes: Routes): void {
  routes.post('/queue/filing', 'review', async (c) => {
    const form = await readForm(c)
    const picks = form.all('pick').slice(0, picksMax).map(pickIn)
    const back = `/queue?view=${form.text('view') === 'filed_second' ? 'filed_second' : 'filed'}`
    const ids = picks.map(({ threadId }) => threadId)
    const filter = { states: queueStates, ids }
    const known = await viewOf(c).queue.list(filter, { offset: 0, limit: picksMax })
    const there = picks.filter(({ threadId }) => known.some(({ id }) => id === threadId))
    const filed = await fileTogether(c.var.house, there, c.var.account)
    const { refused, disputed } = filed
    const whole =
      refused.length + disputed === 0 && there.length === picks.length && picks.length > 0
    if (whole) return c.redirect(`${back}&done=${filed.decided > 0 ? 'filedBoth' : 'filed'}`, 303)
    const missing = picks.length - there.length
    const words = c.var.text.desk.filing
    return page(
      c,
      words.title,
      <TogetherResult
        {...{ c, refused, missing, known, title: words.title }}
        counts={[
          { n: filed.first, words: words.first, tone: 'calm' },
          { n: filed.decided, words: words.decided, tone: 'calm' },
          { n: disputed, words: words.disputed, tone: 'caution' },
        ]}
        back={{ href: back, words: words.back }}
      />,
      picks.length === 0 ? 409 : 200,
    )
  })
}

function pickIn(value: string): Pick {
  const [threadId = '', revision = ''] = value.split(':')
  return { threadId, revision: Number(revision) || 0 }
}

type FilingProps = {
  c: Ctx
  view: string
  items: readonly QueueItem[]
  /** Who gave the one open review, by thread. */
  first: ReadonlyMap<string, string>
  row: (item: QueueItem) => Child
}

/** Threads with a box to tick each, and one button for all of them. */
export const FilingList: FC<FilingProps> = ({ c, view, items, first, row }) => {
  const { text, account } = c.var
  const words = text.desk.filing
  const second = view === 'filed_second'
  const own = (id: string) => first.get(id) === account.id
  const mine = items.every(({ id }) => own(id))
  if (!may(account, 'review'))
    return (
      <ol class='threads'>
        {items.map((one) => (
          <li>{row(one)}</li>
        ))}
      </ol>
    )
  return (
    <Form c={c} action='/queue/filing' class='filing'>
      <p class='help'>{second ? words.leadSecond : words.lead}</p>
      <input type='hidden' name='view' value={view} />
      <div class='buttons'>
        <button type='submit' class='primary' id='file' disabled={mine}>
          {second ? words.confirm : words.do}
        </button>
        <a class='button' id='pick-all' href={`/queue?view=${view}&all=yes`}>
          {words.all}
        </a>
        <small class='faint'>{words.key}</small>
      </div>
      <ol class='threads picking'>
        {items.map((item) => (
          <li>
            {own(item.id) ? (
              <span class='chip calm own'>{words.own}</span>
            ) : (
              <Pickable c={c} item={item} />
            )}
            {row(item)}
          </li>
        ))}
      </ol>
    </Form>
  )
}

const Pickable: FC<{ c: Ctx; item: QueueItem }> = ({ c, item }) => {
  const { text } = c.var
  return (
    <input
      type='checkbox'
      name='pick'
      value={`${item.id}:${item.revision}`}
      aria-label={text.desk.filing.select(subjectOf(c, item))}
      checked={c.req.query('all') === 'yes'}
    />
  )
}
