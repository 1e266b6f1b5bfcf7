import type { Language } from './person.ts'
import { hoursAfter, type Instant } from './time.ts'
import { houseKinds, type ToldKind } from './told.kinds.ts'

/** How a receiver wants to be written to. */
export const webhookFormats = ['json', 'slack', 'teams', 'line_works'] as const
export type WebhookFormat = (typeof webhookFormats)[number]

/** A place outside that notices are posted to: of the whole house, or somebody's own. */
export type Webhook = {
  readonly id: string
  readonly ownerId: string | null
  readonly name: string
  readonly format: WebhookFormat
  /** The host of its address; the address itself is a secret. */
  readonly host: string
  readonly language: Language
  /** What it is told of; somebody's own is told what they chose for themselves. */
  readonly kinds: readonly ToldKind[]
  /** Mailboxes by id; null for all of them, and for what lies in none. */
  readonly mailboxes: readonly string[] | null
  readonly pausedAt: Instant | null
  /** Attempts that failed in a row. */
  readonly failures: number
}

/** Failures in a row after which nobody is asked any more until a person says so. */
export const failuresMax = 20

/** So long a delivery is tried again. */
const triedHours = 24

/** Waiting times after each attempt, in seconds; the last one goes on. */
const waits = [30, 120, 600, 1800, 3600, 7200, 14_400] as const

/** When to try again after this many attempts (1 for the first); null where it is given up. */
export function retryAt(attempts: number, madeAt: Instant, now: Instant): Instant | null {
  const wait = waits[Math.min(attempts, waits.length) - 1] ?? waits[0]
  const next = new Date(Date.parse(now) + wait * 1000).toISOString()
  return next > hoursAfter(madeAt, triedHours) ? null : next
}

/** Whether the endpoint of the whole house is told of that. */
export function hears(
  { ownerId, kinds, mailboxes, pausedAt }: Webhook,
  told: { readonly kind: ToldKind; readonly mailboxId: string | null },
): boolean {
  if (ownerId !== null || pausedAt !== null || !kinds.includes(told.kind)) return false
  if (!houseKinds.includes(told.kind)) return false
  return mailboxes === null || (told.mailboxId !== null && mailboxes.includes(told.mailboxId))
}
