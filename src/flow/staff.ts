import type { Event } from '../domain/event.ts'
import type { Person } from '../domain/person.ts'
import {
  declineRights as decline,
  disable,
  proposeRights as propose,
  type Rights,
  rightsDue,
  type Staff,
  secondRights as second,
  whyNotManage,
} from '../domain/staff.ts'
import type { Refusal, Step } from '../domain/step.ts'
import type { Session } from '../store/sessions.ts'
import type { Along } from '../store/staff.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'
import { mailsStaff, staffMailTo, type Words } from './staff-mail.ts'

/** Tells somebody of roles that will hold by themselves unless someone objects. */
export type RightsNotice = (
  to: Person,
  about: Person,
  by: Person,
  event: Extract<Event, { kind: 'rights_proposed' }>,
) => Words

/** Proposes what somebody may do; taking rights away needs nobody else. */
export function proposeRights(
  house: House,
  personId: string,
  rights: Rights,
  who: Person,
  notice: RightsNotice,
): Promise<Outcome> {
  const grantId = house.newId()
  return actOnStaff(
    house,
    (staff) => propose(staff, personId, grantId, rights, who, house.now()),
    async (staff, events) => ({ mails: await noticesOf(house, staff, events, who, notice) }),
  )
}

/** Gives roles that another administrator has proposed. */
export function secondRights(house: House, grantId: string, who: Person): Promise<Outcome> {
  return actOnStaff(house, (staff) => second(staff, grantId, who, house.now()))
}

/** Objects to roles that wait, or takes a proposal back. */
export function declineRights(house: House, grantId: string, who: Person): Promise<Outcome> {
  return actOnStaff(house, (staff) => decline(staff, grantId, who, house.now()))
}

/** Ends an account, and its sessions with it. */
export function disablePerson(house: House, personId: string, who: Person): Promise<Outcome> {
  return actOnStaff(house, (staff) => disable(staff, personId, who, house.now()))
}

/** Gives the roles whose day has come. Returns how many. */
export async function grantDue(house: House): Promise<number> {
  let count = 0
  await actOnStaff(house, (staff) => {
    const events = rightsDue(staff, house.now())
    count = events.length
    return { kind: 'step', events }
  })
  return count
}

/** Signs somebody out everywhere. */
export async function endSessionsOf(house: House, personId: string, who: Person): Promise<Outcome> {
  const { staff } = await house.store.staff.load()
  const refusal = whyNotManage(staff, personId, who)
  if (refusal) return refusal
  const all = await house.store.sessions.of(personId, house.now())
  await house.store.sessions.end(all, 'revoked', house.now(), who.id)
  return done
}

/** Load, decide, commit: the one way in which the staff changes. */
export function actOnStaff(
  house: House,
  decide: (staff: Staff) => Step | Refusal,
  along: (staff: Staff, events: readonly Event[]) => Promise<Along> = async () => ({}),
): Promise<Outcome> {
  const { store } = house
  return untilFresh(async () => {
    const loaded = await store.staff.load()
    const decision = decide(loaded.staff)
    if (decision.kind === 'refused') return decision
    const { events } = decision
    if (events.length === 0) return done
    const more = await along(loaded.staff, events)
    await store.staff.commit(loaded, events, { ends: await endedBy(house, events), ...more })
    return done
  })
}

/** Who may do something else now shows anew who they are: another stage may be asked of them. */
async function endedBy({ store, now }: House, events: readonly Event[]): Promise<Session[]> {
  const changing = ['rights_granted', 'rights_reduced', 'person_disabled']
  const ids = events.flatMap((event) =>
    changing.includes(event.kind) && 'personId' in event ? [event.personId] : [],
  )
  const all = await Promise.all([...new Set(ids)].map((id) => store.sessions.of(id, now())))
  return all.flat()
}

/** To every supervisor, where roles will hold by themselves. */
export async function noticesOf(
  house: House,
  { people }: Staff,
  events: readonly Event[],
  by: Person,
  notice: RightsNotice,
) {
  const proposed = events.find((event) => event.kind === 'rights_proposed')
  if (!proposed || proposed.effectiveAt === null || !(await mailsStaff(house))) return []
  const about = personIn(people, events, proposed.personId)
  const supervisors = people.filter(
    ({ roles, disabledAt }) => disabledAt === null && roles.includes('supervisor'),
  )
  return supervisors.map((to) => staffMailTo(house, to, notice(to, about, by, proposed)))
}

/** Somebody known, or somebody who was added a moment ago. */
function personIn(people: readonly Person[], events: readonly Event[], id: string): Person {
  const known = people.find((person) => person.id === id)
  if (known) return known
  const added = events.find((event) => event.kind === 'person_added')
  const { name = '', email = '' } = added ?? {}
  return { id, name, email, roles: [], within: {}, language: 'ja', disabledAt: null }
}
