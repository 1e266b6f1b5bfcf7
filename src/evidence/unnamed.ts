import type { Language, Person } from '../domain/person.ts'
import { type Mask, maskOf } from './mask.ts'

/** A single sign is as likely any other word as a name. */
const shortest = 2

/**
 * Hides names and addresses of the staff in what staff wrote, whole and in parts, under one word
 * for all of them. What the person is called whom it is about stays.
 */
export function withoutStaff(
  people: readonly Person[],
  own: readonly string[],
  { language, word }: { readonly language: Language; readonly word: string },
): Mask {
  const ownNames = new Set(own.flatMap(partsOf))
  const names = people
    .flatMap(({ name, email }) => [email, ...partsOf(name)])
    .filter((one) => one.length >= shortest && !ownNames.has(one))
  return maskOf(names.length === 0 ? [] : [[...new Set(names)]], language, () => word)
}

function partsOf(name: string): string[] {
  const whole = name.trim()
  return [whole, ...whole.split(/[\s\u3000]+/u)].filter((one) => one !== '')
}
