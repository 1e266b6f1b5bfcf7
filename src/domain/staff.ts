import type { Event } from './event.ts'
import { actions, may, type Person, type Role, roles, type Within } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import { daysAfter, type Instant } from './time.ts'

/** Roles, and the mailboxes in which those hold that do not hold in all. */
export type Rights = { readonly roles: readonly Role[]; readonly within: Within }

/** Roles that one administrator wants somebody to have. */
export type Grant = Rights & {
  readonly id: string
  readonly personId: string
  readonly proposedBy: string
  readonly proposedAt: Instant
  /** When they hold by themselves; null where a second administrator has to say so. */
  readonly effectiveAt: Instant | null
}

/** Everybody who works here, and the roles that wait. */
export type Staff = { readonly people: readonly Person[]; readonly waiting: readonly Grant[] }

export type NewMember = {
  readonly personId: string
  readonly name: string
  readonly email: string
}

/** A delay in which supervisors can object, where nobody can second a grant. */
const delayDays = 1

/** Takes somebody in, without a role yet: those wait for a second word. */
export function invite(
  staff: Staff,
  member: NewMember,
  grantId: string,
  rights: Rights,
  invitation: { readonly how: 'mail' | 'link'; readonly expiresAt: Instant },
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'manage_people')) return refuse('not_allowed')
  if (member.name.trim() === '') return refuse('name_missing')
  if (!/^[^\s@]+@[^\s@]+$/.test(member.email)) return refuse('address_wrong')
  if (staff.people.some(({ email }) => email === member.email.toLowerCase())) {
    return refuse('address_taken')
  }
  const wanted = tidy(rights)
  if (wanted.roles.length === 0) return refuse('role_missing')
  const added: Event = { kind: 'person_added', at, by: who.id, ...member, roles: [] }
  const { personId } = member
  const made: Event = { kind: 'invitation_made', at, by: who.id, personId, ...invitation }
  return step(added, proposalOf(staff, personId, grantId, wanted, who, at), made)
}

/**
 * Changes what somebody may do. What takes rights away holds at once; what gives any waits for
 * another administrator, or for a day where there is none. Whoever proposes anew withdraws the old.
 */
export function proposeRights(
  staff: Staff,
  personId: string,
  grantId: string,
  rights: Rights,
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotManage(staff, personId, who)
  const person = staff.people.find(({ id }) => id === personId)
  if (refusal || !person) return refusal ?? refuse('person_gone')
  const wanted = tidy(rights)
  const old = withdrawn(staff, personId, who, at)
  if (covers(person, wanted)) {
    if (isSame(person, wanted)) return step(...old)
    if (leavesNoAdmin(staff, personId, wanted)) return refuse('last_admin')
    return step(...old, { kind: 'rights_reduced', at, by: who.id, personId, ...wanted })
  }
  if (who.id === personId) return refuse('own_rights')
  return step(...old, proposalOf(staff, personId, grantId, wanted, who, at))
}

/** The second word: by an administrator who neither proposed it nor gains by it. */
export function secondRights(
  staff: Staff,
  grantId: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'manage_people')) return refuse('not_allowed')
  const grant = staff.waiting.find(({ id }) => id === grantId)
  if (!grant) return refuse('nothing_waiting')
  if (grant.proposedBy === who.id) return refuse('own_proposal')
  if (grant.personId === who.id) return refuse('own_rights')
  return step(grantedBy(grant, who.id, at))
}

/** An objection: roles that wait are not given. Supervisors can object as well as administrators. */
export function declineRights(
  staff: Staff,
  grantId: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!may(who, 'object_to_rights')) return refuse('not_allowed')
  const grant = staff.waiting.find(({ id }) => id === grantId)
  if (!grant) return refuse('nothing_waiting')
  return step({ kind: 'rights_declined', at, by: who.id, grantId, personId: grant.personId })
}

/** What holds by itself now that its day has come. */
export function rightsDue({ waiting }: Staff, at: Instant): readonly Event[] {
  const due = waiting.filter(({ effectiveAt }) => effectiveAt !== null && effectiveAt <= at)
  return due.map((grant) => grantedBy(grant, null, at))
}

/** Ends an account. The last administrator stays: nobody could let others in any more. */
export function disable(staff: Staff, personId: string, who: Person, at: Instant): Step | Refusal {
  const refusal = whyNotManage(staff, personId, who)
  if (refusal) return refusal
  if (leavesNoAdmin(staff, personId, { roles: [], within: {} })) return refuse('last_admin')
  const old = withdrawn(staff, personId, who, at)
  return step(...old, { kind: 'person_disabled', at, by: who.id, personId })
}

/** Why an administrator may do nothing to somebody's account. */
export function whyNotManage(staff: Staff, personId: string, who: Person): Refusal | null {
  if (!may(who, 'manage_people')) return refuse('not_allowed')
  const person = staff.people.find(({ id }) => id === personId)
  return person && person.disabledAt === null ? null : refuse('person_gone')
}

/**
 * Lets somebody set a password anew. Where the administrator sees the link, they could use it
 * themselves: what the person may do then waits for a second word, as at the beginning.
 */
export function readmit(
  staff: Staff,
  personId: string,
  grantId: string,
  invitation: { readonly how: 'mail' | 'link'; readonly expiresAt: Instant },
  who: Person,
  at: Instant,
): Step | Refusal {
  const refusal = whyNotManage(staff, personId, who)
  if (refusal) return refusal
  if (personId === who.id) return refuse('own_rights')
  const made: Event = { kind: 'invitation_made', at, by: who.id, personId, ...invitation }
  const person = staff.people.find(({ id }) => id === personId)
  if (invitation.how === 'mail' || !person || person.roles.length === 0) return step(made)
  const { roles: held, within } = person
  return step(
    ...withdrawn(staff, personId, who, at),
    { kind: 'rights_reduced', at, by: who.id, personId, roles: [], within: {} },
    proposalOf(staff, personId, grantId, { roles: held, within }, who, at),
    made,
  )
}

/** What somebody may do after an event; null before they were added. */
export function applyToRights(
  rights: (Rights & { readonly disabled: boolean }) | null,
  event: Event,
): (Rights & { readonly disabled: boolean }) | null {
  switch (event.kind) {
    case 'person_added':
      return { roles: event.roles, within: event.within ?? {}, disabled: false }
    case 'rights_granted':
    case 'rights_reduced':
      return rights && { ...rights, roles: event.roles, within: event.within }
    case 'person_disabled':
      return rights && { ...rights, disabled: true }
    default:
      return rights
  }
}

/** The administrators who can act, but for one person. */
export function adminsBeside({ people }: Staff, ...except: readonly string[]): readonly Person[] {
  return people.filter((person) => may(person, 'manage_people') && !except.includes(person.id))
}

function proposalOf(
  staff: Staff,
  personId: string,
  grantId: string,
  wanted: Rights,
  who: Person,
  at: Instant,
): Event {
  const seconders = adminsBeside(staff, who.id, personId)
  const effectiveAt = seconders.length > 0 ? null : daysAfter(at, delayDays)
  return { kind: 'rights_proposed', at, by: who.id, grantId, personId, ...wanted, effectiveAt }
}

function grantedBy(grant: Grant, by: string | null, at: Instant): Event {
  const { id: grantId, personId, roles: given, within } = grant
  return { kind: 'rights_granted', at, by, grantId, personId, roles: given, within }
}

function withdrawn({ waiting }: Staff, personId: string, who: Person, at: Instant): Event[] {
  const old = waiting.filter((grant) => grant.personId === personId)
  return old.map(({ id: grantId }) => {
    return { kind: 'rights_declined', at, by: who.id, grantId, personId }
  })
}

/** In one order, each once; who looks after the house looks after all of it. */
function tidy({ roles: wanted, within }: Rights): Rights {
  const held = roles.filter((role) => wanted.includes(role))
  const houseWide: readonly Role[] = actions.manage_people
  const named = held.filter((role) => within[role] !== undefined && !houseWide.includes(role))
  const places = named.map((role) => [role, [...new Set(within[role])].sort()] as const)
  return { roles: held, within: Object.fromEntries(places) }
}

/** Whether nothing in `wanted` is more than the person has. */
function covers(person: Rights, wanted: Rights): boolean {
  return wanted.roles.every((role) => {
    if (!person.roles.includes(role)) return false
    const has = person.within[role]
    const asked = wanted.within[role]
    return has === undefined || (asked?.every((id) => has.includes(id)) ?? false)
  })
}

function isSame(person: Rights, wanted: Rights): boolean {
  return covers(person, wanted) && covers(wanted, person)
}

function leavesNoAdmin(staff: Staff, personId: string, next: Rights): boolean {
  const is = adminsBeside(staff).some(({ id }) => id === personId)
  return is && !next.roles.includes('admin') && adminsBeside(staff, personId).length === 0
}
