import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { emptyCard } from './classify/card.ts'
import { holdsIn } from './classify/example.ts'
import type { RuleSet } from './classify/rules.ts'
import type { Policy } from './domain/policy.ts'
import { policyFile, rulesFile, weightsFile } from './policy.files.ts'
import { compileRules, type Found, type RulesSource } from './policy.rules.ts'
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

/** A policy folder read and checked; `sourcesHash` names its files without the weights. */
export type Loaded = {
  readonly policy: Policy
  readonly rules: RuleSet
  readonly sourcesHash: string
}

/** The folder that `MAMORI_POLICY_DIR` names, or `policy/` beside the package. */
export function policyFolder(environment: NodeJS.ProcessEnv): string {
  return environment.MAMORI_POLICY_DIR || fileURLToPath(new URL('../policy', import.meta.url))
}

/**
 * Reads `policy.yaml`, `rules/*.yaml` and `weights.yaml`, compiles the rules and runs their examples.
 * Every mistake in any file is reported together in one `PolicyError`. Weights that are about to be
 * fitted anew may be left aside. Examples that were run on these very files when the weights were
 * fitted are not run again.
 */
export function loadPolicy(folder: string, { ignoreWeights = false } = {}): Loaded {
  const mistakes: string[] = []
  const hash = createHash('sha256')
  const read = <T extends z.ZodType>(name: string, schema: T): z.output<T> | null => {
    const text = textOf(join(folder, name), mistakes)
    if (text === null) return null
    hash.update(`${name}\n${text.length}\n${text}`)
    return contentOf(name, text, schema, mistakes)
  }
  const policy = read('policy.yaml', policyFile)
  const files = ruleFiles(folder, mistakes).flatMap((name): RulesSource[] => {
    const content = read(name, rulesFile)
    return content ? [{ name, ...content }] : []
  })
  const sourcesHash = hash.copy().digest('hex').slice(0, 12)
  const thresholds = new Map(policy?.categories.map(({ code, threshold }) => [code, threshold]))
  const weighed = !ignoreWeights && existsSync(join(folder, 'weights.yaml'))
  const weights = weighed ? read('weights.yaml', weightsFile) : null
  const compiled = compileRules(files, thresholds, mistakes)
  const card = weights ? cardOf(weights, compiled.rules, mistakes) : emptyCard
  if (policy === null || mistakes.length > 0) throw new PolicyError(mistakes)
  const rules = { ...compiled.rules, card, version: hash.digest('hex').slice(0, 12) }
  const wereChecked = weights?.checked === sourcesHash
  const failing = wereChecked ? [] : failingExamples(compiled.found, rules)
  if (failing.length > 0) throw new PolicyError(failing)
  return { policy, rules, sourcesHash }
}

function failingExamples(found: readonly Found[], rules: RuleSet): string[] {
  return found.flatMap(({ file, rule }) => [
    ...rule.matches
      .filter((example) => !holdsIn(rule, rules, example))
      .map(
        (example) =>
          `${file}, rule ${rule.id}: does not match its example ${said(example)}; mend the rule or the example`,
      ),
    ...rule.passes
      .filter((example) => holdsIn(rule, rules, example))
      .map(
        (example) =>
          `${file}, rule ${rule.id}: matches its counter-example ${said(example)}; narrow the rule or mend the example`,
      ),
  ])
}

function said(example: readonly string[]): string {
  return JSON.stringify(example.join(' / '))
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

function contentOf<T extends z.ZodType>(
  name: string,
  text: string,
  schema: T,
  mistakes: string[],
): z.output<T> | null {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  for (const { message, pos } of document.errors)
    mistakes.push(`${name}, line ${lines.linePos(pos[0]).line}: ${message}; mend the YAML`)
  if (document.errors.length > 0) return null
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) {
    const keys = path.filter((key) => typeof key !== 'symbol')
    const line = lineOf(document, lines, keys)
    const rule =
      keys[0] === 'rules' ? ` (rule ${String(document.getIn(['rules', keys[1], 'id']))})` : ''
    mistakes.push(`${name}, line ${line}: ${keys.join('.')}${rule}: ${message}`)
  }
  return null
}

/** The line of the node at a path, or of the nearest one above it that exists. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  keys: readonly (string | number)[],
): number {
  for (let size = keys.length; size > 0; size -= 1) {
    const node = document.getIn(keys.slice(0, size), true)
    if (typeof node !== 'object' || node === null || !('range' in node)) continue
    const { range } = node
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line
  }
  return 1
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
