import type { Bilingual } from '../domain/assessment.ts'
import { eitherKana, flawOfPattern } from './pattern.ts'
import type { Part } from './rules.ts'
import { isVerbForm, patternOf } from './verbs.ts'

/** A part as written: words (patterns) and the words that only contain them. */
export type PartSource = {
  readonly any: readonly string[]
  readonly but: readonly string[]
  readonly says?: Bilingual | undefined
}

/** Parts may name other parts in braces; deeper than this is a circle. */
const depthMax = 6

/** Puts `{name}` (another part's alternatives) and `{form: verbs}` (verbs in a form) in place. */
export function expand(
  pattern: string,
  sources: ReadonlyMap<string, PartSource>,
  depth = 0,
): string {
  if (depth > depthMax) throw new Error('refers to itself')
  const inForms = pattern.replace(/\{([a-z]+):([^{}]+)\}/g, (_, form: string, verbs: string) => {
    if (!isVerbForm(form)) throw new Error(`asks for the verb form ${form}, which does not exist`)
    return patternOf(form, verbs)
  })
  return inForms.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => {
    const source = sources.get(name)
    if (!source) throw new Error(`names the part ${name}, which does not exist`)
    return `(?:${source.any.map((one) => expand(one, sources, depth + 1)).join('|')})`
  })
}

/** Compiles a part; throws with the reason where a pattern may not be used. */
export function compilePart(
  name: string,
  source: PartSource,
  sources: ReadonlyMap<string, PartSource>,
): Part {
  const any = source.any.map((one) => checked(expand(one, sources)))
  const but = source.but.map((one) => checked(expand(one, sources)))
  const passed = but.length > 0 ? `(${but.join('|')})` : '([^\\s\\S])'
  const pattern = new RegExp(`${passed}|(?:${any.join('|')})`, 'g')
  return { name, pattern, says: source.says ?? null }
}

function checked(pattern: string): string {
  const flaw = flawOfPattern(pattern)
  if (flaw) throw new Error(`pattern ${JSON.stringify(pattern.slice(0, 60))} ${flaw}`)
  return eitherKana(pattern)
}
