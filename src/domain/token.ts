import type { Event } from './event.ts'
import { covers, may, type Person, reachOf } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { daysAfter, type Instant } from './time.ts'

/** What a token may be good for. All of it is reading: a program is no person and decides nothing. */
export const scopes = [
  'threads:read',
  'reviews:read',
  'senders:read',
  'measures:read',
  'incidents:read',
  'outbox:read',
  'events:read',
  'health:read',
  'shielded:read',
  'muted:read',
] as const

export type Scope = (typeof scopes)[number]

/** Words that people are shielded from: a token for them takes two people, whoever makes it. */
const sensitive: readonly Scope[] = ['shielded:read', 'muted:read']

/** Says nothing of any customer. */
const harmless: readonly Scope[] = ['health:read']

export type TokenState = 'waiting' | 'active' | 'declined' | 'revoked'

/** What a program shows instead of a sign-in. The secret itself is kept nowhere. */
export type Token = {
  readonly id: string
  readonly name: string
  readonly sha256: string
  readonly scopes: readonly Scope[]
  /** Ids of the mailboxes that it reaches; null for all. */
  readonly mailboxes: readonly string[] | null
  readonly expiresAt: Instant
  /** Null where an operator made it by command. */
  readonly createdBy: string | null
  readonly needsSecond: boolean
  readonly state: TokenState
  readonly approver: string | null
}

export type TokenWish = Pick<Token, 'id' | 'name' | 'sha256' | 'scopes' | 'mailboxes'> & {
  /** Whole days that it works for. */
  readonly days: number
}

/** A secret that nobody renews becomes everybody's: a year is the longest. */
export const tokenDaysMax = 365
export const tokenNameLengthMax = 80

export function isScope(word: string): word is Scope {
  return (scopes as readonly string[]).includes(word)
}

/**
 * Makes a token. It waits for another person where it gives words that people are shielded from, or
 * more than its maker may read: no administrator lets themself read mail by way of a program.
 */
export function makeToken(
  wish: TokenWish,
  others: readonly Token[],
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'manage_tokens')) return refuse('not_allowed')
  const flaw = flawOf(wish, others)
  return flaw ?? step(madeBy(wish, who.id, waitsFor(wish, who), at))
}

/** The same by whoever runs the house: they hold the database itself, and nobody is asked. */
export function makeTokenByOperator(
  wish: TokenWish,
  others: readonly Token[],
  at: Instant,
): Step | Refusal {
  return flawOf(wish, others) ?? step(madeBy(wish, null, false, at))
}

/** The second word, by somebody who did not make it. */
export function approveToken(token: Token, who: Person, at: Instant): Step | Refusal {
  const refusal = whyNotDecide(token, who)
  if (refusal) return refusal
  if (token.expiresAt <= at) return refuse('token_ended')
  return step({ kind: 'token_approved', at, by: who.id, tokenId: token.id })
}

export function declineToken(token: Token, who: Person, at: Instant): Step | Refusal {
  const refusal = whyNotDecide(token, who)
  return refusal ?? step({ kind: 'token_declined', at, by: who.id, tokenId: token.id })
}

/** Ends a token for good, at once and on one word. `who` is null for an operator. */
export function revokeToken(token: Token, who: Person | null, at: Instant): Step | Refusal {
  if (who !== null && !may(who, 'manage_tokens')) return refuse('not_allowed')
  if (!isLiving(token)) return refuse('token_ended')
  return step({ kind: 'token_revoked', at, by: who?.id ?? null, tokenId: token.id })
}

/** What is known of a token after an event; null before it was made. */
export function applyToToken(token: Token | null, event: Event): Token | null {
  switch (event.kind) {
    case 'token_made': {
      const { tokenId: id, name, tokenSha256: sha256, mailboxes, expiresAt, waits } = event
      const made = { id, name, sha256, scopes: event.scopes, mailboxes, expiresAt }
      const state: TokenState = waits ? 'waiting' : 'active'
      return { ...made, createdBy: event.by, needsSecond: waits, state, approver: null }
    }
    case 'token_approved':
      return token && { ...token, state: 'active', approver: event.by }
    case 'token_declined':
      return token && { ...token, state: 'declined' }
    case 'token_revoked':
      return token && { ...token, state: 'revoked' }
    default:
      return token
  }
}

/** Whether it may still come to work, or works. */
export function isLiving({ state }: Token): boolean {
  return state === 'active' || state === 'waiting'
}

function waitsFor({ scopes: wanted, mailboxes }: TokenWish, who: Person): boolean {
  if (wanted.some((scope) => sensitive.includes(scope))) return true
  if (wanted.every((scope) => harmless.includes(scope))) return false
  const reach = reachOf(who, 'read')
  return mailboxes === null ? reach !== 'all' : mailboxes.some((id) => !covers(reach, id))
}

function flawOf({ name, scopes: wanted, mailboxes, days }: TokenWish, others: readonly Token[]) {
  if (name.trim() === '' || name.length > tokenNameLengthMax) return refuse('token_name_wrong')
  if (others.some((one) => isLiving(one) && one.name === name)) return refuse('token_name_taken')
  if (wanted.length === 0) return refuse('token_scope_missing')
  if (wanted.every((scope) => sensitive.includes(scope))) return refuse('token_scope_alone')
  if (mailboxes?.length === 0) return refuse('token_mailbox_missing')
  const within = Number.isInteger(days) && days >= 1 && days <= tokenDaysMax
  return within ? null : refuse('token_days_wrong')
}

function madeBy(wish: TokenWish, by: string | null, waits: boolean, at: Instant): Event {
  const { id: tokenId, name, sha256: tokenSha256, mailboxes, days } = wish
  const wanted = scopes.filter((scope) => wish.scopes.includes(scope))
  const where = mailboxes && [...new Set(mailboxes)].sort()
  const said = { tokenId, name, tokenSha256, scopes: wanted, mailboxes: where, waits }
  return { kind: 'token_made', at, by, ...said, expiresAt: daysAfter(at, days) }
}

function whyNotDecide(token: Token, who: Person): Refusal | null {
  if (!may(who, 'approve_tokens')) return refuse('not_allowed')
  if (token.state !== 'waiting') return refuse('token_not_waiting')
  return token.createdBy === who.id ? refuse('own_token') : null
}
