import {
  and,
  asc,
  count,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Instant } from '../domain/time.ts'
import { plainChoices, type Seen, type ToldChoices } from '../domain/told.kinds.ts'
import type { Core } from './core.ts'
import { type StaffMail, staffMailWrites } from './staff-mails.ts'
import { notifications, toldSettings } from './tables.ts'

/** What one person is told: kind, categories, severity and where it leads. */
export type Notification = typeof notifications.$inferSelect

/** Lists of one person's; `seen` is what they may see now, whatever they were told then. */
export type Notifications = {
  /** Newest first, after the id of the last one seen. */
  list(
    personId: string,
    seen: readonly Seen[],
    after: string,
    limit: number,
  ): Promise<Notification[]>
  unread(personId: string, seen: readonly Seen[]): Promise<number>
  /** One of theirs; null where it is another's or out of reach. */
  find(personId: string, seen: readonly Seen[], id: string): Promise<Notification | null>
  /** Marks one as read, or all that were there at that time. Returns how many were not yet. */
  read(personId: string, which: string | 'all', at: Instant): Promise<void>
  choices(personId: string): Promise<ToldChoices>
  /** Of everybody who chose anything. */
  allChoices(): Promise<ReadonlyMap<string, ToldChoices>>
  choose(personId: string, choices: ToldChoices): Promise<void>
  /** Whose time to go by mail has come. */
  toMail(at: Instant, limit: number): Promise<Notification[]>
  /** They go with that mail, or with none; both in one commit. */
  mailed(some: readonly Notification[], mail: StaffMail | null): Promise<void>
  /** Forgets what is older. Returns how many. */
  forget(before: Instant): Promise<number>
}

export function notificationsIn(core: Core): Notifications {
  const { db } = core
  const rows = (where: SQL | undefined, limit: number) =>
    db.select().from(notifications).where(where).orderBy(desc(notifications.id)).limit(limit)
  return {
    async list(personId, seen, after, limit) {
      const older = after === '' ? undefined : lt(notifications.id, after)
      return rows(and(visibleTo(personId, seen), older), limit)
    },
    async unread(personId, seen) {
      const [row] = await db
        .select({ n: count() })
        .from(notifications)
        .where(and(visibleTo(personId, seen), isNull(notifications.readAt)))
      return row?.n ?? 0
    },
    async find(personId, seen, id) {
      const [row] = await rows(and(visibleTo(personId, seen), eq(notifications.id, id)), 1)
      return row ?? null
    },
    read: (personId, which, at) => read(core, personId, which, at),
    ...choosingIn(core),
    toMail: (at, limit) =>
      Promise.resolve(
        db
          .select()
          .from(notifications)
          .where(lte(notifications.mailAt, at))
          .orderBy(asc(notifications.mailAt), asc(notifications.id))
          .limit(limit),
      ),
    mailed: (some, mail) => mailed(core, some, mail),
    forget: (before) => forget(core, before),
  }
}

type Choosing = Pick<Notifications, 'choices' | 'allChoices' | 'choose'>

function choosingIn(core: Core): Choosing {
  const { db } = core
  return {
    async choices(id) {
      const [row] = await db.select().from(toldSettings).where(eq(toldSettings.id, id))
      return row?.choices ?? plainChoices
    },
    async allChoices() {
      const all = await db.select().from(toldSettings)
      return new Map(all.map(({ id, choices }) => [id, choices]))
    },
    choose(id, choices) {
      return core.write((tx) => [
        tx
          .insert(toldSettings)
          .values({ id, choices })
          .onConflictDoUpdate({ target: toldSettings.id, set: { choices } })
          .returning({ id: toldSettings.id }),
      ])
    },
  }
}

/** A person's own, of kinds and mailboxes that they may see now. */
export function visibleTo(personId: string, seen: readonly Seen[]): SQL | undefined {
  const alike = Map.groupBy(seen, ({ reach }) => (reach === 'all' ? reach : reach.join(' ')))
  const parts = [...alike.values()].map((some) => {
    const kinds = some.map(({ kind }) => kind)
    const reach = some[0]?.reach ?? []
    const ofKinds = inArray(notifications.kind, kinds)
    if (reach === 'all') return ofKinds
    const inReach = inArray(notifications.mailboxId, [...reach])
    return and(ofKinds, or(isNull(notifications.mailboxId), inReach))
  })
  return and(eq(notifications.personId, personId), parts.length > 0 ? or(...parts) : sql`1 = 0`)
}

/** Read twice, or with nothing left to read, is no mistake. */
async function read(
  core: Core,
  personId: string,
  which: string | 'all',
  at: Instant,
): Promise<void> {
  const open = and(
    eq(notifications.personId, personId),
    isNull(notifications.readAt),
    which === 'all' ? lte(notifications.at, at) : eq(notifications.id, which),
  )
  const found = await core.db
    .select({ id: notifications.id })
    .from(notifications)
    .where(open)
    .limit(1)
  if (found.length === 0) return
  await core.write((tx) => [
    tx.update(notifications).set({ readAt: at }).where(open).returning({ id: notifications.id }),
  ])
}

function mailed(core: Core, some: readonly Notification[], mail: StaffMail | null): Promise<void> {
  return core.write((tx) => [
    // One row each: what another process has put into a mail meanwhile undoes this one.
    ...some.map(({ id }) =>
      tx
        .update(notifications)
        .set({ mailAt: null })
        .where(and(eq(notifications.id, id), isNotNull(notifications.mailAt)))
        .returning({ id: notifications.id }),
    ),
    ...staffMailWrites(tx, mail ? [mail] : []),
  ])
}

/** Forgotten in one run. */
const forgottenMax = 500

async function forget(core: Core, before: Instant): Promise<number> {
  const rows = await core.db
    .select({ id: notifications.id })
    .from(notifications)
    .where(lt(notifications.at, before))
    .limit(forgottenMax)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await core.write((tx) => [
    tx
      .delete(notifications)
      .where(inArray(notifications.id, ids))
      .returning({ id: notifications.id }),
  ])
  return ids.length
}
