import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Grant, Staff } from '../domain/staff.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db, Tx, Write } from './engine.ts'
import { type Invitation, invitationWrites } from './invitations.ts'
import { personOf } from './rows.ts'
import { endedEvents, endings, type Session } from './sessions.ts'
import { type StaffMail, staffMailWrites } from './staff-mails.ts'
import { grants, people } from './tables.ts'

/** Everybody as they were read, with the versions that a commit expects to find unchanged. */
export type LoadedStaff = { readonly staff: Staff; readonly versions: ReadonlyMap<string, number> }

/** What goes with a change of the staff. */
export type Along = {
  /** Sessions that end, as what they may do is another. */
  readonly ends?: readonly Session[]
  readonly invitation?: Invitation | null
  readonly mails?: readonly StaffMail[]
}

export type StaffStore = {
  load(): Promise<LoadedStaff>
  /**
   * Throws `StaleWrite` where one of the people, or who acts, was changed meanwhile: two
   * administrators who disable each other take turns, and one of them stays.
   */
  commit(loaded: LoadedStaff, events: readonly Event[], along?: Along): Promise<void>
}

export function staffIn(core: Core): StaffStore {
  return {
    load: () => load(core.db),
    async commit(loaded, events, { ends = [], invitation = null, mails = [] } = {}) {
      const [first] = events
      const said = first ? endedEvents(ends, 'rights_changed', first.at, first.by) : []
      await core.commit([...events, ...said], (tx) => [
        ...versionWrites(tx, loaded, events),
        ...events.flatMap((event) => writesFor(tx, event)),
        ...(invitation ? invitationWrites(tx, invitation) : []),
        ...staffMailWrites(tx, mails),
        ...endings(tx, ends),
      ])
    },
  }
}

async function load(db: Db): Promise<LoadedStaff> {
  const rows = await db.select().from(people).orderBy(asc(people.id))
  const waiting = await db.select().from(grants).where(eq(grants.state, 'waiting'))
  return {
    staff: { people: rows.map(personOf), waiting: waiting.map(grantOf) },
    versions: new Map(rows.map(({ id, version }) => [id, version])),
  }
}

function grantOf(row: typeof grants.$inferSelect): Grant {
  const { id, personId, roles, within, proposedBy, proposedAt, effectiveAt } = row
  return { id, personId, roles, within, proposedBy, proposedAt, effectiveAt }
}

/** Moves everybody on whom the events are about, and who does it. */
function versionWrites(tx: Tx, { versions }: LoadedStaff, events: readonly Event[]): Write[] {
  const named = events.flatMap((event) => [event.by, 'personId' in event ? event.personId : null])
  return [...new Set(named)].flatMap((id) => {
    const version = id === null ? undefined : versions.get(id)
    if (id === null || version === undefined) return []
    return [
      tx
        .update(people)
        .set({ version: version + 1 })
        .where(and(eq(people.id, id), eq(people.version, version)))
        .returning({ id: people.id }),
    ]
  })
}

function writesFor(tx: Tx, event: Event): Write[] {
  switch (event.kind) {
    case 'person_added':
      return [memberWrite(tx, event)]
    case 'rights_proposed':
      return [proposalWrite(tx, event)]
    case 'rights_granted':
      return [settled(tx, event.grantId, 'in_force', event), rightsWrite(tx, event)]
    case 'rights_declined':
      return [settled(tx, event.grantId, 'declined', event)]
    case 'rights_reduced':
      return [rightsWrite(tx, event)]
    case 'person_disabled':
      return [
        tx
          .update(people)
          .set({ disabledAt: event.at })
          .where(and(eq(people.id, event.personId), isNull(people.disabledAt)))
          .returning({ id: people.id }),
      ]
    default:
      return []
  }
}

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

/** Somebody who has no password yet: no password is the right one. */
function memberWrite(tx: Tx, { personId: id, name, email, roles }: Of<'person_added'>): Write {
  const row = { id, name, email: email.toLowerCase(), roles: [...roles], within: {} }
  return tx
    .insert(people)
    .values({ ...row, passwordHash: '', language: 'ja' })
    .returning({ id: people.id })
}

function proposalWrite(tx: Tx, event: Of<'rights_proposed'>): Write {
  const { grantId: id, personId, roles, within, effectiveAt, by, at: proposedAt } = event
  const row = { id, personId, roles: [...roles], within, effectiveAt, proposedAt }
  return tx
    .insert(grants)
    .values({ ...row, proposedBy: by ?? '', state: 'waiting' })
    .returning({ id: grants.id })
}

function settled(
  tx: Tx,
  id: string,
  state: 'in_force' | 'declined',
  { by: decidedBy, at: decidedAt }: { readonly by: string | null; readonly at: Instant },
): Write {
  return tx
    .update(grants)
    .set({ state, decidedBy, decidedAt })
    .where(and(eq(grants.id, id), eq(grants.state, 'waiting')))
    .returning({ id: grants.id })
}

function rightsWrite(tx: Tx, event: Of<'rights_granted' | 'rights_reduced'>): Write {
  const { personId, roles, within } = event
  return tx
    .update(people)
    .set({ roles: [...roles], within })
    .where(eq(people.id, personId))
    .returning({ id: people.id })
}
