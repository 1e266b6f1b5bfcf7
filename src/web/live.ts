import { streamSSE } from 'hono/streaming'
import type { Event } from '../domain/event.ts'
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
  routes.get('/events', 'read', (c: Ctx) => {
    const { store } = c.var.house
    return streamSSE(c, async (stream) => {
      let wake: () => void = () => undefined
      let waiting: string[] = []
      const leave = store.onCommit((events) => {
        waiting.push(...events.flatMap(refOf))
        wake()
      })
      stream.onAbort(() => {
        leave()
        wake()
      })
      await stream.writeSSE({ event: 'hello', data: '' })
      while (!stream.aborted && !stream.closed) {
        await untilWoken(heartbeatMs, (call) => {
          wake = call
          if (waiting.length > 0 || stream.aborted) call()
        })
        const refs = [...new Set(waiting)]
        waiting = []
        if (stream.aborted) break
        await stream.writeSSE({ event: refs.length > 0 ? 'changed' : 'beat', data: refs.join(' ') })
      }
      leave()
    })
  })
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
