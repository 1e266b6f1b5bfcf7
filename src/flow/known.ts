import { canonicalAddress } from '../domain/address.ts'
import type { Flag } from '../domain/category.ts'
import type { Known } from '../domain/gate.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { House } from './house.ts'
import { threadOf } from './notice.ts'
import { lastFromSender } from './review.ts'

/** Flags of muted mail that a step against its sender has to answer first. */
const asking: readonly Flag[] = ['accommodation', 'legal_notice', 'safety']

/** What is known before anybody answers the questions of the gate. */
export async function knownOf(house: House, threadId: string): Promise<Known> {
  const record = await threadOf(house, threadId)
  const { store } = house
  const loaded = await store.matters.find(threadId)
  const alerts = await store.alerts.openOf(loaded?.matter.sender.id ?? '')
  const raised = alerts.flatMap(({ reasons }) => reasons)
  const last = lastFromSender(record)
  const address = last ? canonicalAddress(last.fromAddress) : ''
  const representatives = await store.representatives.among([address])
  return {
    fairRequests: fairRequestsIn(record),
    flags: asking.filter((flag) => raised.includes(flag)),
    representative: representatives.has(address),
  }
}

/** Fair requests that the reviewers of the newest harassment decision wrote down. */
export function fairRequestsIn({ decisions, reviews }: ThreadRecord): string[] {
  const decision = decisions.findLast(({ outcome }) => outcome === 'harassment')
  const given = reviews.filter(({ revision }) => revision === decision?.revision)
  return [...new Set(given.map(({ fairRequest }) => fairRequest.trim()))].filter(
    (words) => words !== '',
  )
}
