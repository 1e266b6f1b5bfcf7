import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partsOf } from '../../src/classify/words.ts'
import { sharedJson } from '../support/rules.ts'

type Case = {
  id: string
  body: string
  visibleMustContain: string[]
  visibleMustNotContain: string[]
}

const vectors = sharedJson('reply_headers_ja.json') as { cases: Case[] } | null

function wordsOf(body: string, kind = 'own'): string {
  return partsOf(body)
    .filter((part) => part.kind === kind)
    .map(({ start, end }) => body.slice(start, end))
    .join('')
}

describe('whose words a body holds', () => {
  it.skipIf(vectors === null)('sets quoted history aside in every known style', () => {
    for (const { id, body, visibleMustContain, visibleMustNotContain } of vectors?.cases ?? []) {
      const own = wordsOf(body)
      for (const words of visibleMustContain) expect(own, id).toContain(words)
      for (const words of visibleMustNotContain) expect(own, id).not.toContain(words)
    }
  })

  it('keeps answers written between quoted lines', () => {
    const body = '> 返金はできません\n納得できません。\n> 規約です\n規約を送ってください。\n'
    expect(wordsOf(body)).toBe('納得できません。\n規約を送ってください。\n')
  })

  it('tells a forwarded mail and what follows its end mark apart', () => {
    const body =
      '届いた迷惑メールです。\n-----Original Message-----\npay or die\n-----End-----\n開いていません。'
    expect(wordsOf(body)).toBe('届いた迷惑メールです。\n開いていません。')
  })

  it('takes a card after two dashes for a signature', () => {
    const body = 'よろしくお願いします。\n-- \n山田商店\nTEL 03-0000-0000\n'
    expect(wordsOf(body, 'signature')).toBe('-- \n山田商店\nTEL 03-0000-0000\n')
  })

  it('does not take a dated sentence for a reply header', () => {
    const body = '2026年11月20日に注文しました。\n届きません。'
    expect(wordsOf(body)).toBe(body)
  })

  it('tiles any body without gap or overlap', () => {
    const line = fc.constantFrom(
      '> a',
      '',
      '-- ',
      '差出人: x',
      '件名: y',
      'On 2026/1/1, b wrote:',
      'ことば。',
      '_'.repeat(20),
    )
    const bodies = fc.oneof(
      fc.string(),
      fc.array(line).map((lines) => lines.join('\n')),
    )
    fc.assert(
      fc.property(bodies, (body) => {
        const parts = partsOf(body)
        expect(parts.map(({ start, end }) => body.slice(start, end)).join('')).toBe(body)
      }),
    )
  })
})
