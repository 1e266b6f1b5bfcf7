import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Event } from '../domain/event.ts'
import { covers, may, type Reach, reachOf } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import type { Ctx } from './env.ts'
import type { Routes } from './routes.ts'
import { openBell } from './told-live.ts'

/** Kinds that change what a list or a page shows. */
const quiet: readonly Event['kind'][] = [
  'signed_in',
  'signed_out',
  'sign_in_failed',
  'passage_revealed',
  'passages_read_by_token',
  'incident_read_by_token',
]

/** Live updates (server-sent events): that something changed and where, never what it says. */
export function liveRoutes(routes: Routes): void {
  routes.get('/events', 'read', (c: Ctx) => streamSSE(c, (stream) => tell(c, stream)))
}

async function tell(c: Ctx, stream: SSEStreamingApi): Promise<void> {
  const { account, entry } = c.var
  const concerns = (event: Event) => isAbout(event, account.id, entry)
  const commits = hearCommits(
    c.var.house.store,
    concerns,
    (c.req.query('thread') ?? '').slice(0, 64),
  )
  stream.onAbort(commits.leave)
  await stream.writeSSE({ event: 'hello', data: '' })
  const bell = openBell(c)
  let reach: Reach | null = reachOf(account, 'read')
  while (!stream.aborted && !stream.closed) {
    const { refs, doubtful, stirred } = await commits.next(bell.patienceMs())
    if (doubtful) reach = await reachNow(c)
    if (stream.aborted || reach === null) break
    const data = (await within(c.var.house.store, reach, refs)).join(' ')
    await stream.writeSSE({ event: data === '' ? 'beat' : 'changed', data })
    await bell.look(stream, stirred)
  }
  commits.leave()
}

type News = {
  readonly refs: readonly string[]
  /** Whether the person may have to be looked at anew: something was said of them, or time went by. */
  readonly doubtful: boolean
  /** Whether anything was committed, of whatever mailbox. */
  readonly stirred: boolean
}

/** What was committed since it was last asked; `next` waits for it, but not for ever. */
function hearCommits(
  store: Store,
  concerns: (event: Event) => boolean,
  /** The thread that is open: who comes and goes there is told as well. */
  threadId: string,
): { next(mostMs: number): Promise<News>; leave(): void } {
  const refs = new Set<string>()
  let stirred = false
  let doubtful = false
  let wake: () => void = () => undefined
  function stir(): void {
    stirred = true
    wake()
  }
  function here(): void {
    refs.add(`here:${threadId}`)
    stir()
  }
  const leaveThread = threadId === '' ? null : store.presences.onChange(threadId, here)
  const leave = store.onCommit((events) => {
    for (const ref of events.flatMap(refOf)) refs.add(ref)
    doubtful ||= events.some(concerns)
    stir()
  })
  return {
    async next(mostMs) {
      if (!stirred) {
        await untilWoken(mostMs, (call) => {
          wake = call
        })
      }
      const news = { refs: [...refs], doubtful: doubtful || !stirred, stirred }
      stirred = false
      doubtful = false
      refs.clear()
      return news
    },
    leave() {
      leave()
      leaveThread?.()
      stir()
    },
  }
}

/** Whether an event may end the session, or change what its person may hear. */
function isAbout(event: Event, personId: string, entry: Ctx['var']['entry']): boolean {
  if ('sessionId' in event && event.sessionId === entry?.session.id) return true
  return 'personId' in event && event.personId === personId
}

/** Where the person reads now; null for who was signed out, or lost their role, a moment ago. */
async function reachNow(c: Ctx): Promise<Reach | null> {
  const { signIns, sessionToken } = c.var
  const signedIn = await signIns.find(sessionToken)
  if (signedIn?.stage !== 'full' || !may(signedIn.person, 'read')) return null
  return reachOf(signedIn.person, 'read')
}

/** Of other mailboxes not even the ids of threads are told. */
async function within(store: Store, reach: Reach, refs: readonly string[]): Promise<string[]> {
  if (reach === 'all' || refs.length === 0) return [...refs]
  const places = await store.places.ofThreads(refs.map(threadIn))
  return refs.filter((ref) => covers(reach, places.get(threadIn(ref)) ?? ''))
}

function threadIn(ref: string): string {
  return ref.replace(/^(?:new|here):/, '')
}

function refOf(event: Event): string[] {
  if (quiet.includes(event.kind) || !('threadId' in event)) return []
  const isNew =
    event.kind === 'message_received' || (event.kind === 'message_reread' && event.reopens)
  return [isNew ? `new:${event.threadId}` : event.threadId]
}

function untilWoken(mostMs: number, listen: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, mostMs)
    listen(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
