import { describe, expect, it } from 'vitest'
import { cast } from '../../src/demo/cast.ts'

describe('the people of the demo', () => {
  it('are two reviewers, a supervisor, an auditor and an admin, each with a password of their own', () => {
    const members = cast()
    expect(members.map(({ role }) => role).sort()).toEqual([
      'admin',
      'auditor',
      'reviewer',
      'reviewer',
      'supervisor',
    ])
    for (const { email, password } of members) {
      expect(email).toMatch(/@mamori\.example$/)
      expect(password).toMatch(/^[a-z]+-[a-z]+-[a-z]+-\d{3,}$/)
    }
    expect(new Set(members.map(({ password }) => password)).size).toBe(members.length)
  })

  it('get other passwords at the next start', () => {
    const passwords = new Set(cast().map(({ password }) => password))
    expect(cast().some(({ password }) => passwords.has(password))).toBe(false)
  })
})
