import type { Reach } from '../domain/person.ts'
import { alertsIn } from './alerts.ts'
import { casesIn } from './cases.ts'
import type { Core } from './core.ts'
import { forMeIn } from './for-me.ts'
import { incidentsIn } from './incidents.ts'
import { lettersIn } from './letters.ts'
import { logIn } from './log.ts'
import { measuresIn } from './measures.ts'
import { pagesIn } from './pages.ts'
import { profilesIn } from './profiles.ts'
import { queueIn } from './queue.ts'
import type { Past } from './reports.past.ts'
import { reportsIn } from './reports.ts'
import { searchIn } from './search.ts'
import { sendersIn } from './senders.ts'
import type { View } from './store.ts'

/** The lists as whoever reaches so far may see them. */
export function viewOf(core: Core, past: Past, reach: Reach): View {
  return {
    alerts: alertsIn(core, reach),
    incidents: incidentsIn(core, reach),
    forMe: forMeIn(core, reach),
    letters: lettersIn(core, reach),
    log: logIn(core, reach),
    measures: measuresIn(core, reach),
    pages: pagesIn(core, reach),
    cases: casesIn(core, reach),
    profiles: profilesIn(core, reach),
    queue: queueIn(core, reach),
    reports: reportsIn(core, past, reach),
    search: searchIn(core, reach),
    senders: sendersIn(core, reach),
  }
}
