import { may, type Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/step.ts'
import type { ToldKind } from '../domain/told.kinds.ts'
import type { WebhookFormat } from '../domain/webhook.ts'
import { type AddressFlaw, bareHost, flawOfAddress } from '../outside/address.ts'
import { newSecret } from '../outside/signature.ts'
import { StaleWrite } from '../store/engine.ts'
import type { WebhookRecord, WebhookSettings } from '../store/webhooks.ts'
import { VaultError } from '../vault.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome } from './house.ts'

/** A webhook as somebody typed it; an empty address keeps the one that is there. */
export type WebhookWish = {
  readonly name: string
  readonly format: WebhookFormat
  readonly url: string
  readonly kinds: readonly ToldKind[]
  readonly mailboxes: readonly string[] | null
}

/** What is sealed: the address is a secret, as whoever knows it may post there. */
export type WebhookSecret = { readonly url: string; readonly signing: string }

export type WebhookKept = {
  readonly kind: 'kept'
  readonly id: string
  /** To sign with, where a new one was made: shown once. */
  readonly signing: string | null
}

/** An address that nothing may be sent to. */
export type WebhookFlawed = { readonly kind: 'flawed'; readonly flaw: AddressFlaw }

/** Of the whole house, or one's own: who may change it. */
export type WebhookOf = { readonly ownerId: string | null }

/** Adds a webhook of the house, or one's own. */
export async function addWebhook(
  house: House,
  wish: WebhookWish,
  { ownerId }: WebhookOf,
  who: Person,
): Promise<WebhookKept | WebhookFlawed | Refusal> {
  const { store, vault, newId, now } = house
  if (!mayChange({ ownerId }, who)) return refuse('not_allowed')
  if (vault.trouble !== null) return refuse('no_encryption_key')
  if (wish.name === '') return refuse('name_missing')
  const flaw = flawOfAddress(wish.url, house.outside)
  if (flaw) return { kind: 'flawed', flaw }
  const id = newId()
  const signing = newSecret()
  const secret = sealed(house, id, { url: wish.url, signing })
  const settings = { ...settingsOf(wish, who), host: hostOf(wish.url), secret }
  try {
    await store.webhooks.add(id, ownerId, settings, { at: now(), by: who.id })
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('changed_meanwhile')
    throw error
  }
  return { kind: 'kept', id, signing: wish.format === 'json' ? signing : null }
}

/** Changes it; another address gets another secret to sign with, so that none is known twice. */
export async function changeWebhook(
  house: House,
  webhook: WebhookRecord,
  wish: WebhookWish,
  who: Person,
): Promise<WebhookKept | WebhookFlawed | Refusal> {
  const { vault } = house
  const { id, language } = webhook
  if (!mayChange(webhook, who)) return refuse('not_allowed')
  if (vault.trouble !== null) return refuse('no_encryption_key')
  if (wish.name === '') return refuse('name_missing')
  const kept = { ...settingsOf(wish, who), language }
  if (wish.url === '') {
    const { host, secret } = webhook
    return changed(house, webhook, { ...kept, host, secret }, null, who)
  }
  const flaw = flawOfAddress(wish.url, house.outside)
  if (flaw) return { kind: 'flawed', flaw }
  const signing = newSecret()
  const secret = sealed(house, id, { url: wish.url, signing })
  const shown = wish.format === 'json' ? signing : null
  return changed(house, webhook, { ...kept, host: hostOf(wish.url), secret }, shown, who)
}

/** Makes another secret to sign with; the one before is worth nothing from now on. */
export async function renewSigning(
  house: House,
  webhook: WebhookRecord,
  who: Person,
): Promise<WebhookKept | Refusal> {
  if (!mayChange(webhook, who)) return refuse('not_allowed')
  try {
    const { url } = secretOf(house, webhook)
    const signing = newSecret()
    const secret = sealed(house, webhook.id, { url, signing })
    return await changed(house, webhook, { ...webhook, secret }, signing, who)
  } catch (error) {
    if (error instanceof VaultError) return refuse('webhook_secret_unreadable')
    throw error
  }
}

async function changed(
  { store, now }: House,
  webhook: WebhookRecord,
  settings: WebhookSettings,
  signing: string | null,
  who: Person,
): Promise<WebhookKept | Refusal> {
  try {
    await store.webhooks.change(webhook, settings, { at: now(), by: who.id })
    return { kind: 'kept', id: webhook.id, signing }
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('changed_meanwhile')
    throw error
  }
}

/** Stops it, lets it go on, or takes it away; done twice is done. */
export async function actOnWebhook(
  house: House,
  webhook: WebhookRecord,
  act: 'pause' | 'resume' | 'remove',
  who: Person,
): Promise<Outcome> {
  if (!mayChange(webhook, who)) return refuse('not_allowed')
  if (act === 'pause' && webhook.pausedAt !== null) return done
  if (act === 'resume' && webhook.pausedAt === null) return done
  try {
    await house.store.webhooks[act](webhook, { at: house.now(), by: who.id })
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('changed_meanwhile')
    throw error
  }
  return done
}

/** One of the house's; a person's own is none of anybody else's business. */
export async function houseWebhook({ store }: House, id: string): Promise<WebhookRecord> {
  const webhook = await store.webhooks.find(id)
  if (!webhook || webhook.ownerId !== null) throw new NotFound('webhook', id)
  return webhook
}

/** Opens what is sealed. Throws `VaultError` in words of what to do. */
export function secretOf({ vault }: House, { id, secret }: WebhookRecord): WebhookSecret {
  return JSON.parse(vault.open(secret, purposeOf(id))) as WebhookSecret
}

/** Seals every webhook's secrets with the key that is used now. Returns how many were sealed anew. */
export async function resealWebhooks(house: House): Promise<number> {
  let count = 0
  for (const webhook of await house.store.webhooks.all()) {
    if (house.vault.isCurrent(webhook.secret)) continue
    await house.store.webhooks.reseal(webhook, sealed(house, webhook.id, secretOf(house, webhook)))
    count += 1
  }
  return count
}

function mayChange({ ownerId }: WebhookOf, who: Person): boolean {
  return ownerId === null ? may(who, 'manage_webhooks') : ownerId === who.id
}

function settingsOf({ name, format, kinds, mailboxes }: WebhookWish, { language }: Person) {
  return { name, format, kinds, mailboxes, language }
}

function hostOf(url: string): string {
  return bareHost(new URL(url))
}

function sealed({ vault }: House, id: string, secret: WebhookSecret): string {
  return vault.seal(JSON.stringify(secret), purposeOf(id))
}

function purposeOf(id: string): string {
  return `webhook:${id}`
}
