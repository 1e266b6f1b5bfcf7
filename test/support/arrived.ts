import type { StoredMessage } from '../../src/store/threads.ts'
import type { TestSite } from './site.ts'

/** Stores one mail after the other, and gives each as it was filed. */
export function arrivals(site: TestSite): (raw: Buffer) => Promise<StoredMessage> {
  const ids = async () =>
    (await site.database.sql('select id from messages')).map(({ id }) => String(id))
  return async (raw) => {
    const known = new Set(await ids())
    await site.deliver(raw)
    const fresh = (await ids()).find((id) => !known.has(id))
    const filed = fresh && (await site.house.store.threads.message(fresh))
    if (!filed) throw new Error('the mail was not stored')
    return filed
  }
}
