import type { FC } from 'hono/jsx'
import type { Person } from '../domain/person.ts'
import type { Presence } from '../store/presences.ts'
import type { Doing } from '../store/schema.desk.ts'
import type { Ctx } from './env.ts'
import { numberIn, readForm } from './forms.ts'
import { fragment } from './frame.tsx'
import type { Routes } from './routes.ts'

/** A page that says so every twenty seconds is there; one that stops is not, a little later. */
const leaseSeconds = 45

/** Without a script a page is opened, and nobody knows when it is closed. */
const openedSeconds = 180

/** Who is at a thread at this moment: reading or writing, never what they think of it. */
export function presenceRoutes(routes: Routes): void {
  routes.get('/threads/:id/presence', 'read', async (c) => {
    const seen = Number(c.req.query('seen') ?? 0) || 0
    return fragment(c, <Others c={c} {...(await othersAt(c, idOf(c)))} seen={seen} />)
  })
  routes.post('/threads/:id/presence', 'read', async (c) => {
    const form = await readForm(c)
    const tab = form.text('tab', 16).replace(/[^a-z0-9]/g, '')
    const seat = { threadId: idOf(c), personId: c.var.person.id, tab }
    const { presences } = c.var.house.store
    const doing = doingIn(form.text('doing', 16))
    if (doing === null) await presences.leave(seat)
    else await presences.note(seat, doing, leaseSeconds)
    const others = await othersAt(c, idOf(c))
    return fragment(c, <Others c={c} {...others} seen={numberIn(form, 'seen')} />)
  })
}

function doingIn(word: string): Doing | null {
  return word === 'reading' || word === 'writing' ? word : null
}

type AtThread = {
  readonly there: readonly (Presence & { readonly name: string })[]
  /** The newest thing that others did, by its place in the log. */
  readonly newest: number
}

/**
 * Notes that the person has opened the page, and says who else is there. Nobody waits for the note:
 * it is written once the page is made, and the page is as good where it cannot be.
 */
export function enterThread(c: Ctx, threadId: string, staff: readonly Person[]): Promise<AtThread> {
  const { store, log } = c.var.house
  const seat = { threadId, personId: c.var.person.id, tab: '' }
  setImmediate(() =>
    store.presences
      .note(seat, 'opened', openedSeconds)
      .catch((error: Error) => log.warn({ threadId, error }, 'nobody is told who reads it')),
  )
  return othersAt(c, threadId, staff)
}

async function othersAt(c: Ctx, threadId: string, staff?: readonly Person[]): Promise<AtThread> {
  const { presences, people } = c.var.house.store
  const own = c.var.person.id
  const [at, newest] = await Promise.all([
    presences.at(threadId),
    presences.newestAct(threadId, own),
  ])
  const others = at.filter(({ personId }) => personId !== own)
  const known = others.length > 0 ? (staff ?? (await people.list())) : []
  const names = new Map(known.map(({ id, name }) => [id, name]))
  return { there: others.map((one) => ({ ...one, name: names.get(one.personId) ?? '' })), newest }
}

/** The place at the top of a thread; a script keeps it fresh. */
export const PresenceBar: FC<AtThread & { c: Ctx; threadId: string }> = (props) => (
  <div
    id='presence'
    role='status'
    aria-label={props.c.var.text.desk.presence.label}
    data-thread={props.threadId}
    data-seen={String(props.newest)}
  >
    <Others c={props.c} there={props.there} newest={props.newest} seen={props.newest} />
  </div>
)

const Others: FC<AtThread & { c: Ctx; seen: number }> = ({ c, there, newest, seen }) => {
  const { presence: text } = c.var.text.desk
  return (
    <>
      {there.length > 0 && (
        <ul class='presence'>
          {there.map(({ doing, name }) => (
            <li class={`chip ${doing === 'writing' ? 'caution' : 'neutral'}`}>
              {text[doing](name)}
            </li>
          ))}
        </ul>
      )}
      {newest > seen && (
        <p class='banner caution'>
          {text.changed} <a href={`/threads/${idOf(c)}`}>{text.readAgain}</a>
        </p>
      )}
    </>
  )
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
