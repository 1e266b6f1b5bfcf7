import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { categories } from '../../src/domain/category.ts'
import { queueStates } from '../../src/domain/matter.ts'
import { parseQuery, type Query } from '../../src/domain/query.ts'
import { openEngine, openStore, type Store } from '../../src/store/store.ts'
import { termsOf } from '../../src/store/terms.ts'
import { engines, openDatabase, type TestDatabase } from '../support/database.ts'
import { naiveSearch } from '../support/search.ts'
import { type StoredMail, type StoredThread, storeRows } from '../support/stored.ts'

const silent = () => undefined
const vocabulary = {
  categories: categories.map((value) => ({ value, names: [value] })),
  states: queueStates.map((value) => ({ value, names: [value] })),
  severities: [],
  mailboxes: ['support', 'repair'].map((value) => ({ value, names: [value] })),
}

function queryOf(typed: string): Query {
  const read = parseQuery(typed, vocabulary)
  if (read.kind === 'wrong') throw new Error(`${typed}: ${JSON.stringify(read.fault)}`)
  return read.value
}

const thread = (id: string, more: Partial<StoredThread> = {}): StoredThread => ({
  id,
  mailboxId: 'support',
  state: 'new',
  severity: 0,
  categories: [],
  lastAt: '2026-11-01T00:00:00.000Z',
  muted: false,
  ...more,
})
const mail = (id: string, threadId: string, more: Partial<StoredMail> = {}): StoredMail => ({
  id,
  threadId,
  subject: '件',
  fromName: '橋本',
  fromAddress: 'h@kaigara.example',
  to: [],
  text: '',
  sentAt: '2026-11-01T00:00:00.000Z',
  muted: false,
  filenames: [],
  ...more,
})

type Kept = { mailboxIds: string[]; threads: StoredThread[]; mails: StoredMail[] }

async function storeWith(database: TestDatabase, kept: Kept): Promise<Store> {
  const store = await openStore(database.url, silent)
  const engine = await openEngine(database.url, silent)
  await storeRows(engine, kept)
  await engine.close()
  return store
}

/** Every page of a search, one after the other. */
async function allPages(store: Store, query: Query, seeMuted: boolean, limit: number) {
  const found = []
  for (let after: string | null = null; ; ) {
    const page = await store.search.page(query, { after, limit, seeMuted })
    expect(page.threads.length).toBeLessThanOrEqual(limit)
    found.push(...page.threads)
    if (page.next === null) return found
    after = page.next
  }
}

describe.each(engines)('search on %s', (engine) => {
  let database: TestDatabase
  let store: Store
  const texts: Record<string, Partial<StoredMail>> = {
    refund: { text: 'お世話になっております。\n昨日届いた商品の返金をお願いします。' },
    phone: { text: 'iPhone15の返金はいつですか。', subject: 'ご返金について' },
    broken: { text: 'ご返\n金くださいますよう。\n\nサーバーが止まり、ﾃﾞｰﾀが消えました。' },
    wide: { text: 'ＡＢＣ商会の見積書。金額は1,000円。', filenames: ['領収書.pdf'] },
    english: { text: 'Please refund my order A-1024. RE: invoice', fromName: 'Lena Nordström' },
    dashes: { text: 'デ―タのサーバ、ご返金。くださいませ 𠮷野家' },
    to: { to: [{ name: '受付', address: 'desk@hinata.example' }], text: 'よろしく' },
  }

  beforeAll(async () => {
    database = await openDatabase(engine)
    const names = Object.keys(texts)
    store = await storeWith(database, {
      mailboxIds: ['support', 'repair'],
      threads: names.map((name) => thread(name)),
      mails: names.map((name, n) => mail(`m${n}`, name, texts[name])),
    })
  })
  afterAll(async () => {
    await store.close()
    await database.close()
  })

  it.each([
    ['返金', ['dashes', 'broken', 'phone', 'refund']],
    ['返', ['dashes', 'broken', 'phone', 'refund']],
    ['𠮷', ['dashes']],
    ['iPhone15の返金', ['phone']],
    ['IPHONE15の', ['phone']],
    ['iphone', ['phone']],
    ['hone15', []],
    ['abc', ['wide']],
    ['ＡＢＣ商', ['wide']],
    ['データ', ['dashes', 'broken']],
    ['ﾃﾞｰﾀ', ['dashes', 'broken']],
    ['サーバー', ['dashes', 'broken']],
    ['サーバ', ['dashes', 'broken']],
    ['"サーバー"', ['broken']],
    ['"ご返金 ください"', ['broken']],
    ['「ご返金ください」', ['broken']],
    ['ご返金 ください', ['dashes', 'broken']],
    ['1,000円', ['wide']],
    ['A-1024', ['english']],
    ['REFUND order', ['english']],
    ['"order refund"', []],
    ['nordström', ['english']],
    ['nordstrom', []],
    ['領収書', ['wide']],
    ['返金 -iphone', ['dashes', 'broken', 'refund']],
    ['返金 -ご返金', ['refund']],
    ['返金 -「のを」', ['dashes', 'broken', 'phone', 'refund']],
    ['件名:返金', ['phone']],
    ['件名:返', ['phone']],
    ['subject:商品', []],
    ['from:lena', ['english']],
    ['from:橋', ['to', 'dashes', 'broken', 'wide', 'phone', 'refund'].sort(byPlace)],
    ['-from:kaigara', []],
    ['to:受付', ['to']],
    ['to:desk@hinata.example', ['to']],
    ['has:attachment', ['wide']],
    ['返金 has:attachment', []],
    ['返金 mailbox:support', ['dashes', 'broken', 'phone', 'refund']],
    ['返金 mailbox:repair', []],
    ['pizza', []],
    [`"a' OR b*" `, []],
  ])('finds %s', async (typed, expected) => {
    const found = await allPages(store, queryOf(typed), false, 3)
    expect(found.map(({ threadId }) => threadId)).toEqual(expected)
    const count = await store.search.count(queryOf(typed), false)
    expect(count).toEqual({ threads: expected.length, more: false })
  })

  function byPlace(a: string, b: string): number {
    return Object.keys(texts).indexOf(b) - Object.keys(texts).indexOf(a)
  }

  it('goes on where a page ended, also from a bent address', async () => {
    const first = await store.search.page(queryOf('返金'), {
      after: null,
      limit: 2,
      seeMuted: false,
    })
    expect(first.threads.map(({ threadId }) => threadId)).toEqual(['dashes', 'broken'])
    for (const after of ['x', "1' or 1=1", '2026~a', '-1', '9'.repeat(30)]) {
      for (const typed of ['返金', 'state:new', 'after:2020']) {
        const page = await store.search.page(queryOf(typed), { after, limit: 2, seeMuted: false })
        expect(page.threads.length, `${typed} after ${after}`).toBeLessThanOrEqual(2)
      }
    }
  })

  it('makes the words of all mails again where they were made in another way', async () => {
    await database.sql('update search_state set terms_make = 1')
    await database.sql(`update search_texts set terms = ' old '`)
    await database.sql(`delete from search_texts where message_id = 'm0'`)
    expect(await allPages(store, queryOf('返金'), false, 9)).toEqual([])
    const said: string[] = []
    const again = await openStore(database.url, (words) => said.push(words))
    const found = await allPages(again, queryOf('返金'), false, 9)
    expect(found.map(({ threadId }) => threadId).sort()).toEqual(
      ['broken', 'dashes', 'phone', 'refund'].sort(),
    )
    expect(said.join()).toMatch(/7 mails/)
    await again.close()
  })
})

const fragment = fc.constantFrom(
  ...[
    '返金',
    '返',
    '金',
    'ご',
    'ください',
    'です',
    'の',
    '、',
    '。',
    ' ',
    '　',
    '\n',
    '\n\n',
    '> ',
  ],
  ...[
    'iPhone15',
    'abc',
    'ＡＢＣ',
    'refund',
    'refunds',
    're',
    'Re',
    '15',
    '1,000',
    '-',
    '―',
    '〜',
    "'",
  ],
  ...[
    'ﾃﾞｰﾀ',
    'データ',
    'サーバー',
    'サーバ',
    'カ゛',
    'が',
    'か\u3099',
    '𠮷',
    'é',
    'e\u0301',
    'Σ',
    'ΣΑΣ',
    '한',
    '😀',
    '\u200b',
    '々',
    '"',
    '*',
    '_',
    '\\',
    '%',
  ],
)
const written = fc.array(fragment, { maxLength: 14 }).map((parts) => parts.join(''))
const word = fc
  .array(fragment, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('').replace(/["\n]/g, ''))
  .filter((text) => /[\p{L}\p{N}]/u.test(text.normalize('NFKC')))
const day = fc.constantFrom('2026-11-01', '2026-11-02', '2026-11-03', '2026-11')
const clause = fc
  .tuple(
    fc.constantFrom('', '', '', '-'),
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.constantFrom('', '', 'subject:', 'from:', 'to:'), word)
          .map(([field, text]) => `${field}"${text}"`),
      },
      {
        weight: 6,
        arbitrary: fc
          .tuple(
            fc.constantFrom('', '', '件名:', '差出人:'),
            word
              .map((text) => text.replace(/[\s:：「“＂『]/g, ''))
              .filter(
                (text) =>
                  /^[\p{L}\p{N}]/u.test(text) && /[\p{L}\p{N}]/u.test(text.normalize('NFKC')),
              ),
          )
          .map(([field, text]) => field + text),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'has:attachment',
          'state:new',
          'state:done',
          'category:threat',
          'category:verbal_abuse',
          'severity:1',
          'severity:2+',
          'mailbox:support',
          'mailbox:repair',
        ),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('before:', '以前:', 'after:', 'on:'), day)
          .map((both) => both.join('')),
      },
    ),
  )
  .map((both) => both.join(''))
const typedQuery = fc.array(clause, { minLength: 1, maxLength: 3 }).map((some) => some.join(' '))

/** More than are looked through one by one, so that every way of looking up is taken. */
const threadCount = 900
const instant = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('00', '14', '15', '23'))
  .map(([date, hour]) => `2026-11-0${date + 1}T${hour}:59:59.999Z`)
const someThread = fc.record({
  mailboxId: fc.constantFrom('support', 'repair'),
  state: fc.constantFrom(...queueStates.filter((state) => state !== 'muted')),
  severity: fc.constantFrom(0, 1, 2, 3) as fc.Arbitrary<StoredThread['severity']>,
  categories: fc.subarray(['threat', 'verbal_abuse', 'repeat_contact'] as const),
  lastAt: instant,
})
const someMail = fc.record({
  threadId: fc.integer({ min: 0, max: threadCount - 1 }).map(String),
  subject: written,
  fromName: fc.constantFrom('田中 太郎', 'Tanaka', 'ﾀﾅｶ', ''),
  fromAddress: fc.constantFrom('tanaka@abc.example', 're@x15.example'),
  to: fc.array(fc.record({ name: written, address: fc.constant('abc@re.example') }), {
    maxLength: 2,
  }),
  text: fc.array(written, { maxLength: 6 }).map((parts) => parts.join(' ')),
  sentAt: instant,
  muted: fc.boolean().map((yes) => yes),
  filenames: fc.array(word, { maxLength: 1 }),
})

/** A drawer of mails that is the same in every run: what differs from run to run are the queries. */
function drawer(): Kept {
  const seed = 20261125
  const mails = fc.sample(someMail, { seed, numRuns: 1500 }).map((one, n) => ({
    ...one,
    id: `m${String(n).padStart(4, '0')}`,
    muted: one.muted && n % 7 === 0,
  }))
  const own = (id: string) => mails.filter(({ threadId }) => threadId === id)
  const threads = fc
    .sample(someThread, { seed, numRuns: threadCount })
    .map((one, n) => ({ ...one, id: String(n), muted: own(String(n)).every(({ muted }) => muted) }))
    .filter(({ id }) => own(id).length > 0)
  return { mailboxIds: ['support', 'repair'], threads, mails }
}

describe('every engine', () => {
  const kept = drawer()
  const opened: { database: TestDatabase; store: Store; engine: string }[] = []

  beforeAll(async () => {
    for (const engine of engines) {
      const database = await openDatabase(engine)
      opened.push({ database, store: await storeWith(database, kept), engine })
    }
  })
  afterAll(async () => {
    for (const { store, database } of opened) {
      await store.close()
      await database.close()
    }
  })

  it('finds what somebody finds who reads every mail, in the same order', {
    timeout: 120_000,
  }, async () => {
    let hits = 0
    await fc.assert(
      fc.asyncProperty(
        typedQuery,
        fc.boolean(),
        fc.integer({ min: 15, max: 200 }),
        async (typed, seeMuted, limit) => {
          const query = queryOf(typed)
          const expected = naiveSearch(kept, query, seeMuted).map(({ threadId, messageIds }) => ({
            threadId,
            messageIds: messageIds.slice(0, 20),
          }))
          hits += expected.length
          for (const { store, engine } of opened) {
            expect(await allPages(store, query, seeMuted, limit), engine).toEqual(expected)
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(hits, 'queries that find something').toBeGreaterThan(150)
  })
})

describe('terms', () => {
  it('hold nothing but letters, and little of what is no word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const none = {
          subject: '',
          fromName: '',
          fromAddress: '',
          to: [],
          filenames: [],
          sentAt: '2026-11-25T00:00:00.000Z',
        }
        expect(termsOf({ ...none, text })).toMatch(
          /^[\p{L}\p{N}\p{M}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\ue000-\ue006 ]*$/u,
        )
      }),
    )
    const coded = {
      subject: '',
      fromName: '',
      fromAddress: '',
      to: [],
      filenames: [],
      sentAt: '2026-11-25T00:00:00.000Z',
    }
    expect(termsOf({ ...coded, text: 'A'.repeat(10_000) }).length).toBeLessThan(200)
  })
})
