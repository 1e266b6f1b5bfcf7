export const roles = ['reviewer', 'supervisor', 'auditor', 'admin'] as const
export type Role = (typeof roles)[number]

export type Language = 'ja' | 'en'

/** A member of staff. Disabled people keep their history and can do nothing more. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly language: Language
  readonly disabledAt: Date | null
}

/** Everything a person can ask of the product; every route names one. */
export const actions = {
  read: ['reviewer', 'supervisor', 'auditor'],
  review: ['reviewer', 'supervisor'],
  reply: ['reviewer', 'supervisor'],
  approve: ['reviewer', 'supervisor'],
  arrange: ['reviewer', 'supervisor'],
  reveal: ['reviewer', 'supervisor', 'auditor'],
  propose: ['reviewer', 'supervisor'],
  settle: ['supervisor'],
  confirm: ['supervisor'],
  lift: ['supervisor'],
  read_muted: ['supervisor', 'auditor'],
  see_alerts: ['supervisor', 'auditor'],
  acknowledge_alert: ['supervisor'],
  settle_uncertain: ['supervisor'],
  record_identity: ['supervisor'],
  see_templates: ['reviewer', 'supervisor', 'auditor', 'admin'],
  propose_templates: ['supervisor', 'admin'],
  approve_templates: ['supervisor'],
  read_log: ['supervisor', 'auditor', 'admin'],
  manage_people: ['admin'],
  see_mailboxes: ['reviewer', 'supervisor', 'auditor', 'admin'],
  manage_mailboxes: ['admin'],
  own_settings: ['reviewer', 'supervisor', 'auditor', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof actions

/** Whether the person's roles allow the action at all; who they are is each rule's own question. */
export function may(person: Person, action: Action): boolean {
  const allowed: readonly Role[] = actions[action]
  return person.disabledAt === null && person.roles.some((role) => allowed.includes(role))
}
