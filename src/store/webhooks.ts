import { and, asc, eq, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Webhook } from '../domain/webhook.ts'
import type { Core } from './core.ts'
import { webhookDeliveries, webhooks } from './tables.ts'

/** A webhook as it is kept: with its sealed address and secret. */
export type WebhookRecord = Webhook & {
  readonly secret: string
  readonly createdAt: Instant
  readonly version: number
}

export type WebhookSettings = Pick<
  WebhookRecord,
  'name' | 'format' | 'host' | 'language' | 'kinds' | 'mailboxes' | 'secret'
>

type Act = { readonly at: Instant; readonly by: string | null }

export type Webhooks = {
  /** Of the whole house, without those that were removed. */
  list(): Promise<WebhookRecord[]>
  /** All that count, people's own among them. */
  all(): Promise<WebhookRecord[]>
  find(id: string): Promise<WebhookRecord | null>
  own(personId: string): Promise<WebhookRecord | null>
  add(
    id: string,
    ownerId: string | null,
    settings: WebhookSettings,
    act: { readonly at: Instant; readonly by: string },
  ): Promise<void>
  /** Throws `StaleWrite` where somebody else changed it meanwhile. */
  change(webhook: WebhookRecord, settings: WebhookSettings, act: Act): Promise<void>
  pause(webhook: WebhookRecord, act: Act): Promise<void>
  resume(webhook: WebhookRecord, act: Act): Promise<void>
  /** Forgets its address and secret; what waits for it goes nowhere any more. */
  remove(webhook: WebhookRecord, act: Act): Promise<void>
  reseal(webhook: WebhookRecord, secret: string): Promise<void>
}

export function webhooksIn(core: Core): Webhooks {
  const found = async (where: SQL | undefined) => {
    const rows = await core.db
      .select()
      .from(webhooks)
      .where(and(isNull(webhooks.removedAt), where))
      .orderBy(asc(webhooks.id))
    return rows.map(({ removedAt: _, ...webhook }) => webhook)
  }
  return {
    list: () => found(isNull(webhooks.ownerId)),
    all: () => found(undefined),
    find: async (id) => (await found(eq(webhooks.id, id)))[0] ?? null,
    own: async (personId) => (await found(eq(webhooks.ownerId, personId)))[0] ?? null,
    add(id, ownerId, settings, { at, by }) {
      const row = { id, ownerId, createdAt: at, ...columnsOf(settings) }
      const { format, host } = settings
      const event: Event = { kind: 'webhook_added', at, by, webhookId: id, format, host, ownerId }
      return core.commit([event], (tx) => [
        tx.insert(webhooks).values(row).onConflictDoNothing().returning({ id: webhooks.id }),
      ])
    },
    change({ id, version, ownerId }, settings, { at, by }) {
      const { format, host } = settings
      const event: Event = { kind: 'webhook_changed', at, by, webhookId: id, format, host, ownerId }
      return core.commit([event], (tx) => [
        tx
          .update(webhooks)
          .set({ ...columnsOf(settings), version: version + 1 })
          .where(and(eq(webhooks.id, id), eq(webhooks.version, version)))
          .returning({ id: webhooks.id }),
      ])
    },
    pause: (webhook, act) => setPaused(core, webhook, act, true),
    resume: (webhook, act) => setPaused(core, webhook, act, false),
    remove: (webhook, act) => remove(core, webhook, act),
    reseal({ id, secret: before }, secret) {
      return core.write((tx) => [
        tx
          .update(webhooks)
          .set({ secret })
          .where(and(eq(webhooks.id, id), eq(webhooks.secret, before)))
          .returning({ id: webhooks.id }),
      ])
    },
  }
}

function columnsOf({ name, format, host, language, kinds, mailboxes, secret }: WebhookSettings) {
  const places = mailboxes === null ? null : [...mailboxes]
  return { name, format, host, language, kinds: [...kinds], mailboxes: places, secret }
}

function setPaused(
  core: Core,
  { id, version, ownerId }: WebhookRecord,
  { at, by }: Act,
  pausing: boolean,
): Promise<void> {
  const kind = pausing ? 'webhook_paused' : 'webhook_resumed'
  const before = pausing ? isNull(webhooks.pausedAt) : isNotNull(webhooks.pausedAt)
  return core.commit([{ kind, at, by, webhookId: id, ownerId }], (tx) => [
    tx
      .update(webhooks)
      .set({ pausedAt: pausing ? at : null, failures: 0, version: version + 1 })
      .where(and(eq(webhooks.id, id), before))
      .returning({ id: webhooks.id }),
  ])
}

async function remove(
  core: Core,
  { id, version, ownerId }: WebhookRecord,
  { at, by }: Act,
): Promise<void> {
  const waiting = and(eq(webhookDeliveries.webhookId, id), eq(webhookDeliveries.state, 'waiting'))
  const left = await core.db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(waiting)
    .limit(1)
  await core.commit([{ kind: 'webhook_removed', at, by, webhookId: id, ownerId }], (tx) => [
    tx
      .update(webhooks)
      .set({ removedAt: at, secret: '', version: version + 1 })
      .where(and(eq(webhooks.id, id), isNull(webhooks.removedAt)))
      .returning({ id: webhooks.id }),
    ...(left.length === 0
      ? []
      : [
          tx
            .update(webhookDeliveries)
            .set({ state: 'dropped', nextAttemptAt: null, endedAt: at })
            .where(waiting)
            .returning({ id: webhookDeliveries.id }),
        ]),
  ])
}
