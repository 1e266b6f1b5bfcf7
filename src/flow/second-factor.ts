import { createHash } from 'node:crypto'
import type { Person } from '../domain/person.ts'
import { isFresh, type SignInWay } from '../domain/session.ts'
import { whyNotManage } from '../domain/staff.ts'
import { type Refusal, refuse } from '../domain/step.ts'
import {
  addressOf,
  newRecoveryCodes,
  newSecret,
  recoveryCodeIn,
  stepOf,
} from '../proof/one-time.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Swap, Totp } from '../store/factors.ts'
import type { Session } from '../store/sessions.ts'
import { done, type House, type Outcome } from './house.ts'
import { deviceFor, type From, makeSession } from './session.ts'
import { attemptOf, type SignedIn, type SignIns } from './sign-in.ts'

/** What a code led to: in, or not, or too many tries. */
export type CodeOutcome =
  | { readonly kind: 'signed_in'; readonly token: string; readonly device: string }
  | { readonly kind: 'wrong' | 'locked' }

/** A secret for an app, as it is shown once. */
export type Offer = { readonly secret: string; readonly address: string }

export type Confirmed =
  | { readonly kind: 'confirmed'; readonly token: string; readonly codes: readonly string[] }
  | Refusal

/** Takes the second of two things: a one-time code, or a recovery code that stands in for it. */
export async function showCode(
  house: House,
  signIns: SignIns,
  { person, session }: SignedIn,
  typed: string,
  from: From,
): Promise<CodeOutcome> {
  const { throttle } = signIns
  const attempt = attemptOf(house, person.email, from)
  const own = { ...attempt, account: `second factor of ${person.id}` }
  const now = Date.parse(house.now())
  if (throttle.isHeld(own, now)) return { kind: 'locked' }
  const token = await passed(house, person, session, typed, from)
  if (token === null) {
    throttle.failed(own, now)
    const { id: personId } = person
    const failed = { kind: 'second_factor_failed', at: house.now(), by: null, personId } as const
    await house.store.record([failed])
    return { kind: 'wrong' }
  }
  throttle.succeeded(own)
  return { kind: 'signed_in', token, device: deviceFor(house, person.email) }
}

/** The new session's token, or null where what was typed proves nothing. */
async function passed(
  house: House,
  person: Person,
  old: Session,
  typed: string,
  from: From,
): Promise<string | null> {
  const { factors } = house.store
  const recovery = recoveryCodeIn(typed)
  const first = old.way === 'openid' ? 'openid' : 'password'
  const way: SignInWay = recovery === null ? `${first}+totp` : `${first}+recovery_code`
  const { session: next, token } = makeSession(house, person, { way, stage: 'full' }, from)
  const swap: Swap = { old, next }
  if (recovery !== null) {
    return usedOnce(token, () => factors.useRecoveryCode(hashOf(recovery), swap))
  }
  const totp = await factors.totp(person.id)
  const step = totp?.confirmedAt ? stepIn(house, totp, typed) : null
  if (!totp || step === null) return null
  return usedOnce(token, () => factors.useTotp(totp, step, swap))
}

/** Who shows the same code a second time, or in two places at once, is let in once. */
async function usedOnce(token: string, use: () => Promise<void>): Promise<string | null> {
  try {
    await use()
    return token
  } catch (error) {
    if (error instanceof StaleWrite) return null
    throw error
  }
}

/** Offers a new secret; nothing is asked for before it is confirmed. */
export async function offerSecret(house: House, { person, session }: SignedIn): Promise<Outcome> {
  if (!isFresh(session, house.now())) return refuse('sign_in_again')
  if (house.vault.trouble !== null) return refuse('no_encryption_key')
  const known = await house.store.factors.totp(person.id)
  if (known?.confirmedAt) return refuse('factor_there_already')
  const sealed = house.vault.seal(newSecret(), purposeOf(person.id))
  await house.store.factors.beginTotp(person.id, sealed)
  return done
}

/** The secret that waits to be confirmed; null where none does. */
export async function offered(house: House, person: Person): Promise<Offer | null> {
  const totp = await house.store.factors.totp(person.id)
  if (!totp || totp.confirmedAt !== null) return null
  const secret = house.vault.open(totp.secret, purposeOf(person.id))
  return { secret, address: addressOf(secret, 'Mamori', person.email) }
}

/** The app makes the right codes: it is the second factor now. Other sessions end. */
export async function confirmSecret(
  house: House,
  { person, session }: SignedIn,
  typed: string,
  from: From,
): Promise<Confirmed> {
  const totp = await house.store.factors.totp(person.id)
  if (!totp || totp.confirmedAt !== null) return refuse('factor_missing')
  const step = stepIn(house, totp, typed)
  if (step === null) return refuse('code_wrong')
  const way: SignInWay = session.way.startsWith('openid') ? 'openid+totp' : 'password+totp'
  const { session: next, token } = makeSession(house, person, { way, stage: 'full' }, from)
  const codes = newRecoveryCodes()
  const act = { at: house.now(), by: person.id, ends: await othersOf(house, session) }
  const swap = { old: session, next }
  await house.store.factors.confirmTotp(totp, step, codes.map(hashOf), swap, act)
  return { kind: 'confirmed', token, codes }
}

/** New recovery codes; older ones are worth nothing any more. */
export async function renewCodes(
  house: House,
  { person, session }: SignedIn,
): Promise<readonly string[] | Refusal> {
  if (!isFresh(session, house.now())) return refuse('sign_in_again')
  const { totp } = await house.store.factors.of(person.id)
  if (!totp) return refuse('factor_missing')
  const codes = newRecoveryCodes()
  const act = { at: house.now(), by: person.id, ends: [] }
  await house.store.factors.renewCodes(person.id, codes.map(hashOf), act)
  return codes
}

/** Takes the app away as a second factor; other sessions end. */
export async function removeSecret(house: House, { person, session }: SignedIn): Promise<Outcome> {
  if (!isFresh(session, house.now())) return refuse('sign_in_again')
  const { totp } = await house.store.factors.of(person.id)
  if (!totp) return refuse('factor_missing')
  const act = { at: house.now(), by: person.id, ends: await othersOf(house, session) }
  await house.store.factors.removeTotp(person.id, act)
  return done
}

/** An administrator takes somebody's second factor away, as they have lost it; their sessions end. */
export async function resetFactors(house: House, personId: string, who: Person): Promise<Outcome> {
  const { staff } = await house.store.staff.load()
  const refusal = whyNotManage(staff, personId, who)
  if (refusal) return refusal
  if (personId === who.id) return refuse('own_rights')
  const { totp } = await house.store.factors.of(personId)
  const passkeys = await house.store.passkeys.of(personId)
  if (!totp && passkeys.length === 0) return refuse('factor_missing')
  const act = { at: house.now(), by: who.id, ends: [] }
  if (totp) await house.store.factors.removeTotp(personId, act)
  if (passkeys.length > 0) await house.store.passkeys.remove(passkeys, act)
  const sessions = await house.store.sessions.of(personId, house.now())
  await house.store.sessions.end(sessions, 'factors_changed', house.now(), who.id)
  return done
}

/** Seals every secret of an app with the key that is used now. Returns how many. */
export async function resealSecrets({ store, vault }: House): Promise<number> {
  const old = (await store.factors.totps()).filter(({ secret }) => !vault.isCurrent(secret))
  for (const totp of old) {
    const purpose = purposeOf(totp.personId)
    await store.factors.reseal(totp, vault.seal(vault.open(totp.secret, purpose), purpose))
  }
  return old.length
}

/** A person's other sessions. */
export async function othersOf(
  { store, now }: House,
  { id, personId }: Session,
): Promise<Session[]> {
  return (await store.sessions.of(personId, now())).filter((one) => one.id !== id)
}

function stepIn({ vault, now }: House, { secret, personId }: Totp, typed: string): number | null {
  return stepOf(typed, vault.open(secret, purposeOf(personId)), Date.parse(now()))
}

function purposeOf(personId: string): string {
  return `totp:${personId}`
}

function hashOf(code: string): string {
  return createHash('sha256').update(`recovery code\n${code}`).digest('hex')
}
