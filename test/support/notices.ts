import type { MeasureKind } from '../../src/domain/event.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Terms } from '../../src/domain/terms.ts'
import { previewAnswer } from '../../src/flow/mute-answer.ts'
import { previewNotice } from '../../src/flow/notice.ts'
import { review } from '../../src/flow/review.ts'
import { confirm, propose } from '../../src/flow/suspend.ts'
import { beside, termsHere, wordOn } from './gates.ts'
import { harassment } from './matters.ts'
import type { TestSite } from './site.ts'

/** The staff of a site by their names. */
export async function staffOf({ house }: TestSite): Promise<(name: string) => Person> {
  const people = await house.store.people.list()
  return (name) => {
    const found = people.find((one) => one.name === name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
  }
}

/** A notice on its way: two reviews, a proposal, and the word of a supervisor. */
export async function queueNotice(
  site: TestSite,
  threadId: string,
  measureKind: MeasureKind,
  terms: Partial<Terms> = {},
): Promise<string> {
  const { house } = site
  const named = await staffOf(site)
  const given = { revision: 1, opinion: harassment({ severity: 3 }) }
  await review(house, threadId, given, named('reviewer'))
  await review(house, threadId, given, named('second'))
  const wish = { measureKind, reason: '再三の侮辱', ...beside, terms: { ...termsHere, ...terms } }
  await propose(house, threadId, wish, named('reviewer'))
  const proposed = await house.store.measures.list(['proposed'], 50)
  const measure = proposed.find((one) => one.threadId === threadId)
  const { sha256 } = await previewNotice(house, measure?.id ?? '', measureKind)
  const answer = measure && (await previewAnswer(house, measure))
  const word = wordOn(sha256, '確認した', answer?.sha256 ?? '')
  const outcome = await confirm(house, measure?.id ?? '', word, named('supervisor'))
  if (outcome.kind === 'refused') throw new Error(`no notice is queued: ${outcome.reason}`)
  return measure?.id ?? ''
}
