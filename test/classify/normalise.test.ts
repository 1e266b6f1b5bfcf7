import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise, originalSpan } from '../../src/classify/normalise.ts'

describe('normalised text', () => {
  it.each([
    ['ﾊﾞｶﾔﾛｳ', 'バカヤロウ'],
    ['ＡＢＣ', 'abc'],
    ['ア　ホ　か', 'アホか'],
    ['し.ね', 'しね'],
    ['く\u200bず', 'くず'],
    ['くっそーーーー', 'くっそー'],
    ['皆＊し', '皆〇し'],
    ['korosu zo omae wo', 'ころすぞおまえを'],
    ['k0 r0 su zo majide', 'ころすぞまじで'],
    ['i d i o t', 'idiot'],
  ])('reads %s as %s', (written, read) => {
    expect(normalise(written).text).toBe(read)
  })

  it.each([
    '・プラン: A\n・環境: B',
    'you are an idiot.',
    'please send the invoice again',
    '★★★',
    '10・20・30',
  ])('leaves %s as it is', (written) => {
    expect(normalise(written).text).toBe(written.toLowerCase())
  })

  it('points every stretch back into the original', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('ﾊﾞ', 'し.ね', '㌔', '\u200b', '〇', 'ー', 'korosu zo omae', '\n'),
      ),
    )
    fc.assert(
      fc.property(pieces, fc.nat(), fc.nat(), (written, a, b) => {
        const original = written.join('')
        const read = normalise(original)
        expect(read.starts).toHaveLength(read.text.length)
        if (read.text.length === 0) return
        const start = Math.min(a, b) % read.text.length
        const end = start + 1 + (Math.max(a, b) % (read.text.length - start))
        const span = originalSpan(read, start, end)
        expect(span.start).toBeGreaterThanOrEqual(0)
        expect(span.end).toBeGreaterThan(span.start)
        expect(span.end).toBeLessThanOrEqual(original.length)
      }),
    )
  })
})
