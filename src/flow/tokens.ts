import { timingSafeEqual } from 'node:crypto'
import type { Person } from '../domain/person.ts'
import { isFresh } from '../domain/session.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import {
  applyToToken,
  approveToken,
  declineToken,
  makeToken,
  makeTokenByOperator,
  revokeToken,
  type Scope,
  type Token,
  type TokenWish,
} from '../domain/token.ts'
import type { TokenRecord } from '../store/api-tokens.ts'
import { StaleWrite } from '../store/engine.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'
import type { SignedIn } from './sign-in.ts'
import { hashOfToken, isTokenSecret, newTokenSecret } from './token-secret.ts'

export type TokenForm = {
  readonly name: string
  readonly scopes: readonly Scope[]
  /** Ids of mailboxes; null for all. */
  readonly mailboxes: readonly string[] | null
  readonly days: number
}

export type TokenMade = {
  readonly kind: 'made'
  readonly id: string
  /** Shown once: only its hash is kept. */
  readonly secret: string
  /** Whether another person has to approve it first. */
  readonly waits: boolean
}

/** Makes a token for who has just shown who they are. */
export async function createToken(
  house: House,
  form: TokenForm,
  { person, session }: Pick<SignedIn, 'person' | 'session'>,
): Promise<TokenMade | Refusal> {
  if (!isFresh(session, house.now())) return refuse('sign_in_again')
  return made(house, form, (wish, others, at) => makeToken(wish, others, person, at))
}

/** The same by command. */
export function createTokenByOperator(house: House, form: TokenForm): Promise<TokenMade | Refusal> {
  return made(house, form, makeTokenByOperator)
}

async function made(
  house: House,
  form: TokenForm,
  decide: (wish: TokenWish, others: readonly Token[], at: string) => Step | Refusal,
): Promise<TokenMade | Refusal> {
  const { store, newId, now } = house
  const known = new Set((await store.mailboxes.list()).map(({ id }) => id))
  if (form.mailboxes?.some((id) => !known.has(id))) return refuse('token_mailbox_missing')
  const secret = newTokenSecret()
  const wish = { ...form, name: form.name.trim(), id: newId(), sha256: hashOfToken(secret) }
  const decision = decide(wish, await store.apiTokens.list(), now())
  if (decision.kind === 'refused') return decision
  const [event] = decision.events
  const token = event ? applyToToken(null, event) : null
  if (!event || !token) return refuse('not_allowed')
  try {
    await store.apiTokens.add(token, event)
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('token_name_taken')
    throw error
  }
  return { kind: 'made', id: token.id, secret, waits: token.needsSecond }
}

/** The second word to a token that waits. */
export function secondToken(
  house: House,
  id: string,
  { person, session }: Pick<SignedIn, 'person' | 'session'>,
): Promise<Outcome> {
  return moved(house, id, (token, at) =>
    isFresh(session, at) ? approveToken(token, person, at) : refuse('sign_in_again'),
  )
}

export function refuseToken(house: House, id: string, who: Person): Promise<Outcome> {
  return moved(house, id, (token, at) => declineToken(token, who, at))
}

/** Ends a token at once; asking for a fresh sign-in would only keep a leaked one alive. */
export function endToken(house: House, id: string, who: Person | null): Promise<Outcome> {
  return moved(house, id, (token, at) => revokeToken(token, who, at))
}

function moved(
  { store, now }: House,
  id: string,
  decide: (token: Token, at: string) => Step | Refusal,
): Promise<Outcome> {
  return untilFresh(async () => {
    const token = await store.apiTokens.find(id)
    if (!token) throw new NotFound('token', id)
    const decision = decide(token, now())
    if (decision.kind === 'refused') return decision
    const [event] = decision.events
    const next = event ? applyToToken(token, event) : null
    if (event && next) await store.apiTokens.move(token, next, event)
    return done
  })
}

export type Admitted =
  | { readonly kind: 'admitted'; readonly token: TokenRecord }
  | { readonly kind: 'turned_away'; readonly why: 'unknown' | 'waiting' | 'over' | 'expired' }

/**
 * Whose secret it is. It is looked for by its hash, so that how long the search takes says nothing
 * of any secret that is right.
 */
export async function admitToken({ store, now }: House, secret: string): Promise<Admitted> {
  if (!isTokenSecret(secret)) return { kind: 'turned_away', why: 'unknown' }
  const sha256 = hashOfToken(secret)
  const token = await store.apiTokens.bySha256(sha256)
  if (!token || !timingSafeEqual(Buffer.from(token.sha256), Buffer.from(sha256))) {
    return { kind: 'turned_away', why: 'unknown' }
  }
  if (token.state === 'waiting') return { kind: 'turned_away', why: 'waiting' }
  if (token.state !== 'active') return { kind: 'turned_away', why: 'over' }
  const at = now()
  if (token.expiresAt <= at) return { kind: 'turned_away', why: 'expired' }
  const day = at.slice(0, 10)
  if (token.lastUsedOn === null || token.lastUsedOn < day) await store.apiTokens.used(token.id, day)
  return { kind: 'admitted', token }
}
