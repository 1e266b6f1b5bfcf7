import { seesOnDesk } from '../domain/consultation.ts'
import { type Action, may, type Person, reachOf } from '../domain/person.ts'
import { seenBy } from '../domain/told.kinds.ts'
import type { WaitingKind } from '../store/waiting.ts'
import type { House } from './house.ts'
import { hashOfPolicy } from './policy.ts'
import { joinsToAnswer } from './senders.ts'

/** What is counted for whoever may do that; in the mailboxes where they may, or may do the other. */
const counted: Readonly<Record<Exclude<WaitingKind, 'told'>, readonly [Action, Action?]>> = {
  calls: ['read'],
  grants: ['object_to_rights'],
  ruleProposals: ['approve_rules'],
  templateProposals: ['approve_templates'],
  tokens: ['approve_tokens'],
  incidents: ['review'],
  joins: ['join_senders'],
  replies: ['approve'],
  reports: ['care'],
  policyRead: ['own_settings'],
  // Others see them as well; it is supervisors who are waited for.
  alerts: ['confirm', 'see_alerts'],
  measures: ['confirm'],
  disputes: ['confirm', 'settle'],
}

/** How much waits for somebody, by kind; what is not theirs to do is left out. */
export type WaitingFor = Partial<Readonly<Record<Exclude<WaitingKind, 'policyRead'>, number>>> & {
  /** Whether they still have to read the policy as it is in force. */
  readonly policyToRead: boolean
}

/** What waits for somebody, as the way to every page tells it. */
export async function waitingFor(house: House, who: Person): Promise<WaitingFor> {
  const { store, now, policy } = house
  const own = Object.entries(counted).filter(([, [action]]) => may(who, action))
  const reaches = own.map(([kind, [action, seen = action]]) => [kind, reachOf(who, seen)])
  const { policyRead, ...found } = await store.waiting.count(
    { personId: who.id, at: now(), seen: seenBy(who), policySha256: hashOfPolicy(policy) },
    { ...Object.fromEntries(reaches), told: 'all' },
  )
  return {
    ...found,
    // Few: whether such a one is theirs to see is said by more than its own row.
    ...(found.joins ? { joins: (await joinsToAnswer(house, who)).length } : {}),
    ...(found.reports ? { reports: await reportsWaiting(house, who) } : {}),
    policyToRead: policyRead === 0,
  }
}

/** Reports that nobody at the desk has taken. */
async function reportsWaiting({ store }: House, who: Person): Promise<number> {
  const open = await store.consultations.open()
  return open.filter((one) => one.assignee === null && seesOnDesk(one, who)).length
}
