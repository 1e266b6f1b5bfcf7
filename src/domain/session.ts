import type { Person, Role } from './person.ts'
import type { Instant } from './time.ts'

/** How far a sign-in has come: nothing of the product is seen before it is `full`. */
export const sessionStages = ['full', 'second_factor', 'enrolment'] as const
export type SessionStage = (typeof sessionStages)[number]

/** How somebody proved who they are. */
export type SignInWay =
  | 'password'
  | 'password+totp'
  | 'password+recovery_code'
  | 'password+passkey'
  | 'passkey'
  | 'openid'
  | 'openid+mfa'
  | 'openid+totp'
  | 'openid+recovery_code'
  | 'openid+passkey'

/** Who has to show a second factor: everybody, those who decide, or nobody. */
export type SecondFactorRule = 'everybody' | 'deciders' | 'nobody'

/** Which second factors a person has set up. */
export type Factors = { readonly totp: boolean; readonly passkeys: number }

const deciders: readonly Role[] = ['supervisor', 'admin']

/** Whether the person may not work without a second factor. */
export function needsSecondFactor({ roles }: Person, rule: SecondFactorRule): boolean {
  if (rule === 'everybody') return true
  return rule === 'deciders' && roles.some((role) => deciders.includes(role))
}

/** Whether more than one thing was shown: a passkey is a device and what opens it. */
export function isStrong(way: SignInWay): boolean {
  return way === 'passkey' || way.includes('+')
}

/** Where a sign-in stands that came this way: what a person has set up is always asked for. */
export function stageAfter(
  way: SignInWay,
  person: Person,
  { totp, passkeys }: Factors,
  rule: SecondFactorRule,
): SessionStage {
  if (isStrong(way)) return 'full'
  if (totp || passkeys > 0) return 'second_factor'
  return needsSecondFactor(person, rule) ? 'enrolment' : 'full'
}

type Times = {
  readonly createdAt: Instant
  readonly lastSeenAt: Instant | null
  readonly expiresAt: Instant
}

/** Who does nothing for so long has left their desk. */
const idleMs = 2 * 3_600_000
/** What is sensitive is done by somebody who has just shown who they are. */
const freshMs = 15 * 60_000
/** A session's last use is noted no more often: not every request has to be a write. */
const noteEveryMs = 5 * 60_000

/** Whether a session still counts. */
export function isAlive({ createdAt, lastSeenAt, expiresAt }: Times, now: Instant): boolean {
  return now < expiresAt && msBetween(lastSeenAt ?? createdAt, now) < idleMs
}

/** Whether the person signed in just now. */
export function isFresh({ createdAt }: Pick<Times, 'createdAt'>, now: Instant): boolean {
  return msBetween(createdAt, now) < freshMs
}

/** Whether its use has to be noted again. */
export function isUnnoted({ createdAt, lastSeenAt }: Times, now: Instant): boolean {
  return msBetween(lastSeenAt ?? createdAt, now) >= noteEveryMs
}

function msBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from)
}
