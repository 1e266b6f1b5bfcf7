import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/classify/assess.ts'
import { figure } from '../../src/classify/counted.ts'
import { gist } from '../../src/classify/gist.ts'
import type { Evidence, Exchange, ExchangeMessage } from '../../src/domain/assessment.ts'
import { categories } from '../../src/domain/category.ts'
import { rules } from '../support/rules.ts'

function mail(body: string, over: Partial<ExchangeMessage> = {}): ExchangeMessage {
  return {
    dir: 'in',
    from: 'customer@example.com',
    fromName: '',
    to: ['info@example.jp'],
    date: '2026-11-02T10:00:00+09:00',
    subject: '',
    body,
    ...over,
  }
}

function threadOf(...messages: ExchangeMessage[]): Exchange {
  return { id: 'thread', messages }
}

function codesIn(exchange: Exchange): string[] {
  return assess(exchange, rules).categories.map(({ code }) => code)
}

function evidenceIn(exchange: Exchange): Evidence[] {
  const { categories, flags, against } = assess(exchange, rules)
  return [...categories, ...flags].flatMap(({ evidence }) => evidence).concat(against)
}

describe('an assessment', () => {
  it('explains a threat by the words as the customer wrote them', () => {
    const exchange = threadOf(mail('返金しろ。\nしないなら明日お前をコロしに行くからな。'))
    const [threat] = assess(exchange, rules).categories.filter(({ code }) => code === 'threat')
    expect(threat?.severity).toBe(3)
    expect(threat?.evidence.map(({ text }) => text).join()).toContain('コロし')
  })

  it('finds the same threat in half-width kana, with spaces and in Latin letters', () => {
    for (const body of ['ｵﾏｴｦｺﾛｽｿﾞ', 'お前を殺 し に 行く', 'omae wo korosu zo ashita'])
      expect(codesIn(threadOf(mail(body))), body).toContain('threat')
  })

  it('tells night from day by the writer’s clock, and of an instant in UTC by the clock of Japan', () => {
    const at = (date: string) => assess(threadOf(mail('お前は無能だ。金返せ。', { date })), rules)
    const [day, night] = [at('2026-11-02T07:16:00+09:00'), at('2026-11-02T23:16:00+09:00')]
    expect(night.severity).toBeGreaterThan(day.severity)
    expect(at('2026-11-01T22:16:00Z').severity).toBe(day.severity)
    expect(at('2026-11-02T14:16:00.000Z').severity).toBe(night.severity)
    expect(at('2026-11-02T14:16:00+00:00').severity).toBe(day.severity)
  })

  it('reads no words into our reference codes, whose signs are chance', () => {
    const codes = [
      '5465-970D-0M04-83JE-ADRJ',
      'FB8D-BEB4-MC5A-SEXD-ETX5',
      '0b5e-d66a-mfd5-shag-3zk2',
    ]
    for (const code of codes) {
      const subject = `ご案内（受付番号 ${code}）`
      const { categories, flags } = assess(
        threadOf(mail(`番号は ${code} です。`, { subject })),
        rules,
      )
      expect(
        [...categories, ...flags].map((one) => one.code),
        code,
      ).toEqual([])
    }
    const threat = '番号は 5465-970D-0M04-83JE-ADRJ。お前を殺すぞ。'
    const [found] = assess(threadOf(mail(threat)), rules).categories
    expect(found?.evidence.map(({ text }) => text).join()).toContain('殺す')
    expect(codesIn(threadOf(mail('DEAD-DEAD-KILL-YOUR-WIFE, I will kill you.')))).toContain(
      'threat',
    )
  })

  it('never counts our own mails, quoted history or a signature', () => {
    const abuse = 'お前を殺すぞ。この無能が。'
    expect(codesIn(threadOf(mail(abuse, { dir: 'out' }), mail('わかりました。')))).toEqual([])
    expect(codesIn(threadOf(mail(`ご確認ください。\n> ${abuse}`)))).toEqual([])
    expect(codesIn(threadOf(mail(`お願いします。\n-- \n${abuse}`)))).toEqual([])
  })

  it('takes a report of what somebody else said for what it is', () => {
    expect(codesIn(threadOf(mail('隣の人に「お前を殺すぞ」と怒鳴られました。')))).toEqual([])
  })

  it('leaves a chaser alone that nobody has answered', () => {
    const chasers = [2, 5, 9, 12].map((day) =>
      mail('注文の返金の件、まだお返事がありません。ご連絡ください。', {
        date: `2026-11-${String(day).padStart(2, '0')}T10:00:00+09:00`,
      }),
    )
    expect(codesIn(threadOf(...chasers))).toEqual([])
  })

  it('sees a demand repeated to other departments after a final answer', () => {
    const ask = (box: string, day: string) =>
      mail('手数料220円の返金をお願いいたします。', {
        to: [`${box}@example.jp`],
        date: `2026-11-${day}T10:00:00+09:00`,
      })
    const answer = mail('返金はいたしかねます。これが最終のご回答です。', {
      dir: 'out',
      date: '2026-11-03T10:00:00+09:00',
    })
    const { categories } = assess(
      threadOf(ask('info', '02'), answer, ask('sales', '04'), ask('ir', '05')),
      rules,
    )
    const repeat = categories.find(({ code }) => code === 'repeat_contact')
    expect(repeat?.evidence.some(({ kind }) => kind === 'fact')).toBe(true)
  })

  it('flags a person in danger and calls it no harassment', () => {
    const { categories, flags } = assess(threadOf(mail('もう死にたいです。払えません。')), rules)
    expect(categories).toEqual([])
    expect(flags.map(({ code }) => code)).toContain('self_harm')
  })

  it('gives an empty result with a flag for empty, enormous and binary bodies', () => {
    for (const body of [
      '',
      '\u0000\ud800\uffff'.repeat(2000),
      'あ'.repeat(300_000),
      '「'.repeat(300_000),
    ]) {
      const { categories, flags } = assess(threadOf(mail(body)), rules)
      expect(categories).toEqual([])
      expect(flags.map(({ code }) => code)).toEqual(['illegible'])
    }
    expect(assess(threadOf(mail('営業時間を教えてください。')), rules).flags).toEqual([])
  })

  it('reads the end of a mail that is too long to read whole', () => {
    expect(codesIn(threadOf(mail(`${'あ。'.repeat(100_000)}\nお前を殺すぞ。`)))).toContain('threat')
  })

  it('points every span into the text it names, whatever the text', () => {
    const words = fc.constantFrom(
      'お前',
      'を',
      '殺すぞ',
      'ﾊﾞｶ',
      '。',
      '\n',
      'ア ホ',
      '> ',
      '「',
      '」',
      'korosu zo omae',
      '\u200b',
      '無能',
      '担当者',
    )
    const bodies = fc.array(words, { maxLength: 30 }).map((all) => all.join(''))
    fc.assert(
      fc.property(bodies, bodies, (subject, body) => {
        const exchange = threadOf(mail(body, { subject }))
        for (const one of evidenceIn(exchange)) {
          if (one.kind === 'fact') continue
          const field = exchange.messages[one.message]?.[one.field]
          expect(one.text).toBe(field?.slice(one.start, one.end))
          expect(one.text).not.toBe('')
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('the summary', () => {
  it('says what is asked and what was seen, without a word of the customer', () => {
    const exchange = threadOf(mail('全額返金しろ。お前を殺すぞ。'))
    expect(gist(exchange, assess(exchange, rules))).toEqual([
      { kind: 'nth_mail', n: 1, days: 0 },
      { kind: 'demand', what: 'refund' },
      { kind: 'conduct', category: 'threat', count: 1 },
    ])
  })

  it('counts a rule against it that came after the fit from the day it comes', () => {
    const threat = threadOf(mail('明日そちらへ行って、お前を殴ってやるからな。覚悟しておけ。'))
    expect(codesIn(threat)).toContain('threat')
    const harmless = rules.rules.find(({ speaks }) => speaks.kind === 'against')
    const blow = rules.rules.find(({ id }) =>
      assess(threat, rules).categories[0]?.evidence.some(({ rule }) => rule === id),
    )
    if (!harmless || !blow) throw new Error('the rules have changed')
    const later = { ...blow, ...pick(harmless), id: 'harmless.later', weight: 0.999 }
    const withLater = { ...rules, rules: [...rules.rules, later] }
    expect(assess(threat, withLater).categories.map(({ code }) => code)).not.toContain('threat')
    const known = new Set([...rules.card.rules, later.id])
    const fitted = { ...withLater, card: { ...rules.card, rules: known } }
    expect(assess(threat, fitted).categories).toEqual(assess(threat, rules).categories)
  })

  it('shows something for every category that it lists, also where many weak signs carried it', () => {
    const threat = threadOf(mail('明日お前の家に行くからな。夜道に気をつけろ。'))
    const weak = new Map(
      [...rules.card.weights].map(([question, { of }]) => {
        const all = [...of].map(([name]): [string, number] => [name, 0.01])
        return [question, { base: 3, of: new Map(all) }] as const
      }),
    )
    const { categories } = assess(threat, { ...rules, card: { ...rules.card, weights: weak } })
    expect(categories.length).toBeGreaterThan(3)
    expect(categories.filter(({ evidence }) => evidence.length === 0)).toEqual([])
  })

  it('words a figure for one and for many', () => {
    const words = (value: number) => figure(value, '# refusal(s) by us', '当方のお断り#回').words
    expect(words(1)).toEqual({ en: '1 refusal by us', ja: '当方のお断り1回' })
    expect(words(3)).toEqual({ en: '3 refusals by us', ja: '当方のお断り3回' })
  })
})

/** What makes a rule speak against something. */
function pick({ speaks }: (typeof rules.rules)[number]) {
  if (speaks.kind !== 'against') throw new Error('speaks for something')
  return { speaks: { ...speaks, lowers: [...categories] }, decisive: false }
}
