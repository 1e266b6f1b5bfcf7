import type { Query } from '../../src/domain/query.ts'
import type { Store } from '../../src/store/store.ts'

/** The newest thread with a mail that holds the words. */
export async function threadHolding(store: Store, words: string): Promise<string | undefined> {
  const condition = { kind: 'words', place: 'anywhere', exact: false, text: words } as const
  const query: Query = [{ not: false, condition }]
  const { threads } = await store.search.page(query, { after: null, limit: 1, seeMuted: true })
  return threads[0]?.threadId
}
