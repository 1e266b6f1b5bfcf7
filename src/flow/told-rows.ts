import type { Person } from '../domain/person.ts'
import { hoursAfter, type Instant } from '../domain/time.ts'
import { plainChoices, sendAt, type ToldChoices, waysOf } from '../domain/told.kinds.ts'
import type { Telling } from '../domain/told.table.ts'
import { peopleTold } from '../domain/told.ts'
import { hears } from '../domain/webhook.ts'
import type { Notification } from '../store/notifications.ts'
import type { KnownTold } from '../store/told.ts'
import type { WebhookDelivery } from '../store/webhook-deliveries.ts'
import type { WebhookRecord } from '../store/webhooks.ts'
import { zone } from '../text/clock.ts'
import type { House } from './house.ts'
import { mailsStaff } from './staff-mail.ts'

/** Rows that people are told by, and that webhooks are posted by. */
export type ToldRows = {
  readonly notifications: readonly Notification[]
  readonly deliveries: readonly WebhookDelivery[]
}

type Desk = {
  readonly people: readonly Person[]
  readonly choices: ReadonlyMap<string, ToldChoices>
  readonly webhooks: readonly WebhookRecord[]
  readonly known: KnownTold
  readonly mails: boolean
  readonly now: Instant
  readonly newId: () => string
}

/** A webhook is not posted the same over and over: once in so many hours, where once is enough. */
const onceHours = 1

/** Everything that comes of these tellings, without what was told before. */
export async function rowsFor(house: House, tellings: readonly Telling[]): Promise<ToldRows> {
  if (tellings.length === 0) return { notifications: [], deliveries: [] }
  const { store, now, newId } = house
  const sources = tellings.map(({ source }) => source)
  const paths = tellings.filter(({ once }) => once).map(({ path }) => path)
  const desk: Desk = {
    people: await store.people.list(),
    choices: await store.notifications.allChoices(),
    webhooks: await store.webhooks.all(),
    known: await store.told.known({ sources, paths }),
    mails: await mailsStaff(house),
    now: now(),
    newId,
  }
  return gathered(desk, tellings)
}

function gathered(desk: Desk, tellings: readonly Telling[]): ToldRows {
  const notifications: Notification[] = []
  const deliveries: WebhookDelivery[] = []
  for (const telling of tellings) {
    for (const { id } of peopleTold(telling, desk.people)) {
      if (isKnown(desk, notifications, telling, id)) continue
      notifications.push(notificationOf(desk, telling, id))
      deliveries.push(...ownDelivery(desk, deliveries, telling, id))
    }
    for (const { id } of desk.webhooks.filter((one) => hears(one, telling))) {
      if (isPosted(desk, deliveries, telling, id)) continue
      deliveries.push(deliveryOf(desk, telling, id, desk.now))
    }
  }
  return { notifications, deliveries }
}

function isKnown(
  { known }: Desk,
  made: readonly Notification[],
  { kind, source, path, once }: Telling,
  personId: string,
): boolean {
  return [...known.notifications, ...made].some((one) => {
    if (one.personId !== personId || one.kind !== kind) return false
    return one.source === source || (once && one.path === path && one.readAt === null)
  })
}

function isPosted(
  { known, now }: Desk,
  made: readonly WebhookDelivery[],
  { kind, source, path, once }: Telling,
  webhookId: string,
): boolean {
  const since = hoursAfter(now, -onceHours)
  return [...known.deliveries, ...made].some((one) => {
    if (one.webhookId !== webhookId || one.kind !== kind) return false
    return one.source === source || (once && one.path === path && one.madeAt > since)
  })
}

function notificationOf(desk: Desk, telling: Telling, personId: string): Notification {
  const { kind, threadId, mailboxId, path, severity, categories, source } = telling
  const choices = choicesOf(desk, personId)
  const mailed = desk.mails && waysOf(choices, kind).mail
  return {
    id: desk.newId(),
    ...{ personId, kind, threadId, mailboxId, path, severity, source },
    categories: [...categories],
    at: desk.now,
    readAt: null,
    mailAt: mailed ? sendAt(choices, { kind, by: 'mail' }, desk.now, zone) : null,
  }
}

function ownDelivery(
  desk: Desk,
  made: readonly WebhookDelivery[],
  telling: Telling,
  personId: string,
): WebhookDelivery[] {
  const own = desk.webhooks.find(({ ownerId }) => ownerId === personId)
  const choices = choicesOf(desk, personId)
  if (!own || own.pausedAt !== null || !waysOf(choices, telling.kind).webhook) return []
  if (isPosted(desk, made, telling, own.id)) return []
  const at = sendAt(choices, { kind: telling.kind, by: 'webhook' }, desk.now, zone)
  return [deliveryOf(desk, telling, own.id, at)]
}

function deliveryOf(
  { newId, now }: Desk,
  {
    kind,
    mailboxId,
    path,
    severity,
    categories,
    source,
  }: Omit<Telling, 'kind'> & {
    readonly kind: WebhookDelivery['kind']
  },
  webhookId: string,
  nextAttemptAt: Instant,
): WebhookDelivery {
  return {
    id: newId(),
    ...{ webhookId, kind, mailboxId, path, severity, source, nextAttemptAt },
    categories: [...categories],
    state: 'waiting',
    attempts: 0,
    status: null,
    trouble: null,
    madeAt: now,
    endedAt: null,
  }
}

function choicesOf({ choices }: Desk, personId: string): ToldChoices {
  return choices.get(personId) ?? plainChoices
}
