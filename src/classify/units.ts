/** Text as UTF-16 units, each with the original piece it stands for. */
export type Units = {
  readonly codes: number[]
  /** For each unit: where the original piece begins and ends. */
  readonly starts: number[]
  readonly ends: number[]
}

export function noUnits(): Units {
  return { codes: [], starts: [], ends: [] }
}

export function push(units: Units, code: number, start: number, end: number): void {
  units.codes.push(code)
  units.starts.push(start)
  units.ends.push(end)
}

/** Copies units from a place up to another one. */
export function pushFrom(to: Units, from: Units, first: number, end: number): void {
  for (let at = first; at < end; at += 1) {
    push(to, from.codes[at] ?? 0, from.starts[at] ?? 0, from.ends[at] ?? 0)
  }
}

/** The units from a place up to another one. */
export function cut({ codes, starts, ends }: Units, from: number, to: number): Units {
  return {
    codes: codes.slice(from, to),
    starts: starts.slice(from, to),
    ends: ends.slice(from, to),
  }
}

/** Units turned to text at once: a call takes no more arguments than this. */
const chunk = 8_192

export function textOf({ codes }: Units, from = 0, to = codes.length): string {
  let text = ''
  for (let at = from; at < to; at += chunk) {
    text += String.fromCharCode(...codes.slice(at, Math.min(to, at + chunk)))
  }
  return text
}

const bits = { japanese: 1, latin: 2, spacer: 4, mask: 8 } as const

/** What a unit is, looked up: asking a regular expression for each letter takes longer than rules. */
const kinds = new Uint8Array(65_536)
for (let code = 0; code < kinds.length; code += 1) {
  const char = String.fromCharCode(code)
  if (/[ぁ-ヿ一-鿿々]/.test(char)) kinds[code] = bits.japanese
  if (/[a-z〇]/.test(char)) kinds[code] = (kinds[code] ?? 0) | bits.latin
  if (/[ .・,、_|/\-‐·•*~\\]/.test(char)) kinds[code] = (kinds[code] ?? 0) | bits.spacer
  if (/[○◯●⚪✕✖×■□◆＊*]/.test(char)) kinds[code] = (kinds[code] ?? 0) | bits.mask
}

/** Outside the text nothing is anything. */
function is(code: number | undefined, kind: number): boolean {
  return code !== undefined && ((kinds[code] ?? 0) & kind) !== 0
}

export const isJapanese = (code: number | undefined) => is(code, bits.japanese)
export const isLetter = (code: number | undefined) => is(code, bits.japanese | bits.latin)
export const isSpacer = (code: number | undefined) => is(code, bits.spacer)
export const isMask = (code: number | undefined) => is(code, bits.mask)
