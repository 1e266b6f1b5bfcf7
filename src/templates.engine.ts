import { Liquid, type Template } from 'liquidjs'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import type { NoticeFacts } from './domain/notice.ts'

export type Rendered = { readonly subject: string; readonly text: string }

/** A template taken apart. */
export type TemplateParts = {
  readonly subject: string
  readonly variables: readonly string[]
  readonly body: string
}

/**
 * Templates are short and come from the company: more is a mistake, or hostile. The time is that of
 * the clock: a machine that is busy for a second must not keep the product from starting.
 */
const limits = { parseLimit: 50_000, renderLimit: 5_000, memoryLimit: 1_000_000 }

/** All that a notice needs: conditions, lists, and nothing that reads, defines or runs. */
const tags = ['if', 'unless', 'case', 'for', 'comment', 'raw']
const filters = ['join', 'first', 'last', 'size', 'default', 'strip', 'escape']

const engine = bounded()

function bounded(): Liquid {
  const made = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    ...limits,
  })
  for (const name of Object.keys(made.tags)) if (!tags.includes(name)) delete made.tags[name]
  for (const name of Object.keys(made.filters)) {
    if (!filters.includes(name)) delete made.filters[name]
  }
  return made
}

const head = z.strictObject({ subject: z.string().min(1), variables: z.array(z.string()) })

/** Throws where the text does not begin with `---`, subject and variables, and `---` again. */
export function partsOf(text: string): TemplateParts {
  const plain = text.replaceAll('\r\n', '\n')
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(plain) ?? []
  if (front === undefined || body === undefined) {
    throw new Error('must begin with ---, subject and variables, and --- again')
  }
  return { ...head.parse(parse(front)), body }
}

/** A template's text as its file has it, from subject and body; the variables follow from them. */
export function textOf(subject: string, body: string): string {
  const words = body.replaceAll('\r\n', '\n').trimEnd()
  const used = usedIn(`${subject}\n${words}`)
  const front = stringify({ subject }, { lineWidth: 0 })
  return `---\n${front}variables: [${used.join(', ')}]\n---\n${words}\n`
}

/** The variables that a text asks for; none where it cannot be parsed. */
function usedIn(text: string): string[] {
  try {
    return variablesIn(text)
  } catch {
    // What is wrong with it, the check says in its own words.
    return []
  }
}

/** Throws what the engine says of broken syntax. */
export function variablesIn(text: string): string[] {
  const parsed: Template[] = engine.parse(text)
  return [...new Set(engine.globalVariablesSync(parsed))]
}

/** Throws what the engine says. A subject is one line. */
export function render({ subject, body }: TemplateParts, facts: NoticeFacts): Rendered {
  return {
    subject: engine.parseAndRenderSync(subject, facts).replace(/\s+/g, ' ').trim(),
    text: `${engine.parseAndRenderSync(body, facts).trim()}\n`,
  }
}

/** The same of words without a subject. Throws what the engine says. */
export function renderWords(content: string, facts: Readonly<Record<string, string>>): string {
  return engine.parseAndRenderSync(content.replaceAll('\r\n', '\n'), facts).trimEnd()
}
