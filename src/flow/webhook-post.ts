import type { Event } from '../domain/event.ts'
import type { Language } from '../domain/person.ts'
import { hoursAfter, type Instant } from '../domain/time.ts'
import { stillTold } from '../domain/told.kinds.ts'
import { failuresMax, retryAt } from '../domain/webhook.ts'
import { bodyOf, type Said } from '../outside/formats.ts'
import { type Posted, post } from '../outside/post.ts'
import { signed } from '../outside/signature.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Answer, WebhookDelivery } from '../store/webhook-deliveries.ts'
import type { WebhookRecord } from '../store/webhooks.ts'
import { textFor } from '../text/text.ts'
import { VaultError } from '../vault.ts'
import type { House } from './house.ts'
import { secretOf, type WebhookSecret } from './webhooks.ts'

/** Deliveries taken at a time. */
const batch = 50

/** So long after an attempt began it is over, whatever became of whoever made it. */
const attemptSeconds = 60

/**
 * Posts what is due, one after the other. Each attempt is on record before it is made, so a crash
 * repeats one at most, under the same id. Returns how many were tried.
 */
export async function postDue(house: House, signal?: AbortSignal): Promise<number> {
  const due = await house.store.webhookDeliveries.due(house.now(), batch)
  for (const delivery of due) {
    if (signal?.aborted) break
    await unlessTaken(() => postOne(house, delivery))
  }
  return due.length
}

/** Posts a harmless sample at once, as somebody waits for it. Null where it is gone meanwhile. */
export async function postSample(
  house: House,
  webhook: WebhookRecord,
): Promise<WebhookDelivery | null> {
  const { store, newId, now } = house
  const id = newId()
  const delivery: WebhookDelivery = {
    ...{ id, webhookId: webhook.id, kind: 'test', mailboxId: null, path: '/', severity: 0 },
    ...{ categories: [], source: `test:${id}`, state: 'waiting', attempts: 0, status: null },
    ...{ trouble: null, madeAt: now(), nextAttemptAt: hoursAfter(now(), 1), endedAt: null },
  }
  await store.webhookDeliveries.add(delivery)
  await unlessTaken(() => attempt(house, webhook, delivery))
  return store.webhookDeliveries.find(id)
}

/** Another process, or somebody who took the webhook away, was faster: then nothing is left to do. */
async function unlessTaken(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
  }
}

async function postOne(house: House, delivery: WebhookDelivery): Promise<void> {
  const { store, now } = house
  const webhook = await store.webhooks.find(delivery.webhookId)
  // It may have been taken away, or stopped by the failures of those before.
  if (!webhook || webhook.pausedAt !== null) return
  if (!(await isStillTheirs(house, webhook, delivery))) {
    return store.webhookDeliveries.drop(delivery, now())
  }
  await attempt(house, webhook, delivery)
}

/** What goes to somebody's own place is only what they may still see. */
async function isStillTheirs(
  { store }: House,
  { ownerId }: WebhookRecord,
  { kind, mailboxId }: WebhookDelivery,
): Promise<boolean> {
  if (ownerId === null || kind === 'test') return true
  const owner = await store.people.find(ownerId)
  return owner !== null && stillTold(owner, { kind, mailboxId })
}

async function attempt(
  house: House,
  webhook: WebhookRecord,
  delivery: WebhookDelivery,
): Promise<void> {
  const { store, log } = house
  await store.webhookDeliveries.attempt(delivery, secondsAfter(house.now(), attemptSeconds))
  const tried = { ...delivery, attempts: delivery.attempts + 1 }
  const answer = answerOf(await handOver(house, webhook, tried))
  log.info({ webhook: webhook.id, delivery: delivery.id, ...answer }, 'a webhook was posted to')
  if (answer.trouble === null) {
    return store.webhookDeliveries.delivered(tried, answer, house.now())
  }
  await failed(house, webhook, tried, answer)
}

type Handed = Posted | { readonly kind: 'failed'; readonly why: 'secret_unreadable' }

async function handOver(
  house: House,
  webhook: WebhookRecord,
  delivery: WebhookDelivery,
): Promise<Handed> {
  const secret = opened(house, webhook)
  if (!secret) return { kind: 'failed', why: 'secret_unreadable' }
  const said = await saidOf(house, webhook.language, delivery)
  const body = bodyOf(webhook.format, said)
  const at = new Date(house.now())
  const headers =
    webhook.format === 'json' ? signed(secret.signing, { id: delivery.id, at, body }) : {}
  return post({ url: secret.url, headers, body }, house.outside)
}

function opened(house: House, webhook: WebhookRecord): WebhookSecret | null {
  try {
    return secretOf(house, webhook)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    house.log.error(
      { webhook: webhook.id, err: error },
      'a webhook has a secret that nothing opens',
    )
    return null
  }
}

function answerOf(handed: Handed): Answer {
  if (handed.kind === 'failed') return { status: null, trouble: handed.why }
  const { status } = handed
  if (status >= 200 && status < 300) return { status, trouble: null }
  return { status, trouble: status >= 300 && status < 400 ? 'redirected' : 'status' }
}

/** Tried again for a day; where nobody answers for long, a person has to look first. */
async function failed(
  house: House,
  { id, ownerId, failures }: WebhookRecord,
  delivery: WebhookDelivery,
  answer: Answer,
): Promise<void> {
  const { store } = house
  const at = house.now()
  const isSample = delivery.kind === 'test'
  const nextAttemptAt = isSample ? null : retryAt(delivery.attempts, delivery.madeAt, at)
  const event: Event | null =
    nextAttemptAt === null && !isSample
      ? { kind: 'webhook_given_up', at, by: null, webhookId: id, deliveryId: delivery.id, ownerId }
      : null
  await store.webhookDeliveries.failed(delivery, answer, { at, nextAttemptAt, event })
  // 410 Gone: the receiver says that it will never be there again (RFC 9110 section 15.5.11).
  if (answer.status !== 410 && failures + 1 < failuresMax) return
  const now = await store.webhooks.find(id)
  if (now && now.pausedAt === null) await store.webhooks.pause(now, { at, by: null })
}

async function saidOf(
  { store, baseUrl }: House,
  language: Language,
  { id, kind, madeAt, severity, categories, mailboxId, path }: WebhookDelivery,
): Promise<Said> {
  const text = textFor(language)
  const { told } = text
  const mailbox = mailboxId === null ? null : await store.mailboxes.byId(mailboxId)
  return {
    ...{ id, kind, at: madeAt, severity, categories, mailbox: mailbox?.name ?? null },
    url: baseUrl + path,
    words: {
      title: kind === 'test' ? told.webhook.sample : told.kind[kind],
      severity: text.severity[severity],
      categories: categories.map((code) => text.category[code]).join('・'),
      severityLabel: told.severity,
      categoriesLabel: told.categories,
      open: told.open,
    },
  }
}

function secondsAfter(at: Instant, seconds: number): Instant {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
