import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Clause, parseQuery, type Vocabulary } from '../../src/domain/query.ts'

const vocabulary: Vocabulary = {
  categories: [
    { value: 'threat', names: ['脅迫', 'Threat', 'threat'] },
    { value: 'sexual_harassment', names: ['セクハラ・つきまとい', 'sexual_harassment'] },
    {
      value: 'trespass_other',
      names: ['不法侵入・その他', 'Trespass and other', 'trespass_other'],
    },
  ],
  states: [
    { value: 'new', names: ['新着', 'New', 'new'] },
    {
      value: 'second_review',
      names: ['二人目の確認待ち', 'Awaits second review', 'second_review'],
    },
  ],
  severities: [
    { value: 1, names: ['境界・初回', 'Borderline or first', '1'] },
    { value: 3, names: ['犯罪・緊急', 'Criminal or urgent', '3'] },
  ],
  mailboxes: [{ value: 'm1', names: ['support', 'お客様相談窓口', 'support@x.example', 'm1'] }],
}

const clauses = (typed: string): readonly Clause[] => {
  const read = parseQuery(typed, vocabulary)
  if (read.kind === 'wrong') throw new Error(JSON.stringify(read.fault))
  return read.value
}
const one = (typed: string) => {
  const [first, ...others] = clauses(typed)
  expect(others).toEqual([])
  return first
}
const words = (text: string, more = {}) => ({
  kind: 'words',
  place: 'anywhere',
  text,
  exact: false,
  ...more,
})

describe('a query', () => {
  it('is words, phrases in any quotation marks, and what must not be there', () => {
    expect(
      clauses('返金　領収書 -定期便 －解約').map(({ not, condition }) => [not, condition]),
    ).toEqual([
      [false, words('返金')],
      [false, words('領収書')],
      [true, words('定期便')],
      [true, words('解約')],
    ])
    for (const typed of [
      '"ご返金 ください"',
      '「ご返金 ください」',
      '“ご返金 ください”',
      '『ご返金 ください』',
    ]) {
      expect(one(typed)?.condition).toEqual(words('ご返金 ください', { exact: true }))
    }
    expect(one('-「定期便 解約」')).toEqual({
      not: true,
      condition: words('定期便 解約', { exact: true }),
    })
    expect(clauses('  ')).toEqual([])
    expect(one('定期-便')?.condition).toEqual(words('定期-便'))
  })

  it.each([
    ['from:tanaka', words('tanaka', { place: 'from' })],
    ['差出人：田中', words('田中', { place: 'from' })],
    ['ＦＲＯＭ：tanaka', words('tanaka', { place: 'from' })],
    ['宛先:support', words('support', { place: 'to' })],
    ['件名:「修理 代」', words('修理 代', { place: 'subject', exact: true })],
    ['category:threat', { kind: 'category', category: 'threat' }],
    ['分類:脅迫', { kind: 'category', category: 'threat' }],
    ['分類:セクハラ', { kind: 'category', category: 'sexual_harassment' }],
    ['category:"trespass and other"', { kind: 'category', category: 'trespass_other' }],
    ['状態:新着', { kind: 'state', state: 'new' }],
    ['state:"awaits second review"', { kind: 'state', state: 'second_review' }],
    ['state:second_review', { kind: 'state', state: 'second_review' }],
    ['severity:3', { kind: 'severity', from: 3, to: 3 }],
    ['程度:２以上', { kind: 'severity', from: 2, to: 3 }],
    ['severity:>=1', { kind: 'severity', from: 1, to: 3 }],
    ['程度:境界', { kind: 'severity', from: 1, to: 1 }],
    ['has:attachment', { kind: 'attachment' }],
    ['添付:あり', { kind: 'attachment' }],
    ['mailbox:support', { kind: 'mailbox', mailboxId: 'm1' }],
    ['受信箱：お客様相談窓口', { kind: 'mailbox', mailboxId: 'm1' }],
  ])('knows %s', (typed, condition) => {
    expect(one(typed)).toEqual({ not: false, condition })
    expect(one(`-${typed}`)).toEqual({ not: true, condition })
  })

  it.each([
    ['before:2026-11-25', null, '2026-11-24T15:00:00.000Z'],
    ['before:2026/11/25', null, '2026-11-24T15:00:00.000Z'],
    ['以前:2026-11-25', null, '2026-11-25T15:00:00.000Z'],
    ['until:2026-11', null, '2026-11-30T15:00:00.000Z'],
    ['before:2026-11', null, '2026-10-31T15:00:00.000Z'],
    ['after:2026-11', '2026-10-31T15:00:00.000Z', null],
    ['以後：２０２６年１１月２５日', '2026-11-24T15:00:00.000Z', null],
    ['以降:2026', '2025-12-31T15:00:00.000Z', null],
    ['on:2024-02', '2024-01-31T15:00:00.000Z', '2024-02-29T15:00:00.000Z'],
    ['日付:2024/2/29', '2024-02-28T15:00:00.000Z', '2024-02-29T15:00:00.000Z'],
  ])('takes %s in Japanese time', (typed, from, to) => {
    expect(one(typed)?.condition).toEqual({ kind: 'sent', from, to })
  })

  it.each([
    ['返金 form:tanaka', { kind: 'unknown_field', value: 'form' }],
    ['注文番号:123', { kind: 'unknown_field', value: '注文番号' }],
    ['from: tanaka', { kind: 'empty_field', value: 'from' }],
    ['"ご返金', { kind: 'open_quote', value: '"ご返金' }],
    ['before:2026-02-30', { kind: 'bad_date', value: '2026-02-30' }],
    ['before:11/25', { kind: 'bad_date', value: '11/25' }],
    ['after:昨日', { kind: 'bad_date', value: '昨日' }],
    ['after:2026-13', { kind: 'bad_date', value: '2026-13' }],
    ['返金 !!!', { kind: 'no_letters', value: '!!!' }],
    ['""', { kind: 'no_letters', value: '' }],
    ['has:wings', { kind: 'unknown_has', value: 'wings' }],
    ['severity:9', { kind: 'unknown_severity', value: '9' }],
    [
      'category:t',
      {
        kind: 'unknown_category',
        value: 't',
        known: ['脅迫', 'セクハラ・つきまとい', '不法侵入・その他'],
      },
    ],
    ['state:open', { kind: 'unknown_state', value: 'open' }],
    ['受信箱:無い', { kind: 'unknown_mailbox', value: '無い', known: ['support'] }],
    ['あ'.repeat(501), { kind: 'too_long', max: 500 }],
    ['あ '.repeat(25), { kind: 'too_many', max: 24 }],
  ])('says what is wrong with %s', (typed, fault) => {
    expect(parseQuery(typed, vocabulary)).toMatchObject({ kind: 'wrong', fault })
  })

  it('finds a sense or a mistake in whatever is typed, and leaves no word out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const read = parseQuery(typed, vocabulary)
        if (read.kind === 'read') expect(read.value.length > 0).toBe(typed.trim() !== '')
      }),
    )
  })
})
