import { describe, expect, it } from 'vitest'
import {
  agreementLevel,
  agreementOnCategory,
  agreementOnVerdict,
  type Pair,
  percentile,
  type Said,
} from '../../src/domain/report.ts'

const no: Said = { kind: 'ordinary', categories: [] }
const abuse: Said = { kind: 'harassment', categories: ['verbal_abuse'] }
const threat: Said = { kind: 'harassment', categories: ['threat'] }
const times = (n: number, first: Said, second: Said): Pair[] => [{ first, second, times: n }]

describe('the agreement of two people', () => {
  it('is κ as Cohen works it out: what chance would give is left out', () => {
    // The table that textbooks use: 20 and 15 alike, 5 and 10 apart, of 50.
    const pairs = [
      ...times(20, abuse, abuse),
      ...times(5, abuse, no),
      ...times(10, no, abuse),
      ...times(15, no, no),
    ]
    const { pairs: n, share, kappa } = agreementOnVerdict(pairs)
    expect({ n, share }).toEqual({ n: 50, share: 0.7 })
    expect(kappa).toBeCloseTo(0.4)
  })

  it('is full, none, or cannot be told', () => {
    expect(agreementOnVerdict([...times(3, abuse, abuse), ...times(3, no, no)]).kappa).toBe(1)
    const apart = agreementOnVerdict([...times(3, abuse, no), ...times(3, no, abuse)])
    expect(apart).toMatchObject({ share: 0, kappa: -1 })
    expect(agreementOnVerdict(times(4, no, no))).toMatchObject({ share: 1, kappa: null })
    expect(agreementOnVerdict([])).toEqual({ pairs: 0, share: 0, kappa: null })
  })

  it('is told apart by category', () => {
    const pairs = [...times(5, abuse, threat), ...times(5, no, no)]
    expect(agreementOnVerdict(pairs).kappa).toBe(1)
    expect(agreementOnCategory(pairs, 'threat')).toMatchObject({ pairs: 10, share: 0.5 })
  })
})

describe('the word for an agreement', () => {
  it('goes by the bounds that are usual, each of them to the weaker side', () => {
    const level = (kappa: number) => agreementLevel(kappa)
    expect([-0.01, 0, 0.2, 0.21, 0.4].map(level)).toEqual([
      ...['none', 'slight', 'slight', 'fair', 'fair'],
    ])
    expect([0.6, 0.61, 0.8, 0.81, 1].map(level)).toEqual([
      ...['moderate', 'substantial', 'substantial', 'full', 'full'],
    ])
  })
})

describe('a percentile', () => {
  it('is a value that was seen, by its rank', () => {
    expect(percentile([1, 3, 5], 0.5)).toBe(3)
    expect(percentile([1, 2], 0.5)).toBe(1)
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9)
    expect(percentile(Float64Array.of(7), 0.9)).toBe(7)
    expect(percentile([], 0.5)).toBeNull()
  })
})
