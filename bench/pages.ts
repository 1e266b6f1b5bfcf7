import type { House } from '../src/flow/house.ts'
import { openParser } from '../src/flow/parse.ts'
import { openSignIns } from '../src/flow/sign-in.ts'
import { openPreviews } from '../src/preview/preview.ts'
import { openApp } from '../src/web/app.tsx'
import type { Route } from '../src/web/routes.ts'
import { everybody, houseOn, ofOneMailbox, password } from './house.ts'
import { chanceFrom, pick } from './texts.ts'

const baseUrl = 'http://mamori.bench'
const incoming = { socket: { remoteAddress: '127.0.0.1', remotePort: 1, remoteFamily: 'IPv4' } }

/** Two-character words, common and rare ones, and a few of the other kinds. */
const frequent = ['返金', '交換', '対応', '連絡', '電話', '配送', '故障', '担当', '請求', '弁償']
const rare = ['refund', '洗濯機', '返金 連絡', 'warranty', '受付番号']

type Ask = (path: string) => Promise<number>

export type PageTimes = Readonly<Record<PageKind, readonly number[]>> & {
  /** Every other screen, by its path. */
  readonly screens: Readonly<Record<string, readonly number[]>>
}
export type PageKind = 'queue' | 'thread' | 'search'

/**
 * Milliseconds of server time of the pages that people open most, signed in, on a database that
 * lies there.
 */
export async function pages(databaseUrl: string, rounds: number): Promise<PageTimes> {
  const house = await houseOn(databaseUrl)
  try {
    const { ask, screens } = await signedIn(house, everybody)
    const fewer = await signedIn(house, ofOneMailbox)
    const theirs = ['/queue', '/queue?view=done', '/search?q=refund', ...fewer.screens]
    const search = [...frequent, ...rare].map((one) => `/search?q=${encodeURIComponent(one)}`)
    return {
      queue: await timed(ask, queuePaths(await mailboxIds(house)), rounds),
      thread: await timed(ask, await threadPaths(house, rounds), rounds),
      search: await timed(ask, search, rounds),
      screens: {
        ...(await timedEach(ask, [...screens, ...(await others(house))], rounds / 10)),
        ...named(' (one mailbox)', await timedEach(fewer.ask, theirs, rounds / 10)),
      },
    }
  } finally {
    await house.store.close()
  }
}

async function timed(ask: Ask, paths: readonly string[], rounds: number): Promise<number[]> {
  for (const path of paths.slice(0, 20)) await ask(path)
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    times.push(await ask(paths[round % paths.length] ?? '/queue'))
  }
  return times
}

function named(by: string, times: Readonly<Record<string, readonly number[]>>) {
  return Object.fromEntries(Object.entries(times).map(([path, one]) => [path + by, one]))
}

async function timedEach(ask: Ask, paths: readonly string[], rounds: number) {
  const times: [string, number[]][] = []
  for (const path of paths) times.push([path, await timed(ask, [path], rounds)])
  return Object.fromEntries(times)
}

type Browser = { readonly ask: Ask; readonly screens: readonly string[] }

/**
 * Somebody's browser, without the network: milliseconds until the whole page is there; and every path
 * that is a screen by itself.
 */
async function signedIn(house: House, email: string): Promise<Browser> {
  // No page that is measured takes a file out of a mail, or draws one: nothing is started for it.
  const parser = openParser({ workers: 1, timeoutMs: 30_000 })
  const previews = openPreviews({ atOnce: 1, timeoutMs: 30_000, failed: () => undefined })
  const options = { baseUrl, secure: false, demo: null, parser, previews, trustedProxies: [] }
  const { app, list } = openApp(house, openSignIns(house), options)
  const send = (path: string, init: RequestInit) =>
    Promise.resolve(app.request(`${baseUrl}${path}`, init, { incoming }))
  const answer = await send('/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password }).toString(),
  })
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const open = (path: string) => send(path, { headers: { cookie } })
  const ask = async (path: string) => {
    const began = performance.now()
    const page = await open(path)
    const text = await page.text()
    if (page.status !== 200)
      throw new Error(`${path} answers ${page.status}: ${text.slice(0, 200)}`)
    return performance.now() - began
  }
  const screens: string[] = []
  for (const path of list.flatMap(pathOf)) {
    const page = await open(path)
    const kind = page.headers.get('content-type') ?? ''
    if (page.status === 200 && kind.startsWith('text/html')) screens.push(path)
    await page.body?.cancel()
  }
  return { ask, screens }
}

/** Of a route that is a page without being told of what. */
function pathOf({ method, path }: Route): string[] {
  return method === 'GET' && !/[:*]/.test(path) && !measuredAbove.includes(path) ? [path] : []
}

const measuredAbove = ['/queue', '/search']

/** Screens of one sender and one case, periods of reports, older pages of the log. */
async function others({ store }: House): Promise<string[]> {
  const [sender] = await store.queue.list({ states: ['done'] }, { offset: 100, limit: 1 })
  const [found] = await store.cases.list({ before: null, limit: 1 })
  const { seq } = await store.log.head()
  return [
    `/senders/${sender?.senderId}`,
    `/senders/${sender?.senderId}/joining`,
    ...(found ? [`/cases/${found.senderId}`] : []),
    ...[7, 30, 90, 365].map((days) => `/reports?days=${days}`),
    `/log?before=${Math.floor(seq / 2)}`,
  ]
}

async function mailboxIds({ store }: House): Promise<string[]> {
  return (await store.mailboxes.list()).map(({ id }) => id)
}

function queuePaths(mailboxes: readonly string[]): string[] {
  return [
    '/queue',
    '/queue?view=second',
    '/queue?view=disputed',
    '/queue?view=done',
    '/queue?view=filed',
    '/queue?page=2',
    '/queue?page=10',
    '/queue?view=done&page=40',
    ...mailboxes.map((id) => `/queue?mailbox=${id}`),
    ...mailboxes.map((id) => `/queue?view=done&mailbox=${id}`),
  ]
}

/** Threads from everywhere: of the whole log, not of one page. */
async function threadPaths({ store }: House, count: number): Promise<string[]> {
  const chance = chanceFrom(5)
  const { seq } = await store.log.head()
  const ids = new Set<string>()
  while (ids.size < count) {
    const near = await store.log.list({ before: 50 + chance(Math.max(1, seq - 50)) }, 20)
    const threads = near.flatMap(({ event }) => ('threadId' in event ? [event.threadId] : []))
    if (threads.length > 0) ids.add(pick(threads, chance))
  }
  return [...ids].map((id) => `/threads/${id}`)
}
