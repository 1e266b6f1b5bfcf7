import type { Language, Person } from '../domain/person.ts'
import {
  isStrong,
  isUnnoted,
  needsSecondFactor,
  type SessionStage,
  type SignInWay,
  stageAfter,
} from '../domain/session.ts'
import { isPassword, nobodysHash } from '../password.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Session } from '../store/sessions.ts'
import type { House } from './house.ts'
import { deviceFor, deviceOf, type From, makeSession, sessionIdOf } from './session.ts'
import { type Attempt, openThrottle, type Throttle } from './throttle.ts'

/** Whose session it is, and how far they have come. */
export type SignedIn = {
  readonly person: Person
  readonly session: Session
  readonly stage: SessionStage
}

export type Entered = {
  readonly kind: 'signed_in'
  readonly token: string
  readonly person: Person
  readonly stage: SessionStage
  /** What the browser keeps, so that nobody's failures lock this person out. */
  readonly device: string
}

export type SignInOutcome = Entered | { readonly kind: 'wrong' | 'locked' }

/** Signing in and out. The token goes to the browser only; the store keeps its hash. */
export type SignIns = {
  readonly throttle: Throttle
  signIn(email: string, password: string, from: From): Promise<SignInOutcome>
  /** Lets in somebody who proved who they are in another way than by a password. */
  enter(person: Person, way: SignInWay, from: From): Promise<Entered>
  find(token: string): Promise<SignedIn | null>
  /** Notes that a person is at work: a session that nobody uses ends. */
  note(session: Session): Promise<void>
  signOut(token: string): Promise<void>
  setLanguage(personId: string, language: Language): Promise<void>
}

/** Opens the sign-in desk of a house. */
export function openSignIns(house: House): SignIns {
  const { store, now } = house
  const throttle = openThrottle()
  // An account that does not exist takes the same time as one that does.
  const nobody = nobodysHash()

  async function enter(person: Person, way: SignInWay, from: From): Promise<Entered> {
    const factors = await store.factors.of(person.id)
    const stage = stageAfter(way, person, factors, house.secondFactor)
    const { session, token } = makeSession(house, person, { way, stage }, from)
    await store.sessions.open(session)
    return { kind: 'signed_in', token, person, stage, device: deviceFor(house, person.email) }
  }

  return {
    throttle,
    enter,
    async signIn(email, password, from) {
      const attempt = attemptOf(house, email, from)
      if (throttle.isHeld(attempt, Date.parse(now()))) return { kind: 'locked' }
      const account = await store.people.account(email)
      const right = await isPassword(password, account?.passwordHash || nobody)
      if (!account?.passwordHash || !right || account.person.disabledAt !== null) {
        throttle.failed(attempt, Date.parse(now()))
        const known = account?.person.email ?? ''
        if (throttle.isRecorded(Date.parse(now()))) await store.sessions.refused(known, now())
        return { kind: 'wrong' }
      }
      throttle.succeeded(attempt)
      return enter(account.person, 'password', from)
    },
    async find(token) {
      const found = await store.sessions.find(sessionIdOf(token), now())
      if (!found || found.person.disabledAt !== null) return null
      const { person, session } = found
      return { person, session, stage: stageOf(house, person, session) }
    },
    note: (session) => note(house, session),
    async signOut(token) {
      const { session } = (await store.sessions.find(sessionIdOf(token), now())) ?? {}
      if (session) await store.sessions.close(session.id, session.personId, now())
    },
    setLanguage: (personId, language) => store.people.setLanguage(personId, language),
  }
}

/** Who tries to sign in as whom, for the throttle. */
export function attemptOf(house: House, account: string, { ip, device }: From): Attempt {
  const name = account.toLowerCase().slice(0, 320)
  return { account: name, place: ip, device: deviceOf(house, name, device) }
}

/** A rule that was made stricter, or a role that somebody got, holds for open sessions as well. */
function stageOf({ secondFactor }: House, person: Person, { stage, way }: Session): SessionStage {
  const weak = stage === 'full' && !isStrong(way) && needsSecondFactor(person, secondFactor)
  return weak ? 'enrolment' : stage
}

async function note({ store, now }: House, session: Session): Promise<void> {
  const at = now()
  if (!isUnnoted(session, at)) return
  try {
    await store.sessions.note(session, at)
  } catch (error) {
    // Another request of the same person was faster, or they have just signed out.
    if (!(error instanceof StaleWrite)) throw error
  }
}
