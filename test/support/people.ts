import type { Person, Role } from '../../src/domain/person.ts'

/** A member of staff for tests; the id is the name. */
export function person(id: string, ...roles: Role[]): Person {
  const email = `${id}@mamori.example`
  return { id, name: id, email, roles, within: {}, language: 'ja', disabledAt: null }
}

export const sato = person('sato', 'reviewer')
export const suzuki = person('suzuki', 'reviewer')
export const kato = person('kato', 'reviewer')
export const tanaka = person('tanaka', 'supervisor')
export const watanabe = person('watanabe', 'supervisor')
export const takahashi = person('takahashi', 'auditor')
export const ito = person('ito', 'admin')
