import type { Event } from '../domain/event.ts'
import { type Alerts, alertsIn } from './alerts.ts'
import { type Arrivals, arrivalsIn } from './arrivals.ts'
import { type Core, coreOf } from './core.ts'
import { openPostgres } from './engine.pg.ts'
import { openSqlite } from './engine.sqlite.ts'
import { type Engine, type Lease, UnusableDatabase } from './engine.ts'
import { type Exposures, exposuresIn } from './exposures.ts'
import { type Letters, lettersIn } from './letters.ts'
import { type Log, logIn } from './log.ts'
import { type Mailboxes, mailboxesIn } from './mailboxes.ts'
import { type Matters, mattersIn } from './matters.ts'
import { type Measures, measuresIn } from './measures.ts'
import { type People, peopleIn } from './people.ts'
import { type Queue, queueIn } from './queue.ts'
import { type Raws, rawsIn } from './raws.ts'
import { type Rereads, rereadsIn } from './rereads.ts'
import { type Senders, sendersIn } from './senders.ts'
import { type Sessions, sessionsIn } from './sessions.ts'
import { phrasesOf } from './terms.ts'
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
  readonly rereads: Rereads
  readonly senders: Senders
  readonly sessions: Sessions
  readonly threads: Threads
  /** Threads whose mail holds all the words, newest mail first, each once. */
  search(words: string, limit: number): Promise<string[]>
  /** Puts on record what changes no other row. */
  record(events: readonly Event[]): Promise<void>
  /** Work that one process does at a time; false where another one has it. */
  claim(lease: Lease): Promise<boolean>
  release(lease: Lease): Promise<void>
  onCommit: Core['onCommit']
  close(): Promise<void>
}

/** Mails looked at for one search: enough for a page of threads. */
const hitsMax = 500

/**
 * Opens the database that the URL names (`file:PATH` or `postgres://…`) and brings its schema up
 * to date. Throws `NewerSchema`, or `UnusableDatabase` with what to do.
 */
export async function openStore(url: string, say: (words: string) => void): Promise<Store> {
  const engine = await openEngine(url, say)
  const core = await coreOf(engine, say)
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
    rereads: rereadsIn(core),
    senders: sendersIn(core),
    sessions: sessionsIn(core),
    threads: threadsIn(core),
    async search(words, limit) {
      const phrases = phrasesOf(words)
      if (phrases.length === 0) return []
      const hits = await core.search({ phrases, where: undefined, limit: hitsMax })
      return [...new Set(hits.map(({ threadId }) => threadId))].slice(0, limit)
    },
    record: (events) => core.commit(events, () => []),
    claim: core.claim,
    release: core.release,
    onCommit: core.onCommit,
    close: engine.close,
  }
}

/** Opens the database's engine alone: for whoever carries rows as they are. */
export async function openEngine(url: string, say: (words: string) => void): Promise<Engine> {
  if (/^postgres(?:ql)?:/.test(url)) return openPostgres(url, say)
  if (url.startsWith('file:')) return openSqlite(url.slice('file:'.length), say)
  throw new UnusableDatabase(url, 'use file:PATH or postgres://USER:PASSWORD@HOST/NAME')
}
