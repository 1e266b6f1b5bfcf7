import type { Context } from 'hono'
import type { Event } from '../../domain/event.ts'
import type { Reach } from '../../domain/person.ts'
import type { Scope } from '../../domain/token.ts'
import type { House } from '../../flow/house.ts'
import type { TokenRecord } from '../../store/api-tokens.ts'
import type { View } from '../../store/store.ts'

export type ApiEnv = { Variables: Record<string, never> }
export type ApiCtx = Context<ApiEnv>

/** One call by a program that may make it, with what it asks for, checked. */
export type Call<Query> = {
  readonly house: House
  readonly token: TokenRecord
  readonly reach: Reach
  /** Lists with nothing in them of a mailbox out of reach. */
  readonly view: View
  readonly query: Query
  /** The `{id}` of the path; empty where there is none. */
  readonly id: string
  has(scope: Scope): boolean
}

/** What a call is answered with. */
export type Answer<Body> = {
  readonly body: Body
  /** What has to be on record before the answer is given. */
  readonly record?: readonly Event[]
  /** The parameter and its value that ask for the next page; null at the end. */
  readonly next?: { readonly name: string; readonly value: string } | null
}
