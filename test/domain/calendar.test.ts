import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { later, stretchOf } from '../../src/domain/calendar.ts'

describe('the places of a chart over time', () => {
  it('are days for a week or a month, today the last', () => {
    const { unit, first, end } = stretchOf('2026-03-02', 7)
    expect(unit).toBe('day')
    expect(first[0]).toBe('2026-02-24')
    expect(first.at(-1)).toBe('2026-03-02')
    expect(first).toHaveLength(7)
    expect(end).toBe('2026-03-03')
    expect(stretchOf('2028-03-01', 30).first).toContain('2028-02-29')
  })

  it('are weeks from Monday for a quarter, the first of them whole', () => {
    // 26 November 2026 is a Thursday; 89 days before is Saturday, 29 August.
    const { unit, first } = stretchOf('2026-11-26', 90)
    expect(unit).toBe('week')
    expect(first[0]).toBe('2026-08-24')
    expect(first.at(-1)).toBe('2026-11-23')
    expect(first).toHaveLength(14)
  })

  it('are months for a year, the first of them whole', () => {
    const { unit, first } = stretchOf('2026-01-31', 365)
    expect(unit).toBe('month')
    expect(first[0]).toBe('2025-02-01')
    expect(first.slice(-2)).toEqual(['2025-12-01', '2026-01-01'])
    expect(first).toHaveLength(12)
  })

  it('hold every day of the period, each once, whatever the day', () => {
    const days = fc.constantFrom(7, 30, 90, 365)
    const today = fc.integer({ min: 0, max: 20_000 }).map((n) => later('1990-01-01', n))
    fc.assert(
      fc.property(today, days, (on, count) => {
        const { first, end } = stretchOf(on, count)
        expect(first).toEqual([...new Set(first)].toSorted())
        expect(first[0]! <= later(on, 1 - count)).toBe(true)
        expect(first.at(-1)! <= on).toBe(true)
        expect(later(on, 1)).toBe(end)
      }),
    )
  })
})
