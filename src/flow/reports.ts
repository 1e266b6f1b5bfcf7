import { setImmediate as turn } from 'node:timers/promises'
import { periods } from '../domain/calendar.ts'
import { stretchUpTo } from '../text/days.ts'
import type { House } from './house.ts'

/** Counts what was reviewed and opened in the times that are over: no page has to wait for it. */
export async function rememberReports({ store, now }: House, signal: AbortSignal): Promise<void> {
  for (const days of periods) {
    const { starts } = stretchUpTo(now(), days)
    for (const [at, end] of starts.slice(1).entries()) {
      if (signal.aborted) return
      await store.reports.remember({ start: starts[at] ?? end, end })
      // Everybody else's pages come in between.
      await turn()
    }
  }
}
