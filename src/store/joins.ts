import { and, asc, desc, eq, inArray, or } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { JoinState, SenderJoin } from '../domain/sender-join.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db, Write } from './engine.ts'
import { senderJoins, senderMembers } from './tables.ts'

/** What was said of two senders, with the words of those who said it. */
export type JoinRecord = SenderJoin & {
  readonly reason: string
  readonly proposedAt: Instant
  readonly decidedAt: Instant | null
  readonly decision: string
  readonly separatedBy: string | null
  readonly separatedAt: Instant | null
  readonly separation: string
}

/** Where a sender stands: the least id of its identity; no version before it was ever joined. */
export type Membership = {
  readonly senderId: string
  readonly head: string
  readonly version: number | null
}

export type JoinChange = {
  readonly record: JoinRecord
  /** The state that it was loaded in; null for a new one. */
  readonly was: JoinState | null
  /** Senders whose identity changes, with the version that they were loaded at. */
  readonly members: readonly Membership[]
}

/** The ids that are one person with a sender, itself included, by id. */
export type MembersOf = (senderId: string) => readonly string[]

export type Joins = {
  members(ids: readonly string[]): Promise<MembersOf>
  /** Where each of these stands, whether or not it was ever joined. */
  memberships(ids: readonly string[]): Promise<Membership[]>
  find(id: string): Promise<JoinRecord | null>
  /** Proposals that wait for somebody's word, oldest first. */
  proposed(): Promise<JoinRecord[]>
  /** Everything that was said of these senders and others, newest first. */
  about(ids: readonly string[]): Promise<JoinRecord[]>
  /** Writes it with its event; throws `StaleWrite` where somebody else was faster. */
  commit(change: JoinChange, event: Event): Promise<void>
  all(): Promise<JoinRecord[]>
  allMemberships(): Promise<Membership[]>
}

export function joinsIn(core: Core): Joins {
  const { db } = core
  return {
    members: (ids) => membersIn(db, ids),
    async memberships(ids) {
      const rows = await db
        .select()
        .from(senderMembers)
        .where(inArray(senderMembers.senderId, [...ids]))
      const known = new Map(rows.map((row) => [row.senderId, row]))
      return ids.map((id) => known.get(id) ?? { senderId: id, head: id, version: null })
    },
    async find(id) {
      const [row] = await db.select().from(senderJoins).where(eq(senderJoins.id, id))
      return row ?? null
    },
    async proposed() {
      const open = eq(senderJoins.state, 'proposed')
      return db.select().from(senderJoins).where(open).orderBy(asc(senderJoins.id))
    },
    async about(ids) {
      const some = [...ids]
      return db
        .select()
        .from(senderJoins)
        .where(or(inArray(senderJoins.first, some), inArray(senderJoins.second, some)))
        .orderBy(desc(senderJoins.id))
    },
    commit: (change, event) => core.commit([event], (tx) => joinWrites(tx, change)),
    all: () => Promise.resolve(db.select().from(senderJoins)),
    allMemberships: () => Promise.resolve(db.select().from(senderMembers)),
  }
}

/** Who is one with whom, of these senders: one look into an index, however many they are. */
export async function membersIn(db: Db, ids: readonly string[]): Promise<MembersOf> {
  const heads = db
    .select({ head: senderMembers.head })
    .from(senderMembers)
    .where(inArray(senderMembers.senderId, [...ids]))
  const rows = await db
    .select({ senderId: senderMembers.senderId, head: senderMembers.head })
    .from(senderMembers)
    .where(inArray(senderMembers.head, heads))
  const headOf = new Map(rows.map(({ senderId, head }) => [senderId, head]))
  const byHead = Map.groupBy(rows, ({ head }) => head)
  return (id) => {
    const together = byHead.get(headOf.get(id) ?? '') ?? []
    return together.length === 0 ? [id] : together.map(({ senderId }) => senderId).sort()
  }
}

function joinWrites(tx: Db, { record, was, members }: JoinChange): Write[] {
  const row = { ...record, reasons: [...record.reasons] }
  const { id } = senderJoins
  const write =
    was === null
      ? tx.insert(senderJoins).values(row).returning({ id })
      : tx
          .update(senderJoins)
          .set(row)
          .where(and(eq(id, record.id), eq(senderJoins.state, was)))
          .returning({ id })
  return [write, ...members.map((member) => memberWrite(tx, member))]
}

function memberWrite(tx: Db, { senderId, head, version }: Membership): Write {
  const key = { id: senderMembers.senderId }
  if (version === null) {
    return tx.insert(senderMembers).values({ senderId, head, version: 1 }).returning(key)
  }
  return tx
    .update(senderMembers)
    .set({ head, version: version + 1 })
    .where(and(eq(senderMembers.senderId, senderId), eq(senderMembers.version, version)))
    .returning(key)
}
