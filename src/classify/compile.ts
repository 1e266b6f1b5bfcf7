import type { Bilingual } from '../domain/assessment.ts'
import { eitherKana, flawOfPattern } from './pattern.ts'
import { isVerbForm, patternOf } from './verbs.ts'

/** A part as written: words (patterns) and the words that only contain them. */
export type PartSource = {
  readonly any: readonly string[]
  readonly but: readonly string[]
  readonly says?: Bilingual | undefined
}

/** All parts by name; plain data, so that it can be given to a thread. */
export type PartSources = ReadonlyMap<string, PartSource>

/** Parts may name other parts in braces; deeper than this is a circle. */
const depthMax = 6

/** Puts verbs in a form (`{form: verbs}`) in place. */
export function withVerbs(pattern: string): string {
  return pattern.replace(/\{([a-z]+):([^{}]+)\}/g, (_, form: string, verbs: string) => {
    if (!isVerbForm(form)) throw new Error(`asks for the verb form ${form}, which does not exist`)
    return patternOf(form, verbs)
  })
}

/** Puts `{name}` (another part's alternatives) and verbs in their forms in place. */
export function expand(pattern: string, sources: PartSources, depth = 0): string {
  if (depth > depthMax) throw new Error('refers to itself')
  return withVerbs(pattern).replace(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => {
    const source = sources.get(name)
    if (!source) throw new Error(`names the part ${name}, which does not exist`)
    return `(?:${source.any.map((one) => expand(one, sources, depth + 1)).join('|')})`
  })
}

/** Why a part may not be used, or null. */
export function flawOfPart({ any, but }: PartSource, sources: PartSources): string | null {
  for (const written of [...any, ...but]) {
    try {
      const pattern = expand(written, sources)
      const flaw = flawOfPattern(pattern)
      if (flaw) return `pattern ${JSON.stringify(pattern.slice(0, 60))} ${flaw}`
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
  return null
}

/** A pattern as it is matched: names and verbs in place, in lower case, hiragana for either script. */
export function compiledOf(pattern: string, sources: PartSources): string {
  return eitherKana(expand(pattern, sources))
}

/** The whole of a part. Group 1 holds the words to pass over; a match without it is a hit. */
export function patternOfPart({ any, but }: PartSource, sources: PartSources): RegExp {
  const whole = (all: readonly string[]) => all.map((one) => compiledOf(one, sources)).join('|')
  const passed = but.length > 0 ? `(${whole(but)})` : '([^\\s\\S])'
  return new RegExp(`${passed}|(?:${whole(any)})`, 'g')
}
