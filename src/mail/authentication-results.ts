import { decodeGuessing, isRaw } from './charset.ts'

/** One method's result with what it is about (RFC 8601 section 2.2). */
export type MethodResult = {
  readonly method: string
  readonly result: string
  /** By `ptype.property` in lower case; all values, as a contradiction is one too. */
  readonly properties: ReadonlyMap<string, readonly string[]>
}

/** An Authentication-Results header; `results` is empty where it says `none`. */
export type AuthenticationResults = {
  readonly authservId: string
  readonly results: readonly MethodResult[]
}

/** Servers report a handful of methods; a header with more was not written by one. */
const resultsMax = 50
const valueLengthMax = 16_384

/**
 * Reads the header's value as it stands, unfolded. Null for what RFC 8601 does not know: no
 * authserv-id (some providers leave it out), or another version.
 */
export function readAuthenticationResults(raw: string): AuthenticationResults | null {
  const cut = raw.slice(0, valueLengthMax)
  const [head = [], ...parts] = statements(isRaw(cut) ? decodeGuessing(cut) : cut)
  const [id = '', version = '1', ...more] = head
  if (id === '' || id.includes('=') || version !== '1' || more.length > 0) return null
  const results = parts.slice(0, resultsMax).flatMap(resultIn)
  return { authservId: id.toLowerCase().replace(/\.$/, ''), results }
}

/**
 * The words of each statement between semicolons. Comments go, however deep; quoted strings are
 * part of their word, without their quotes; blanks around `=` and `/` do not count.
 */
function statements(value: string): string[][] {
  const all: string[][] = [[]]
  let word = ''
  let joint = false
  let at = 0
  const end = () => {
    if (word !== '') all.at(-1)?.push(word)
    word = ''
  }
  while (at < value.length) {
    const character = value[at] ?? ''
    if (character === '(' || isBlank(character)) {
      at = afterBlanks(value, at)
      if (!joint && !isJoint(value[at])) end()
    } else if (character === ';') {
      end()
      all.push([])
      at += 1
    } else {
      const { text, next } = character === '"' ? quotedString(value, at) : plain(character, at)
      word += text
      at = next
      joint = isJoint(character)
    }
  }
  end()
  return all
}

function plain(text: string, at: number) {
  return { text, next: at + 1 }
}

/** Semicolons, blanks and signs within quotes are text. */
function quotedString(value: string, from: number): { text: string; next: number } {
  let text = ''
  let at = from + 1
  for (; at < value.length && value[at] !== '"'; at += 1) {
    if (value[at] === '\\') at += 1
    text += value[at] ?? ''
  }
  return { text, next: at + 1 }
}

/** The place after blanks and comments; comments nest, and hold quoted pairs (RFC 5322). */
function afterBlanks(value: string, from: number): number {
  let depth = 0
  let at = from
  for (; at < value.length; at += 1) {
    const character = value[at] ?? ''
    if (depth > 0 && character === '\\') at += 1
    else if (character === '(') depth += 1
    else if (character === ')' && depth > 0) depth -= 1
    else if (depth === 0 && !isBlank(character)) break
  }
  return Math.min(at, value.length)
}

function isBlank(character: string): boolean {
  return /[ \t\r\n]/.test(character)
}

function isJoint(character: string | undefined): boolean {
  return character === '=' || character === '/'
}

function resultIn([first, ...words]: readonly string[]): MethodResult[] {
  const [, method, version = '1', result] =
    /^([a-z0-9-]+)(?:\/(\d{1,3}))?=([a-z]+)$/i.exec(first ?? '') ?? []
  // A method of another version means something that we do not know.
  if (!method || !result || version !== '1') return []
  const properties = new Map<string, string[]>()
  for (const word of words) {
    const equals = word.indexOf('=')
    const name = word.slice(0, equals).toLowerCase()
    if (equals < 1 || !/^[a-z]+\.[a-z0-9._-]+$/.test(name)) continue
    properties.set(name, [...(properties.get(name) ?? []), word.slice(equals + 1)])
  }
  return [{ method: method.toLowerCase(), result: result.toLowerCase(), properties }]
}
