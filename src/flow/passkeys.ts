import type { Person } from '../domain/person.ts'
import { isFresh, type SignInWay } from '../domain/session.ts'
import { type Refusal, refuse } from '../domain/step.ts'
import {
  claimedIn,
  creationFor,
  madeIn,
  requestFor,
  type Shown,
  type Site,
  shownIn,
} from '../proof/passkey.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Passkey } from '../store/passkeys.ts'
import type { Session } from '../store/sessions.ts'
import { done, type House, type Outcome } from './house.ts'
import { othersOf } from './second-factor.ts'
import { deviceFor, type From, makeSession } from './session.ts'
import type { SignedIn } from './sign-in.ts'

/** Passkeys of one person: more are no safer. */
const passkeysMax = 10

/** What the sign-in page asks a browser's passkeys. */
export function askToEnter(house: House, origin: string) {
  return requestFor(siteOf(house, origin), 'enter', timeOf(house))
}

/** The same as a second factor, for one half-begun sign-in. */
export function askAsSecond(house: House, origin: string, { session }: SignedIn) {
  return requestFor(siteOf(house, origin), secondPurpose(session), timeOf(house))
}

/** What a browser makes a new passkey of. */
export async function askToCreate(house: House, origin: string, { person, session }: SignedIn) {
  const known = await house.store.passkeys.of(person.id)
  const purpose = newPurpose(session)
  return creationFor(siteOf(house, origin), purpose, person, known, timeOf(house))
}

export type PasskeyEntry =
  | {
      readonly kind: 'signed_in'
      readonly token: string
      readonly person: Person
      readonly device: string
    }
  | { readonly kind: 'wrong' }

/** Signs somebody in by a passkey alone: a device, and what opens it. */
export async function enterByPasskey(
  house: House,
  origin: string,
  answer: string,
  from: From,
): Promise<PasskeyEntry> {
  return enter(house, origin, answer, from, { purpose: 'enter', way: 'passkey', old: null })
}

/** Takes a passkey as the second of two things. */
export async function showPasskey(
  house: House,
  origin: string,
  { session }: SignedIn,
  answer: string,
  from: From,
): Promise<PasskeyEntry> {
  const way: SignInWay = session.way === 'openid' ? 'openid+passkey' : 'password+passkey'
  return enter(house, origin, answer, from, { purpose: secondPurpose(session), way, old: session })
}

type Entering = {
  readonly purpose: string
  readonly way: SignInWay
  readonly old: Session | null
}

async function enter(
  house: House,
  origin: string,
  answer: string,
  from: From,
  { purpose, way, old }: Entering,
): Promise<PasskeyEntry> {
  const { store } = house
  const passkey = await store.passkeys.find(claimedIn(answer))
  const person = passkey && (await store.people.find(passkey.personId))
  if (!passkey || !person || person.disabledAt !== null) return { kind: 'wrong' }
  if (old && old.personId !== person.id) return { kind: 'wrong' }
  const shown = await shownIn(siteOf(house, origin), purpose, answer, passkey, timeOf(house))
  if (!shown) return { kind: 'wrong' }
  const { session, token } = makeSession(house, person, { way, stage: 'full' }, from)
  if (!(await used(house, passkey, shown, session, old))) return { kind: 'wrong' }
  return { kind: 'signed_in', token, person, device: deviceFor(house, person.email) }
}

/** Whether the answer was taken: the same one is not taken twice. */
async function used(
  { store }: House,
  passkey: Passkey,
  { counter, askedAt }: Shown,
  session: Session,
  old: Session | null,
): Promise<boolean> {
  try {
    const use = { counter, askedAt: new Date(askedAt).toISOString() }
    await store.passkeys.use(passkey, use, session, old)
    return true
  } catch (error) {
    if (error instanceof StaleWrite) return false
    throw error
  }
}

export type Added = { readonly kind: 'added'; readonly token: string } | Refusal

/** Keeps a new passkey of somebody who has just shown who they are; other sessions end. */
export async function addPasskey(
  house: House,
  origin: string,
  { person, session }: SignedIn,
  given: { readonly answer: string; readonly name: string },
  from: From,
): Promise<Added> {
  if (!isFresh(session, house.now())) return refuse('sign_in_again')
  const known = await house.store.passkeys.of(person.id)
  if (known.length >= passkeysMax) return refuse('passkeys_enough')
  const site = siteOf(house, origin)
  const made = await madeIn(site, newPurpose(session), given.answer, timeOf(house))
  if (!made) return refuse('passkey_unusable')
  const way: SignInWay = session.way.startsWith('openid') ? 'openid+passkey' : 'password+passkey'
  const { session: next, token } = makeSession(house, person, { way, stage: 'full' }, from)
  const at = house.now()
  const passkey = {
    ...made,
    personId: person.id,
    name: given.name,
    createdAt: at,
    lastUsedAt: null,
  }
  const act = { at, by: person.id, ends: await othersOf(house, session) }
  try {
    await house.store.passkeys.add(passkey, { old: session, next }, act)
  } catch (error) {
    // The same form sent twice: the first one counted.
    if (error instanceof StaleWrite) return refuse('factor_there_already')
    throw error
  }
  return { kind: 'added', token }
}

/** Takes one of one's own passkeys away; other sessions end. */
export async function removePasskey(
  house: House,
  { person, session }: SignedIn,
  id: string,
): Promise<Outcome> {
  if (!isFresh(session, house.now())) return refuse('sign_in_again')
  const passkey = await house.store.passkeys.find(id)
  if (passkey?.personId !== person.id) return refuse('factor_missing')
  const act = { at: house.now(), by: person.id, ends: await othersOf(house, session) }
  await house.store.passkeys.remove([passkey], act)
  return done
}

function siteOf({ messageIdSecret, log }: House, origin: string): Site {
  const say = (why: string) => log.info({ why }, 'a passkey was not taken')
  return { origin, secret: messageIdSecret, say }
}

function secondPurpose({ id }: Session): string {
  return `second ${id}`
}

function newPurpose({ id }: Session): string {
  return `new ${id}`
}

function timeOf({ now }: House): number {
  return Date.parse(now())
}
