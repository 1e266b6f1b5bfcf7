import { assess } from '../src/classify/assess.ts'
import type { ImapAccount } from '../src/config.imap.ts'
import { verify } from '../src/flow/verify.ts'
import { readMail } from '../src/mail/read.ts'
import { bareFetch, bareParse, mbsync } from './bare.ts'
import { type CaseSize, checkAt, exportTo, fillCase } from './case.ts'
import { corpusOf } from './corpus.ts'
import { percentile } from './figures.ts'
import { fillInbox, houseOn } from './house.ts'
import { ingest } from './ingest.ts'
import { type PageTimes, pages } from './pages.ts'

/** What a process of its own can be asked to measure; times are in seconds. */
export type Task =
  | { readonly kind: 'fetch'; readonly account: ImapAccount }
  | { readonly kind: 'parse'; readonly mails: number }
  | { readonly kind: 'mbsync'; readonly account: ImapAccount; readonly folder: string }
  | { readonly kind: 'ingest'; readonly account: ImapAccount; readonly url: string }
  | { readonly kind: 'classify'; readonly mails: number }
  | { readonly kind: 'classify_largest' }
  | { readonly kind: 'fill'; readonly url: string; readonly threads: number }
  | { readonly kind: 'pages'; readonly url: string; readonly rounds: number }
  | { readonly kind: 'start'; readonly url: string }
  | { readonly kind: 'verify'; readonly url: string }
  | { readonly kind: 'fill_case'; readonly url: string; readonly size: CaseSize }
  | { readonly kind: 'export_case'; readonly url: string; readonly out: string }
  | { readonly kind: 'check_case'; readonly out: string }

export type Result = {
  readonly seconds: number
  readonly count: number
  readonly pages?: PageTimes
}

export async function perform(task: Task): Promise<Result> {
  switch (task.kind) {
    case 'fetch':
      // A server makes its index when a mailbox is opened for the first time: nobody's time here.
      await bareFetch(task.account)
      return { seconds: await bareFetch(task.account), count: 0 }
    case 'parse':
      return parsing([...corpusOf(task.mails)])
    case 'mbsync':
      return { seconds: mbsync(task.account, task.folder), count: 0 }
    case 'ingest':
      return { seconds: await ingest(task.account, task.url), count: 0 }
    case 'classify':
      return classifying(task.mails)
    case 'classify_largest':
      return classifyingLargest()
    case 'fill':
      return timed(() => fillInbox(task.url, task.threads))
    case 'pages':
      return { seconds: 0, count: task.rounds, pages: await pages(task.url, task.rounds) }
    case 'start':
      return timed(() => starting(task.url))
    case 'verify':
      return timed(() => verifying(task.url))
    case 'fill_case':
      return timed(() => fillCase(task.url, task.size))
    case 'export_case':
      return timed(() => exportTo(task.url, task.out))
    case 'check_case':
      return timed(() => checkAt(task.out))
  }
}

async function timed(work: () => Promise<number>): Promise<Result> {
  const began = performance.now()
  const count = await work()
  return { seconds: (performance.now() - began) / 1000, count }
}

async function parsing(mails: readonly Buffer[]): Promise<Result> {
  return { seconds: await bareParse(mails), count: mails.length }
}

/** The median over the corpus: each mail's text as a thread of its own. */
async function classifying(count: number): Promise<Result> {
  const house = await houseOn('file::memory:')
  const times: number[] = []
  for (const raw of corpusOf(count)) {
    const { subject, text: body } = await readMail(raw, [])
    const mail = { from: 'kyaku@mail.example', fromName: '', to: [], date: '2026-10-01T00:00:00Z' }
    const messages = [{ dir: 'in' as const, ...mail, subject, body }]
    const began = performance.now()
    assess({ id: 'bench', messages }, house.rules)
    times.push(performance.now() - began)
  }
  await house.store.close()
  return { seconds: percentile(times, 0.5) / 1000, count }
}

/** What fills a mail of 256 KiB: one letter, one threat, ordinary sentences, beginnings without end. */
const fillings = [
  'あ',
  'お前を殺すぞ。',
  'i will ',
  '明日までに返金してください。担当の方へ。',
  '「((<a@',
]

/** The slowest mail of 256 KiB, in the second round: the first one makes the patterns. */
async function classifyingLargest(): Promise<Result> {
  const house = await houseOn('file::memory:')
  const mail = { from: 'kyaku@mail.example', fromName: '', to: [], date: '2026-10-01T00:00:00Z' }
  const times = [0, 1].flatMap((round) =>
    fillings.map((filling) => {
      const body = filling.repeat(262_144 / filling.length) + round
      const messages = [{ dir: 'in' as const, ...mail, subject: '', body }]
      const began = performance.now()
      assess({ id: 'bench', messages }, house.rules)
      return performance.now() - began
    }),
  )
  await house.store.close()
  return { seconds: Math.max(...times.slice(fillings.length)) / 1000, count: fillings.length }
}

/** From nothing to a page: policy, templates, database, and the queue's first answer. */
async function starting(url: string): Promise<number> {
  const house = await houseOn(url)
  await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 50 })
  await house.store.close()
  return 1
}

async function verifying(url: string): Promise<number> {
  const house = await houseOn(url)
  const { events, flaws } = await verify(house.store)
  await house.store.close()
  if (flaws.length > 0) throw new Error(`the database does not verify: ${flaws[0]}`)
  return events
}
