/** One header field: its name in lower case and its unfolded value, one byte a character. */
export type HeaderField = { readonly name: string; readonly value: string }

/** Headers beyond this are hostile or broken; what counts stands at the top. */
const headerBytesMax = 256 * 1024
const fieldsMax = 2_000

/**
 * The header fields of a mail as they stand, in order (RFC 5322 section 2.2), without any
 * decoding. Bounded: a mail with endless headers gives its first ones.
 */
export function headerFields(raw: Buffer): HeaderField[] {
  const text = raw.subarray(0, headerBytesMax).toString('latin1')
  const end = text.search(/\r?\n\r?\n|\r\r/)
  const head = end === -1 ? text : text.slice(0, end)
  const fields: { name: string; value: string }[] = []
  for (const line of head.split(/\r\n|\n|\r/)) {
    const last = fields.at(-1)
    if (/^[ \t]/.test(line) && last) last.value += line.replace(/^[ \t]+/, ' ')
    else {
      const colon = line.indexOf(':')
      if (colon < 1 || fields.length >= fieldsMax) continue
      const name = line.slice(0, colon).trim().toLowerCase()
      fields.push({ name, value: line.slice(colon + 1).trim() })
    }
  }
  return fields
}

/** The value of the first field of that name, or the empty text. */
export function firstValue(fields: readonly HeaderField[], name: string): string {
  return fields.find((field) => field.name === name)?.value ?? ''
}
