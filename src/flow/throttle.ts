/** Who tries to prove something, from where, on a device that has been let in before or not. */
export type Attempt = {
  readonly account: string
  readonly place: string
  /** What names a device of the account; null for one that is not known. */
  readonly device: string | null
}

/** Slows down who guesses, and locks out nobody who does not. */
export type Throttle = {
  isHeld(attempt: Attempt, now: number): boolean
  failed(attempt: Attempt, now: number): void
  succeeded(attempt: Attempt): void
  /** Whether one more failure is put on record: a flood of them does not fill the log. */
  isRecorded(now: number): boolean
}

const minute = 60_000

/**
 * Failures count for the account from that place, for the place, and for the account from all
 * places. A device that has signed in to the account before counts for itself alone: whoever fails
 * on purpose, from however many places, does not keep its owner out.
 */
export function openThrottle(): Throttle {
  const devices = openBuckets(8, 5 * minute)
  const pairs = openBuckets(8, 5 * minute)
  const places = openBuckets(60, 15 * minute)
  const accounts = openBuckets(60, 60 * minute)
  const records = openBuckets(200, 10 * minute)

  function bucketsOf({ account, place, device }: Attempt): readonly [Buckets, string][] {
    if (device !== null) return [[devices, `${account} ${device}`]]
    return [
      [pairs, `${account} ${place}`],
      [places, place],
      [accounts, account],
    ]
  }

  return {
    isHeld: (attempt, now) => bucketsOf(attempt).some(([all, key]) => all.isFull(key, now)),
    failed(attempt, now) {
      for (const [all, key] of bucketsOf(attempt)) all.pour(key, now)
    },
    isRecorded(now) {
      if (records.isFull('all', now)) return false
      records.pour('all', now)
      return true
    },
    succeeded(attempt) {
      const [own] = bucketsOf(attempt)
      if (own) own[0].empty(own[1])
    },
  }
}

/** Keys remembered of a kind: the oldest go first, so that a flood costs no memory. */
const keysMax = 10_000

type Buckets = {
  isFull(key: string, now: number): boolean
  pour(key: string, now: number): void
  empty(key: string): void
}

/** Leaky buckets: so many failures at once, and all forgotten after that time. */
function openBuckets(capacity: number, drainMs: number): Buckets {
  const known = new Map<string, { readonly level: number; readonly at: number }>()
  function levelOf(key: string, now: number): number {
    const { level, at } = known.get(key) ?? { level: 0, at: now }
    return Math.max(0, level - ((now - at) / drainMs) * capacity)
  }
  return {
    isFull: (key, now) => levelOf(key, now) > capacity - 1,
    pour(key, now) {
      const level = levelOf(key, now) + 1
      known.delete(key)
      known.set(key, { level, at: now })
      if (known.size > keysMax) known.delete(known.keys().next().value ?? '')
    },
    empty: (key) => known.delete(key),
  }
}
