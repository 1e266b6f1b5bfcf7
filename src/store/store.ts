import { fileURLToPath } from 'node:url'
import type { Event } from '../domain/event.ts'
import { type Alerts, alertsIn } from './alerts.ts'
import { type Arrivals, arrivalsIn } from './arrivals.ts'
import { type Core, coreOf } from './core.ts'
import { openSqlite } from './engine.sqlite.ts'
import { type Exposures, exposuresIn } from './exposures.ts'
import { type Letters, lettersIn } from './letters.ts'
import { type Log, logIn } from './log.ts'
import { type Mailboxes, mailboxesIn } from './mailboxes.ts'
import { type Matters, mattersIn } from './matters.ts'
import { type Measures, measuresIn } from './measures.ts'
import { type People, peopleIn } from './people.ts'
import { type Queue, queueIn } from './queue.ts'
import { type Raws, rawsIn } from './raws.ts'
import { type Senders, sendersIn } from './senders.ts'
import { type Sessions, sessionsIn } from './sessions.ts'
import { queryOf } from './terms.ts'
import { type Threads, threadsIn } from './threads.ts'

/** Everything that is kept, one room a thing. Callers never see which database it is. */
export type Store = {
  readonly alerts: Alerts
  readonly arrivals: Arrivals
  readonly exposures: Exposures
  readonly letters: Letters
  readonly log: Log
  readonly mailboxes: Mailboxes
  readonly matters: Matters
  readonly measures: Measures
  readonly people: People
  readonly queue: Queue
  readonly raws: Raws
  readonly senders: Senders
  readonly sessions: Sessions
  readonly threads: Threads
  /** Threads whose mail holds all the words, newest mail first, each once. */
  search(words: string, limit: number): Promise<string[]>
  /** Puts on record what changes no other row. */
  record(events: readonly Event[]): Promise<void>
  onCommit: Core['onCommit']
  close(): Promise<void>
}

/** A database address that this version cannot open. */
export class UnknownDatabase extends Error {
  constructor(url: string) {
    super(
      `DATABASE_URL=${url.replace(/\/\/.*@/, '//…@')}: use file:PATH (PostgreSQL is not served yet)`,
    )
    this.name = 'UnknownDatabase'
  }
}

const migrationsFolder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url))

/** Mails looked at for one search: enough for a page of threads. */
const hitsMax = 500

/** Opens the database that the URL names and brings its schema up to date. */
export function openStore(url: string, say: (words: string) => void): Store {
  if (!url.startsWith('file:')) throw new UnknownDatabase(url)
  const engine = openSqlite(url.slice('file:'.length), migrationsFolder, say)
  const core = coreOf(engine)
  return {
    alerts: alertsIn(core),
    arrivals: arrivalsIn(core),
    exposures: exposuresIn(core),
    letters: lettersIn(core),
    log: logIn(core),
    mailboxes: mailboxesIn(core),
    matters: mattersIn(core),
    measures: measuresIn(core),
    people: peopleIn(core),
    queue: queueIn(core),
    raws: rawsIn(core),
    senders: sendersIn(core),
    sessions: sessionsIn(core),
    threads: threadsIn(core),
    async search(words, limit) {
      const query = queryOf(words)
      if (query === '') return []
      const hits = await core.search(query, hitsMax)
      return [...new Set(hits.map(({ threadId }) => threadId))].slice(0, limit)
    },
    record: (events) => core.commit(events, () => []),
    onCommit: core.onCommit,
    close: engine.close,
  }
}
