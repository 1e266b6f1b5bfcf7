import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdsIn } from '../src/classify/example.ts'
import { asInFiles, type RuleOverlay } from '../src/domain/rule-change.ts'
import { hashOfRule } from '../src/policy.changes.ts'
import { compilePolicy, loadPolicy, PolicyError, policyFolder, readPolicy } from '../src/policy.ts'
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

describe('mistakes', () => {
  it('name the line of the rule or part that they are in', () => {
    change('rules/threat.yaml', 'weight: 0.9', 'weight: nine')
    change('rules/verbal-abuse.yaml', 'unless: [self, reported', 'unless: [selfish, reported')
    const lineOf = (file: string, words: string) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .findIndex((line) => line.includes(words)) + 1
    const broken = lineOf('rules/threat.yaml', 'weight: nine')
    expect(mistakesIn(folder).join('\n')).toContain(`rules/threat.yaml, line ${broken}: `)
    change('rules/threat.yaml', 'weight: nine', 'weight: 0.9')
    const rule = lineOf('rules/verbal-abuse.yaml', '- id: abuse.insult-person')
    expect(mistakesIn(folder)).toEqual([
      `rules/verbal-abuse.yaml, line ${rule}, rule abuse.insult-person: names the part selfish, which does not exist`,
    ])
  })

  it('are said of a file of aliases that multiply without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((pair) => [...pair]))
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`)
    writeFileSync(join(folder, 'rules/zz.yaml'), bomb.join('\n'))
    expect(mistakesIn(folder).join()).toMatch(/rules\/zz\.yaml, line \d+: .+/)
  })
})

describe('people’s changes on top of the files', () => {
  const compile = (...overlays: RuleOverlay[]) =>
    compilePolicy({ files: readPolicy(folder), overlays })
  const mistakesOf = (...overlays: RuleOverlay[]): readonly string[] => {
    try {
      compile(...overlays)
      return []
    } catch (error) {
      if (error instanceof PolicyError) return error.mistakes
      throw error
    }
  }
  const rule = (id: string, loaded: ReturnType<typeof compile>) =>
    loaded.rules.rules.find((one) => one.id === id)
  const added = [
    'id: abuse.added',
    'category: verbal_abuse',
    'weight: 0.9',
    'why: { ja: 試し, en: A try }',
    "when: ['/とんちんかん/']",
    'matches: [とんちんかんな人ですね]',
    'passes: [こんにちは]',
  ].join('\n')

  it('make another version, and change nothing but what they say', () => {
    const before = compile()
    const after = compile({ ...asInFiles('threat.vague'), weight: 0.11 })
    expect(after.rules.version).not.toBe(before.rules.version)
    expect(rule('threat.vague', after)).toEqual({ ...rule('threat.vague', before), weight: 0.11 })
    expect(after.rules.rules.length).toBe(before.rules.rules.length)
    expect(compile().rules.version).toBe(loadPolicy(folder).rules.version)
  })

  it('switch a rule off, and keep it readable', () => {
    const after = compile({ ...asInFiles('threat.vague'), off: true })
    expect(rule('threat.vague', after)).toBeUndefined()
    expect(after.written.find(({ id }) => id === 'threat.vague')?.overlay?.off).toBe(true)
  })

  it('add a rule, which is checked as those of the files are', () => {
    const text = { yaml: added, over: null }
    const after = compile({ ...asInFiles('abuse.added'), text })
    const found = rule('abuse.added', after)
    expect(found && holdsIn(found, after.rules, ['とんちんかんな人ですね'])).toBe(true)
    const wrong = (yaml: string) =>
      mistakesOf({ ...asInFiles('abuse.added'), text: { yaml, over: null } }).join()
    expect(wrong(added.replace('とんちんかん/', '(a+)+/'))).toMatch(/without an upper bound/)
    expect(wrong(added.replace('[こんにちは]', '[とんちんかん]'))).toMatch(/counter-example/)
    expect(wrong(added.replace('weight: 0.9', 'weight: 9'))).toMatch(
      /^change of abuse\.added, line 3: weight/,
    )
    expect(wrong(added.replace('abuse.added', 'abuse.other'))).toMatch(/line 1: calls itself/)
    expect(wrong(added.replace('/とんちんかん/', 'no_such_part'))).toMatch(/does not exist/)
  })

  it('are refused where a further example does not hold', () => {
    const matches = ['今日は良い天気ですね']
    expect(mistakesOf({ ...asInFiles('threat.vague'), matches })).toEqual([
      expect.stringMatching(
        /rule threat\.vague: does not match its example "今日は良い天気ですね"/,
      ),
    ])
  })

  it('do not apply where the files have the rule otherwise, or not at all', () => {
    const written = compile().written.find(({ id }) => id === 'threat.vague')
    const yaml = JSON.stringify({ ...written?.written, weight: 0.3 })
    const text = { yaml, over: hashOfRule(written?.written) }
    const rewritten = { ...asInFiles('threat.vague'), text }
    expect(rule('threat.vague', compile(rewritten))?.weight).toBe(0.3)
    change('rules/threat.yaml', 'matches: [覚えてろよ,', 'matches: [覚えてろ,')
    expect(mistakesOf(rewritten).join()).toMatch(
      /^change of threat\.vague: rules\/threat\.yaml has that rule otherwise/,
    )
    expect(mistakesOf({ ...asInFiles('threat.gone'), weight: 0.5 }).join()).toMatch(
      /^change of threat\.gone: the files have no rule of that name/,
    )
    expect(mistakesOf({ ...asInFiles('threat.vague'), text: { yaml, over: null } }).join()).toMatch(
      /has a rule of that name already/,
    )
  })
})
