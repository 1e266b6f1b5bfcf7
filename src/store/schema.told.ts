import { sql } from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import type { Language } from '../domain/person.ts'
import type { ToldChoices, ToldKind } from '../domain/told.kinds.ts'
import type { WebhookFormat } from '../domain/webhook.ts'
import type { Columns } from './columns.sqlite.ts'

/** How a delivery to a webhook stands: it may be late, or never have come to anything. */
export const deliveryStates = ['waiting', 'delivered', 'given_up', 'dropped'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Why an attempt failed, where no status says it. */
export const deliveryTroubles = [
  'address_forbidden',
  'name_unknown',
  'unreachable',
  'certificate',
  'timeout',
  'redirected',
  'status',
  'secret_unreadable',
] as const
export type DeliveryTrouble = (typeof deliveryTroubles)[number]

/** What people are told (お知らせ): made from the log, and what each person chose. */
export function toldTables(c: Columns) {
  const notifications = c.table(
    'notifications',
    {
      id: c.id().primaryKey(),
      personId: c.text().notNull(),
      kind: c.text().$type<ToldKind>().notNull(),
      threadId: c.text(),
      /** Where one must still read to see it; null for what lies in no mailbox. */
      mailboxId: c.text(),
      path: c.text().notNull(),
      severity: c.int().$type<Severity>().notNull(),
      categories: c.json<Category[]>().notNull(),
      source: c.text().notNull(),
      at: c.instant().notNull(),
      readAt: c.instant(),
      /** When it goes by mail; null where it does not, or has gone. */
      mailAt: c.instant(),
    },
    (t) => [
      c.unique('told_once').on(t.personId, t.kind, t.source),
      c.index('notifications_by_person').on(t.personId, t.id),
      c.index('notifications_unread').on(t.personId, t.readAt),
      c.index('notifications_to_mail').on(t.mailAt),
      c.index('notifications_by_source').on(t.source),
      c.index('notifications_by_path').on(t.path),
    ],
  )

  const toldSettings = c.table('told_settings', {
    /** The person's. */
    id: c.id().primaryKey(),
    choices: c.json<ToldChoices>().notNull(),
  })

  /** One row: how far the log was read, and up to when dates were looked at. */
  const toldDesk = c.table('told_desk', {
    id: c.int().primaryKey(),
    seq: c.int().notNull(),
    lateTo: c.instant().notNull(),
  })

  return { notifications, toldSettings, toldDesk, ...webhookTables(c) }
}

function webhookTables(c: Columns) {
  const webhooks = c.table(
    'webhooks',
    {
      id: c.id().primaryKey(),
      ownerId: c.text(),
      name: c.text().notNull(),
      format: c.text().$type<WebhookFormat>().notNull(),
      host: c.text().notNull(),
      /** Address and signing secret, sealed; empty where it was removed. */
      secret: c.text().notNull(),
      language: c.text().$type<Language>().notNull(),
      kinds: c.json<ToldKind[]>().notNull(),
      mailboxes: c.json<string[]>(),
      failures: c.int().notNull().default(0),
      pausedAt: c.instant(),
      createdAt: c.instant().notNull(),
      removedAt: c.instant(),
      version: c.int().notNull().default(1),
    },
    (t) => [
      c
        .uniqueIndex('one_own_webhook_a_person')
        .on(t.ownerId)
        .where(sql`${t.removedAt} is null and ${t.ownerId} is not null`),
    ],
  )

  const webhookDeliveries = c.table(
    'webhook_deliveries',
    {
      /** The receiver's `webhook-id`, the same at every attempt. */
      id: c.id().primaryKey(),
      webhookId: c
        .text()
        .notNull()
        .references(() => webhooks.id),
      kind: c.text().$type<ToldKind | 'test'>().notNull(),
      mailboxId: c.text(),
      path: c.text().notNull(),
      severity: c.int().$type<Severity>().notNull(),
      categories: c.json<Category[]>().notNull(),
      source: c.text().notNull(),
      state: c.text().$type<DeliveryState>().notNull(),
      attempts: c.int().notNull(),
      /** The receiver's last answer; null where there was none. */
      status: c.int(),
      trouble: c.text().$type<DeliveryTrouble>(),
      madeAt: c.instant().notNull(),
      nextAttemptAt: c.instant(),
      endedAt: c.instant(),
    },
    (t) => [
      c.unique('posted_once').on(t.webhookId, t.kind, t.source),
      c.index('webhook_deliveries_due').on(t.nextAttemptAt),
      c.index('webhook_deliveries_by_source').on(t.source),
      c.index('webhook_deliveries_by_path').on(t.path),
      c.check(
        'who_waits_has_a_time',
        sql`(${t.state} = 'waiting') = (${t.nextAttemptAt} is not null)`,
      ),
    ],
  )

  return { webhooks, webhookDeliveries }
}
