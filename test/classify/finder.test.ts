import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PartSource, patternOfPart } from '../../src/classify/compile.ts'
import { finderOf } from '../../src/classify/finder.ts'

type Match = readonly [name: string, start: number, end: number]

const sources = new Map<string, PartSource>(
  Object.entries({
    person: {
      any: [
        '[一-鿿々]{1,4}(?:さん|様)',
        '[ぁ-ん]{2,4}ちゃん',
        'おまえ|お前',
        '\\b(?:staff|clerks?)\\b',
      ],
      but: ['お客様'],
    },
    hit: { any: ['{person}(?:を|に)?[^。\\n]{0,6}{will: 殺す 殴る}', 'なぐ[るっ]'], but: [] },
    sum: {
      any: ['\\d{1,4}(?:万|千)?円', '[二三四]十?万', '\\b[1-9][0-9]? ?(?:k|grand)\\b'],
      but: ['0円'],
    },
    either: { any: ['(?:ab|a)c?', 'a?b+', '[a-f]{2}x', 'Q(?:u|)x'], but: ['abd'] },
    open: { any: ['[^あ]い', '.う'], but: [] },
  }),
)
const parts = [...sources.keys()].map((name) => ({ name, says: null }))

function found(text: string): Match[] {
  const matches: Match[] = []
  finderOf(parts, sources).find(text, (...match) => matches.push(match))
  return matches.toSorted(inOrder)
}

/** What the whole patterns match, tried everywhere. */
function plainly(text: string): Match[] {
  return parts
    .flatMap(({ name }) => {
      const pattern = patternOfPart(sources.get(name) ?? { any: [], but: [] }, sources)
      return [...text.matchAll(pattern)]
        .filter(([whole, passed]) => whole !== '' && passed === undefined)
        .map((match): Match => [name, match.index, match.index + match[0].length])
    })
    .toSorted(inOrder)
}

function inOrder([a, from]: Match, [b, other]: Match): number {
  return a === b ? from - other : a < b ? -1 : 1
}

describe('the finder', () => {
  it('finds what the patterns match, tried everywhere', () => {
    const pieces = fc.constantFrom(
      ...[
        '田中さん',
        '佐々木様',
        'お客様',
        'おまえを',
        'オマエヲ',
        '殺してやる',
        '殴るぞ',
        'みよちゃん',
      ],
      ...['30万円', '0円', '二十万', '9 grand', 'ab', 'abd', 'abc', 'bb', 'fex', 'qux', 'qx'],
      ...['staff', 'clerks', 'い', 'う', 'あい', '一ヶ月', '。', '\n', ' ', 'を', '様'],
    )
    const texts = fc.array(pieces, { maxLength: 12 }).map((words) => words.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        expect(found(text)).toEqual(plainly(text))
      }),
      { numRuns: 500 },
    )
    expect(plainly('田中さんを殺してやる').length).toBeGreaterThan(1)
  })
})
