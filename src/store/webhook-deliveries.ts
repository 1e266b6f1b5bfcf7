import { and, asc, desc, eq, inArray, isNull, lt, lte } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Tx, Write } from './engine.ts'
import type { DeliveryTrouble } from './schema.told.ts'
import { webhookDeliveries, webhooks } from './tables.ts'

export type { DeliveryTrouble } from './schema.told.ts'

/** One notice on its way to one webhook; no address and no secret is in it. */
export type WebhookDelivery = typeof webhookDeliveries.$inferSelect

/** What became of an attempt. */
export type Answer = { readonly status: number | null; readonly trouble: DeliveryTrouble | null }

export type WebhookDeliveries = {
  /** Whose time has come, at webhooks that are neither paused nor removed. */
  due(at: Instant, limit: number): Promise<WebhookDelivery[]>
  /** Newest first. */
  of(webhookId: string, limit: number): Promise<WebhookDelivery[]>
  add(delivery: WebhookDelivery): Promise<void>
  find(id: string): Promise<WebhookDelivery | null>
  /** Notes an attempt before it is made, with the time of the next one. */
  attempt(delivery: WebhookDelivery, nextAttemptAt: Instant): Promise<void>
  delivered(delivery: WebhookDelivery, answer: Answer, at: Instant): Promise<void>
  /** It failed and is tried again at that time, or never where it is null: then with its event. */
  failed(
    delivery: WebhookDelivery,
    answer: Answer,
    next: {
      readonly at: Instant
      readonly nextAttemptAt: Instant | null
      readonly event: Event | null
    },
  ): Promise<void>
  /** Nobody may be told any more. */
  drop(delivery: WebhookDelivery, at: Instant): Promise<void>
  /** Forgets what ended before. Returns how many. */
  forget(before: Instant): Promise<number>
}

export function webhookDeliveriesIn(core: Core): WebhookDeliveries {
  const { db } = core
  return {
    due: (at, limit) => due(core, at, limit),
    of: (webhookId, limit) =>
      Promise.resolve(
        db
          .select()
          .from(webhookDeliveries)
          .where(eq(webhookDeliveries.webhookId, webhookId))
          .orderBy(desc(webhookDeliveries.id))
          .limit(limit),
      ),
    add: (delivery) => core.write((tx) => [...tx.add(webhookDeliveries, [delivery])]),
    async find(id) {
      const [row] = await db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, id))
      return row ?? null
    },
    attempt(delivery, nextAttemptAt) {
      const attempts = delivery.attempts + 1
      return core.write((tx) => [moved(tx, delivery, { attempts, nextAttemptAt })])
    },
    delivered(delivery, answer, at) {
      const end = { ...answer, state: 'delivered', nextAttemptAt: null, endedAt: at } as const
      return core.write((tx) => [moved(tx, delivery, end), failuresOf(tx, delivery, 0)])
    },
    failed: (delivery, answer, next) => failed(core, delivery, answer, next),
    drop(delivery, at) {
      const end = { state: 'dropped', nextAttemptAt: null, endedAt: at } as const
      return core.write((tx) => [moved(tx, delivery, end)])
    },
    forget: (before) => forget(core, before),
  }
}

async function due({ db }: Core, at: Instant, limit: number): Promise<WebhookDelivery[]> {
  const rows = await db
    .select({ delivery: webhookDeliveries })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .where(
      and(
        lte(webhookDeliveries.nextAttemptAt, at),
        isNull(webhooks.pausedAt),
        isNull(webhooks.removedAt),
      ),
    )
    .orderBy(asc(webhookDeliveries.nextAttemptAt))
    .limit(limit)
  return rows.map(({ delivery }) => delivery)
}

async function failed(
  core: Core,
  delivery: WebhookDelivery,
  answer: Answer,
  { at, nextAttemptAt, event }: Parameters<WebhookDeliveries['failed']>[2],
): Promise<void> {
  const { webhookId: id } = delivery
  const [webhook] = await core.db
    .select({ failures: webhooks.failures })
    .from(webhooks)
    .where(eq(webhooks.id, id))
  const change =
    nextAttemptAt === null
      ? ({ ...answer, state: 'given_up', nextAttemptAt, endedAt: at } as const)
      : { ...answer, nextAttemptAt }
  await core.commit(event ? [event] : [], (tx) => [
    moved(tx, delivery, change),
    failuresOf(tx, delivery, (webhook?.failures ?? 0) + 1),
  ])
}

/** Only while it waits, and only from the attempt that was loaded. */
function moved(tx: Tx, { id, attempts }: WebhookDelivery, change: Partial<WebhookDelivery>): Write {
  return tx
    .update(webhookDeliveries)
    .set(change)
    .where(
      and(
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.state, 'waiting'),
        eq(webhookDeliveries.attempts, attempts),
      ),
    )
    .returning({ id: webhookDeliveries.id })
}

function failuresOf(tx: Tx, { webhookId }: WebhookDelivery, failures: number): Write {
  return tx
    .update(webhooks)
    .set({ failures })
    .where(eq(webhooks.id, webhookId))
    .returning({ id: webhooks.id })
}

/** Forgotten in one run. */
const forgottenMax = 500

async function forget(core: Core, before: Instant): Promise<number> {
  const rows = await core.db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(lt(webhookDeliveries.endedAt, before))
    .limit(forgottenMax)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await core.write((tx) => [
    tx
      .delete(webhookDeliveries)
      .where(inArray(webhookDeliveries.id, ids))
      .returning({ id: webhookDeliveries.id }),
  ])
  return ids.length
}
