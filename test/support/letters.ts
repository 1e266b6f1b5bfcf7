import { writeReply } from '../../src/flow/review.ts'
import { approveShown } from './approving.ts'
import { testMail } from './office.ts'
import type { TestSite } from './site.ts'

/** A reply to each of some customers, written by one person and approved by another. */
export async function approvedLetters(site: TestSite, count: number) {
  const { house } = site
  const questions = Array.from({ length: count }, (_, n) =>
    testMail({ from: `customer${n}@aozora.example`, subject: `質問 ${n}`, body: '返品したい' }),
  )
  await site.deliver(...questions)
  const people = await house.store.people.list()
  const named = (name: string) => {
    const found = people.find((one) => one.name === name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
  }
  const threads = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 50 })
  const reply = { letterId: null, revision: 1, subject: 'Re: 質問', body: 'ご案内します。' }
  for (const { id } of threads) await writeReply(house, id, reply, named('reviewer'))
  for (const { id } of await house.store.letters.list(['awaiting_approval'], 50)) {
    await approveShown(house, id, named('second'))
  }
  const letters = await house.store.letters.list(['queued'], 50)
  if (letters.length !== count) throw new Error(`${letters.length} letters of ${count} are queued`)
  return letters.map(({ id, messageId, toAddress: to }) => ({ id, messageId, to }))
}
