import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdsIn } from '../src/classify/example.ts'
import { asInFiles, type RuleOverlay } from '../src/domain/rule-change.ts'
import { hashOfRule } from '../src/policy.changes.ts'
import { compilePolicy, loadPolicy, PolicyError, readPolicy } from '../src/policy.ts'
import { type PolicyFolder, smallPolicy } from './support/policy-folder.ts'

let folder: PolicyFolder

beforeEach(() => {
  folder = smallPolicy()
})
afterEach(() => folder.remove())

function mistakesIn(load: () => unknown): readonly string[] {
  try {
    load()
    return []
  } catch (error) {
    if (error instanceof PolicyError) return error.mistakes
    throw error
  }
}

const inFiles = () => mistakesIn(() => loadPolicy(folder.path))

describe('mistakes', () => {
  it('name the line of what is wrong, whatever is wrong with it', () => {
    folder.change('rules/threat.yaml', 'weight: 0.9', 'weight: nine')
    const line = folder.lineOf('rules/threat.yaml', 'weight: nine')
    expect(inFiles().join('\n')).toContain(`rules/threat.yaml, line ${line}: rules.0.weight`)
    folder.change('rules/threat.yaml', 'weight: nine', 'weight: 0.9')

    folder.change('rules/verbal-abuse.yaml', 'unless: [self]', 'unless: [selfish]')
    const rule = folder.lineOf('rules/verbal-abuse.yaml', '- id: abuse.death-wish')
    expect(inFiles()).toEqual([
      `rules/verbal-abuse.yaml, line ${rule}, rule abuse.death-wish: names the part selfish, which does not exist`,
    ])
    folder.change('rules/verbal-abuse.yaml', 'unless: [selfish]', 'unless: [self]')

    folder.change('rules/threat.yaml', "vague: ['覚えてろ']", "vague: ['(a+)+']")
    const part = folder.lineOf('rules/threat.yaml', 'vague:')
    expect(inFiles().join()).toMatch(new RegExp(`threat.yaml, line ${part}, part vague: .*bound`))
    folder.change('rules/threat.yaml', "vague: ['(a+)+']", "insult_strong: ['x']")
    expect(inFiles().join()).toMatch(
      /verbal-abuse\.yaml, line \d+, part insult_strong: exists already/,
    )
  })

  it('are said of the second of two rules with one name', () => {
    folder.change('rules/verbal-abuse.yaml', 'id: abuse.idiot', 'id: threat.vague')
    const line = folder.lineOf('rules/verbal-abuse.yaml', 'id: threat.vague')
    expect(inFiles()).toEqual([
      `rules/verbal-abuse.yaml, line ${line}, rule threat.vague: the id exists already; rename one`,
    ])
  })

  it('are said of a file of aliases that multiply without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((pair) => [...pair]))
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`)
    folder.write('rules/zz.yaml', bomb.join('\n'))
    expect(inFiles().join()).toMatch(/rules\/zz\.yaml, line \d+: .+/)
  })
})

describe('people’s changes on top of the files', () => {
  const compile = (...overlays: RuleOverlay[]) =>
    compilePolicy({ files: readPolicy(folder.path), overlays })
  const mistakesOf = (...overlays: RuleOverlay[]) => mistakesIn(() => compile(...overlays))
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
    expect(compile().rules.version).toBe(loadPolicy(folder.path).rules.version)
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

  it('are refused where a further example does not hold, without repeating its words', () => {
    const matches = ['覚えてろよ', '今日は良い天気ですね']
    const line = folder.lineOf('rules/threat.yaml', '- id: threat.vague')
    expect(mistakesOf({ ...asInFiles('threat.vague'), matches })).toEqual([
      `rules/threat.yaml, line ${line}, rule threat.vague: does not match its example 2 of the change; mend the rule or the example`,
    ])
    const passes = ['覚えてろと言われた']
    expect(mistakesOf({ ...asInFiles('threat.vague'), passes }).join()).toContain(
      'matches its counter-example 1 of the change',
    )
  })

  it('do not apply where the files have the rule otherwise, or not at all', () => {
    const written = compile().written.find(({ id }) => id === 'threat.vague')
    const yaml = JSON.stringify({ ...written?.written, weight: 0.3 })
    const text = { yaml, over: hashOfRule(written?.written) }
    const rewritten = { ...asInFiles('threat.vague'), text }
    expect(rule('threat.vague', compile(rewritten))?.weight).toBe(0.3)
    folder.change('rules/threat.yaml', 'matches: [覚えてろ]', 'matches: [覚えてろよ]')
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
