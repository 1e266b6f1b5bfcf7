import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ShieldedSpan, segmentsOf, subjectShielded } from '../../src/classify/shield.ts'

function spanIn(body: string, words: string, over: Partial<ShieldedSpan> = {}): ShieldedSpan {
  const start = body.indexOf(words)
  return {
    kind: 'span',
    rule: 'a.rule',
    why: { ja: '理由', en: 'why' },
    message: 0,
    field: 'body',
    start,
    end: start + words.length,
    text: words,
    category: 'verbal_abuse',
    severity: 1,
    ...over,
  }
}

describe('what a reader is shown', () => {
  it('shields the whole sentence around a span and shows the rest', () => {
    const body = '返金してください。この間抜けが。急いでいます。'
    const segments = segmentsOf(body, [spanIn(body, '間抜け')])
    expect(segments.map(({ kind, start, end }) => [kind, body.slice(start, end)])).toEqual([
      ['plain', '返金してください。'],
      ['shielded', 'この間抜けが。'],
      ['plain', '急いでいます。'],
    ])
  })

  it('merges neighbours and keeps the gravest severity and all categories', () => {
    const body = 'この間抜け。家に行く。'
    const spans = [
      spanIn(body, '間抜け'),
      spanIn(body, '家に行く', { category: 'threat', severity: 3 }),
    ]
    expect(segmentsOf(body, spans)).toEqual([
      {
        kind: 'shielded',
        start: 0,
        end: body.length,
        sentences: 2,
        categories: ['verbal_abuse', 'threat'],
        severity: 3,
      },
    ])
  })

  it('says when the subject needs a shield', () => {
    const body = 'x'
    expect(subjectShielded([spanIn(body, 'x', { field: 'subject' })])).toBe(true)
    expect(subjectShielded([spanIn(body, 'x')])).toBe(false)
  })

  it('tiles any body, whatever the spans', () => {
    const bodies = fc
      .array(fc.constantFrom('あ', '。', '\n', '> q\n', '!', '」', 'x'))
      .map((all) => all.join(''))
    const places = fc.array(fc.tuple(fc.nat(60), fc.nat(60)))
    fc.assert(
      fc.property(bodies, places, (body, pairs) => {
        const spans = pairs.map(([start, size]) => spanIn(body, '', { start, end: start + size }))
        const segments = segmentsOf(body, spans)
        expect(segments.map(({ start, end }) => body.slice(start, end)).join('')).toBe(body)
      }),
    )
  })
})
