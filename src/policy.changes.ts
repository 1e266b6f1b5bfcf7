import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import type { RuleOverlay } from './domain/rule-change.ts'
import { documentOf } from './policy.documents.ts'
import { type RuleSource, rulesFile } from './policy.files.ts'
import type { RulesSource } from './policy.rules.ts'

/** A rule as it is written now, with where it comes from and what people changed of it. */
export type WrittenRule = {
  readonly id: string
  /** The file that it stands in; null where people added it. */
  readonly file: string | null
  /** As YAML has it, with the changes in it. */
  readonly written: Readonly<Record<string, unknown>>
  readonly source: RuleSource
  /** Hash of the files' rule; null where the files have none. */
  readonly over: string | null
  readonly overlay: RuleOverlay | null
}

/** A rule of a file, as written. */
export type FiledRule = {
  readonly file: string
  readonly written: Readonly<Record<string, unknown>>
  readonly source: RuleSource
}

const ruleEntry = rulesFile.shape.rules.unwrap().element

/** What a rule in the files is recognised by when they change. */
export function hashOfRule(written: unknown): string {
  return createHash('sha256').update(JSON.stringify(written)).digest('hex').slice(0, 16)
}

/** The name under which mistakes in an approved change are reported. */
export function nameOfChange(rule: string): string {
  return `change of ${rule}`
}

/** The rules of the files with people's changes on top; what does not apply is a mistake. */
export function withOverlays(
  filed: readonly FiledRule[],
  overlays: readonly RuleOverlay[],
  mistakes: string[],
): WrittenRule[] {
  const byRule = new Map(overlays.map((one) => [one.rule, one]))
  const changed = filed.map((rule): WrittenRule => {
    const { id } = rule.source
    const over = hashOfRule(rule.written)
    const overlay = byRule.get(id) ?? null
    const plain = { id, ...rule, over, overlay }
    return overlay ? (overlaid(plain, overlay, mistakes) ?? plain) : plain
  })
  const known = new Set(filed.map(({ source }) => source.id))
  const added = overlays
    .filter(({ rule }) => !known.has(rule))
    .flatMap((overlay) => addedRule(overlay, mistakes) ?? [])
  return [...changed, ...added]
}

function overlaid(rule: WrittenRule, overlay: RuleOverlay, mistakes: string[]): WrittenRule | null {
  const name = nameOfChange(rule.id)
  if (overlay.text && overlay.text.over === null) {
    mistakes.push(
      `${name}: ${rule.file} has a rule of that name already; choose another name, or take the change back`,
    )
    return null
  }
  if (overlay.text && overlay.text.over !== rule.over) {
    mistakes.push(
      `${name}: ${rule.file} has that rule otherwise than when the change was approved; propose the change anew on it, or take it back`,
    )
    return null
  }
  const base = overlay.text ? textOf(overlay.text.yaml, rule.id, mistakes) : rule.written
  return base && finished(rule, base, overlay, mistakes)
}

function addedRule(overlay: RuleOverlay, mistakes: string[]): WrittenRule | null {
  const { rule: id, text } = overlay
  if (!text || text.over !== null) {
    mistakes.push(
      `${nameOfChange(id)}: the files have no rule of that name any more; take the change back, or put the rule back into the files`,
    )
    return null
  }
  const base = textOf(text.yaml, id, mistakes)
  return base && finished({ id, file: null, over: null, overlay }, base, overlay, mistakes)
}

function finished(
  rule: Pick<WrittenRule, 'id' | 'file' | 'over' | 'overlay'>,
  base: Readonly<Record<string, unknown>>,
  overlay: RuleOverlay,
  mistakes: string[],
): WrittenRule | null {
  const written = {
    ...base,
    ...(overlay.weight === null ? {} : { weight: overlay.weight }),
    ...(overlay.severity === null ? {} : { severity: overlay.severity }),
    matches: [...listIn(base.matches), ...overlay.matches],
    passes: [...listIn(base.passes), ...overlay.passes],
  }
  const parsed = ruleEntry.safeParse(written)
  if (parsed.success) return { ...rule, written, source: parsed.data }
  for (const { path, message } of parsed.error.issues)
    mistakes.push(`${nameOfChange(rule.id)}: ${path.map(String).join('.')}: ${message}`)
  return null
}

/** One rule written as YAML, by the shape that a rule in a file has. */
function textOf(yaml: string, id: string, mistakes: string[]): Record<string, unknown> | null {
  const document = documentOf(nameOfChange(id), yaml, ruleEntry, mistakes)
  if (!document) return null
  if (document.content.id === id) return document.written as Record<string, unknown>
  const line = document.lineOf(['id'])
  mistakes.push(
    `${nameOfChange(id)}, line ${line}: calls itself ${document.content.id}; a rule keeps its name`,
  )
  return null
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A rule as YAML, as people read and rewrite it. */
export function yamlOf({ written }: WrittenRule): string {
  return stringify(written, { lineWidth: 0 })
}

/** The rules that are not switched off, by the file that they come from, as the compiler takes them. */
export function switchedOn(
  files: readonly RulesSource[],
  rules: readonly WrittenRule[],
): RulesSource[] {
  const on = rules.filter(({ overlay }) => !overlay?.off)
  const byFile = Map.groupBy(on, ({ file }) => file)
  const added = (byFile.get(null) ?? []).map(
    ({ id, source }): RulesSource => ({ name: nameOfChange(id), parts: {}, rules: [source] }),
  )
  return [
    ...files.map((file) => ({
      ...file,
      rules: (byFile.get(file.name) ?? []).map(({ source }) => source),
    })),
    ...added,
  ]
}
