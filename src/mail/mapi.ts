/** A property whose value has a length of its own: text, bytes, an object (MS-OXCDATA 2.11). */
export type MapiProperty = { readonly id: number; readonly wide: boolean; readonly value: Buffer }

const propertiesMax = 5_000
const valuesMax = 1_000

/** Bytes of a value of fixed size, padded to four; types that are not here have their own length. */
const fixed: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
}

const multiple = 0x1000
const wideText = 0x1f

/** The properties of a list (MS-OXTNEF 2.1.3.4), as far as it can be read. */
export function* propertiesIn(data: Buffer): Iterable<MapiProperty> {
  const reader = readerOf(data)
  const count = Math.min(reader.number(), propertiesMax)
  for (let place = 0; place < count && !reader.ended(); place += 1) {
    const type = reader.short()
    const id = reader.short()
    if (id >= 0x8000) skipName(reader)
    const plain = type & ~multiple
    const size = fixed[plain]
    const values = size !== undefined && plain === type ? 1 : reader.number()
    for (let nth = 0; nth < Math.min(values, valuesMax) && !reader.ended(); nth += 1) {
      if (size !== undefined) reader.take(size)
      else yield { id, wide: plain === wideText, value: reader.padded(reader.number()) }
    }
  }
}

/** Named properties carry a GUID, and a number or a name. */
function skipName(reader: Reader): void {
  reader.take(16)
  if (reader.number() === 0) reader.take(4)
  else reader.padded(reader.number())
}

type Reader = ReturnType<typeof readerOf>

/** Reads on from the start; beyond the end everything is empty, and `ended` says so. */
function readerOf(data: Buffer) {
  let at = 0
  const take = (length: number): Buffer => {
    const taken = data.subarray(at, at + length)
    at += length
    return taken
  }
  const whole = (bytes: Buffer, length: number) => (bytes.length < length ? 0 : length)
  return {
    take,
    ended: () => at >= data.length,
    short() {
      const bytes = take(2)
      return whole(bytes, 2) ? bytes.readUInt16LE(0) : 0
    },
    number() {
      const bytes = take(4)
      return whole(bytes, 4) ? bytes.readUInt32LE(0) : 0
    },
    padded(length: number) {
      const value = take(length)
      take((4 - (length % 4)) % 4)
      return value
    },
  }
}
