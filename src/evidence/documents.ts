import type { Span } from '../domain/assessment.ts'
import type { Category } from '../domain/category.ts'
import type { RowOf } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import type { Contents } from './contents.ts'
import type { Mask } from './mask.ts'
import type { Scope } from './scope.ts'

/** Words of a mail that the rules point to, for a category that people found. */
export type Quote = { readonly messageId: string; readonly words: string }

/** Quotations by category, so many at most; what is beyond is counted. */
export type Quotes = Map<Category, { readonly shown: Quote[]; beyond: number }>

const quotesMax = 100

/** A list as JSON, an item a line, as the items come. */
export async function* jsonList(
  items: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncIterable<string> {
  let first = true
  yield '['
  for await (const item of items) {
    yield `${first ? '' : ','}\n${JSON.stringify(item)}`
    first = false
  }
  yield first ? ']\n' : '\n]\n'
}

/** Assessments read at a time. */
const pageSize = 100

/** Threads with what people and rules said of them; collects quotations on the way. */
export async function* threadsJson(
  { store, scope, mask }: { readonly store: Store; readonly scope: Scope; readonly mask: Mask },
  { threads }: Contents,
  quotes: Quotes,
): AsyncIterable<string> {
  const mails = Map.groupBy(scope.mails, ({ threadId }) => threadId)
  let first = true
  yield '['
  for (const thread of threads) {
    const ids = (mails.get(thread.id) ?? []).map(({ id }) => id)
    const found = new Set(
      thread.decisions.flatMap(({ outcome, categories }) =>
        outcome === 'harassment' ? categories : [],
      ),
    )
    yield `${first ? '' : ','}\n${JSON.stringify({ ...thread, mails: ids }).slice(0, -1)},"assessments":`
    yield* jsonList(assessmentsOf({ store, mask }, ids, found, quotes))
    yield '}'
    first = false
  }
  yield first ? ']\n' : '\n]\n'
}

async function* assessmentsOf(
  { store, mask }: { readonly store: Store; readonly mask: Mask },
  mailIds: readonly string[],
  found: ReadonlySet<Category>,
  quotes: Quotes,
): AsyncIterable<RowOf<'assessments'>> {
  for (let from = 0; from < mailIds.length; from += pageSize) {
    const page = mailIds.slice(from, from + pageSize)
    const rows = mask.value(await store.kept.of('assessments', 'messageId', page))
    for (const row of rows.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1))) {
      noteQuotes(row, found, quotes)
      yield row
    }
  }
}

/** An assessment reads its whole thread; each mail is quoted by its own. */
function noteQuotes(
  { messageId, read, result }: RowOf<'assessments'>,
  found: ReadonlySet<Category>,
  quotes: Quotes,
): void {
  for (const { code, evidence } of result.categories) {
    if (!found.has(code)) continue
    const own = evidence.filter(
      (one): one is Span => one.kind === 'span' && read[one.message] === messageId,
    )
    for (const words of longest(own.map(({ text }) => text))) {
      const list = quotes.get(code) ?? { shown: [], beyond: 0 }
      quotes.set(code, list)
      if (list.shown.length < quotesMax) list.shown.push({ messageId, words })
      else list.beyond += 1
    }
  }
}

/** Rules point to parts of what others point to: the whole is quoted, and once. */
function longest(quoted: readonly string[]): string[] {
  const words = [...new Set(quoted)]
  return words.filter((one) => !words.some((other) => other !== one && other.includes(one)))
}

/** Each incident with the file of its picture. */
export function incidentLines({ incidents }: Contents) {
  return incidents.map((record, at) => ({ ...record, file: pictureFile(record.picture, at) }))
}

function pictureFile(picture: Contents['incidents'][number]['picture'], at: number): string | null {
  if (!picture) return null
  const [, ending = 'bin'] = /^image\/(png|jpeg|gif|webp)$/.exec(picture.contentType) ?? []
  return `incidents/${String(at + 1).padStart(4, '0')}-${picture.sha256.slice(0, 12)}.${ending}`
}

/** Each letter with the file of its bytes. */
export function letterLines({ letters }: Contents) {
  return letters.map(({ remark: _, ...letter }, at) => {
    return { ...letter, file: letter.rawSha256 && letterFile(letter.rawSha256, at) }
  })
}

/** The file of a letter's bytes, by its place among them. */
export function letterFile(sha256: string, at: number): string {
  return `letters/${String(at + 1).padStart(4, '0')}-${sha256.slice(0, 12)}.eml`
}
