import { categories } from '../domain/category.ts'
import { queueStates } from '../domain/matter.ts'
import type { Language, Reach } from '../domain/person.ts'
import { parseQuery, type Query, type QueryFault, type Vocabulary } from '../domain/query.ts'
import type { House } from '../flow/house.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { QueueItem } from '../store/queue.ts'
import type { FoundMail } from '../store/search.mails.ts'
import type { PageAsked } from '../store/search.ts'
import { textFor } from '../text/text.ts'
import { type Excerpt, excerptOf } from './excerpt.ts'

/** A thread that was found, as a list shows it: no word of it is harmful or of a muted mail. */
export type FoundThread = {
  readonly item: QueueItem
  readonly messageIds: readonly string[]
  /** The newest mail that fulfils the query. */
  readonly mail: FoundMail
  readonly excerpt: Excerpt
}

export type Answer =
  | { readonly kind: 'wrong'; readonly fault: QueryFault }
  | {
      readonly kind: 'found'
      readonly query: Query
      readonly threads: readonly FoundThread[]
      readonly next: string | null
      readonly count: { readonly threads: number; readonly more: boolean }
    }

/** Mails of one thread that are looked at for an excerpt. */
const excerptedMax = 2

/** Looks up what a person typed; nothing is found where nothing was typed. */
export async function find(
  { store }: House,
  typed: string,
  language: Language,
  { reach, ...asked }: PageAsked & { readonly reach: Reach },
): Promise<Answer> {
  const view = store.within(reach)
  const read = parseQuery(typed, vocabularyOf(language, await store.mailboxes.list()))
  if (read.kind === 'wrong') return read
  const query = read.value
  if (query.length === 0) {
    return { kind: 'found', query, threads: [], next: null, count: { threads: 0, more: false } }
  }
  const [page, counted] = await Promise.all([
    view.search.page(query, asked),
    view.search.count(query, asked.seeMuted),
  ])
  const alone = asked.after === null && page.next === null
  const count = alone ? { threads: page.threads.length, more: false } : counted
  const ids = page.threads.map(({ threadId }) => threadId)
  const shown = page.threads.flatMap(({ messageIds }) => messageIds.slice(0, excerptedMax))
  const [items, mails] = await Promise.all([
    view.queue.list({ states: queueStates, ids }, { offset: 0, limit: ids.length }),
    view.search.mails(shown),
  ])
  const byId = new Map(items.map((item) => [item.id, item]))
  const threads = page.threads.flatMap(({ threadId, messageIds }) => {
    const item = byId.get(threadId)
    const looked = messageIds.slice(0, excerptedMax).flatMap((id) => mails.get(id) ?? [])
    const [mail] = looked
    return item && mail ? [{ item, messageIds, mail, excerpt: excerptOf(looked, query) }] : []
  })
  const least = Math.max(count.threads, threads.length)
  return { kind: 'found', query, threads, next: page.next, count: { ...count, threads: least } }
}

/** What things are called in both languages, the person's own one first, and by their codes. */
export function vocabularyOf(language: Language, mailboxes: readonly Mailbox[]): Vocabulary {
  const texts = [textFor(language), textFor(language === 'ja' ? 'en' : 'ja')]
  return {
    categories: categories.map((value) => ({
      value,
      names: [...texts.map(({ category }) => category[value]), value],
    })),
    states: queueStates.map((value) => ({
      value,
      names: [...texts.map(({ state }) => state[value]), value],
    })),
    severities: ([0, 1, 2, 3] as const).map((value) => ({
      value,
      names: [...texts.map(({ severity }) => severity[value]), String(value)],
    })),
    mailboxes: mailboxes.map(({ id, name, address, department }) => ({
      value: id,
      names: [name, department.ja, department.en, address, id],
    })),
  }
}
