import { describe, expect, it } from 'vitest'
import { type Attempt, openThrottle } from '../../src/flow/throttle.ts'

const minute = 60_000
const of = (account: string, place: string, device: string | null = null): Attempt => ({
  account,
  place,
  device,
})

describe('the throttle', () => {
  it('stops an account from one place after eight failures, and lets it go by and by', () => {
    const throttle = openThrottle()
    for (let n = 0; n < 8; n += 1) {
      expect(throttle.isHeld(of('a', 'x'), 0)).toBe(false)
      throttle.failed(of('a', 'x'), 0)
    }
    expect(throttle.isHeld(of('a', 'x'), 0)).toBe(true)
    expect(throttle.isHeld(of('a', 'y'), 0)).toBe(false)
    expect(throttle.isHeld(of('b', 'x'), 0)).toBe(false)
    expect(throttle.isHeld(of('a', 'x'), 10_000)).toBe(true)
    expect(throttle.isHeld(of('a', 'x'), minute)).toBe(false)
  })

  it('forgets the failures of who then gets in', () => {
    const throttle = openThrottle()
    for (let n = 0; n < 7; n += 1) throttle.failed(of('a', 'x'), 0)
    throttle.succeeded(of('a', 'x'))
    for (let n = 0; n < 7; n += 1) throttle.failed(of('a', 'x'), 0)
    expect(throttle.isHeld(of('a', 'x'), 0)).toBe(false)
  })

  it('stops one account from all places together, but never a device that was in before', () => {
    const throttle = openThrottle()
    for (let n = 0; n < 60; n += 1) throttle.failed(of('a', `place ${n}`), 0)
    expect(throttle.isHeld(of('a', 'new place'), 0)).toBe(true)
    expect(throttle.isHeld(of('b', 'new place'), 0)).toBe(false)
    expect(throttle.isHeld(of('a', 'place 1', 'own laptop'), 0)).toBe(false)
    for (let n = 0; n < 8; n += 1) throttle.failed(of('a', 'z', 'stolen laptop'), 0)
    expect(throttle.isHeld(of('a', 'z', 'stolen laptop'), 0)).toBe(true)
    expect(throttle.isHeld(of('a', 'z', 'own laptop'), 0)).toBe(false)
  })

  it('puts no flood of failures on record', () => {
    const throttle = openThrottle()
    const recorded = Array.from({ length: 1_000 }, () => throttle.isRecorded(0)).filter(Boolean)
    expect(recorded).toHaveLength(200)
    expect(throttle.isRecorded(minute)).toBe(true)
  })

  it('stops one place that tries many accounts', () => {
    const throttle = openThrottle()
    for (let n = 0; n < 60; n += 1) throttle.failed(of(`account ${n}`, 'x'), 0)
    expect(throttle.isHeld(of('another', 'x'), 0)).toBe(true)
    expect(throttle.isHeld(of('another', 'y'), 0)).toBe(false)
    expect(throttle.isHeld(of('another', 'x', 'own laptop'), 0)).toBe(false)
  })
})
