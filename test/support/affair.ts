import { deliver } from '../../src/flow/deliver.ts'
import type { Smtp } from '../../src/mail/smtp.ts'
import { queueNotice } from './notices.ts'
import { testMail } from './office.ts'
import type { TestSite } from './site.ts'

export const accepting: Smtp = {
  send: () => Promise.resolve({ kind: 'accepted', response: '250 OK' }),
  check: () => Promise.resolve(),
  close: () => undefined,
}

/** Sends whatever waits, as a server that takes everything. */
export async function sendAll({ house }: TestSite, smtp: Smtp = accepting): Promise<void> {
  for (const letter of await house.store.letters.due(house.now(), 50)) {
    await deliver(house, smtp, letter)
  }
}

/** A customer who is suspended after two reviews and a supervisor's word, and writes again. */
export async function suspendSomebody(site: TestSite): Promise<{ senderId: string }> {
  const { house } = site
  await site.deliver(testMail({ subject: '返品', body: '返品したい。お前は無能だ。' }))
  const [thread] = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 1 })
  await queueNotice(site, thread?.id ?? '', 'suspension')
  const [letter] = await house.store.letters.due(house.now(), 1)
  if (!letter) throw new Error('no notice is queued')
  await deliver(house, accepting, letter)
  await site.deliver(testMail({ subject: '返品', body: 'また書いている。返金しろ。' }))
  return { senderId: thread?.senderId ?? '' }
}
