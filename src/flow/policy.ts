import { may, type Person } from '../domain/person.ts'
import type { Policy } from '../domain/policy.ts'
import { type PolicyVersion, wordsOf } from '../domain/policy-words.ts'
import { refuse } from '../domain/step.ts'
import { StaleWrite } from '../store/engine.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'
import type { InForce } from './rulebook.begin.ts'

/** The version of a policy: a hash of its words and of nothing else. */
export function hashOfPolicy(policy: Policy): string {
  const known = hashes.get(policy)
  if (known) return known
  const made = sha256(sealing.canonical(wordsOf(policy)))
  hashes.set(policy, made)
  return made
}

/** Each page asks for it; a policy in memory never changes. */
const hashes = new WeakMap<Policy, string>()

/**
 * Puts on record that a policy's words are in force, where they are others than before. Rules may
 * change without the words: then nothing is done.
 */
export async function publishPolicy(
  { store, now }: Pick<House, 'store' | 'now'>,
  { policy, rules }: Pick<InForce, 'policy' | 'rules'>,
): Promise<void> {
  const hash = hashOfPolicy(policy)
  const last = await store.policies.current()
  if (last?.sha256 === hash) return
  // Read after the last version: whoever works by rules of before finds a later one in its place.
  const reign = await store.ruleSets.current()
  if (reign && reign.ruleSet !== rules.version) return
  const isNewer = reign !== null && last !== null && reign.at > last.at
  // A person changes words by putting a version back; what the files say is said by nobody.
  const by = isNewer ? reign.by : null
  const stamp = { at: now(), by, place: (last?.place ?? 0) + 1 }
  const version: PolicyVersion = { ...stamp, sha256: hash, words: wordsOf(policy) }
  const named = { version: policy.version, policySha256: hash }
  try {
    await store.policies.publish(version, { kind: 'policy_published', ...stamp, ...named })
  } catch (error) {
    // Another process was faster with the same words.
    if (!(error instanceof StaleWrite)) throw error
  }
}

/**
 * Confirms that somebody has read the policy, as it was shown to them. Confirming it again changes
 * nothing; where other words are in force by now, those are to be read.
 */
export function confirmPolicy(house: House, shown: string, who: Person): Promise<Outcome> {
  const { policies } = house.store
  return untilFresh(async () => {
    if (!may(who, 'own_settings')) return refuse('not_allowed')
    await publishPolicy(house, house.rulebook.current())
    if (shown !== hashOfPolicy(house.policy)) return refuse('policy_changed')
    if (await policies.confirmation(who.id, shown)) return done
    const confirmation = { id: house.newId(), personId: who.id, sha256: shown, at: house.now() }
    await policies.confirm(confirmation, {
      ...{ kind: 'policy_confirmed', at: confirmation.at, by: who.id },
      ...{ confirmationId: confirmation.id, policySha256: shown },
    })
    return done
  })
}

/** Whether somebody still has to read the policy as it is in force. */
export async function hasToRead({ store, policy }: House, { id }: Person): Promise<boolean> {
  return (await store.policies.confirmation(id, hashOfPolicy(policy))) === null
}

export type Reader = {
  readonly person: Person
  readonly confirmedAt: string | null
  /** Is away at the moment, and expected to read it when back. */
  readonly absent: boolean
  /** Has a role in the house now. */
  readonly works: boolean
}

export type Readers = {
  /** Everybody who works here now, in the order of names. */
  readonly staff: readonly Reader[]
  /** People who have read it and do not work here any more. */
  readonly former: readonly Reader[]
}

/** Who has read a version and who has not yet; who left is asked nothing more. */
export async function readersOf({ store }: House, version: string): Promise<Readers> {
  const people = await store.people.list()
  const given = await store.policies.confirmations(version)
  const at = new Map(given.map((one) => [one.personId, one.at]))
  const away = await store.assignments.absent()
  const all = people
    .map((person): Reader => {
      const confirmedAt = at.get(person.id) ?? null
      const works = may(person, 'own_settings')
      return { person, confirmedAt, absent: away.has(person.id), works }
    })
    .toSorted((a, b) => a.person.name.localeCompare(b.person.name, 'ja'))
  return {
    staff: all.filter(({ works }) => works),
    former: all.filter(({ works, confirmedAt }) => !works && confirmedAt !== null),
  }
}
