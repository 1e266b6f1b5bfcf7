import type { Event } from '../domain/event.ts'
import type { PolicySource } from '../domain/rule-change.ts'
import { versionOf } from '../policy.ts'
import { unpackIfWhole } from '../store/packing.ts'
import type { Store } from '../store/store.ts'

/** Times in force that are compared; there are few in a product's life. */
const comparedMax = 100_000

/**
 * Compares what is kept of the rules with what the log says of them: what came into force in which
 * order, and each rule set's content with its version.
 */
export async function flawsOfRules(store: Store, events: readonly Event[]): Promise<string[]> {
  const reigns = (await store.ruleSets.reigns(comparedMax)).toReversed()
  const logged = events.flatMap((event) =>
    event.kind === 'rule_set_in_force' ? [{ ...event, filesId: event.filesSha256 }] : [],
  )
  if (reigns.map(named).join() !== logged.map(named).join()) {
    return ['the rule sets that were in force are not those that the log names']
  }
  const used = new Set(reigns.map(({ ruleSet }) => ruleSet))
  return flawsOfContents(store, used)
}

function named(reign: {
  readonly ruleSet: string
  readonly filesId: string
  readonly proposalId: string | null
  readonly by: string | null
  readonly at: string
}): string {
  return [reign.ruleSet, reign.filesId, reign.proposalId, reign.by, reign.at].join(' ')
}

/** Every rule set, also one that only ever judged old mail, has the content that its name is the hash of. */
async function flawsOfContents({ kept }: Store, used: ReadonlySet<string>): Promise<string[]> {
  const bundles = new Map<string, readonly PolicySource[]>()
  for await (const { id, bytes } of kept.rows('ruleFiles')) {
    const text = unpackIfWhole(bytes)?.toString()
    if (text !== undefined) bundles.set(id, JSON.parse(text) as PolicySource[])
  }
  const flaws: string[] = []
  const left = new Set(used)
  for await (const { id, filesId, overlays } of kept.rows('ruleSets')) {
    left.delete(id)
    const files = bundles.get(filesId)
    if (!files || versionOf({ files, overlays }) !== id) {
      flaws.push(`rule set ${id} was changed: its content does not have its hash`)
    }
  }
  return [...flaws, ...[...left].map((id) => `rule set ${id} is missing: it was in force once`)]
}
