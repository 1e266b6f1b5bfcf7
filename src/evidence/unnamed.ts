import type { Person } from '../domain/person.ts'

/** Takes names of the staff out of what staff wrote. */
export type Unnamed = (words: string) => string

/** A single sign is as likely any other word as a name. */
const shortest = 2

/**
 * Puts a word in the place of each name and address of the staff: whole names, and their parts. What
 * the person it is about is called as well stays.
 */
export function unnamedBy(
  people: readonly Person[],
  own: readonly string[],
  word: string,
): Unnamed {
  const ownNames = new Set(own.flatMap(partsOf))
  const names = people
    .flatMap(({ name, email }) => [email, ...partsOf(name)])
    .filter((one) => one.length >= shortest && !ownNames.has(one))
    .toSorted((a, b) => b.length - a.length)
  if (names.length === 0) return (words) => words
  const any = new RegExp([...new Set(names)].map(asPattern).join('|'), 'giu')
  return (words) => words.replace(any, `［${word}］`)
}

/** 「佐藤 花子」 is written in one, apart, or by one of its parts. */
function partsOf(name: string): string[] {
  const whole = name.trim()
  const parts = whole.split(/[\s\u3000]+/u)
  return [...new Set([whole, parts.join(''), ...parts])].filter((one) => one !== '')
}

/** Latin letters count as a name only where a word begins and ends. */
function asPattern(name: string): string {
  const plain = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return /^[\p{Script=Latin}\s.@\-\w]+$/u.test(name)
    ? `(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`
    : plain
}
