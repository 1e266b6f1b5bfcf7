import { createHash, randomBytes } from 'node:crypto'
import type { Language, Person } from '../domain/person.ts'
import { hashPassword, isPassword } from '../password.ts'
import type { Session } from '../store/sessions.ts'
import type { House } from './house.ts'

export type SignedIn = { readonly person: Person; readonly csrfToken: string }

export type SignInOutcome =
  | { readonly kind: 'signed_in'; readonly token: string; readonly person: Person }
  | { readonly kind: 'wrong' | 'locked' }

/** Signing in and out. The token goes to the browser only; the store keeps its hash. */
export type SignIns = {
  signIn(
    email: string,
    password: string,
    from: { readonly ip: string; readonly userAgent: string },
  ): Promise<SignInOutcome>
  find(token: string): Promise<SignedIn | null>
  signOut(token: string): Promise<void>
  setLanguage(personId: string, language: Language): Promise<void>
}

/** A working day: who comes back tomorrow signs in anew. */
const sessionHours = 12

/** Failures from one place on one account before it has to wait; others are not locked out. */
const failuresMax = 8
const lockMs = 5 * 60_000
/** Places remembered: the oldest go first, so that a flood costs no memory. */
const placesMax = 10_000

/** Opens the sign-in desk of a house. */
export async function openSignIns(house: House): Promise<SignIns> {
  const { store } = house
  const failures = openFailures()
  // An account that does not exist takes the same time as one that does.
  const nobody = await hashPassword(randomBytes(16).toString('hex'))
  return {
    async signIn(email, password, from) {
      const now = Date.parse(house.now())
      const place = `${email.toLowerCase()} ${from.ip}`
      if (failures.lock(place, now)) return { kind: 'locked' }
      const account = await store.people.account(email)
      const right = await isPassword(password, account?.passwordHash ?? nobody)
      if (!account || !right || account.person.disabledAt !== null) {
        failures.note(place, now)
        await store.sessions.refused(email.slice(0, 200), house.now())
        return { kind: 'wrong' }
      }
      failures.forget(place)
      const token = randomBytes(32).toString('base64url')
      await store.sessions.open(sessionOf(house, account.person, token, from))
      return { kind: 'signed_in', token, person: account.person }
    },
    async find(token) {
      const session = await store.sessions.find(idOf(token), house.now())
      const person = session && (await store.people.find(session.personId))
      if (!session || !person || person.disabledAt !== null) return null
      return { person, csrfToken: session.csrfToken }
    },
    async signOut(token) {
      const session = await store.sessions.find(idOf(token), house.now())
      if (session) await store.sessions.close(session.id, session.personId, house.now())
    },
    setLanguage: (personId, language) => store.people.setLanguage(personId, language),
  }
}

function sessionOf(
  { now }: House,
  person: Person,
  token: string,
  { ip, userAgent }: { readonly ip: string; readonly userAgent: string },
): Session {
  const createdAt = now()
  return {
    id: idOf(token),
    personId: person.id,
    csrfToken: randomBytes(24).toString('base64url'),
    createdAt,
    expiresAt: new Date(Date.parse(createdAt) + sessionHours * 3_600_000).toISOString(),
    ip,
    userAgent: userAgent.slice(0, 300),
  }
}

/** Failed attempts by account and place: who guesses waits, and locks nobody else out. */
function openFailures() {
  const failures = new Map<string, { count: number; at: number }>()
  return {
    lock(place: string, now: number): boolean {
      const known = failures.get(place)
      return known !== undefined && known.count >= failuresMax && now - known.at < lockMs
    },
    note(place: string, now: number): void {
      const known = failures.get(place)
      const count = known && now - known.at < lockMs ? known.count + 1 : 1
      failures.delete(place)
      failures.set(place, { count, at: now })
      if (failures.size > placesMax) failures.delete(failures.keys().next().value ?? '')
    },
    forget: (place: string) => failures.delete(place),
  }
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
