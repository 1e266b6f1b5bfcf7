import type { Person } from '../../src/domain/person.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { review } from '../../src/flow/review.ts'
import { confirm, previewNotice, propose } from '../../src/flow/suspend.ts'
import type { Smtp } from '../../src/mail/smtp.ts'
import { harassment } from './matters.ts'
import { testMail } from './office.ts'
import type { TestSite } from './site.ts'

const accepting: Smtp = {
  send: () => Promise.resolve({ kind: 'accepted', response: '250 OK' }),
  check: () => Promise.resolve(),
  close: () => undefined,
}

/** A customer who is suspended after two reviews and a supervisor's word, and writes again. */
export async function suspendSomebody(site: TestSite): Promise<{ senderId: string }> {
  const { house } = site
  await site.deliver(testMail({ subject: '返品', body: '返品したい。お前は無能だ。' }))
  const all = await house.store.people.list()
  const named = (name: string) => all.find((one) => one.name === name) as Person
  const [thread] = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 1 })
  const id = thread?.id ?? ''
  const given = { revision: 1, opinion: harassment({ severity: 3 }) }
  await review(house, id, given, named('reviewer'))
  await review(house, id, given, named('second'))
  const wish = { measureKind: 'suspension', reason: '再三の侮辱', skipWarning: '' } as const
  await propose(house, id, wish, named('reviewer'))
  const [measure] = await house.store.measures.list(['proposed'], 1)
  const { sha256 } = await previewNotice(house, measure?.id ?? '', 'suspension')
  const word = { reason: '確認した', shownSha256: sha256 }
  await confirm(house, measure?.id ?? '', word, named('supervisor'))
  const [letter] = await house.store.letters.due(house.now(), 1)
  if (!letter) throw new Error('no notice is queued')
  await deliver(house, accepting, letter)
  await site.deliver(testMail({ subject: '返品', body: 'また書いている。返金しろ。' }))
  return { senderId: thread?.senderId ?? '' }
}
