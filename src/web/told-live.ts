import type { SSEStreamingApi } from 'hono/streaming'
import { seenBy } from '../domain/told.kinds.ts'
import type { Ctx } from './env.ts'

/** A silent connection is closed by proxies: something is said at least so often. */
const heartbeatMs = 20_000

/** People are told a moment after a commit, perhaps by another process: so often, and so far apart. */
const looksAfter = 3
const lookMs = 1_000

/** The number at the bell, as a page hears of it. */
export type BellLine = {
  /** Says the number where it has changed; `stirred` is whether something was just committed. */
  look(stream: SSEStreamingApi, stirred: boolean): Promise<void>
  /** How long to wait for the next commit before looking again. */
  patienceMs(): number
}

/** Begins with what the page shows; each look may be the last one for a while. */
export function openBell(c: Ctx): BellLine {
  let said: number | null = null
  let left = looksAfter
  return {
    async look(stream, stirred) {
      const { account, house } = c.var
      const person = await house.store.people.find(account.id)
      if (!person) return
      const n = await house.store.notifications.unread(person.id, seenBy(person))
      left = stirred || n !== said ? looksAfter : Math.max(0, left - 1)
      if (n === said) return
      said = n
      await stream.writeSSE({ event: 'bell', data: String(n) })
    },
    patienceMs: () => (left > 0 ? lookMs : heartbeatMs),
  }
}
