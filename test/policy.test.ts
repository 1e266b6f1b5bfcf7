import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assess } from '../src/classify/assess.ts'
import { holdsIn } from '../src/classify/example.ts'
import { loadPolicy, PolicyError, policyFolder } from '../src/policy.ts'
import { policy, rules } from './support/rules.ts'

let folder: string

const empty = { dir: 'in', from: '', fromName: '', to: [], date: '', subject: '' } as const

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
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mamori-policy-'))
    cpSync(policyFolder({}), folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('gives another version as soon as one rule differs', () => {
    const before = loadPolicy(folder).rules.version
    change('rules/threat.yaml', 'weight: 0.9', 'weight: 0.8')
    expect(loadPolicy(folder).rules.version).not.toBe(before)
  })

  it('reports every mistake in every file at once, with file, line and rule', {
    timeout: 120_000,
  }, () => {
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
    change(
      'rules/threat.yaml',
      'matches: [店長も無事では済まさんぞ,',
      'matches: [ありがとうございます,',
    )
    expect(mistakesIn(folder)).toEqual([
      expect.stringMatching(
        /^rules\/threat\.yaml, line \d+, rule threat\.hurt: does not match its example "ありがとうございます"/,
      ),
    ])
  })

  it('refuses weights of a rule or sign that does not exist', () => {
    change('weights.yaml', '"threat.kill": ', '"threat.killl": ')
    expect(mistakesIn(folder)).toEqual([
      expect.stringMatching(
        /^weights\.yaml, line \d+: \w+ weighs threat\.killl, .*run npm run fit/,
      ),
    ])
  })

  it('counts a rule by its own weight that came after the weights', () => {
    const words = 'ぷにょんとしてやる'
    const said = { id: 't', messages: [{ ...empty, body: `担当者を${words}` }] }
    expect(assess(said, loadPolicy(folder).rules).categories).toEqual([])
    change(
      'rules/threat.yaml',
      'rules:\n',
      `rules:\n  - id: threat.new\n    category: threat\n    weight: 0.9\n    severity: 2\n    why: { ja: 新, en: New }\n    when: ['/${words}/']\n    matches: [${words}]\n    passes: [お願いします]\n`,
    )
    expect(assess(said, loadPolicy(folder).rules).categories).toEqual([
      expect.objectContaining({ code: 'threat' }),
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
