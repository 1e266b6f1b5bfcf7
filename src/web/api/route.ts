import type { z } from 'zod'
import type { Scope } from '../../domain/token.ts'
import type { PlacedKind } from '../../store/places.ts'
import type { Text } from '../../text/text.ts'
import type { Answer, Call } from './env.ts'

/** What has to be in the token: a scope, or nothing but that it is good. */
export type Needs = Scope | 'any'

/** What an answer may be made of: lists that nobody changes any more. */
type Settled<T> = T extends readonly (infer Item)[]
  ? readonly Settled<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Settled<T[Key]> }
    : T

type Given<Query extends z.ZodObject, Body extends z.ZodType> = {
  /** Names its sentences in the catalogue, and the operation in the document. */
  readonly name: keyof Text['api']['routes']
  /** After `/api/v1`. */
  readonly path: `/${string}`
  readonly needs: Needs
  /** What the `:id` of the path is. */
  readonly thing?: PlacedKind
  readonly query: Query
  readonly answer: Body
  readonly example: Settled<z.input<Body>>
  handle(call: Call<z.output<Query>>): Promise<Answer<Settled<z.input<Body>>>>
}

/** A route as the table holds it, whatever it asks for and answers. */
export type ApiRoute = Omit<Given<z.ZodObject, z.ZodType>, 'handle' | 'example'> & {
  readonly example: unknown
  handle(call: Call<unknown>): Promise<Answer<unknown>>
}

/** Binds a handler to what it is asked and what it answers; all of it is `GET`. */
export function route<Query extends z.ZodObject, Body extends z.ZodType>(
  given: Given<Query, Body>,
): ApiRoute {
  return { ...given, handle: (call) => given.handle(call as Call<z.output<Query>>) }
}
