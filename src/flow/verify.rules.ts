import type { Event } from '../domain/event.ts'
import { versionOf } from '../policy.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'

/** Proposals and times in force that are compared; there are few in a product's life. */
const comparedMax = 100_000

/**
 * Compares what is kept of the rules with what the log says of them: what came into force in which
 * order, each rule set's content with its version, and the words of each proposal with their hash.
 */
export async function flawsOfRules(store: Store, events: readonly Event[]): Promise<string[]> {
  return [...(await flawsOfReigns(store, events)), ...(await flawsOfProposals(store, events))]
}

async function flawsOfReigns({ ruleSets }: Store, events: readonly Event[]): Promise<string[]> {
  const reigns = (await ruleSets.reigns(comparedMax)).toReversed()
  const logged = events.filter((event) => event.kind === 'rule_set_in_force')
  const kept = reigns.map(({ ruleSet, by }) => `${ruleSet} ${by}`)
  if (kept.join() !== logged.map(({ ruleSet, by }) => `${ruleSet} ${by}`).join()) {
    return ['the rule sets that were in force are not those that the log names']
  }
  const flaws: string[] = []
  for (const id of new Set(reigns.map(({ ruleSet }) => ruleSet))) {
    const content = await ruleSets.content(id)
    if (!content || versionOf(content) !== id) {
      flaws.push(`rule set ${id} was changed: its content does not have its hash`)
    }
  }
  return flaws
}

async function flawsOfProposals(
  { ruleProposals }: Store,
  events: readonly Event[],
): Promise<string[]> {
  const all = ['open', 'approved', 'declined', 'withdrawn'] as const
  const kept = new Map((await ruleProposals.list(all, comparedMax)).map((one) => [one.id, one]))
  return events.flatMap((event) => {
    if (event.kind !== 'rule_change_proposed') return []
    const row = kept.get(event.proposalId)
    const same =
      row?.proposer === event.by && sha256(sealing.canonical(row?.wish)) === event.wishSha256
    return same ? [] : [`proposal ${event.proposalId} is not as it was made`]
  })
}
