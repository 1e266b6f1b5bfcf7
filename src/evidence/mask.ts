import type { Language } from '../domain/person.ts'

/** One person, or one matter, by every name and address that a text may use. */
export type Somebody = readonly string[]

/** What hides people who have no part in a case, in words and in whole values. */
export type Mask = {
  /** How many people and words are hidden; 0 where nothing is. */
  readonly people: number
  words(text: string): string
  holds(text: string): boolean
  /** The same value with every text in it masked; ids, codes, hashes and instants stay. */
  value<T>(value: T): T
}

const marks: Readonly<Record<Language, (n: number) => string>> = {
  ja: (n) => `〔伏字${n}〕`,
  en: (n) => `[masked ${n}]`,
}

/** A mask over these people: each has a number, so that a reader can tell one from another. */
export function maskOf(
  people: readonly Somebody[],
  language: Language,
  mark = marks[language],
): Mask {
  const ways = people.flatMap((names, at) => names.map((name) => ({ name, number: at + 1 })))
  // The longest first: an address before the name that is a part of it.
  const sorted = ways.toSorted((a, b) => b.name.length - a.name.length)
  const pattern = sorted.map(({ name }) => `(${patternFor(name)})`).join('|')
  const all = new RegExp(pattern, 'giu')
  const words = (text: string) =>
    people.length === 0
      ? text
      : text.replace(all, (found, ...groups: unknown[]) => {
          const way = sorted[groups.findIndex((group) => group !== undefined)]
          return way ? mark(way.number) : found
        })
  return {
    people: people.length,
    words,
    holds: (text) => people.length > 0 && text.search(all) !== -1,
    value: (value) => (people.length === 0 ? value : maskedIn(value, words, '')),
  }
}

/** An address or a Latin name as a whole; what is written without gaps with or without them. */
function patternFor(name: string): string {
  const parts = name.trim().split(/[\s\u3000]+/)
  if (/^[\x20-\x7e]+$/.test(name)) {
    return `(?<![A-Za-z0-9])${parts.map(RegExp.escape).join('[\\s\\u3000]+')}(?![A-Za-z0-9])`
  }
  return [...parts.join('')].map(RegExp.escape).join('[\\s\\u3000]?')
}

/** Keys of what nobody writes: a word that looks like a code does not take it along. */
const codes =
  /(?:Id|Ids|Sha256|At)$|^(?:id|at|by|kind|state|outcome|how|code|categories|direction|identity|nature|roles|read|ruleSet|targets|mails|members|file|sha256|hash)$/

function maskedIn<T>(value: T, words: (text: string) => string, key: string): T {
  if (typeof value === 'string') return (codes.test(key) ? value : words(value)) as T
  if (Array.isArray(value)) return value.map((one) => maskedIn(one, words, key)) as T
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, one]) => [name, maskedIn(one, words, name)])
  return Object.fromEntries(entries) as T
}
