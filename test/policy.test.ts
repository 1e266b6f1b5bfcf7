import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdsIn } from '../src/classify/example.ts'
import { loadPolicy, PolicyError, policyFolder } from '../src/policy.ts'
import { policy, rules } from './support/rules.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mamori-policy-'))
  cpSync(policyFolder({}), folder, { recursive: true })
})

afterEach(() => rmSync(folder, { recursive: true }))

function mistakesIn(path: string): readonly string[] {
  try {
    loadPolicy(path)
    return []
  } catch (error) {
    if (error instanceof PolicyError) return error.mistakes
    throw error
  }
}

function change(file: string, from: string, to: string): void {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}

describe('the shipped policy', () => {
  it('describes every category that a rule speaks for', () => {
    const described = new Set<string>(policy.categories.map(({ code }) => code))
    for (const { speaks } of rules.rules)
      if (speaks.kind === 'category') expect(described).toContain(speaks.code)
  })

  it.each(rules.rules.map((rule) => [rule.id, rule] as const))(
    'rule %s holds by its examples',
    (_, rule) => {
      for (const example of rule.matches)
        expect(holdsIn(rule, rules, example), example.join()).toBe(true)
      for (const example of rule.passes)
        expect(holdsIn(rule, rules, example), example.join()).toBe(false)
    },
  )
})

describe('loading a policy folder', () => {
  it('gives another version as soon as one rule differs', () => {
    const before = loadPolicy(folder).rules.version
    change('rules/threat.yaml', 'weight: 0.9', 'weight: 0.8')
    expect(loadPolicy(folder).rules.version).not.toBe(before)
  })

  it('reports every mistake in every file at once, with file, line and rule', () => {
    change('policy.yaml', 'days: 180', 'days: many')
    change('rules/threat.yaml', 'severity: 3', 'severity: 7')
    change('rules/verbal-abuse.yaml', 'when: [insult_strong]', 'when: [insult_stronger]')
    const mistakes = mistakesIn(folder)
    expect(mistakes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^policy\.yaml, line \d+: suspension\.days/),
        expect.stringMatching(/^rules\/threat\.yaml, line \d+: .*\(rule threat\.kill\)/),
        expect.stringMatching(
          /verbal-abuse\.yaml, line \d+, rule abuse\.death-wish: names the part insult_stronger/,
        ),
      ]),
    )
  })

  it('refuses a pattern that could stall the reading of mail', () => {
    change('rules/threat.yaml', "brings: ['", "brings: ['(a+)+|")
    expect(mistakesIn(folder).join()).toMatch(
      /threat\.yaml, line \d+, part brings: .*without an upper bound/,
    )
  })

  it('refuses a rule that its own examples contradict', () => {
    change('rules/threat.yaml', 'matches: [覚えてろよ,', 'matches: [ありがとうございます,')
    expect(mistakesIn(folder)).toEqual([
      expect.stringMatching(
        /^rules\/threat\.yaml, line \d+, rule threat\.vague: does not match its example "ありがとうございます"/,
      ),
    ])
  })

  it('names the line of broken YAML', () => {
    change('rules/threat.yaml', 'rules:\n', 'rules:\n  - id: "never closed\n')
    expect(mistakesIn(folder).join()).toMatch(/^rules\/threat\.yaml, line \d+:/)
  })

  it('says which folder could not be read', () => {
    const missing = join(folder, 'nowhere')
    expect(mistakesIn(missing).join()).toContain(missing)
  })
})
