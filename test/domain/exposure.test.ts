import { describe, expect, it } from 'vitest'
import { burdenOf, burdenSince, levelOf } from '../../src/domain/exposure.ts'
import { daysAfter } from '../../src/domain/time.ts'

const now = '2026-11-26T00:00:00.000Z'
const opened = (severity: 1 | 2 | 3, days = 0) => ({ severity, at: daysAfter(now, -days) })

describe('what somebody opened', () => {
  it('weighs more the graver it was, and half as much after a week', () => {
    expect(burdenOf([opened(3)], now)).toBeGreaterThan(burdenOf([opened(1), opened(1)], now))
    expect(burdenOf([opened(3, 7)], now)).toBeCloseTo(burdenOf([opened(3)], now) / 2)
    expect(burdenOf([opened(2, 14)], now)).toBeCloseTo(burdenOf([opened(2)], now) / 4)
    expect(burdenOf([], now)).toBe(0)
  })

  it('weighs almost nothing once it is not asked for any more', () => {
    expect(burdenOf([{ severity: 3, at: burdenSince(now) }], now)).toBeLessThan(0.5)
  })

  it('never weighs more for a clock that is ahead', () => {
    expect(burdenOf([{ severity: 1, at: daysAfter(now, 3) }], now)).toBe(burdenOf([opened(1)], now))
  })

  it('is told in a word', () => {
    const many = (n: number) => levelOf(burdenOf(Array(n).fill(opened(3)), now))
    expect([0, 1, 4, 12].map(many)).toEqual(['none', 'light', 'noticeable', 'heavy'])
  })
})
