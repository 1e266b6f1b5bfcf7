import type { FC } from 'hono/jsx'
import type { EventKind } from '../domain/event.ts'
import { reachOf } from '../domain/person.ts'
import { verify } from '../flow/verify.ts'
import { meets } from '../store/placing.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { Banner, Empty, Form, Select } from './parts/fields.tsx'
import { Forbidden, Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { viewOf } from './view.ts'

const listed = 100

/** The append-only log, and its check. */
export function logRoutes(routes: Routes): void {
  routes.get('/log', 'read_log', (c) => logPage(c, null))
  // What it finds names threads of any mailbox.
  routes.post('/log/verification', 'read_log', async (c) => {
    if (!readsAll(c)) throw new Forbidden()
    return logPage(c, await verify(c.var.house.store))
  })
}

function readsAll(c: Ctx): boolean {
  return reachOf(c.var.account, 'read_log') === 'all'
}

/** What narrows the log: a thread, and a kind of event. Nobody's doings are picked out by name. */
type Narrowed = { readonly thread?: string; readonly kind?: EventKind }

async function narrowedIn(c: Ctx): Promise<Narrowed> {
  const [thread, asked = ''] = [c.req.query('thread'), c.req.query('kind')]
  if (thread && !(await readsOf(c, thread))) throw new Missing()
  const kind = isEventKind(c, asked) ? asked : undefined
  return { ...(thread ? { thread } : {}), ...(kind ? { kind } : {}) }
}

/** Whether they read the log of a thread: of other mailboxes it does not exist. */
async function readsOf(c: Ctx, thread: string): Promise<boolean> {
  const places = await c.var.house.store.places.of('thread', thread)
  return meets(reachOf(c.var.account, 'read_log'), places)
}

function isEventKind(c: Ctx, kind: string): kind is EventKind {
  return Object.hasOwn(c.var.text.event, kind)
}

/** The page of what happened before, of the same things. */
function olderPath(before: number, narrowed: Narrowed): string {
  return `/log?${new URLSearchParams({ ...narrowed, before: String(before) })}`
}

async function logPage(
  c: Ctx,
  verdict: Awaited<ReturnType<typeof verify>> | null,
): Promise<Response> {
  const { text, house } = c.var
  const before = Number(c.req.query('before') ?? 0) || undefined
  const narrowed = await narrowedIn(c)
  const { thread, kind } = narrowed
  const filter = {
    ...(before ? { before } : {}),
    ...(thread ? { threadId: thread } : {}),
    ...(kind ? { kind } : {}),
  }
  const events = await viewOf(c, 'read_log').log.list(filter, listed)
  const names = await house.store.people.names()
  const last = events.at(-1)
  return page(
    c,
    text.logTitle,
    <section>
      <h1>{text.logTitle}</h1>
      <p class='help'>{text.logLead}</p>
      {verdict && verdict.flaws.length === 0 && (
        <Banner tone='calm'>{text.logGood(verdict.events, verdict.messages)}</Banner>
      )}
      {verdict && verdict.flaws.length > 0 && (
        <Banner tone='grave'>
          {text.logBad}
          <ul>
            {verdict.flaws.map((flaw) => (
              <li>{flaw}</li>
            ))}
          </ul>
        </Banner>
      )}
      {readsAll(c) && (
        <Form c={c} action='/log/verification'>
          <button type='submit'>{text.logVerify}</button>
        </Form>
      )}
      <Narrowing c={c} narrowed={narrowed} />
      {events.length === 0 && <Empty>{text.logNone}</Empty>}
      <table class='log'>
        <tbody>
          {events.map(({ seq, event, hash }) => (
            <tr>
              <td class='number'>{seq}</td>
              <td>
                <Time c={c} at={event.at} exact />
              </td>
              <td>{text.event[event.kind]}</td>
              <td>{event.by ? (names.get(event.by) ?? event.by) : text.bySystem}</td>
              <td>
                {'threadId' in event && (
                  <a href={`/threads/${event.threadId}`}>{text.openThread}</a>
                )}
              </td>
              <td class='hash' title={hash}>
                {hash.slice(0, 12)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {last && last.seq > 1 && (
        <p class='pager'>
          <a href={olderPath(last.seq, narrowed)}>{text.logOlder}</a>
        </p>
      )}
    </section>,
  )
}

/** One kind of event out of all, by its name; within the thread that is looked at. */
const Narrowing: FC<{ c: Ctx; narrowed: Narrowed }> = ({ c, narrowed: { thread, kind } }) => {
  const { text, language } = c.var
  const kinds = Object.entries(text.event).toSorted(([, a], [, b]) => a.localeCompare(b, language))
  const all = { value: '', label: text.logAll }
  return (
    <form method='get' action='/log' class='finding'>
      {thread && <input type='hidden' name='thread' value={thread} />}
      <Select
        id='kind'
        label={text.logKind}
        options={[
          all,
          ...kinds.map(([value, label]) => ({ value, label, checked: value === kind })),
        ]}
      />
      <button type='submit'>{text.filter.apply}</button>
      {(kind || thread) && <a href='/log'>{text.logWhole}</a>}
    </form>
  )
}
