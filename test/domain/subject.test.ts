import { describe, expect, it } from 'vitest'
import { referencesIn } from '../../src/domain/reference.ts'
import { hasAnswerMark, isGenericKey, subjectKeyOf } from '../../src/domain/subject.ts'
import { ticketNumbersOf, ticketScopeOf } from '../../src/domain/ticket.ts'

describe('a subject', () => {
  it.each([
    'Re: 返品の件',
    'RE：RE：　返品の件',
    'Fwd: Re[2]: 返品の件',
    '返信: 返品の件',
    'Re: 返品の件 [受付番号 1F9A-2C71-7KQW-2M8X-P4TV]',
    '返品の件（受付番号：1f9a-2c71-7kqw-2m8x-p4tv）',
  ])('%j is about 返品の件', (subject) => {
    expect(subjectKeyOf(subject)).toBe('返品の件')
  })

  it.each([
    ['Re: x', true],
    ['転送：x', true],
    ['[#12] Re: x', true],
    ['SV: x', true],
    ['Retail price: x', false],
    ['返品', false],
    ['x Re: y', false],
  ])('%j says that it answers: %s', (subject, says) => {
    expect(hasAnswerMark(subject)).toBe(says)
  })

  it.each([
    ['お問い合わせ', true],
    ['【お問い合わせ】ホームページより', true],
    ['お問合せの件', true],
    ['質問があります', false],
    ['ご質問です', true],
    ['Question about your form', true],
    ['Hello', true],
    ['件名なし', true],
    ['修理のお問い合わせ', false],
    ['お問い合わせ（注文番号1234）', false],
    ['Contact lens order', false],
    ['返金', false],
  ])('%j fits any matter: %s', (subject, fits) => {
    expect(isGenericKey(subjectKeyOf(subject))).toBe(fits)
  })

  it('of any length and make is read in a moment', () => {
    for (const piece of ['re:', '[#1]', '【', '(id:', 'お問い合わせ', '1F9A-', '(受付番号 ', ' ']) {
      const long = piece.repeat(100_000)
      expect(subjectKeyOf(long).length).toBeLessThanOrEqual(200)
      expect(ticketNumbersOf(long).length).toBeLessThanOrEqual(5)
      expect(referencesIn(long).length).toBeLessThanOrEqual(5)
      expect(typeof isGenericKey(subjectKeyOf(long))).toBe('boolean')
    }
  })
})

describe('a ticket number', () => {
  it.each([
    ['[Ticket#12345] x', ['12345']],
    ['【案件No.123】x', ['123']],
    ['x (ID:ABC-1234)', ['abc-1234']],
    ['[#1] Ticket Received - [#2] y', ['1', '2']],
    ['［お問い合わせ番号：778］', ['778']],
    ['[OPS-77] z', ['ops-77']],
    ['Case 12 of 20', []],
    ['[2026-11-23] 議事録', []],
    ['[重要] x', []],
    ['(1) と (2)', []],
    ['[list-name] x', []],
  ])('in %j is %j', (subject, numbers) => {
    expect(ticketNumbersOf(subject)).toEqual(numbers)
  })

  it('is a company’s, and at a provider one person’s', () => {
    expect(ticketScopeOf('desk@partner.example')).toBe('partner.example')
    expect(ticketScopeOf('yamada@gmail.com')).toBe('yamada@gmail.com')
    expect(ticketScopeOf('yamada@ezweb.ne.jp')).toBe('yamada@ezweb.ne.jp')
  })
})
