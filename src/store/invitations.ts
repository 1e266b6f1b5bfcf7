import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Tx, Write } from './engine.ts'
import type { Account } from './people.ts'
import { endedEvents, endings, type Session } from './sessions.ts'
import { invitations, people } from './tables.ts'

/** A link that lets somebody set a password, once. `id` is the hash of its token. */
export type Invitation = {
  readonly id: string
  readonly personId: string
  readonly by: string | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** Older links of the same person, which are worth nothing any more. */
  readonly replaces: readonly string[]
}

export type Invitations = {
  /** The one that can still be used. */
  find(id: string, at: Instant): Promise<Pick<Invitation, 'id' | 'personId'> | null>
  /** Those of a person that can still be used. */
  open(personId: string, at: Instant): Promise<string[]>
  /** Sets the password; throws `StaleWrite` where the link was used a moment ago. */
  use(
    id: string,
    account: Account,
    hash: string,
    at: Instant,
    ends: readonly Session[],
  ): Promise<void>
}

export function invitationsIn(core: Core): Invitations {
  const usable = (at: Instant) => and(isNull(invitations.usedAt), gt(invitations.expiresAt, at))
  const columns = { id: invitations.id, personId: invitations.personId }
  return {
    async find(id, at) {
      const wanted = and(eq(invitations.id, id), usable(at))
      const [row] = await core.db.select(columns).from(invitations).where(wanted)
      return row ?? null
    },
    async open(personId, at) {
      const wanted = and(eq(invitations.personId, personId), usable(at))
      const rows = await core.db.select(columns).from(invitations).where(wanted)
      return rows.map((row) => row.id)
    },
    use: (id, account, hash, at, ends) => use(core, id, account, hash, at, ends),
  }
}

function use(
  core: Core,
  id: string,
  { person, passwordHash: before }: Account,
  passwordHash: string,
  at: Instant,
  ends: readonly Session[],
): Promise<void> {
  const { id: personId } = person
  const changed: Event = {
    kind: 'password_changed',
    at,
    by: personId,
    personId,
    how: 'invitation',
  }
  const events = [changed, ...endedEvents(ends, 'password_changed', at, personId)]
  return core.commit(events, (tx) => [
    tx
      .update(invitations)
      .set({ usedAt: at })
      .where(and(eq(invitations.id, id), isNull(invitations.usedAt)))
      .returning({ id: invitations.id }),
    tx
      .update(people)
      .set({ passwordHash })
      .where(and(eq(people.id, personId), eq(people.passwordHash, before)))
      .returning({ id: people.id }),
    ...endings(tx, ends),
  ])
}

/** The rows of a new link; older ones of the same person end with it. */
export function invitationWrites(tx: Tx, invitation: Invitation): Write[] {
  const { replaces, ...row } = invitation
  const added = tx.insert(invitations).values(row).returning({ id: invitations.id })
  if (replaces.length === 0) return [added]
  const ended = tx
    .update(invitations)
    .set({ expiresAt: row.createdAt })
    .where(and(inArray(invitations.id, [...replaces]), isNull(invitations.usedAt)))
    .returning({ id: invitations.id })
  return [ended, added]
}
