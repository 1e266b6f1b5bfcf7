import { describe, expect, it } from 'vitest'
import { referencesIn } from '../../src/domain/reference.ts'
import { newMessageId, ownMessageIdsIn } from '../../src/mail/message-id.ts'
import { isReferenceOf, referenceOf } from '../../src/mail/reference.ts'

const threadId = '01a21400-e16b-7300-9dcd-5d9e0cb83c77'
const secret = 's'.repeat(32)

describe('a reference code', () => {
  const code = referenceOf(threadId, secret)

  it('is five groups of four, without signs that are taken for others', () => {
    expect(code).toMatch(/^0CB8-3C77(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
  })

  it.each([
    ['as it is', code],
    ['in a sentence', `受付番号は${code}です。`],
    ['in small letters', code.toLowerCase()],
    ['with letters for digits', code.replaceAll('0', 'o').replaceAll('1', 'l')],
    ['with long dashes', code.replaceAll('-', '－')],
    ['quoted', `> > Reference: ${code}\n`],
  ])('is found %s', (_, text) => {
    const [found = ''] = referencesIn(text)
    expect(isReferenceOf(found, threadId, secret)).toBe(true)
  })

  it('is nobody’s who changed one sign of it, has another thread or another secret', () => {
    for (let at = 0; at < code.length; at += 1) {
      if (code[at] === '-') continue
      const forged = `${code.slice(0, at)}${code[at] === '7' ? '8' : '7'}${code.slice(at + 1)}`
      expect(isReferenceOf(forged, threadId, secret), forged).toBe(false)
    }
    expect(isReferenceOf(code, threadId, 'x'.repeat(32))).toBe(false)
    expect(isReferenceOf(code, threadId.replace('01a', '01b'), secret)).toBe(false)
    expect(isReferenceOf('', threadId, secret)).toBe(false)
  })

  it('is not looked for in ids, card numbers with more groups, or beyond a bound', () => {
    expect(referencesIn(threadId)).toEqual([])
    expect(referencesIn(`${code}-1234`)).toEqual([])
    expect(referencesIn(`${'x '.repeat(20_000)}${code}`)).toEqual([])
  })
})

describe('a Message-ID of ours in a text', () => {
  const unique = '01a21401-724c-72a5-bac6-c8ff333ec79f'
  const id = newMessageId({ threadId, domain: 'mamori.example', unique, secret })

  it('is found with or without its brackets, and not as a part of another word', () => {
    expect(ownMessageIdsIn(`Message-ID: ${id}`)).toEqual([id])
    expect(ownMessageIdsIn(`&lt;${id.slice(1, -1)}&gt;`)).toEqual([id])
    expect(ownMessageIdsIn(`x${id.slice(1)}`)).toEqual([])
  })
})
