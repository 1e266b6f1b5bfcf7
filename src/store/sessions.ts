import { and, eq, inArray, isNull, lt } from 'drizzle-orm'
import type { SessionEnd } from '../domain/account-event.ts'
import type { Event } from '../domain/event.ts'
import type { Person } from '../domain/person.ts'
import { isAlive, type SessionStage, type SignInWay } from '../domain/session.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Tx, Write } from './engine.ts'
import { personOf } from './rows.ts'
import { people, sessions } from './tables.ts'

/** A sign-in that lasts. `id` is the hash of the token that only the browser has. */
export type Session = {
  readonly id: string
  readonly personId: string
  readonly csrfToken: string
  readonly createdAt: Instant
  readonly lastSeenAt: Instant | null
  readonly expiresAt: Instant
  readonly stage: SessionStage
  readonly way: SignInWay
  readonly ip: string
  readonly userAgent: string
}

export type Sessions = {
  open(session: Session): Promise<void>
  /** Puts a new one in the place of an older one: a token is never good for more than it was. */
  replace(old: Session, session: Session): Promise<void>
  /** One that counts, and whose it is. */
  find(id: string, at: Instant): Promise<{ session: Session; person: Person } | null>
  /** All that count, newest first. */
  of(personId: string, at: Instant): Promise<Session[]>
  note(session: Session, at: Instant): Promise<void>
  close(id: string, personId: string, at: Instant): Promise<void>
  end(some: readonly Session[], why: SessionEnd, at: Instant, by: string | null): Promise<void>
  /** Forgets those that have not counted for long. Returns how many. */
  forget(before: Instant): Promise<number>
  /** Puts a refused sign-in on record. */
  refused(email: string, at: Instant): Promise<void>
}

export function sessionsIn(core: Core): Sessions {
  return {
    open(session) {
      return core.commit([openedEvent(session)], (tx) => [insertion(tx, session)])
    },
    replace(old, session) {
      return core.commit([openedEvent(session)], (tx) => [
        tx.delete(sessions).where(eq(sessions.id, old.id)).returning({ id: sessions.id }),
        insertion(tx, session),
      ])
    },
    async find(id, at) {
      const [row] = await core.db
        .select({ session: sessions, person: people })
        .from(sessions)
        .innerJoin(people, eq(people.id, sessions.personId))
        .where(eq(sessions.id, id))
      if (!row || !isAlive(row.session, at)) return null
      return { session: row.session, person: personOf(row.person) }
    },
    async of(personId, at) {
      const rows = await core.db.select().from(sessions).where(eq(sessions.personId, personId))
      const alive = rows.filter((row) => isAlive(row, at))
      return alive.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    },
    note: (session, at) => note(core, session, at),
    close(id, personId, at) {
      const event: Event = { kind: 'signed_out', at, by: personId, sessionId: id }
      return core.commit([event], (tx) => [
        tx.delete(sessions).where(eq(sessions.id, id)).returning({ id: sessions.id }),
      ])
    },
    async end(some, why, at, by) {
      if (some.length === 0) return
      await core.commit(endedEvents(some, why, at, by), (tx) => endings(tx, some))
    },
    forget: (before) => forget(core, before),
    refused(email, at) {
      return core.commit([{ kind: 'sign_in_failed', at, by: null, email }], () => [])
    },
  }
}

function note(core: Core, { id, lastSeenAt }: Session, at: Instant): Promise<void> {
  const before =
    lastSeenAt === null ? isNull(sessions.lastSeenAt) : eq(sessions.lastSeenAt, lastSeenAt)
  return core.write((tx) => [
    tx
      .update(sessions)
      .set({ lastSeenAt: at })
      .where(and(eq(sessions.id, id), before))
      .returning({ id: sessions.id }),
  ])
}

/** Sessions forgotten in one run. */
const forgottenMax = 500

async function forget(core: Core, before: Instant): Promise<number> {
  const rows = await core.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(lt(sessions.expiresAt, before))
    .limit(forgottenMax)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await core.write((tx) => [
    tx.delete(sessions).where(inArray(sessions.id, ids)).returning({ id: sessions.id }),
  ])
  return ids.length
}

/** What is said when sessions are ended for a reason other than signing out. */
export function endedEvents(
  some: readonly Session[],
  why: SessionEnd,
  at: Instant,
  by: string | null,
): Event[] {
  return some.map(({ id, personId }) => {
    return { kind: 'session_ended', at, by, sessionId: id, personId, why }
  })
}

/** Their rows, gone. */
export function endings(tx: Tx, some: readonly Session[]): Write[] {
  if (some.length === 0) return []
  const ids = some.map(({ id }) => id)
  return [tx.delete(sessions).where(inArray(sessions.id, ids)).returning({ id: sessions.id })]
}

export function insertion(tx: Tx, session: Session): Write {
  return tx.insert(sessions).values(session).returning({ id: sessions.id })
}

/** Somebody is in, or has shown the first of two things. */
export function openedEvent({ id, personId, createdAt, stage, way }: Session): Event {
  const kind = stage === 'full' ? 'signed_in' : 'sign_in_begun'
  return { kind, at: createdAt, by: personId, sessionId: id, way }
}
