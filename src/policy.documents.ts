import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

export type Keys = readonly (string | number)[]

/** A YAML file that could be read: its content, as it was written and as it is meant. */
export type PolicyDocument<T> = {
  readonly name: string
  readonly content: T
  /** As written, before defaults and other notations were filled in. */
  readonly written: unknown
  /** The line of what stands at a path, or of the nearest thing above it. */
  lineOf(keys: Keys): number
}

/** Reads a YAML file by its shape; each mistake is added to the list with file, line and reason. */
export function documentOf<T extends z.ZodType>(
  name: string,
  text: string,
  schema: T,
  mistakes: string[],
): PolicyDocument<z.output<T>> | null {
  const json = jsonIn(text)
  const taken = json === undefined ? null : schema.safeParse(json)
  if (taken?.success) return { name, content: taken.data, written: json, lineOf: linesOf(text) }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  for (const { message, pos } of document.errors)
    mistakes.push(`${name}, line ${lines.linePos(pos[0]).line}: ${message}; mend the YAML`)
  if (document.errors.length > 0) return null
  const lineOf = (keys: Keys) => lineAt(document, lines, keys)
  const written = valuesOf(document, name, mistakes)
  if (written === unreadable) return null
  const parsed = schema.safeParse(written)
  if (parsed.success) return { name, content: parsed.data, written, lineOf }
  for (const { path, message } of parsed.error.issues) {
    const keys = path.filter((key) => typeof key !== 'symbol')
    const rule =
      keys[0] === 'rules' ? ` (rule ${String(document.getIn(['rules', keys[1], 'id']))})` : ''
    const where = keys.length > 0 ? `${keys.join('.')}${rule}: ` : ''
    mistakes.push(`${name}, line ${lineOf(keys)}: ${where}${message}`)
  }
  return null
}

/**
 * The values of a file that is JSON below its first comments, as the fit writes it: JSON is YAML that
 * is read in a hundredth of the time. Undefined where it is anything else.
 */
function jsonIn(text: string): unknown {
  const body = text.replace(/^(?:#.*\n)*/, '')
  if (!body.startsWith('{')) return undefined
  try {
    return JSON.parse(body)
  } catch {
    // YAML in braces: the parser that names lines reads it.
    return undefined
  }
}

function linesOf(text: string): (keys: Keys) => number {
  // Parsed for the first mistake, and once for all that follow.
  let read: { document: ReturnType<typeof parseDocument>; lines: LineCounter } | null = null
  return (keys) => {
    if (read === null) {
      const lines = new LineCounter()
      read = { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines }
    }
    return lineAt(read.document, read.lines, keys)
  }
}

const unreadable = Symbol('unreadable')

/** The values of a document; aliases that multiply without end are refused by the parser here. */
function valuesOf(
  document: ReturnType<typeof parseDocument>,
  name: string,
  mistakes: string[],
): unknown {
  try {
    return document.toJS()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    mistakes.push(`${name}, line 1: ${reason}; mend the YAML`)
    return unreadable
  }
}

function lineAt(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  keys: Keys,
): number {
  for (let size = keys.length; size > 0; size -= 1) {
    const node = document.getIn(keys.slice(0, size), true)
    if (typeof node !== 'object' || node === null || !('range' in node)) continue
    const { range } = node
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line
  }
  return 1
}
