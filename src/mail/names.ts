import { decodeCharset, decodeGuessing, decodeWords } from './charset.ts'

/** Read in windows: the whole of a large mail as text would lie in memory a second time. */
const windowBytes = 1024 * 1024

/** A longer field, or one further from its boundary, is nobody's file name. */
const fieldBytesMax = 8 * 1024
const headerLinesMax = 50
const segmentsMax = 200

/** A mail has as many parts as it likes; beyond these their names stay as the parser reads them. */
const fieldsMax = 2_000

/**
 * The mail with every file name that parsers misread (raw 8-bit, or RFC 2231 in any form) written
 * anew as plain RFC 2231 in UTF-8. Only such fields of part headers change; the rest are views.
 */
export function* withReadableNames(raw: Buffer): Iterable<Buffer> {
  let from = 0
  let count = 0
  for (const { start, end } of fieldsIn(raw)) {
    if (++count > fieldsMax) break
    const field = raw.subarray(start, end).toString('latin1')
    const better = start >= from && needsReading.test(field) ? rewritten(field) : null
    if (better === null || !isInHeader(raw, start)) continue
    yield raw.subarray(from, start)
    yield Buffer.from(better, 'latin1')
    from = end
  }
  yield raw.subarray(from)
}

const needsReading = /[\x1b\x80-\xff]|\*\d*\*?\s*=/

const newline = 0x0a

type Range = { readonly start: number; readonly end: number }

function* fieldsIn(raw: Buffer): Iterable<Range> {
  for (const start of beginningsIn(raw)) {
    const end = endOfField(raw, start)
    if (end !== -1) yield { start, end }
  }
}

function* beginningsIn(raw: Buffer): Iterable<number> {
  for (let at = 0; at < raw.length; at += windowBytes) {
    // Some bytes further, for a name that lies across the border.
    const text = raw.subarray(at, at + windowBytes + 32).toString('latin1')
    for (const { index } of text.matchAll(/\bcontent-(?:type|disposition):/gi)) {
      const start = at + index
      const beginsLine = start === 0 || raw[start - 1] === newline
      if (beginsLine && index < windowBytes) yield start
    }
  }
}

/** Where a field ends, its folded lines included and the last line end not; -1 if it is too long. */
function endOfField(raw: Buffer, start: number): number {
  const text = raw.subarray(start, start + fieldBytesMax).toString('latin1')
  const end = text.search(/\r?\n(?![ \t])/)
  if (end !== -1) return start + end
  return start + text.length === raw.length ? raw.length : -1
}

/** Whether only header lines stand between that place and a boundary, or the mail's beginning. */
function isInHeader(raw: Buffer, start: number): boolean {
  let end = start
  for (let count = 0; count < headerLinesMax; count += 1) {
    if (end === 0) return true
    const near = Math.max(0, end - fieldBytesMax)
    const before = raw.subarray(near, end - 1).lastIndexOf(newline)
    if (before === -1 && near > 0) return false
    const begin = near + before + 1
    const line = raw.subarray(begin, end).toString('latin1')
    if (line.startsWith('--')) return true
    if (!/^(?:[\w-]+[ \t]*:|[ \t]+\S)/.test(line)) return false
    end = begin
  }
  return false
}

type Parameter = { readonly key: string; readonly value: string; readonly text: string }

function rewritten(field: string): string | null {
  const [head = '', ...segments] = segmentsOf(field)
  if (segments.length > segmentsMax) return null
  const parameters = segments.map(parameterOf)
  const key = /^content-type/i.test(field) ? 'name' : 'filename'
  const name = nameIn(parameters, key)
  if (name === null) return null
  const others = parameters.filter((one) => one.key.replace(/\*.*/, '') !== key)
  const plain = encodeURIComponent(name.toWellFormed())
  const kept = others.map(({ text }) => `;${text}`).join('')
  return `${head}${kept};\r\n ${key}*=UTF-8''${plain.replace(/['()*]/g, escaped)}`
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** The field cut at its semicolons, except where they are quoted or half of a character. */
function segmentsOf(field: string): string[] {
  const segments: string[] = []
  let begin = 0
  let quoted = false
  for (let at = 0; at < field.length; at += unitLength(field, at)) {
    if (unitLength(field, at) > 1) continue
    if (field[at] === '"') quoted = !quoted
    if (field[at] !== ';' || quoted) continue
    segments.push(field.slice(begin, at))
    begin = at + 1
  }
  return [...segments, field.slice(begin)]
}

/** A run of ISO-2022-JP, a double byte of Shift_JIS or EUC-JP, an escaped character, or one byte. */
function unitLength(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (code === 0x1b && next === 0x24) {
    const end = text.indexOf('\x1b(', at + 2)
    return end === -1 ? text.length - at : end + 3 - at
  }
  const isLead = (code >= 0x81 && code <= 0x9f) || (code >= 0xa1 && code <= 0xfe)
  if (isLead && next >= 0x40) return 2
  return code === 0x5c && (next === 0x22 || next === 0x5c) ? 2 : 1
}

function parameterOf(text: string): Parameter {
  const equals = text.indexOf('=')
  if (equals === -1) return { key: '', value: '', text }
  const key = text.slice(0, equals).trim().toLowerCase()
  return { key, value: unquoted(text.slice(equals + 1).trim()), text }
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  let plain = ''
  for (let at = 1; at < value.length; ) {
    const unit = value.slice(at, at + unitLength(value, at))
    if (unit === '"') break
    plain += unit.length === 2 && unit.startsWith('\\') ? unit.slice(1) : unit
    at += unit.length
  }
  return plain
}

/** RFC 2231 before the plain form, as section 3 of RFC 6266 has it, and as mailers mean it. */
function nameIn(parameters: readonly Parameter[], key: string): string | null {
  const named = (wanted: string) => parameters.find((one) => one.key === wanted)?.value
  const extended = named(`${key}*`)
  if (extended !== undefined) return decodeExtended([{ value: extended, coded: true }])
  const pieces = parameters
    .map((one) => ({ place: /^(\w+)\*(\d{1,4})(\*?)$/.exec(one.key), value: one.value }))
    .filter(({ place }) => place?.[1] === key)
    .toSorted((a, b) => Number(a.place?.[2]) - Number(b.place?.[2]))
    .map(({ place, value }) => ({ value, coded: place?.[3] === '*' }))
  if (pieces.length > 0) return decodeExtended(pieces)
  const plain = named(key)
  return plain === undefined ? null : decodeWords(decodeGuessing(plain.replace(/\r?\n/g, '')))
}

/** The pieces together, as a character may be cut between two; the first one names the charset. */
function decodeExtended(
  pieces: readonly { readonly value: string; readonly coded: boolean }[],
): string {
  const [, charset = '', first = ''] = /^([\w.:-]*)'[\w-]*'(.*)$/s.exec(pieces[0]?.value ?? '') ?? [
    null,
    '',
    pieces[0]?.value,
  ]
  const bytes = pieces.map(({ value, coded }, place) => {
    const text = place === 0 ? first : value
    return coded ? fromPercent(text) : text
  })
  return decodeCharset(charset || 'us-ascii', Buffer.from(bytes.join(''), 'latin1'))
}

function fromPercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
