import type { RuleContent } from '../domain/rule-change.ts'
import type { WrittenRule } from '../policy.changes.ts'
import { writtenIn } from '../policy.ts'
import type { KeptRuleSet, Reign } from '../store/rule-sets.ts'
import type { House } from './house.ts'

export { type WrittenRule, yamlOf } from '../policy.changes.ts'

/** A rule set that is or was in force, as people read it. */
export type VersionRead = {
  readonly kept: KeptRuleSet
  readonly content: RuleContent
  readonly written: readonly WrittenRule[]
}

/** Times in force that a page looks back on. */
export const reignsMax = 200

/** A kept version with its rules; null where it is not kept. */
export async function readVersion({ store }: House, id: string): Promise<VersionRead | null> {
  const kept = await store.ruleSets.find(id)
  const content = kept && (await store.ruleSets.content(id))
  return kept && content && { kept, content, written: writtenIn(content) }
}

/** What the rules page says of the version in force. */
export type RulesState = {
  readonly version: string
  readonly changes: number
  readonly reign: Reign | null
  readonly trouble: readonly string[] | null
}

export async function rulesState({ store, rulebook }: House): Promise<RulesState> {
  const { rules, content } = rulebook.current()
  const [reign, noted] = [await store.ruleSets.current(), await store.ruleSets.trouble()]
  const trouble = rulebook.trouble() ?? noted?.words ?? null
  return { version: rules.version, changes: content.overlays.length, reign, trouble }
}
