import {
  aliasedTable,
  and,
  asc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  or,
  type SQL,
} from 'drizzle-orm'
import { rankOutside } from '../domain/matter.ts'
import type { Kept, Reaches } from '../domain/retention.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './engine.ts'
import { membersIn } from './joins.ts'
import { isFlagged, isHarassment } from './partial.ts'
import { holdsBy, lastActs, underMeasures, withOpenLetters } from './retained.ways.ts'
import { decisions, messages, threads } from './tables.ts'

type Row = Pick<
  typeof threads.$inferSelect,
  | 'id'
  | 'senderId'
  | 'lastAt'
  | 'erasedAt'
  | 'severity'
  | 'categories'
  | 'flags'
  | 'revision'
  | 'rank'
>

type Place = { readonly after: string; readonly limit: number; readonly now: Instant }

/** What says how long threads are kept, of those that a period may reach, by id after one of them. */
export async function keptAfter(
  db: Db,
  { after, limit, now }: Place,
  reaches: Reaches,
): Promise<Kept[]> {
  const { id } = threads
  const lists = await Promise.all(
    reached(db, reaches).map((where) =>
      db
        .select({ id })
        .from(threads)
        .where(and(gt(id, after), where))
        .orderBy(asc(id))
        .limit(limit),
    ),
  )
  // Each list is whole up to its own end, so the first ids of all of them leave none out.
  const ids = [...new Set(lists.flat().map((row) => row.id))].toSorted().slice(0, limit)
  return ids.length === 0 ? [] : keptThese(db, ids, now)
}

/**
 * What a period may have reached, wider than the rules and never narrower: few threads each, which
 * an index of its own knows, as most need not be looked at.
 */
function reached(db: Db, { unconfirmed, cleared, confirmed, mail }: Reaches): SQL[] {
  const found = db
    .select({ id: decisions.threadId })
    .from(decisions)
    .where(isHarassment(decisions.outcome))
  const clearedOnes = db
    .select({ id: decisions.threadId })
    .from(decisions)
    .where(
      and(
        eq(decisions.threadId, threads.id),
        eq(decisions.outcome, 'ordinary'),
        lte(decisions.at, cleared),
      ),
    )
  // A thread that harassment was joined into has no decision of its own.
  const other = aliasedTable(threads, 'other')
  const joined = db
    .select({ id: other.joinedInto })
    .from(other)
    .where(and(isNotNull(other.joinedInto), inArray(other.id, found)))
  const all = [
    and(isFlagged(threads), or(lte(threads.lastAt, unconfirmed), exists(clearedOnes))),
    and(lte(threads.lastAt, confirmed), inArray(threads.id, found)),
    and(lte(threads.lastAt, confirmed), inArray(threads.id, joined)),
    mail === null ? undefined : lte(threads.lastAt, mail),
  ]
  return all.filter((one) => one !== undefined)
}

/** The same of these threads, as they are now. */
export async function keptThese(db: Db, ids: readonly string[], now: Instant): Promise<Kept[]> {
  const these = inArray(threads.id, [...ids])
  return keptOf(db, await db.select(columns).from(threads).where(these), now)
}

const columns = {
  ...{ id: threads.id, senderId: threads.senderId, lastAt: threads.lastAt },
  ...{ erasedAt: threads.erasedAt, severity: threads.severity, categories: threads.categories },
  ...{ flags: threads.flags, revision: threads.revision, rank: threads.rank },
}

async function keptOf(db: Db, rows: readonly Row[], now: Instant): Promise<Kept[]> {
  const ids = rows.map(({ id }) => id)
  const senderIds = [...new Set(rows.map(({ senderId }) => senderId))]
  const membersOf = await membersIn(db, senderIds)
  const everybody = [...new Set(senderIds.flatMap(membersOf))]
  const decided = await decidedOn(db, ids)
  const heldBy = await holdsBy(db)
  const measured = await underMeasures(db, everybody, now)
  const actsOf = await lastActs(db, everybody)
  const busy = await withOpenLetters(db, ids)
  const emptied = rows.filter(({ erasedAt }) => erasedAt !== null)
  const filled = await withContent(
    db,
    emptied.map(({ id }) => id),
  )
  return rows.map((row): Kept => {
    const members = membersOf(row.senderId)
    const { confirmed, clearedAt } = decided(row.id, row.revision)
    const acts = members.flatMap((id) => actsOf.get(id) ?? [])
    return {
      threadId: row.id,
      lastAt: row.lastAt,
      erasedAt: row.erasedAt,
      erased: row.erasedAt !== null && !filled.has(row.id),
      flagged: row.severity > 0 || row.categories.length > 0 || row.flags.length > 0,
      confirmed,
      clearedAt,
      lastAct: acts.toSorted().at(-1) ?? null,
      held: heldBy(row.id, members),
      measure: members.some((id) => measured.has(id)),
      waits: row.rank < rankOutside,
      letter: busy.has(row.id),
    }
  })
}

/** Also what was decided on threads that were joined into these by hand. */
async function decidedOn(db: Db, ids: readonly string[]) {
  const { threadId, revision, outcome, at } = decisions
  const own = await db
    .select({ threadId, revision, outcome, at })
    .from(decisions)
    .where(inArray(threadId, [...ids]))
  const joined = await db
    .select({ into: threads.joinedInto, outcome })
    .from(threads)
    .innerJoin(decisions, eq(threadId, threads.id))
    .where(and(isNotNull(threads.joinedInto), inArray(threads.joinedInto, [...ids])))
  const byThread = Map.groupBy(own, (one) => one.threadId)
  const harsh = new Set(
    [...own.map((one) => ({ ...one, into: one.threadId })), ...joined]
      .filter((one) => one.outcome === 'harassment')
      .map(({ into }) => into),
  )
  return (id: string, now: number) => {
    const cleared = byThread
      .get(id)
      ?.find((one) => one.revision === now && one.outcome === 'ordinary')
    return { confirmed: harsh.has(id), clearedAt: cleared?.at ?? null }
  }
}

/** By what is there, not by dates: a mail can name any date. */
async function withContent(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ id: messages.threadId })
    .from(messages)
    .where(and(inArray(messages.threadId, [...ids]), isNull(messages.erasedAt)))
  return new Set(rows.map(({ id }) => id))
}
