import type { Person } from './person.ts'

/** What is wrong with a password that somebody wants to have. */
export type PasswordFlaw = 'too_short' | 'too_long' | 'too_plain' | 'well_known' | 'about_you'

/** NIST SP 800-63B: length counts, kinds of characters do not. */
export const passwordLengthMin = 12
/** Longer input would only cost time to hash. */
export const passwordLengthMax = 256

/** Fewer different characters than this are a pattern. */
const differentMin = 6
/** What is left without one's name and the like has to be a password's core by itself. */
const restMin = 8

const rows = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** What those guess first who guess: whole passwords, and what is strung together to make long ones. */
const wellKnown = [
  'password',
  'passw0rd',
  'pasuwado',
  'letmein',
  'welcome',
  'iloveyou',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'trustno1',
  'administrator',
  'admin',
  'changeme',
  'secret',
  'master',
  'dragon',
  'monkey',
  'shadow',
  'sakura',
  'doraemon',
  'nihon',
  'japan',
  'mamori',
]

/** The first flaw of a password, or null. */
export function flawOfPassword(
  password: string,
  { name, email }: Pick<Person, 'name' | 'email'>,
): PasswordFlaw | null {
  const { length } = [...password]
  if (length < passwordLengthMin) return 'too_short'
  if (password.length > passwordLengthMax) return 'too_long'
  const folded = password.normalize('NFKC').toLowerCase()
  if (new Set(folded).size < differentMin || isRow(folded)) return 'too_plain'
  if (leftWithout(folded, wellKnown) < restMin) return 'well_known'
  const own = [...email.toLowerCase().split(/[@.]/), ...name.toLowerCase().split(/\s+/)]
  return leftWithout(folded, own) < restMin ? 'about_you' : null
}

/** Letters as they lie beside one another, or one stretch said again and again. */
function isRow(text: string): boolean {
  if (/^(.{1,5})\1+.{0,5}$/u.test(text)) return true
  const there = rows.some((row) => `${row}${row}`.includes(text))
  return there || rows.some((row) => `${row}${row}`.includes([...text].reverse().join('')))
}

/** How much is left of a text without those words and the figures and rows that pad it out. */
function leftWithout(text: string, words: readonly string[]): number {
  const long = words.filter((word) => word.length >= 3)
  const found = long.filter((word) => text.includes(word))
  if (found.length === 0) return text.length
  const bare = found.reduce((rest, word) => rest.replaceAll(word, ''), text)
  return bare.replace(/[\d\s!?.,_-]/g, '').length
}
