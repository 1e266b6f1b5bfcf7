import { describe, expect, it } from 'vitest'
import { burdenOf, burdenSince, levelOf } from '../../src/domain/exposure.ts'
import { daysAfter } from '../../src/domain/time.ts'

const now = '2026-11-26T00:00:00.000Z'
const opened = (severity: 1 | 2 | 3, days = 0) => ({ severity, at: daysAfter(now, -days) })

describe('what somebody opened', () => {
  it('weighs more the graver it was, and half as much after a week', () => {
    expect(burdenOf([opened(3)], now, 7)).toBeGreaterThan(burdenOf([opened(1), opened(1)], now, 7))
    expect(burdenOf([opened(3, 7)], now, 7)).toBeCloseTo(burdenOf([opened(3)], now, 7) / 2)
    expect(burdenOf([opened(2, 14)], now, 7)).toBeCloseTo(burdenOf([opened(2)], now, 7) / 4)
    expect(burdenOf([], now, 7)).toBe(0)
  })

  it('halves as fast as the settings say', () => {
    expect(burdenOf([opened(3, 3)], now, 3)).toBeCloseTo(burdenOf([opened(3)], now, 3) / 2)
    expect(burdenSince(now, 3) > burdenSince(now, 7)).toBe(true)
  })

  it('weighs almost nothing once it is not asked for any more', () => {
    expect(burdenOf([{ severity: 3, at: burdenSince(now, 7) }], now, 7)).toBeLessThan(0.5)
  })

  it('never weighs more for a clock that is ahead', () => {
    expect(burdenOf([{ severity: 1, at: daysAfter(now, 3) }], now, 7)).toBe(
      burdenOf([opened(1)], now, 7),
    )
  })

  it('is told in a word', () => {
    const many = (n: number) => levelOf(burdenOf(Array(n).fill(opened(3)), now, 7))
    expect([0, 1, 4, 12].map(many)).toEqual(['none', 'light', 'noticeable', 'heavy'])
  })
})
