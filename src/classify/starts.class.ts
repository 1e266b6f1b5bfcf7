import {
  anyDigit,
  anyKana,
  anyKanji,
  anyLatin,
  isDigit,
  isKana,
  isKanji,
  isLatin,
  oneOf,
  type Starts,
  unknown,
  withoutKatakana,
} from './starts.sets.ts'

/** A class with more members than this says nothing about where a match may begin. */
const membersMax = 200

/** Ranges wider than so much, within these, stand for any of their kind. */
const kinds = [
  { any: anyKanji, from: 0x4e00, to: 0x9fff, wide: 40, holds: isKanji },
  { any: anyKana, from: 0x3041, to: 0x30ff, wide: 40, holds: isKana },
  { any: anyDigit, from: 0x30, to: 0x39, wide: 4, holds: isDigit },
  { any: anyLatin, from: 0x61, to: 0x7a, wide: 15, holds: isLatin },
] as const

const digits = oneOf([anyDigit])
/** A unit as it stands in beginnings. */
export function letter(code: number): string {
  return String.fromCharCode(withoutKatakana(code))
}

/** What an escape stands for, but for word boundaries. */
export function ofEscape(sign: string): Starts {
  if (sign === 'd') return digits
  const control = controls[sign]
  if (control) return oneOf(control)
  return /[a-z0-9]/i.test(sign) ? unknown : oneOf([letter(sign.charCodeAt(0))])
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** A class in lower case, as patterns are compiled. */
export function ofClass(written: string): Starts {
  if (written.startsWith('[^')) return unknown
  const members = new Set<string>()
  for (let at = 1; at < written.length - 1; ) {
    if (written.startsWith('\\d', at)) {
      members.add(anyDigit)
      at += 2
      continue
    }
    const [first, after] = memberAt(written, at)
    const isRange = written.charAt(after) === '-' && after + 1 < written.length - 1
    const [last, end] = isRange ? memberAt(written, after + 1) : [first, after]
    const range = first === null || last === null ? null : unitsFrom(first, last)
    if (!range) return unknown
    for (const unit of range) members.add(unit)
    at = end
  }
  const wide = kinds.filter(({ any }) => members.has(any))
  const units = [...members].filter((unit) => !wide.some(({ holds }) => holds(unit.charCodeAt(0))))
  return units.length > membersMax ? unknown : oneOf(units)
}

/** The member of a class at a place, and where it ends; null where it is a class of its own. */
function memberAt(written: string, at: number): [number | null, number] {
  if (written.charAt(at) !== '\\') return [written.charCodeAt(at), at + 1]
  const sign = written.charAt(at + 1)
  const control = controls[sign]
  if (control) return [control.charCodeAt(0), at + 2]
  return [/[a-z0-9]/.test(sign) ? null : sign.charCodeAt(0), at + 2]
}

function unitsFrom(first: number, last: number): readonly string[] | null {
  const kind = kinds.find(
    ({ from, to, wide }) => first >= from && last <= to && last - first > wide,
  )
  if (kind) return [kind.any]
  if (last - first > membersMax) return null
  return Array.from({ length: last - first + 1 }, (_, at) => letter(first + at))
}
