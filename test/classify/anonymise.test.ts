import { describe, expect, it } from 'vitest'
import { anonymiserOf, type Known, namesSomebody } from '../../src/classify/anonymise.ts'

const nobody: Known = { names: [], staff: [], firms: [] }

describe('a Japanese case without names', () => {
  const hidden = (text: string, known: Partial<Known> = {}) =>
    anonymiserOf([text], { ...nobody, ...known })(text)

  it('hides the name of From however the text writes it, always by the same mark', () => {
    const known = { names: ['山田 太郎'] }
    const text = '山田太郎です。山田　太郎、太郎、山田様。山田家をばかにするな。'
    const said = hidden(text, known)
    expect(said).toBe(
      '〔氏名1〕です。〔氏名1〕、〔氏名1〕、〔氏名1〕様。〔氏名1〕家をばかにするな。',
    )
  })

  it('hides our staff as handlers, and names that only the text gives away', () => {
    const text = '担当の森下さんと佐藤課長を出せ。鈴木を呼べ。隣の長谷部さんも聞いていた。'
    const said = hidden(text, { staff: ['佐藤 花子'] })
    expect(said).toBe(
      '担当の〔担当者1〕さんと〔担当者2〕課長を出せ。〔氏名1〕を呼べ。隣の〔氏名2〕さんも聞いていた。',
    )
  })

  it('hides a name that one mail gives away in all mails of the case', () => {
    const mails = ['お世話になります。\n-- \n花村 さくら\nTEL 03-1234-5678', '花村は怒っています。']
    const anonymise = anonymiserOf(mails, nobody)
    expect(anonymise(mails[0] ?? '')).toContain('〔氏名1〕\nTEL 〔電話番号〕')
    expect(anonymise(mails[1] ?? '')).toBe('〔氏名1〕は怒っています。')
  })

  it('leaves words alone that are nobody’s name', () => {
    const text =
      '担当者の住所と電話を教えろ。お客様は神様です。皆様、店長さん、様子を見て林の中へ。仕様を教えてください。'
    expect(hidden(text, { names: ['林 さくら'] })).toBe(text)
    expect(hidden('林さんです', { names: ['林 さくら'] })).toBe('〔氏名1〕さんです')
  })

  it.each([
    ['電話は03-1234-5678へ', '電話は〔電話番号〕へ'],
    ['携帯０９０−１２３４−５６７８です', '携帯〔電話番号〕です'],
    ['電話 +81 90 1234 5678', '電話 〔電話番号〕'],
    ['taro.y@example.jpまで', '〔メールアドレス〕まで'],
    ['https://example.com/a?b=1 を見ろ', '〔URL〕 を見ろ'],
    ['〒100-0001 東京都千代田区千代田1-1', '〔郵便番号〕 〔住所〕'],
    ['横浜市中区本町2丁目3番地に来い', '〔住所〕に来い'],
    ['ヒカリ荘305号室', '〔住所〕'],
    ['注文番号：A-20331の件', '注文番号：〔番号〕の件'],
    ['お客様番号は12345です', 'お客様番号は〔番号〕です'],
    ['カード 4111 1111 1111 1111', 'カード 〔番号〕'],
    ['株式会社アオゾラの者です', '〔会社名1〕の者です'],
  ])('hides %s', (text, expected) => {
    expect(hidden(text)).toBe(expected)
  })

  it('keeps figures that matter: money, counts, days and times', () => {
    const text = '50000円を10日以内に。2026年11月27日 10:30 に30回電話した。'
    expect(hidden(text)).toBe(text)
  })
})

describe('an English case without names', () => {
  const hidden = (text: string, known: Partial<Known> = {}) =>
    anonymiserOf([text], { ...nobody, ...known })(text)

  it('hides names of From, of our staff and those that the text gives away', () => {
    const text =
      'Dear Support,\nI spoke to Anna. Mr. Brown laughed at me.\nSMITH will not wait.\nRegards,\nJohn Smith'
    const said = hidden(text, { names: ['John Smith'], staff: ['Anna Mori'] })
    expect(said).toBe(
      'Dear Support,\nI spoke to 〔handler 1〕. Mr. 〔name 1〕 laughed at me.\n〔name 2〕 will not wait.\nRegards,\n〔name 2〕',
    )
  })

  it('hides names with signs in them that mean something to a pattern', () => {
    const names = ['Anna Smith-Jones', 'J. (Bob) O’Hara']
    expect(hidden('Anna Smith-Jones and J. (Bob) O’Hara wrote.', { names })).not.toMatch(
      /Smith|Jones|Bob|Hara/,
    )
  })

  it('does not take a word for the name that it also is', () => {
    expect(hidden('I will mark it, Will.', { names: ['Will Stone'] })).toBe(
      'I will mark it, 〔name 1〕.',
    )
  })

  it.each([
    ['Call +44 20 7946 0958 now', 'Call 〔telephone number〕 now'],
    ['order #88213 is late', 'order #〔number〕 is late'],
    ['I live at 12 Baker Street now', 'I live at 〔address〕 now'],
    ['Acme Widgets Ltd sold it', '〔company 1〕 sold it'],
    ['Write to j.smith@mail.example.org', 'Write to 〔e-mail address〕'],
    ['Pay 50000 yen within 10 days', 'Pay 50000 yen within 10 days'],
  ])('hides in %s what tells who it is', (text, expected) => {
    expect(hidden(text)).toBe(expected)
  })
})

describe('what people wrote about a case', () => {
  it('names somebody, or does not', () => {
    const anonymise = anonymiserOf(['佐藤さんの件'], nobody)
    expect(namesSomebody(anonymise('佐藤を名指ししている'))).toBe(true)
    expect(namesSomebody(anonymise('人格を否定する言葉が続く'))).toBe(false)
  })

  it('takes no longer than a moment for a long text of one sign', () => {
    const start = performance.now()
    for (const sign of ['山', '1', 'A', '-', ' ', 'ア', '1-', '山1', '\n']) {
      const text = sign.repeat(20_000 / sign.length)
      anonymiserOf([text], nobody)(text)
    }
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
