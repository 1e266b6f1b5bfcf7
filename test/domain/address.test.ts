import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAddress } from '../../src/domain/address.ts'

const one = (a: string, b: string) => canonicalAddress(a) === canonicalAddress(b)

describe('a sender’s address', () => {
  it.each([
    ['Taro@Example.JP', 'taro@example.jp'],
    ['taro@example.jp.', 'taro@example.jp'],
    ['"taro"@example.jp', 'taro@example.jp'],
    ['taro@例え.jp', 'taro@xn--r8jz45g.jp'],
    ['t.a.r.o+shop@googlemail.com', 'taro@gmail.com'],
    ['taro+x@outlook.com', 'taro@outlook.com'],
  ])('%s is the same mailbox as %s', (a, b) => {
    expect(one(a, b)).toBe(true)
  })

  it.each([
    ['taro+x@example.jp', 'taro@example.jp'],
    ['t.aro@example.jp', 'taro@example.jp'],
    ['taro@sub.example.jp', 'taro@example.jp'],
    ['taro@icloud.com', 'taro@me.com'],
    ['taro-x@yahoo.co.jp', 'taro@yahoo.co.jp'],
    ['ｔaro@example.jp', 'taro@example.jp'],
    ['taro@exаmple.com', 'taro@example.com'],
    ['"ta ro"@example.jp', 'taro@example.jp'],
    ['taro@gmail.com.evil.jp', 'taro@gmail.com'],
    ['+x@gmail.com', '+y@gmail.com'],
    ['taro', 'taro@gmail.com'],
    ['."taro"@gmail.com', 'taro@gmail.com'],
  ])('%s is another one than %s', (a, b) => {
    expect(one(a, b)).toBe(false)
  })

  it('keeps its form, and meets another one only by a rule of its provider', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ab.+-"ａ'), minLength: 1, maxLength: 6 })
    const domain = fc.constantFrom('gmail.com', 'outlook.com', 'x.jp', 'X.jp', 'y.jp', '例え.jp')
    const address = fc.tuple(name, domain).map((parts) => parts.join('@'))
    fc.assert(
      fc.property(address, address, (a, b) => {
        expect(canonicalAddress(canonicalAddress(a))).toBe(canonicalAddress(a))
        if (!one(a, b) || /gmail|outlook/.test(a)) return
        const plain = (text: string) => text.toLowerCase().replace(/^"([^"]+)"@/, '$1@')
        expect(plain(a)).toBe(plain(b))
      }),
      { numRuns: 2_000 },
    )
  })

  const aliases = '../shared/vectors/sender_alias.json'
  describe.skipIf(!existsSync(aliases))('in the cases kept beside the project', () => {
    type Case = { id: string; a: string; b: string; same: boolean | 'suggest' }
    const { cases } = existsSync(aliases)
      ? (JSON.parse(readFileSync(aliases, 'utf8')) as { cases: Case[] })
      : { cases: [] }
    it.each(cases)('$id: $a and $b', ({ a, b, same }) => {
      expect(one(a, b)).toBe(same === true)
    })
  })
})
