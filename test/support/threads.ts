import { queueStates } from '../../src/domain/matter.ts'
import type { QueueItem } from '../../src/store/queue.ts'
import { type TestMail, testMail } from './office.ts'
import type { TestSite } from './site.ts'

/** Every thread of a site, whatever its state. */
export function threadsOf(site: TestSite): Promise<QueueItem[]> {
  return site.house.store.queue.list({ states: queueStates }, { offset: 0, limit: 200 })
}

/** Begins threads, each by a mail from somebody new at that domain; gives the thread's id. */
export function beginsThreads(site: TestSite, domain: string) {
  let count = 0
  return async (mail: Partial<TestMail> = {}): Promise<string> => {
    count += 1
    const before = new Set((await threadsOf(site)).map(({ id }) => id))
    const from = `${count}@${domain}`
    await site.deliver(testMail({ from, subject: `棚${count}`, body: 'お願いします', ...mail }))
    const fresh = (await threadsOf(site)).find(({ id }) => !before.has(id))
    if (!fresh) throw new Error('the mail began no thread')
    return fresh.id
  }
}
