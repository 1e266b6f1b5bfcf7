import { describe, expect, it } from 'vitest'
import { flawOfPassword } from '../../src/domain/password.ts'
import {
  isAlive,
  isFresh,
  isStrong,
  needsSecondFactor,
  stageAfter,
} from '../../src/domain/session.ts'
import { ito, sato, tanaka } from '../support/people.ts'

const none = { totp: false, passkeys: 0 }
const at = '2026-11-23T05:00:00.000Z'
const later = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

describe('a sign-in', () => {
  it('goes on to a second factor where one is set up, whoever it is', () => {
    for (const rule of ['everybody', 'deciders', 'nobody'] as const) {
      expect(stageAfter('password', sato, { totp: true, passkeys: 0 }, rule)).toBe('second_factor')
      expect(stageAfter('password', sato, { totp: false, passkeys: 1 }, rule)).toBe('second_factor')
      expect(stageAfter('openid', tanaka, { totp: true, passkeys: 0 }, rule)).toBe('second_factor')
    }
  })

  it('asks those who decide to set one up, and others only where the settings say so', () => {
    expect(stageAfter('password', tanaka, none, 'deciders')).toBe('enrolment')
    expect(stageAfter('password', ito, none, 'deciders')).toBe('enrolment')
    expect(stageAfter('password', sato, none, 'deciders')).toBe('full')
    expect(stageAfter('password', sato, none, 'everybody')).toBe('enrolment')
    expect(stageAfter('password', tanaka, none, 'nobody')).toBe('full')
    expect(needsSecondFactor(tanaka, 'nobody')).toBe(false)
  })

  it('is complete with a passkey, or with two things', () => {
    expect(stageAfter('passkey', tanaka, { totp: true, passkeys: 1 }, 'everybody')).toBe('full')
    expect(stageAfter('openid+mfa', tanaka, none, 'deciders')).toBe('full')
    expect(isStrong('password')).toBe(false)
    expect(isStrong('openid')).toBe(false)
  })
})

describe('a session', () => {
  const session = { createdAt: at, lastSeenAt: null, expiresAt: later(12 * 60) }

  it('ends after two hours without work, and after a working day with it', () => {
    expect(isAlive(session, later(119))).toBe(true)
    expect(isAlive(session, later(121))).toBe(false)
    const used = { ...session, lastSeenAt: later(11 * 60) }
    expect(isAlive(used, later(11 * 60 + 59))).toBe(true)
    expect(isAlive(used, later(12 * 60))).toBe(false)
  })

  it('is fresh for a quarter of an hour', () => {
    expect(isFresh(session, later(14))).toBe(true)
    expect(isFresh(session, later(15))).toBe(false)
  })
})

describe('a password', () => {
  const who = { name: '佐藤 美咲', email: 'm.satomi@mamori.example' }

  it.each([
    ['short', 'too_short'],
    ['あいうえおかき', 'too_short'],
    ['x'.repeat(257), 'too_long'],
    ['aaaaaaaaaaaaaa', 'too_plain'],
    ['abcabcabcabcabc', 'too_plain'],
    ['123456789012', 'too_plain'],
    ['qwertyuiopqw', 'too_plain'],
    ['ＱＷＥＲＴＹＵＩＯＰＱＷ', 'too_plain'],
    ['zyxwvutsrqponm', 'too_plain'],
    ['Password2026!!', 'well_known'],
    ['sakura-2026-11', 'well_known'],
    ['administrator!', 'well_known'],
    ['satomi-202611-', 'about_you'],
  ] as const)('%s is refused: %s', (password, flaw) => {
    expect(flawOfPassword(password, who)).toBe(flaw)
  })

  it.each([
    'kaede-minato-sora-512',
    'correct horse battery',
    '雨上がりの坂道で猫が二匹',
    'my password is a long story',
    'T9#kfLq2vXw8',
  ])('%s is taken', (password) => {
    expect(flawOfPassword(password, who)).toBeNull()
  })
})
