import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Person } from '../domain/person.ts'
import type { SessionStage, SignInWay } from '../domain/session.ts'
import { hoursAfter } from '../domain/time.ts'
import type { Session } from '../store/sessions.ts'
import type { House } from './house.ts'

/** Where a request comes from. */
export type From = {
  readonly ip: string
  readonly userAgent: string
  /** What names a device that has signed in before; empty where nothing does. */
  readonly device: string
}

/** A new session, and the token that only the browser will have. */
export type Made = { readonly session: Session; readonly token: string }

/** A working day: who comes back tomorrow signs in anew. */
const sessionHours = 12
/** Who has shown one of two things shows the other one now. */
const halfHours = 0.25

/** A session as it begins; nothing is kept yet. */
export function makeSession(
  { now }: House,
  { id: personId }: Pick<Person, 'id'>,
  how: { readonly way: SignInWay; readonly stage: SessionStage },
  { ip, userAgent }: Pick<From, 'ip' | 'userAgent'>,
): Made {
  const token = randomBytes(32).toString('base64url')
  const createdAt = now()
  const hours = how.stage === 'full' ? sessionHours : halfHours
  const session: Session = {
    id: sessionIdOf(token),
    personId,
    csrfToken: randomBytes(24).toString('base64url'),
    createdAt,
    lastSeenAt: null,
    expiresAt: hoursAfter(createdAt, hours),
    ...how,
    ip,
    userAgent: userAgent.slice(0, 300),
  }
  return { session, token }
}

/** What is kept of a token. */
export function sessionIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** What a browser keeps once somebody has signed in to an account with it. */
export function deviceFor(house: House, account: string): string {
  const name = randomBytes(12).toString('base64url')
  return `${name}.${signature(house, account, name)}`
}

/** The device's name, where it is one of that account; else null. */
export function deviceOf(house: House, account: string, given: string): string | null {
  const [name = '', proof = ''] = given.split('.')
  const expected = Buffer.from(signature(house, account, name))
  const shown = Buffer.from(proof)
  return shown.length === expected.length && timingSafeEqual(shown, expected) ? name : null
}

function signature({ messageIdSecret }: House, account: string, name: string): string {
  const said = `device\n${account.toLowerCase()}\n${name}`
  return createHmac('sha256', messageIdSecret).update(said).digest('base64url')
}
