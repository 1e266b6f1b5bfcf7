import type { RefusalReason } from '../domain/step.ts'

/** Nobody is signed in: the way leads over the sign-in page and back. */
export class SignInFirst extends Error {
  readonly next: string

  constructor(next: string) {
    super('nobody is signed in')
    this.name = 'SignInFirst'
    this.next = next
  }
}

/** Signed in, but without a role that may. */
export class Forbidden extends Error {
  constructor() {
    super('the role does not include this')
    this.name = 'Forbidden'
  }
}

/** A form without a token of this session, or from another site. */
export class ForeignForm extends Error {
  constructor() {
    super('the form is not of this session')
    this.name = 'ForeignForm'
  }
}

/** The page or thing asked for does not exist. */
export class Missing extends Error {
  constructor() {
    super('there is no such page')
    this.name = 'Missing'
  }
}

/** The rules refused the act; `backTo` is where the person was. */
export class Refused extends Error {
  readonly reason: RefusalReason
  readonly backTo: string

  constructor(reason: RefusalReason, backTo: string) {
    super(reason)
    this.name = 'Refused'
    this.reason = reason
    this.backTo = backTo
  }
}
