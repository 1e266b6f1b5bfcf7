/** Calls of one token in a minute; a program that needs more is told when to go on. */
export const callsPerMinute = 300
const windowMs = 60_000

export type Allowance = {
  readonly allowed: boolean
  /** Calls that are left now. */
  readonly remaining: number
  /** Seconds until a call is allowed again, or until all of them are. */
  readonly seconds: number
}

export type Meter = { take(key: string, now: number): Allowance }

/** Tokens that are remembered at most; there are never so many. */
const keysMax = 10_000

/** A leaky bucket for each token, in this process: several processes allow as many times more. */
export function openMeter(capacity: number = callsPerMinute): Meter {
  const known = new Map<string, { readonly level: number; readonly at: number }>()
  return {
    take(key, now) {
      const { level: before, at } = known.get(key) ?? { level: 0, at: now }
      const level = Math.max(0, before - ((now - at) / windowMs) * capacity)
      const allowed = level + 1 <= capacity
      const next = allowed ? level + 1 : level
      if (known.size >= keysMax) known.clear()
      known.set(key, { level: next, at: now })
      const wait = allowed
        ? (next / capacity) * windowMs
        : ((level + 1 - capacity) / capacity) * windowMs
      return { allowed, remaining: Math.floor(capacity - next), seconds: Math.ceil(wait / 1_000) }
    },
  }
}

/** Fields of draft-ietf-httpapi-ratelimit-headers, and when to try again (RFC 9110). */
export function rateHeaders({ allowed, remaining, seconds }: Allowance): Record<string, string> {
  return {
    'RateLimit-Policy': `"token";q=${callsPerMinute};w=${windowMs / 1_000}`,
    RateLimit: `"token";r=${remaining};t=${seconds}`,
    ...(allowed ? {} : { 'Retry-After': String(Math.max(1, seconds)) }),
  }
}
