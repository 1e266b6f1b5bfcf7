import { flawOfPassword, type PasswordFlaw } from '../domain/password.ts'
import { hashPassword, isPassword } from '../password.ts'
import { done, type House } from './house.ts'
import { othersOf } from './second-factor.ts'
import { type From, makeSession } from './session.ts'
import { attemptOf, type SignedIn, type SignIns } from './sign-in.ts'

export type PasswordOutcome =
  | { readonly kind: 'changed'; readonly token: string }
  | { readonly kind: 'flawed'; readonly flaw: PasswordFlaw }
  | { readonly kind: 'wrong' | 'locked' }

/** Changes one's own password; every other session ends, and this one gets a new token. */
export async function changePassword(
  house: House,
  signIns: SignIns,
  { person, session }: SignedIn,
  given: { readonly current: string; readonly wanted: string },
  from: From,
): Promise<PasswordOutcome> {
  const attempt = attemptOf(house, person.email, from)
  const now = Date.parse(house.now())
  if (signIns.throttle.isHeld(attempt, now)) return { kind: 'locked' }
  const account = await house.store.people.account(person.email)
  if (!account || !(await isPassword(given.current, account.passwordHash))) {
    signIns.throttle.failed(attempt, now)
    return { kind: 'wrong' }
  }
  const flaw = flawOfPassword(given.wanted, person)
  if (flaw) return { kind: 'flawed', flaw }
  const { way, stage } = session
  const { session: next, token } = makeSession(house, person, { way, stage }, from)
  const act = { at: house.now(), by: person.id, ends: await othersOf(house, session) }
  const passwordHash = await hashPassword(given.wanted)
  await house.store.people.changePassword(account, passwordHash, { old: session, next }, act)
  return { kind: 'changed', token }
}

/** Ends one's own sessions: one of them, or all but this one. */
export async function endSessions(house: House, { session }: SignedIn, id: string | null) {
  const others = await othersOf(house, session)
  const some = id === null ? others : others.filter((one) => one.id === id)
  await house.store.sessions.end(some, 'revoked', house.now(), session.personId)
  return done
}
