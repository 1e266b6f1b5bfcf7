import type { House } from '../src/flow/house.ts'
import { openParser } from '../src/flow/parse.ts'
import { openSignIns } from '../src/flow/sign-in.ts'
import { openPreviews } from '../src/preview/preview.ts'
import { openApp } from '../src/web/app.tsx'
import { houseOn, password } from './house.ts'
import { chanceFrom, pick } from './texts.ts'

const baseUrl = 'http://mamori.bench'
const incoming = { socket: { remoteAddress: '127.0.0.1', remotePort: 1, remoteFamily: 'IPv4' } }

/** Two-character words, common and rare ones, and a few of the other kinds. */
const words = ['返金', '交換', '対応', '連絡', '電話', '配送', '故障', '担当', '請求', '弁償']
const others = ['refund', '洗濯機', '返金 連絡', 'warranty', '受付番号']

type Ask = (path: string) => Promise<number>

export type PageTimes = Readonly<Record<PageKind, readonly number[]>>
export type PageKind = 'queue' | 'thread' | 'search'

/**
 * Milliseconds of server time of the pages that people open most, signed in, on a database that
 * lies there.
 */
export async function pages(databaseUrl: string, rounds: number): Promise<PageTimes> {
  const house = await houseOn(databaseUrl)
  try {
    const ask = await signedIn(house)
    const search = [...words, ...others].map((one) => `/search?q=${encodeURIComponent(one)}`)
    return {
      queue: await timed(ask, queuePaths(await mailboxIds(house)), rounds),
      thread: await timed(ask, await threadPaths(house, rounds), rounds),
      search: await timed(ask, search, rounds),
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

/** A reviewer's browser, without the network: milliseconds until the whole page is there. */
async function signedIn(house: House): Promise<Ask> {
  // No page that is measured takes a file out of a mail, or draws one: nothing is started for it.
  const parser = openParser({ workers: 1, timeoutMs: 30_000 })
  const previews = openPreviews({ atOnce: 1, timeoutMs: 30_000, failed: () => undefined })
  const options = { baseUrl, secure: false, demo: null, parser, previews, trustedProxies: [] }
  const { app } = openApp(house, openSignIns(house), options)
  const send = (path: string, init: RequestInit) =>
    Promise.resolve(app.request(`${baseUrl}${path}`, init, { incoming }))
  const answer = await send('/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: 'tanaka@mamori.example', password }).toString(),
  })
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return async (path) => {
    const began = performance.now()
    const page = await send(path, { headers: { cookie } })
    const text = await page.text()
    if (page.status !== 200)
      throw new Error(`${path} answers ${page.status}: ${text.slice(0, 200)}`)
    return performance.now() - began
  }
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
