import { describe, expect, it } from 'vitest'
import { assess } from '../../src/classify/assess.ts'
import { hiding } from '../../src/classify/shield.ts'
import { categories } from '../../src/domain/category.ts'
import { trainingCases } from '../../src/domain/training/cases.ts'
import { exchangeOf } from '../../src/domain/training-case.ts'
import { rules } from '../support/rules.ts'

const languages = ['ja', 'en'] as const

describe('the product’s own training cases', () => {
  it('are three at least of each category, and six that only look like harassment', () => {
    for (const code of categories) {
      const of = trainingCases.filter(({ categories: codes }) => codes[0] === code)
      expect(of.length, code).toBeGreaterThanOrEqual(3)
    }
    expect(trainingCases.filter(({ outcome }) => outcome === 'ordinary').length).toBeGreaterThan(5)
    expect(new Set(trainingCases.map(({ code }) => code)).size).toBe(trainingCases.length)
  })

  it.each(languages)('are read by the rules as they are decided, in %s', (language) => {
    // What is on the border in polite words is for people to see.
    const plain = trainingCases.filter(({ severity }) => severity !== 1)
    const wrong = plain.flatMap((one) => {
      const result = assess(exchangeOf(one, language), rules)
      const seen = result.categories.map(({ code }) => code)
      const first = one.categories[0]
      const agrees = first ? seen.includes(first) : seen.length === 0
      return agrees ? [] : [`${one.code}: ${seen.join(' ')}`]
    })
    expect(wrong).toEqual([])
  })

  it.each(languages)('stand behind the shield where they are harassment, in %s', (language) => {
    const open = trainingCases
      .filter(({ severity }) => severity > 1)
      .filter((one) => {
        const { categories: seen } = assess(exchangeOf(one, language), rules)
        return seen.flatMap(({ evidence }) => hiding(evidence)).length === 0
      })
    expect(open.map(({ code }) => code)).toEqual([])
  })
})
