/** A pattern longer than this is several rules in one and cannot be reviewed. */
const patternLengthMax = 24_000

/** Counted repeats above this multiply the work per character without meaning anything in mail. */
const repeatMax = 60

/**
 * Why a pattern may not be used, or null. The language is the part of regular expressions that
 * RE2 knows, without nesting of repeats, so that matching stays linear in practice.
 */
export function flawOfPattern(pattern: string): string | null {
  if (pattern.length > patternLengthMax) return `is longer than ${patternLengthMax} characters`
  if (/\(\?(?!:)/.test(pattern))
    return 'uses lookaround, flags or named groups; only (?:…) is known'
  if (/\\[1-9]|\\k/.test(pattern)) return 'uses a back reference'
  if (/(?:^|[^\\])(?:[*+]|\{\d+,\})/.test(withoutClasses(pattern)))
    return 'repeats without an upper bound; write {0,20} instead of * or +'
  const bomb = [...pattern.matchAll(/\{(\d+)(?:,(\d+))?\}/g)].find(
    ([, low, high]) => Number(high ?? low) > repeatMax,
  )
  if (bomb) return `repeats more than ${repeatMax} times: ${bomb[0]}`
  if (/\)\{\d/.test(pattern) || /\}\{/.test(pattern)) return 'repeats a group by a count'
  if (/(?:\.|\])\{0,\d+\}(?:\.|\[[^\]]*\])\{0,/.test(pattern)) return 'has two gaps side by side'
  return compileFlaw(pattern)
}

/**
 * A pattern for normalised text: Latin letters in lower case; hiragana stands for either script,
 * katakana for itself only.
 */
export function eitherKana(pattern: string): string {
  const pieces = pattern.match(/\\.|\[(?:\\.|[^\]\\])*\]|[^\\[]/gsu) ?? []
  return pieces
    .map((piece) => {
      if (piece.startsWith('\\')) return piece
      const lower = piece.toLowerCase()
      if (piece.startsWith('[')) return `${lower.slice(0, -1)}${katakanaOf(lower)}]`
      return isHiragana(lower) ? `[${lower}${asKatakana(lower)}]` : lower
    })
    .join('')
}

/** The katakana twins of the hiragana and hiragana ranges in a class. */
function katakanaOf(characterClass: string): string {
  const members = characterClass.match(/[ぁ-ゖ](?:-[ぁ-ゖ])?/g) ?? []
  return members.map((member) => member.replace(/[ぁ-ゖ]/g, asKatakana)).join('')
}

function asKatakana(char: string): string {
  return String.fromCharCode(char.charCodeAt(0) + 0x60)
}

function isHiragana(char: string): boolean {
  return char >= 'ぁ' && char <= 'ゖ'
}

function withoutClasses(pattern: string): string {
  return pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')
}

function compileFlaw(pattern: string): string | null {
  try {
    new RegExp(pattern, 'gu')
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
