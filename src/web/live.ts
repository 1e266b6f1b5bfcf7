import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Event } from '../domain/event.ts'
import { covers, may, type Reach, reachOf } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import type { Ctx } from './env.ts'
import type { Routes } from './routes.ts'

/** A silent connection is closed by proxies: something is said at least so often. */
const heartbeatMs = 20_000

/** Kinds that change what a list or a page shows. */
const quiet: readonly Event['kind'][] = [
  'signed_in',
  'signed_out',
  'sign_in_failed',
  'passage_revealed',
]

/** Live updates (server-sent events): that something changed and where, never what it says. */
export function liveRoutes(routes: Routes): void {
  routes.get('/events', 'read', (c: Ctx) => streamSSE(c, (stream) => tell(c, stream)))
}

async function tell(c: Ctx, stream: SSEStreamingApi): Promise<void> {
  const commits = hearCommits(c.var.house.store)
  stream.onAbort(commits.leave)
  await stream.writeSSE({ event: 'hello', data: '' })
  while (!stream.aborted && !stream.closed) {
    const refs = await commits.next()
    const data = stream.aborted ? null : await newsFor(c, refs)
    if (data === null) break
    await stream.writeSSE({ event: data === '' ? 'beat' : 'changed', data })
  }
  commits.leave()
}

/** What was committed since it was last asked; `next` waits for it, but not for ever. */
function hearCommits(store: Store): { next(): Promise<string[]>; leave(): void } {
  const refs = new Set<string>()
  let stirred = false
  let wake: () => void = () => undefined
  function stir(): void {
    stirred = true
    wake()
  }
  const leave = store.onCommit((events) => {
    for (const ref of events.flatMap(refOf)) refs.add(ref)
    stir()
  })
  return {
    async next() {
      if (!stirred) await untilWoken(heartbeatMs, (call) => (wake = call))
      stirred = false
      const news = [...refs]
      refs.clear()
      return news
    },
    leave() {
      leave()
      stir()
    },
  }
}

/** What a person may hear; null for who was signed out, or lost their role, a moment ago. */
async function newsFor(c: Ctx, refs: readonly string[]): Promise<string | null> {
  const { house, signIns, sessionToken } = c.var
  const signedIn = await signIns.find(sessionToken)
  if (signedIn?.stage !== 'full' || !may(signedIn.person, 'read')) return null
  return (await within(house.store, reachOf(signedIn.person, 'read'), refs)).join(' ')
}

/** Of other mailboxes not even the ids of threads are told. */
async function within(store: Store, reach: Reach, refs: readonly string[]): Promise<string[]> {
  if (reach === 'all' || refs.length === 0) return [...refs]
  const places = await store.places.ofThreads(refs.map(threadIn))
  return refs.filter((ref) => covers(reach, places.get(threadIn(ref)) ?? ''))
}

function threadIn(ref: string): string {
  return ref.replace('new:', '')
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
