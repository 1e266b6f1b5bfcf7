import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emptyCard } from './classify/card.ts'
import { holdsIn } from './classify/example.ts'
import type { RuleSet } from './classify/rules.ts'
import type { Policy } from './domain/policy.ts'
import type { PolicySource, RuleContent } from './domain/rule-change.ts'
import { type FiledRule, switchedOn, type WrittenRule, withOverlays } from './policy.changes.ts'
import { documentOf, type PolicyDocument } from './policy.documents.ts'
import {
  policyFile,
  type RulesFile,
  rulesFile,
  type WeightsFile,
  weightsFile,
} from './policy.files.ts'
import { compileRules, type Found } from './policy.rules.ts'
import { cardOf } from './policy.weights.ts'

/** One or more mistakes in the policy folder; the message names each with file, line and remedy. */
export class PolicyError extends Error {
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super(`The policy cannot be used:\n${mistakes.map((one) => `- ${one}`).join('\n')}`)
    this.name = 'PolicyError'
    this.mistakes = mistakes
  }
}

/** Policy and rules ready for work, with every rule as it is written now, also those that are off. */
export type LoadedPolicy = {
  readonly policy: Policy
  readonly rules: RuleSet
  readonly written: readonly WrittenRule[]
  /** Names the files without the weights; the fit writes down on which ones it ran the examples. */
  readonly sourcesHash: string
}

/** The folder that `MAMORI_POLICY_DIR` names, or `policy/` beside the package. */
export function policyFolder(environment: NodeJS.ProcessEnv): string {
  return environment.MAMORI_POLICY_DIR || fileURLToPath(new URL('../policy', import.meta.url))
}

/**
 * Reads `policy.yaml`, `rules/*.yaml` and `weights.yaml`, compiles the rules and runs their examples.
 * Every mistake in any file is reported together in one `PolicyError`. Weights that are about to be
 * fitted anew may be left aside.
 */
export function loadPolicy(folder: string, { ignoreWeights = false } = {}): LoadedPolicy {
  const files = readPolicy(folder).filter(({ name }) => !ignoreWeights || name !== weightsName)
  return compilePolicy({ files, overlays: [] })
}

const weightsName = 'weights.yaml'

/** The policy files as they lie in the folder. Throws `PolicyError` where one cannot be read. */
export function readPolicy(folder: string): PolicySource[] {
  const mistakes: string[] = []
  const names = policyNames(folder, mistakes)
  const files = names.flatMap((name): PolicySource[] => {
    const text = textOf(join(folder, name), mistakes)
    return text === null ? [] : [{ name, text }]
  })
  if (mistakes.length > 0) throw new PolicyError(mistakes)
  return files
}

/** What the files look like from outside: changes whenever one of them is written. */
export function traceOf(folder: string): string {
  const mistakes: string[] = []
  const names = policyNames(folder, mistakes)
  const traces = names.map((name) => {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false })
    return `${name} ${stat?.mtimeMs} ${stat?.size}`
  })
  return [...traces, ...mistakes].join('\n')
}

/** Short hash of the files and of what people changed on top: the version of a rule set. */
export function versionOf({ files, overlays }: RuleContent): string {
  const hash = hashOf(files)
  if (overlays.length > 0) hash.update(`\nchanges\n${JSON.stringify(overlays)}`)
  return hash.digest('hex').slice(0, 12)
}

function hashOf(files: readonly PolicySource[]) {
  const hash = createHash('sha256')
  for (const { name, text } of files) hash.update(`${name}\n${text.length}\n${text}`)
  return hash
}

/**
 * Compiles what was read, with people's changes on top, looks at the patterns and runs the examples:
 * of every rule, or only of those that people changed where the fit did it on these very files.
 */
export function compilePolicy(content: RuleContent): LoadedPolicy {
  const version = versionOf(content)
  if (latest?.rules.version !== version) latest = compiled(content, version)
  return latest
}

/** What was compiled last: it takes a second, and is often asked for again. */
let latest: LoadedPolicy | null = null

function compiled(content: RuleContent, version: string): LoadedPolicy {
  const mistakes: string[] = []
  const { policy, files, weights } = documentsOf(content.files, mistakes)
  const sources = files.map(({ name, content: file }) => ({ name, ...file }))
  const written = withOverlays(files.flatMap(filedRules), content.overlays, mistakes)
  const thresholds = new Map(
    policy?.content.categories.map(({ code, threshold }) => [code, threshold]),
  )
  const sourcesHash = hashOf(content.files.filter(({ name }) => name !== weightsName))
    .digest('hex')
    .slice(0, 12)
  const changed = new Set(content.overlays.map(({ rule }) => rule))
  const isChecked = (rule: string | null) =>
    weights?.content.checked === sourcesHash && !changed.has(rule ?? '')
  const flaws: string[] = []
  const { rules: bare, found } = compileRules(
    switchedOn(sources, written),
    thresholds,
    isChecked,
    flaws,
  )
  mistakes.push(...flaws.map((flaw) => withLine(flaw, files)))
  const card = weights ? cardOf(weights, written, bare.parts, mistakes) : emptyCard
  if (policy === null || mistakes.length > 0) throw new PolicyError(mistakes)
  const rules = { ...bare, card, version }
  const unchecked = found.filter(({ rule }) => !isChecked(rule.id))
  const failing = failingExamples(unchecked, rules, written)
  if (failing.length > 0) throw new PolicyError(failing.map((flaw) => withLine(flaw, files)))
  return { policy: policy.content, rules, written, sourcesHash }
}

/** Every rule of an earlier version as it was written; nothing is compiled. */
export function writtenIn({ files, overlays }: RuleContent): WrittenRule[] {
  const mistakes: string[] = []
  return withOverlays(documentsOf(files, mistakes).files.flatMap(filedRules), overlays, mistakes)
}

function documentsOf(sources: readonly PolicySource[], mistakes: string[]) {
  let policy: PolicyDocument<Policy> | null = null
  let weights: PolicyDocument<WeightsFile> | null = null
  const files: PolicyDocument<RulesFile>[] = []
  for (const { name, text } of sources) {
    if (name === 'policy.yaml') policy = documentOf(name, text, policyFile, mistakes)
    else if (name === weightsName) weights = documentOf(name, text, weightsFile, mistakes)
    else {
      const file = documentOf(name, text, rulesFile, mistakes)
      if (file) files.push(file)
    }
  }
  return { policy, files, weights }
}

function filedRules({ name: file, content, written }: PolicyDocument<RulesFile>): FiledRule[] {
  const all = (written as { rules?: Record<string, unknown>[] }).rules ?? []
  return content.rules.map((source, at) => ({ file, written: all[at] ?? {}, source }))
}

/** Puts the line into a mistake that names a rule or a part of a file, behind the file. */
function withLine(mistake: string, files: readonly PolicyDocument<RulesFile>[]): string {
  const [, name, kind, id = ''] = /^(.+?), (rule|part) ([^\s:]+)/.exec(mistake) ?? []
  const file = files.find((one) => one.name === name)
  if (!file || !name) return mistake
  const place = file.content.rules.findLastIndex((rule) => rule.id === id)
  const line = file.lineOf(kind === 'rule' ? ['rules', place] : ['parts', id])
  return `${name}, line ${line}${mistake.slice(name.length)}`
}

function failingExamples(
  found: readonly Found[],
  rules: RuleSet,
  written: readonly WrittenRule[],
): string[] {
  const overlays = new Map(written.map(({ id, overlay }) => [id, overlay]))
  return found.flatMap(({ file, rule }) => {
    const overlay = overlays.get(rule.id) ?? null
    const named = (kind: 'matches' | 'passes', at: number) =>
      nameOfExample(rule[kind], at, overlay?.text ? rule[kind].length : overlay?.[kind].length)
    return [
      ...rule.matches.flatMap((example, at) =>
        holdsIn(rule, rules, example)
          ? []
          : `${file}, rule ${rule.id}: does not match its example ${named('matches', at)}; mend the rule or the example`,
      ),
      ...rule.passes.flatMap((example, at) =>
        holdsIn(rule, rules, example)
          ? `${file}, rule ${rule.id}: matches its counter-example ${named('passes', at)}; narrow the rule or mend the example`
          : [],
      ),
    ]
  })
}

/** In its words, but for the newest ones that people wrote in the pages: those go by their number. */
function nameOfExample(examples: readonly (readonly string[])[], at: number, newest = 0): string {
  const ofChange = at - (examples.length - newest)
  if (ofChange >= 0) return `${ofChange + 1} of the change`
  return JSON.stringify(examples[at]?.join(' / '))
}

function policyNames(folder: string, mistakes: string[]): string[] {
  const weights = existsSync(join(folder, weightsName)) ? [weightsName] : []
  return ['policy.yaml', ...ruleFiles(folder, mistakes), ...weights]
}

function ruleFiles(folder: string, mistakes: string[]): string[] {
  try {
    const names = readdirSync(join(folder, 'rules')).filter((name) => name.endsWith('.yaml'))
    if (names.length === 0)
      mistakes.push(`${folder}/rules: holds no .yaml file; put the rules there`)
    return names.toSorted().map((name) => `rules/${name}`)
  } catch (error) {
    mistakes.push(`${folder}/rules: cannot be listed (${reasonOf(error)}); check MAMORI_POLICY_DIR`)
    return []
  }
}

function textOf(path: string, mistakes: string[]): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    mistakes.push(`${path}: cannot be read (${reasonOf(error)}); check MAMORI_POLICY_DIR`)
    return null
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
