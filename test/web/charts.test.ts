import { describe, expect, it } from 'vitest'
import { everyNth, scaleOf, timeScaleOf } from '../../src/web/chart-scale.ts'

describe('the scale of a chart', () => {
  it.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [4, [0, 1, 2, 3, 4]],
    [7, [0, 2, 4, 6, 8]],
    [98, [0, 50, 100]],
    [1234, [0, 500, 1000, 1500]],
  ])('is of round whole numbers, up to %i at least', (most, ticks) => {
    expect(scaleOf(most)).toEqual({ top: ticks.at(-1), ticks })
  })

  it('goes by minutes, hours and days where it is of time', () => {
    expect(timeScaleOf(200).ticks).toEqual([0, 60, 120, 180, 240])
    expect(timeScaleOf(5 * 3600).ticks).toEqual([0, 7200, 14_400, 21_600])
    expect(timeScaleOf(9 * 86_400).ticks.at(-1)).toBe(12 * 86_400)
    expect(timeScaleOf(1000 * 86_400).top).toBeGreaterThanOrEqual(1000 * 86_400)
  })

  it('names no more places than a phone has room for', () => {
    for (const places of [7, 13, 14, 30, 31]) {
      expect(Math.ceil(places / everyNth(places))).toBeLessThanOrEqual(5)
    }
  })
})
