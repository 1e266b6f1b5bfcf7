import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Person } from '../domain/person.ts'
import { type Answer, answerOf, askProvider, type Question } from '../proof/openid.ts'
import { StaleWrite } from '../store/engine.ts'
import type { House } from './house.ts'
import type { From } from './session.ts'
import type { Entered, SignIns } from './sign-in.ts'

/** What a person takes along to the provider and brings back, signed by us. */
type Pending = Question & { readonly next: string; readonly startedAt: string }

export type OpenIdOutcome =
  | { readonly kind: 'entered'; readonly entered: Entered; readonly next: string }
  | { readonly kind: OpenIdRefusal }

/** Why a provider's word does not let somebody in. */
export type OpenIdRefusal = 'expired' | 'unknown' | 'unverified' | 'other_account'

/** Signing in at the provider takes a person a few minutes. */
const patienceMs = 10 * 60_000

/** Where to sign in, and what the browser keeps until it is back. Rejects with `OpenIdError`. */
export async function beginOpenId(
  house: House,
  redirectUri: string,
  next: string,
): Promise<{ readonly url: string; readonly kept: string } | null> {
  if (!house.openId) return null
  const { url, question } = await askProvider(house.openId, redirectUri)
  const pending: Pending = { ...question, next, startedAt: house.now() }
  return { url, kept: signed(house, JSON.stringify(pending)) }
}

/** Takes the provider's answer. Rejects with `OpenIdError` where it is not to our question. */
export async function finishOpenId(
  house: House,
  signIns: SignIns,
  kept: string,
  callback: URL,
  from: From,
): Promise<OpenIdOutcome> {
  const pending = pendingIn(house, kept)
  if (!pending || !house.openId) return { kind: 'expired' }
  const answer = await answerOf(house.openId, callback, pending)
  const person = await personFor(house, answer)
  if (typeof person === 'string') return { kind: person }
  const entered = await signIns.enter(person, answer.mfa ? 'openid+mfa' : 'openid', from)
  return { kind: 'entered', entered, next: pending.next }
}

/**
 * Whom of us the provider means. The first time by an address that is proven to be theirs; from
 * then on by the provider's own name for them, as addresses are given to others when people leave.
 */
async function personFor(house: House, answer: Answer): Promise<Person | OpenIdRefusal> {
  const { store, openId } = house
  const { issuer, subject, email } = answer
  const id = createHash('sha256').update(`${issuer}\n${subject}`).digest('hex')
  const known = await store.externalIds.find(id)
  if (known) return enabled(await store.people.find(known.personId))
  if (email === null) return 'unknown'
  const account = await store.people.account(email)
  if (!account) return 'unknown'
  if (!answer.emailVerified && !openId?.trustEmail) return 'unverified'
  const others = await store.externalIds.of(account.person.id)
  if (others.some((one) => one.issuer === issuer)) return 'other_account'
  const link = { id, personId: account.person.id, issuer, subject, linkedAt: house.now() }
  try {
    if (account.person.disabledAt === null) await store.externalIds.link(link)
  } catch (error) {
    // The same person in another window was faster: they are who they are.
    if (!(error instanceof StaleWrite)) throw error
  }
  return enabled(account.person)
}

function enabled(person: Person | null): Person | OpenIdRefusal {
  return person && person.disabledAt === null ? person : 'unknown'
}

function signed(house: House, said: string): string {
  const body = Buffer.from(said).toString('base64url')
  return `${body}.${proofOf(house, body).toString('base64url')}`
}

function pendingIn(house: House, kept: string): Pending | null {
  const [body = '', proof = ''] = kept.split('.')
  const expected = proofOf(house, body)
  const shown = Buffer.from(proof, 'base64url')
  if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) return null
  const pending = JSON.parse(Buffer.from(body, 'base64url').toString()) as Pending
  const age = Date.parse(house.now()) - Date.parse(pending.startedAt)
  return age < patienceMs ? pending : null
}

function proofOf({ messageIdSecret }: House, body: string): Buffer {
  return createHmac('sha256', messageIdSecret).update(`openid\n${body}`).digest()
}
