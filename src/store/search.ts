import type { Reach } from '../domain/person.ts'
import type { Query } from '../domain/query.ts'
import type { Core } from './core.ts'
import type { Find, Hit, Key } from './engine.ts'
import { type FoundMail, foundMails } from './search.mails.ts'
import { type Plan, planFor } from './search.plan.ts'

/** A thread that was found, with its mails that fulfil the query, newest first. */
export type Found = {
  readonly threadId: string
  readonly messageIds: readonly string[]
}

export type FoundPage = {
  readonly threads: readonly Found[]
  /** Where the next page begins; null on the last one. */
  readonly next: string | null
}

export type PageAsked = {
  /** The `next` of the page before; null for the first one. */
  readonly after: string | null
  readonly limit: number
  /** Whether the person may read muted mail; who may not does not find it. */
  readonly seeMuted: boolean
}

export type Search = {
  /** Mails to take an excerpt from, by id, with what the rules said of them. */
  mails(messageIds: readonly string[]): Promise<Map<string, FoundMail>>
  /** Threads with a mail that fulfils the whole query, newest such mail first, each once. */
  page(query: Query, asked: PageAsked): Promise<FoundPage>
  /** How many threads there are among the mails looked at; `more` where those were not all. */
  count(query: Query, seeMuted: boolean): Promise<{ threads: number; more: boolean }>
}

/** Mails of one thread that are named. */
const namedMax = 20

/** Mails that are looked at for a count: enough to say that it is too many to read. */
const countedMax = 500

/** Hits asked for at a time: a page of threads that were found by one or two mails each. */
const batchSize = 120
const batchSizeMax = 4_000

/** Times that more hits are asked for where all of them were in threads seen already. */
const roundsMax = 40

export function searchIn(core: Core, reach: Reach = 'all'): Search {
  return {
    mails: (messageIds) => foundMails(core, messageIds, reach),
    async page(query, { after, limit, seeMuted }) {
      const plan = await planFor(core, query, reach)
      const found = await threadsAfter(core, plan, keyOf(after, plan), limit, seeMuted)
      const threads = found.slice(0, limit)
      const last = threads.at(-1)
      const next = found.length > limit && last ? textOf(last.key) : null
      return {
        threads: threads.map(({ threadId, messageIds }) => ({ threadId, messageIds })),
        next,
      }
    },
    async count(query, seeMuted) {
      const plan = await planFor(core, query, reach)
      const seen = await core.look(findFor(plan, { limit: countedMax, seeMuted }))
      const fitting = seen.filter(({ fits }) => fits)
      const threads = new Set(fitting.map(({ threadId }) => threadId)).size
      return { threads, more: seen.length === countedMax }
    },
  }
}

type FoundAt = Found & { readonly key: Key }

/** One thread more than asked for, if there is one. */
async function threadsAfter(
  core: Core,
  plan: Plan,
  start: Key | null,
  limit: number,
  seeMuted: boolean,
): Promise<FoundAt[]> {
  const found: FoundAt[] = []
  const seen = new Set<string>()
  let after = start
  let size = batchSize
  for (let round = 0; found.length <= limit && round < roundsMax; round += 1) {
    const hits = await core.search(findFor(plan, { after, limit: size, seeMuted }))
    const fresh = [...new Set(hits.map(({ threadId }) => threadId))].filter((id) => !seen.has(id))
    for (const id of fresh) seen.add(id)
    // Each thread costs a look at all its mails: no more of them than the page has room for.
    while (fresh.length > 0 && found.length <= limit) {
      const some = fresh.splice(0, Math.max(1, limit + 1 - found.length))
      found.push(...(await completed(core, plan, start, some, seeMuted)))
    }
    after = hits.at(-1) ?? after
    if (hits.length < size) break
    size = Math.min(size * 2, batchSizeMax)
  }
  return found
}

/** Threads with all their mails that were found, without those that stood on an earlier page. */
async function completed(
  core: Core,
  plan: Plan,
  start: Key | null,
  threadIds: readonly string[],
  seeMuted: boolean,
): Promise<FoundAt[]> {
  const hits = await hitsIn(core, {
    ...findFor(plan, { limit: batchSizeMax, seeMuted }),
    threadIds,
  })
  const byThread = Map.groupBy(hits, ({ threadId }) => threadId)
  return threadIds.flatMap((threadId) => {
    const own = byThread.get(threadId) ?? []
    const [newest] = own
    if (!newest || (start && !isAfter(newest, start))) return []
    const messageIds = own.slice(0, namedMax).map(({ messageId }) => messageId)
    return [{ threadId, messageIds, key: { at: newest.at, id: newest.id } }]
  })
}

/** The newest hits of each of those threads, however many one of them has. */
async function hitsIn(core: Core, find: Find & { threadIds: readonly string[] }): Promise<Hit[]> {
  const { threadIds, limit } = find
  if (threadIds.length === 0) return []
  const hits = await core.search(find)
  if (hits.length < limit || threadIds.length === 1) return hits
  const half = Math.ceil(threadIds.length / 2)
  return [
    ...(await hitsIn(core, { ...find, threadIds: threadIds.slice(0, half) })),
    ...(await hitsIn(core, { ...find, threadIds: threadIds.slice(half) })),
  ]
}

function findFor(
  plan: Plan,
  asked: { limit: number; seeMuted: boolean; after?: Key | null },
): Find {
  return { ...plan, after: null, ...asked }
}

/** Whether a hit comes after the key in a list whose newest is first. */
function isAfter(hit: Hit, key: Key): boolean {
  if (hit.at !== key.at) return hit.at < key.at
  return typeof key.at === 'string' && hit.id < key.id
}

function textOf({ at, id }: Key): string {
  return typeof at === 'number' ? String(at) : `${at}~${id}`
}

/** A key from an address; one that was bent, or is of another list, finds the first page. */
function keyOf(text: string | null, { list }: Plan): Key | null {
  const [, place, at, id] =
    /^(?:(\d{1,15})|([\d:.TZ-]{1,40})~([\w-]{1,64}))$/.exec(text ?? '') ?? []
  if (list === 'arrived') return place === undefined ? null : { at: Number(place), id: '' }
  return at === undefined || id === undefined ? null : { at, id }
}
