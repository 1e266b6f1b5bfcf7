import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf, logOddsOf } from '../../src/classify/card.ts'
import { type FitOptions, fit, type Sample } from '../../src/classify/fit.ts'

const free: FitOptions = { ridge: 1, lasso: 0.1, prior: new Map() }

function sample(yes: boolean, ...names: string[]): Sample {
  return { yes, weight: 1, features: new Map(names.map((name) => [name, 1])) }
}

/** A menace makes it a threat unless a hazard is meant; a greeting says nothing. */
const samples = Array.from({ length: 20 }, () => [
  sample(true, 'sign:menace', 'sign:greeting'),
  sample(false, 'sign:menace', 'sign:hazard'),
  sample(false, 'sign:greeting'),
  sample(false),
]).flat()

describe('fitted weights', () => {
  it('let a sign speak for, another against, and an idle one not at all', () => {
    const { of } = fit(samples, { ...free, lasso: 1 })
    expect(of.get('sign:menace')).toBeGreaterThan(1)
    expect(of.get('sign:hazard')).toBeLessThan(-1)
    expect(of.get('sign:greeting') ?? 0).toBeLessThan(of.get('sign:menace') ?? 0)
  })

  it('tell what they were fitted on apart', () => {
    const weights = fit(samples, free)
    for (const { features, yes } of samples)
      expect(chanceOf(logOddsOf(weights, features)) > 0.5).toBe(yes)
  })

  it('are never negative for what may only speak for', () => {
    const bad = samples.map(({ yes, features }) => ({ yes: !yes, weight: 1, features }))
    const { of } = fit(bad, { ...free, prior: new Map([['sign:menace', 1]]) })
    expect(of.get('sign:menace') ?? 0).toBeGreaterThanOrEqual(0)
  })

  it('stay where a rule was set before it was ever seen', () => {
    expect(fit(samples, { ...free, prior: new Map([['rule:new', 0.7]]) }).of.get('rule:new')).toBe(
      0.7,
    )
  })

  it('trust nothing that was seen in one or two threads only', () => {
    const { of } = fit([...samples, sample(true, 'sign:rare'), sample(true, 'sign:rare')], free)
    expect(of.has('sign:rare')).toBe(false)
  })

  it('are the same for the same samples in any order, and finite whatever the samples', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })
    const any = fc.array(fc.tuple(fc.boolean(), names), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(any, (all) => {
        const given = all.map(([yes, found]) => sample(yes, ...found))
        const one = fit(given, free)
        const other = fit(given.toReversed(), free)
        for (const [name, weight] of one.of) {
          expect(Number.isFinite(weight)).toBe(true)
          expect(other.of.get(name) ?? 0).toBeCloseTo(weight, 1)
        }
        expect(Number.isFinite(one.base)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})
