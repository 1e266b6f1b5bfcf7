import { flawOfPart, type PartSource } from './classify/compile.ts'
import { ourParts } from './classify/facts.ts'
import { finderOf } from './classify/finder.ts'
import { openMemo } from './classify/memo.ts'
import type { Bound, Part, Rule, RuleSet } from './classify/rules.ts'
import type { Category } from './domain/category.ts'
import type { RuleSource, RulesFile } from './policy.files.ts'

export type RulesSource = RulesFile & { readonly name: string }

/** Mails whose words are remembered: a few batches, some tens of megabytes at most. */
const memoMails = 1_000

/** Where a part is written: in words, and in which rule where it is not among a file's parts. */
type Home = { readonly place: string; readonly rule: string | null }

/** A compiled rule and the file it came from. */
export type Found = { readonly file: string; readonly rule: Rule }

/**
 * Turns the rule files into one rule set without a version; mistakes are added to the list. Patterns
 * are looked at for flaws unless `isChecked` says of the rule, or null for the files' parts, that
 * they were before.
 */
export function compileRules(
  files: readonly RulesSource[],
  thresholds: ReadonlyMap<Category, number>,
  isChecked: (rule: string | null) => boolean,
  mistakes: string[],
): { rules: Omit<RuleSet, 'version' | 'card'>; found: Found[] } {
  const sources = new Map<string, PartSource>()
  const homes = new Map<string, Home>()
  for (const { name: file, parts } of files) {
    for (const [name, source] of Object.entries(parts)) {
      if (sources.has(name)) mistakes.push(`${file}, part ${name}: exists already; rename one`)
      sources.set(name, source)
      homes.set(name, { place: `${file}, part ${name}`, rule: null })
    }
  }
  const ids = new Set<string>()
  const found = files.flatMap(({ name: file, rules }) =>
    rules.map((source): Found => {
      if (ids.has(source.id))
        mistakes.push(`${file}, rule ${source.id}: the id exists already; rename one`)
      ids.add(source.id)
      return { file, rule: ruleOf(source, sources, homes, file) }
    }),
  )
  checkNames(found, sources, mistakes)
  const used = new Set(
    found.flatMap(({ rule }) => [...rule.when.flat(), ...rule.unless, ...rule.unlessMail]),
  )
  const parts = [...sources.keys()]
    .filter((name) => used.has(name) || isNeeded(name) || sources.get(name)?.says)
    .flatMap((name): Part[] => {
      const source = sources.get(name)
      return source ? [{ name, says: source.says ?? null }] : []
    })
  for (const { name } of parts) {
    const { place, rule } = homes.get(name) ?? { place: name, rule: null }
    const source = sources.get(name)
    const flaw = !source || isChecked(rule) ? null : flawOfPart(source, sources)
    if (flaw) mistakes.push(`${place}: ${flaw}; mend the pattern`)
  }
  const rules = found.map(({ rule }) => rule)
  return {
    rules: {
      parts,
      sources,
      finder: finderOf(parts, sources),
      memo: openMemo(memoMails),
      rules,
      thresholds,
    },
    found,
  }
}

function isNeeded(name: string): boolean {
  return name === 'accepts' || (ourParts as readonly string[]).includes(name)
}

function checkNames(
  found: readonly Found[],
  sources: ReadonlyMap<string, PartSource>,
  mistakes: string[],
): void {
  for (const { file, rule } of found) {
    const names = [...rule.when.flat(), ...rule.unless, ...rule.unlessMail]
    for (const name of names.filter((one) => !sources.has(one)))
      mistakes.push(`${file}, rule ${rule.id}: names the part ${name}, which does not exist`)
  }
  for (const name of [...ourParts, 'accepts'].filter((one) => !sources.has(one)))
    mistakes.push(`rules: the part ${name} is missing, by which our own mails are understood`)
}

function ruleOf(
  source: RuleSource,
  sources: Map<string, PartSource>,
  homes: Map<string, Home>,
  file: string,
): Rule {
  const named = (word: string): string => {
    if (!word.startsWith('/')) return word
    const pattern = word.slice(1, -1)
    const name = `${source.id}:${pattern}`
    sources.set(name, { any: [pattern], but: [] })
    homes.set(name, { place: `${file}, rule ${source.id}`, rule: source.id })
    return name
  }
  const { category, flag, against, severity } = source
  return {
    id: source.id,
    speaks: category
      ? { kind: 'category', code: category }
      : flag
        ? { kind: 'flag', code: flag }
        : { kind: 'against', lowers: against ?? [] },
    weight: source.weight,
    decisive: source.decisive,
    severity,
    severityRepeated: source.repeated ?? severity,
    why: source.why,
    when: source.when.map((word) => alternativesOf(word).map(named)),
    unless: source.unless.map(named),
    unlessMail: source.unlessMail.map(named),
    reach: source.reach,
    within: source.within,
    view: source.view,
    facts: new Map<string, Bound>(Object.entries(source.facts)),
    matches: source.matches,
    passes: source.passes,
  }
}

/** `a|b|/pattern/`: names of parts, or patterns between slashes. */
function alternativesOf(word: string): string[] {
  return word.match(/\/[^/]*\/|[^|]+/g) ?? []
}
