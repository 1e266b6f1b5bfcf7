import { describe, expect, it } from 'vitest'
import { eitherKana, flawOfPattern } from '../../src/classify/pattern.ts'
import { sharedJson } from '../support/rules.ts'

const vectors = sharedJson('redos.json') as {
  cases: { id: string; pattern: string; subject: string }[]
} | null

describe('a pattern', () => {
  it.each([
    '(a+)+$',
    '(a|a)*b',
    '(.*a){20}',
    '(?=a)b',
    '(?<=a)b',
    '(a)\\1',
    'a{1000}',
    '(?:ab){5}',
    '.{0,20}.{0,20}',
    '(?i)a',
    '(unclosed',
  ])('%s may not be used', (pattern) => {
    expect(flawOfPattern(pattern)).not.toBeNull()
  })

  it.each(['返金(?:しろ|せよ)', '\\d{1,4}回目', '家[^。]{0,14}行く', 'a+b'.replace('+', '\\+')])(
    '%s may be used',
    (pattern) => {
      expect(flawOfPattern(pattern)).toBeNull()
    },
  )

  it.skipIf(vectors === null)('is refused, or finishes on the input meant to stall it', () => {
    for (const { id, pattern, subject } of vectors?.cases ?? []) {
      const refused = flawOfPattern(pattern) !== null
      expect(refused || typeof new RegExp(pattern, 'u').test(subject) === 'boolean', id).toBe(true)
      if (refused) continue
      expect(id, 'only patterns without nested repeats are let through').not.toMatch(
        /re-([1-9]|1[0-3])$/,
      )
    }
  })

  it('reads hiragana as either script and katakana as itself', () => {
    expect('バカばか').toMatch(new RegExp(`^${eitherKana('ばかばか')}$`))
    expect('ばか').not.toMatch(new RegExp(eitherKana('バカ')))
    expect('キ').toMatch(new RegExp(`^${eitherKana('[あ-ん]')}$`))
  })
})
