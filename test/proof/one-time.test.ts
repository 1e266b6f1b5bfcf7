import { describe, expect, it } from 'vitest'
import { addressOf, newRecoveryCodes, recoveryCodeIn, stepOf } from '../../src/proof/one-time.ts'

/** The secret of RFC 6238, appendix B: `12345678901234567890` in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a one-time code', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_111_111_111, '050471', 37_037_037],
    [1_234_567_890, '005924', 41_152_263],
    [2_000_000_000, '279037', 66_666_666],
  ])('is as RFC 6238 says at second %i', (seconds, code, step) => {
    expect(stepOf(code, secret, seconds * 1000)).toBe(step)
  })

  it('is taken one step early or late, and no more', () => {
    const at = 1_111_111_111_000
    expect(stepOf('050471', secret, at + 30_000)).toBe(37_037_037)
    expect(stepOf('050471', secret, at - 30_000)).toBe(37_037_037)
    expect(stepOf('050471', secret, at + 60_000)).toBeNull()
  })

  it('may be typed with blanks and wide digits; nothing else is a code', () => {
    expect(stepOf(' ２８７ 082 ', secret, 59_000)).toBe(1)
    for (const typed of ['', '28708', '2870821', '28708a', "287082'", '-87082']) {
      expect(stepOf(typed, secret, 59_000), typed).toBeNull()
    }
  })

  it('goes to the app with its issuer and its account', () => {
    const address = new URL(addressOf(secret, 'Mamori', 'sato@mamori.example'))
    expect(decodeURIComponent(address.pathname)).toBe('/Mamori:sato@mamori.example')
    expect(address.searchParams.get('secret')).toBe(secret)
    expect(address.searchParams.get('issuer')).toBe('Mamori')
  })
})

describe('recovery codes', () => {
  it('are ten, all different, and read back however they are typed', () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) {
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}$/)
      expect(recoveryCodeIn(code)).toBe(code)
      expect(recoveryCodeIn(` ${code.replaceAll('-', ' ').toUpperCase()} `)).toBe(code)
      expect(recoveryCodeIn(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code)
    }
    expect(recoveryCodeIn('287082')).toBeNull()
  })
})
