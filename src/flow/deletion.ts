import {
  decideDeletion,
  type Hindrance,
  hindrancesIn,
  proposeDeletion,
} from '../domain/deletion.ts'
import type { Person } from '../domain/person.ts'
import type { ToRequest } from '../domain/person-request.ts'
import { senderDueOnRequest } from '../domain/retention.sender.ts'
import { NotFound } from './act.ts'
import { placesOfSender } from './holds.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'
import { recordRequest } from './person-requests.ts'
import { eraseOf } from './retention.senders.ts'
import { eraseOnRequest } from './retention.ts'

/** Proposes that everything of a sender's mail goes, as they asked for it. */
export function askForDeletion(
  house: House,
  given: Omit<ToRequest, 'id'>,
  who: Person,
): Promise<Outcome> {
  const { deletions } = house.store
  return recordRequest(house, given.senderId, {
    earlier: (members) => deletions.ofSenders(members),
    decide: (id, known, at) => proposeDeletion({ id, ...given }, known, who, at),
    keep: (id, at, events) =>
      deletions.propose(
        {
          ...{ id, ...given, proposedBy: who.id, proposedAt: at },
          ...{ state: 'open', decidedBy: null, decidedAt: null, threads: [], answer: '' },
        },
        events,
      ),
  })
}

/** What stands in the way of erasing a sender's mail now. */
export async function hindrancesOf(house: House, senderId: string): Promise<Hindrance[]> {
  const { deletions, erasing } = house.store
  const at = house.now()
  return hindrancesIn(await deletions.threads(senderId, at), await erasing.keptOf(senderId, at))
}

/** Answers a request; what is approved is erased at once, thread by thread. */
export async function answerDeletion(
  house: House,
  id: string,
  how: 'approved' | 'declined',
  answer: string,
  who: Person,
): Promise<Outcome> {
  const { deletions } = house.store
  const outcome = await untilFresh(async () => {
    const request = await deletions.find(id)
    if (!request) throw new NotFound('request', id)
    const mailboxIds = await placesOfSender(house, request.senderId)
    const at = house.now()
    const kept = await deletions.threads(request.senderId, at)
    const threads = kept.map(({ threadId }) => threadId).toSorted()
    const beside = await house.store.erasing.keptOf(request.senderId, at)
    const where = { mailboxIds, hindrances: hindrancesIn(kept, beside), threads }
    const decision = decideDeletion(request, how, answer, where, who, at)
    if (decision.kind === 'refused') return decision
    const answered = { state: how, decidedBy: who.id, decidedAt: at, answer }
    const decided = { ...request, ...answered, threads: how === 'approved' ? threads : [] }
    await deletions.decide(decided, decision.events)
    return done
  })
  if (outcome.kind === 'done' && how === 'approved') await carryOutDeletions(house)
  return outcome
}

/**
 * Erases what approved requests name and is still there, also after a crash in the middle. What is
 * held meanwhile stays.
 */
export async function carryOutDeletions(house: House): Promise<number> {
  const { deletions } = house.store
  let erased = 0
  for (const { id, senderId, threads, decidedAt } of await deletions.approved()) {
    const kept = await deletions.threads(senderId, house.now())
    const left = kept.filter(
      ({ threadId, erasedAt, erased: gone, held, letter }) =>
        threads.includes(threadId) &&
        !gone &&
        // Mail that came into an erased thread later is no part of the request.
        (erasedAt ?? '') < (decidedAt ?? '') &&
        held === null &&
        !letter,
    )
    for (const { threadId } of left) if (await eraseOnRequest(house, threadId, id)) erased += 1
    const agreed = decidedAt ?? ''
    if (await eraseOf(house, senderId, id, (all) => senderDueOnRequest(all, agreed))) erased += 1
  }
  if (erased > 0) await house.store.erasing.settle()
  return erased
}
