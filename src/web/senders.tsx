import type { FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import { mayWherever } from '../domain/person.ts'
import { suspensionsInForce } from '../domain/sender.ts'
import type { QueueItem } from '../store/queue.ts'
import type { SenderRecord } from '../store/senders.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { MeasureRows } from './measures.tsx'
import { CategoryChips, SeverityChip, Time } from './parts/chips.tsx'
import { Banner, Empty } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { ThreadRows } from './queue.tsx'
import { RepresentativePanel, representativeRoutes } from './representatives.tsx'
import type { Routes } from './routes.ts'
import { viewOf } from './view.ts'

const pageSize = 100

export function senderRoutes(routes: Routes): void {
  routes.get('/senders', 'read', listPage)
  routes.get('/senders/:id', 'read', senderPage)
  representativeRoutes(routes)
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const senders = await viewOf(c).senders.list({ offset: 0, limit: pageSize }, house.now())
  return page(
    c,
    text.sendersTitle,
    <section>
      <h1>{text.sendersTitle}</h1>
      {senders.length === 0 && <Empty>{text.sendersEmpty}</Empty>}
      <ol class='threads'>
        {senders.map((sender) => (
          <li>
            <a class='thread-row' href={`/senders/${sender.id}`}>
              <span class='who'>{sender.name || text.unknownSender}</span>
              <span class='subject address'>{sender.address}</span>
              <span class='gist' />
              <span class='chips'>
                {sender.suspended && <span class='chip shielded'>{text.suspended}</span>}
                <span class='chip neutral'>
                  {text.threadsTitle} {sender.threads}
                </span>
              </span>
              <span class='when'>
                <Time c={c} at={sender.lastAt} />
              </span>
            </a>
          </li>
        ))}
      </ol>
    </section>,
  )
}

async function senderPage(c: Ctx): Promise<Response> {
  const { store } = c.var.house
  const view = viewOf(c)
  const record = await view.senders.find(c.req.param('id') ?? '')
  if (!record) throw new Missing()
  const sender = (await store.matters.senders([record.id]))(record.id)
  const seesMuted = mayWherever(c.var.account, 'read_muted', 'read')
  const states = queueStates.filter(
    (state) => state !== 'joined' && (seesMuted || state !== 'muted'),
  )
  const place = { offset: 0, limit: pageSize }
  const threads = await view.queue.list({ states, senderId: record.id }, place)
  const all = await Promise.all(sender.measures.map(({ id }) => view.measures.find(id)))
  const measures = all.filter((one) => one !== null)
  const [inForce] = suspensionsInForce(sender, c.var.house.now())
  const marked = await store.representatives.of(record.id)
  const { text } = c.var
  return page(
    c,
    record.name || text.unknownSender,
    <section>
      <h1>{record.name || text.unknownSender}</h1>
      {inForce && (
        <Banner tone='caution'>
          {text.suspended} · {text.endsAt} <Time c={c} at={inForce.endsAt ?? ''} exact />
        </Banner>
      )}
      <p class='address'>{record.addresses.join(' · ')}</p>
      {record.proof && <p class='help'>{text.identityProven(record.proof)}</p>}
      <h2>{text.measuresTitle}</h2>
      {measures.length === 0 ? (
        <Empty>{text.measuresAllEmpty}</Empty>
      ) : (
        <MeasureRows c={c} measures={measures} />
      )}
      <RepresentativePanel c={c} record={record} marked={marked} />
      <Muted c={c} record={record} seesList={seesMuted} />
      <Threads c={c} threads={threads} />
    </section>,
  )
}

const Threads: FC<{ c: Ctx; threads: readonly QueueItem[] }> = ({ c, threads }) => (
  <>
    <h2>{c.var.text.threadsTitle}</h2>
    <ThreadRows c={c} items={threads} />
  </>
)

/** Mail during a suspension: counts and categories, never a word of it. */
const Muted: FC<{ c: Ctx; record: SenderRecord; seesList: boolean }> = (props) => {
  const { c, record, seesList } = props
  const { text } = c.var
  if (record.muted.length === 0) return null
  return (
    <>
      <h2>{text.mutedTitle}</h2>
      <p class='help'>
        {text.mutedCount(record.muted.length)} · {text.mutedLead}
      </p>
      {seesList && (
        <table class='muted'>
          <tbody>
            {record.muted.map(({ messageId, threadId, receivedAt, severity, categories }) => (
              <tr>
                <td>
                  <a href={`/threads/${threadId}#m-${messageId}`}>
                    <Time c={c} at={receivedAt} exact />
                  </a>
                </td>
                <td>
                  <SeverityChip text={text} severity={severity} />
                </td>
                <td class='chips'>
                  <CategoryChips text={text} codes={categories} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
