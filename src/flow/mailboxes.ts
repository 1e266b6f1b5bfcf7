import {
  type AccountSecret,
  flawsOfMailbox,
  type MailboxFlaw,
  type MailboxSettings,
} from '../domain/mailbox.ts'
import { may, type Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/step.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Act, Mailbox } from '../store/mailboxes.ts'
import { purposeOf, secretOf } from './accounts.ts'
import { NotFound } from './act.ts'
import { resealCare } from './care-tasks.ts'
import { resealConsultations } from './consultation-words.ts'
import { done, type House, type Outcome } from './house.ts'
import { resealSecrets } from './second-factor.ts'
import { resealWebhooks } from './webhooks.ts'

/** Who acts: a person in the pages, or the operator at the machine (null). */
export type Actor = Person | null

export type MailboxOutcome =
  | { readonly kind: 'kept'; readonly id: string }
  | { readonly kind: 'flawed'; readonly flaws: readonly MailboxFlaw[] }
  | Refusal

/** Adds a mailbox; it is read from now on. Throws `VaultError` where its secret cannot be sealed. */
export async function addMailbox(
  house: House,
  settings: MailboxSettings,
  secret: AccountSecret,
  who: Actor,
): Promise<MailboxOutcome> {
  if (!allowed(who)) return refuse('not_allowed')
  const flaws = flawsOfMailbox(settings)
  if (flaws.length > 0) return { kind: 'flawed', flaws }
  const id = house.newId()
  return namesAreOnce(id, () =>
    house.store.mailboxes.add(id, settings, sealed(house, id, secret), actOf(house, who)),
  )
}

/** Changes a mailbox; fields of the secret that are left out stay as they are. */
export async function changeMailbox(
  house: House,
  id: string,
  settings: MailboxSettings,
  secret: AccountSecret,
  who: Actor,
): Promise<MailboxOutcome> {
  if (!allowed(who)) return refuse('not_allowed')
  const mailbox = await found(house, id)
  const flaws = flawsOfMailbox(settings)
  if (flaws.length > 0) return { kind: 'flawed', flaws }
  const next = nextSecret(house, mailbox, settings, secret)
  return namesAreOnce(id, () =>
    house.store.mailboxes.change(mailbox, settings, next, actOf(house, who)),
  )
}

/** Stops reading a mailbox, or goes on where it was. */
export async function setPaused(
  house: House,
  id: string,
  paused: boolean,
  who: Actor,
): Promise<Outcome> {
  if (!allowed(who)) return refuse('not_allowed')
  const mailbox = await found(house, id)
  if ((mailbox.pausedAt !== null) === paused) return done
  const { mailboxes } = house.store
  await (paused ? mailboxes.pause : mailboxes.resume)(mailbox, actOf(house, who))
  return done
}

/** Seals every secret with the key that is used now. Returns how many were sealed anew. */
export async function rotateSecrets(house: House): Promise<number> {
  let count = 0
  for (const mailbox of await house.store.mailboxes.list()) {
    if (mailbox.secret === null || house.vault.isCurrent(mailbox.secret)) continue
    const secret = JSON.stringify(secretOf(house, mailbox))
    await house.store.mailboxes.reseal(mailbox, house.vault.seal(secret, purposeOf(mailbox.id)))
    count += 1
  }
  return (
    count +
    (await resealSecrets(house)) +
    (await resealWebhooks(house)) +
    (await resealCare(house)) +
    (await resealConsultations(house))
  )
}

function allowed(who: Actor): boolean {
  return who === null || may(who, 'manage_mailboxes')
}

function actOf(house: House, who: Actor): Act {
  return { at: house.now(), by: who?.id ?? null, newId: house.newId }
}

async function found(house: House, id: string): Promise<Mailbox> {
  const mailbox = await house.store.mailboxes.byId(id)
  if (!mailbox) throw new NotFound('mailbox', id)
  return mailbox
}

function sealed(house: House, id: string, secret: AccountSecret): string | null {
  const given = Object.values(secret).some((value) => value !== undefined && value !== '')
  return given ? house.vault.seal(JSON.stringify(secret), purposeOf(id)) : null
}

/**
 * What is secret of a mailbox after a change. It goes with its account, and is never shown to another
 * server than it was given for.
 */
export function secretAfter(
  house: House,
  mailbox: Mailbox,
  settings: MailboxSettings,
  typed: AccountSecret,
): AccountSecret {
  const given = Object.fromEntries(
    Object.entries(typed).filter(([, value]) => value !== undefined && value !== ''),
  )
  return keepsServer(mailbox, settings) ? { ...secretOf(house, mailbox), ...given } : given
}

function nextSecret(
  house: House,
  mailbox: Mailbox,
  settings: MailboxSettings,
  typed: AccountSecret,
): string | null {
  const isTyped = Object.values(typed).some((value) => value !== undefined && value !== '')
  if (!isTyped && keepsServer(mailbox, settings)) return mailbox.secret
  return sealed(house, mailbox.id, secretAfter(house, mailbox, settings, typed))
}

function keepsServer({ account: before }: Mailbox, { account: next }: MailboxSettings): boolean {
  if (!before || !next) return before === next
  if (before.host !== next.host || before.user !== next.user) return false
  if (before.method.kind !== next.method.kind) return false
  if (before.method.kind === 'password' || next.method.kind === 'password') return true
  return (
    before.method.issuer === next.method.issuer && before.method.clientId === next.method.clientId
  )
}

/** A name that is taken is a mistake to tell, not a failure. */
async function namesAreOnce(id: string, keep: () => Promise<void>): Promise<MailboxOutcome> {
  try {
    await keep()
    return { kind: 'kept', id }
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('mailbox_taken')
    throw error
  }
}
