import type { Action, Person, Reach } from './person.ts'
import { may, reachOf } from './person.ts'
import type { Instant } from './time.ts'

/**
 * What people are told of (お知らせ). `action` is what one must be allowed to do there to be told,
 * and to go on seeing it; `mail` is whether it comes by mail unless the person chose otherwise;
 * `pressing` ones may break through quiet hours.
 */
export const toldKinds = {
  alert: { action: 'see_alerts', mail: true, pressing: true },
  urgent: { action: 'review', mail: true, pressing: true },
  dispute: { action: 'settle', mail: false, pressing: false },
  measure_proposed: { action: 'confirm', mail: true, pressing: false },
  approval_wanted: { action: 'approve', mail: false, pressing: false },
  incident_waiting: { action: 'review', mail: false, pressing: false },
  second_review_late: { action: 'review', mail: false, pressing: false },
  mentioned: { action: 'read', mail: true, pressing: false },
  handed_over: { action: 'assign', mail: false, pressing: false },
  reply_returned: { action: 'reply', mail: false, pressing: false },
  reply_changed: { action: 'reply', mail: false, pressing: false },
  letter_trouble: { action: 'reply', mail: true, pressing: false },
  objection: { action: 'review_suspension', mail: true, pressing: false },
  review_due: { action: 'lift', mail: true, pressing: false },
  // Supervisors get a mail of its own with the figures (`flow/digest.ts`).
  muted_digest: { action: 'acknowledge_alert', mail: false, pressing: false },
  join_proposed: { action: 'confirm_join', mail: false, pressing: false },
  rights_waiting: { action: 'manage_people', mail: true, pressing: false },
  // Supervisors get a mail of their own about these (`flow/staff.ts`).
  rights_objectable: { action: 'object_to_rights', mail: false, pressing: false },
  token_waiting: { action: 'approve_tokens', mail: true, pressing: false },
  rules_proposed: { action: 'approve_rules', mail: false, pressing: false },
  template_proposed: { action: 'approve_templates', mail: false, pressing: false },
  care_given: { action: 'care', mail: true, pressing: false },
  care_due: { action: 'care', mail: true, pressing: false },
  care_offered: { action: 'own_settings', mail: false, pressing: false },
  consultation_waiting: { action: 'care', mail: true, pressing: false },
  consultation_answered: { action: 'consult', mail: false, pressing: false },
  drill_given: { action: 'drill', mail: false, pressing: false },
  webhook_trouble: { action: 'own_settings', mail: true, pressing: false },
} as const satisfies Record<string, Row>

type Row = { readonly action: Action; readonly mail: boolean; readonly pressing: boolean }

export type ToldKind = keyof typeof toldKinds

export const toldKindList = Object.keys(toldKinds) as readonly ToldKind[]

/** What concerns people alone: no place outside is told of it for the whole house. */
const ofPeople: readonly ToldKind[] = [
  'care_given',
  'care_due',
  'care_offered',
  'consultation_waiting',
  'consultation_answered',
  'drill_given',
]

/** Kinds that a webhook of the whole house may be told of. */
export const houseKinds = toldKindList.filter((kind) => !ofPeople.includes(kind))

export function isToldKind(word: string): word is ToldKind {
  return Object.hasOwn(toldKinds, word)
}

/** Ways beside the page, which always shows everything. */
export type ToldBy = { readonly mail: boolean; readonly webhook: boolean }

/** What a person chose for themselves. */
export type ToldChoices = {
  readonly by: Readonly<Partial<Record<ToldKind, ToldBy>>>
  /** Hours in which nothing is sent, `22:00` to `07:00` in the zone of the pages; null for none. */
  readonly quiet: { readonly from: string; readonly to: string } | null
  /** Whether what is pressing is sent in quiet hours as well. */
  readonly pressingAnyway: boolean
  /** Minutes for which mail is gathered into one; 0 sends at once. */
  readonly gatherMinutes: number
}

export const plainChoices: ToldChoices = {
  by: {},
  quiet: null,
  pressingAnyway: true,
  gatherMinutes: 0,
}

/** What may be chosen for gathering mail, in minutes. */
export const gatherings = [0, 15, 60, 240, 1440] as const

/** By which ways somebody is told of a kind. */
export function waysOf({ by }: ToldChoices, kind: ToldKind): ToldBy {
  return by[kind] ?? { mail: toldKinds[kind].mail, webhook: true }
}

/** The kinds that somebody can be told of at all. */
export function kindsFor(person: Person): readonly ToldKind[] {
  return toldKindList.filter((kind) => may(person, toldKinds[kind].action, undefined))
}

/** Where somebody sees what they were told of, as they are now. */
export type Seen = { readonly kind: ToldKind; readonly reach: Reach }

export function seenBy(person: Person): Seen[] {
  return toldKindList
    .map((kind) => ({ kind, reach: reachOf(person, toldKinds[kind].action) }))
    .filter(({ reach }) => reach.length > 0)
}

/** Whether a person still may be told of it: they may have lost the role or the mailbox since. */
export function stillTold(
  person: Person,
  { kind, mailboxId }: { readonly kind: ToldKind; readonly mailboxId: string | null },
): boolean {
  return may(person, toldKinds[kind].action, mailboxId ?? undefined)
}

/**
 * When it is sent, by mail or to one's own webhook: at once, at the end of the gathering, or when
 * the quiet hours in the zone are over.
 */
export function sendAt(
  choices: ToldChoices,
  { kind, by }: { readonly kind: ToldKind; readonly by: 'mail' | 'webhook' },
  now: Instant,
  zone: string,
): Instant {
  const { pressing } = toldKinds[kind]
  if (pressing && choices.pressingAnyway) return now
  const gathered = by === 'mail' ? gatheredAt(now, choices.gatherMinutes) : now
  return afterQuiet(gathered, choices.quiet, zone)
}

function gatheredAt(now: Instant, minutes: number): Instant {
  if (minutes === 0) return now
  const step = minutes * minuteMs
  return new Date(Math.ceil(Date.parse(now) / step) * step).toISOString()
}

function afterQuiet(at: Instant, quiet: ToldChoices['quiet'], zone: string): Instant {
  if (!quiet) return at
  const [from, to, now] = [minutesOf(quiet.from), minutesOf(quiet.to), minutesIn(at, zone)]
  const isQuiet = from <= to ? now >= from && now < to : now >= from || now < to
  if (!isQuiet) return at
  const left = (to - now + dayMinutes) % dayMinutes
  const whole = Math.floor(Date.parse(at) / minuteMs) * minuteMs
  return new Date(whole + left * minuteMs).toISOString()
}

const minuteMs = 60_000
const dayMinutes = 1440

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function minutesIn(at: Instant, timeZone: string): number {
  const clock = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return minutesOf(new Date(at).toLocaleTimeString('en-GB', clock))
}
