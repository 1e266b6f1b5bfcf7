export const roles = ['reviewer', 'supervisor', 'auditor', 'admin'] as const
export type Role = (typeof roles)[number]

export type Language = 'ja' | 'en'

export type Within = Readonly<Partial<Record<Role, readonly string[]>>>

/** A member of staff. Disabled people keep their history and can do nothing more. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  /** Roles that hold in named mailboxes only; one that is not in here holds in all of them. */
  readonly within: Within
  readonly language: Language
  readonly disabledAt: Date | null
}

/** Everything a person can ask of the product; every route names one. */
export const actions = {
  read: ['reviewer', 'supervisor', 'auditor'],
  review: ['reviewer', 'supervisor'],
  see_first_review: ['auditor'],
  reply: ['reviewer', 'supervisor'],
  approve: ['reviewer', 'supervisor'],
  arrange: ['reviewer', 'supervisor'],
  assign: ['reviewer', 'supervisor'],
  snooze: ['reviewer', 'supervisor'],
  note: ['reviewer', 'supervisor'],
  reveal: ['reviewer', 'supervisor', 'auditor'],
  propose: ['reviewer', 'supervisor'],
  name_target: ['reviewer', 'supervisor'],
  clear_target: ['supervisor'],
  settle: ['supervisor'],
  confirm: ['supervisor'],
  lift: ['supervisor'],
  review_suspension: ['supervisor'],
  renew: ['supervisor'],
  record_objection: ['reviewer', 'supervisor'],
  mark_representative: ['supervisor'],
  allow_pictures: ['supervisor'],
  read_muted: ['supervisor', 'auditor'],
  see_alerts: ['supervisor', 'auditor'],
  acknowledge_alert: ['supervisor'],
  settle_uncertain: ['supervisor'],
  record_identity: ['supervisor'],
  see_templates: ['reviewer', 'supervisor', 'auditor', 'admin'],
  propose_templates: ['supervisor', 'admin'],
  approve_templates: ['supervisor'],
  see_snippets: ['reviewer', 'supervisor', 'auditor', 'admin'],
  manage_snippets: ['supervisor', 'admin'],
  see_cases: ['supervisor', 'auditor'],
  export_case: ['supervisor'],
  disclose: ['supervisor'],
  see_disputes: ['supervisor', 'auditor'],
  join_senders: ['reviewer', 'supervisor'],
  confirm_join: ['reviewer', 'supervisor'],
  separate_senders: ['supervisor'],
  note_sender: ['reviewer', 'supervisor'],
  record_incident: ['reviewer', 'supervisor'],
  see_reports: ['supervisor', 'auditor', 'admin'],
  see_team_load: ['supervisor'],
  read_log: ['supervisor', 'auditor', 'admin'],
  see_rules: ['supervisor', 'auditor', 'admin'],
  propose_rules: ['supervisor', 'admin'],
  approve_rules: ['supervisor'],
  see_people: ['supervisor', 'auditor', 'admin'],
  object_to_rights: ['supervisor', 'admin'],
  manage_people: ['admin'],
  see_mailboxes: ['reviewer', 'supervisor', 'auditor', 'admin'],
  manage_mailboxes: ['admin'],
  manage_webhooks: ['admin'],
  see_tokens: ['supervisor', 'auditor', 'admin'],
  manage_tokens: ['admin'],
  approve_tokens: ['supervisor', 'admin'],
  drill: ['reviewer', 'supervisor'],
  see_training: ['supervisor', 'auditor'],
  manage_training: ['supervisor'],
  hold: ['supervisor'],
  see_retention: ['supervisor', 'auditor', 'admin'],
  approve_retention: ['supervisor', 'admin'],
  care: ['supervisor'],
  consult: ['reviewer', 'supervisor', 'auditor', 'admin'],
  see_policy_readers: ['supervisor', 'auditor', 'admin'],
  see_duties: ['supervisor', 'auditor', 'admin'],
  own_settings: ['reviewer', 'supervisor', 'auditor', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof actions

/** What touches every mailbox at once: a role that holds in some of them only does not give it. */
const everywhere: readonly Action[] = [
  'export_case',
  'disclose',
  'propose_rules',
  'approve_rules',
  'propose_templates',
  'approve_templates',
  'manage_webhooks',
  'see_duties',
  'see_retention',
  'approve_retention',
  'see_tokens',
  'manage_tokens',
  'approve_tokens',
]

/** Mailboxes by id in which somebody may do something. */
export type Reach = 'all' | readonly string[]

/** Where the person's roles allow the action. */
export function reachOf({ disabledAt, roles: held, within }: Person, action: Action): Reach {
  if (disabledAt !== null) return []
  const allowed: readonly Role[] = actions[action]
  const places = held.filter((role) => allowed.includes(role)).map((role) => within[role] ?? 'all')
  if (places.includes('all')) return 'all'
  return everywhere.includes(action) ? [] : [...new Set(places.flat())]
}

/** Whether a mailbox is among them. */
export function covers(reach: Reach, mailboxId: string): boolean {
  return reach === 'all' || reach.includes(mailboxId)
}

/**
 * Whether the person's roles allow the action in that mailbox, or anywhere at all where none is
 * named; who they are is each rule's own question.
 */
export function may(person: Person, action: Action, mailboxId?: string): boolean {
  const reach = reachOf(person, action)
  return mailboxId === undefined ? reach.length > 0 : covers(reach, mailboxId)
}

/**
 * Whether people can be in somebody's care: in whichever mailbox, as care lies in none. Whom an act
 * gives a task to is asked by its mailbox.
 */
export function isCarer(person: Person): boolean {
  return may(person, 'care')
}

/** The person as they are in one mailbox: without the roles that they have in others only. */
export function inMailbox(person: Person, mailboxId: string): Person {
  const { roles: held, within } = person
  return { ...person, roles: held.filter((role) => covers(within[role] ?? 'all', mailboxId)) }
}

/** Whether the person may do the one thing wherever they may do the other. */
export function mayWherever(person: Person, action: Action, other: Action): boolean {
  const reach = reachOf(person, action)
  if (reach === 'all') return true
  const wanted = reachOf(person, other)
  return wanted !== 'all' && wanted.every((id) => reach.includes(id))
}
