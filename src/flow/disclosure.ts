import {
  type DisclosureAnswer,
  type DisclosureRequest,
  answerDisclosure as decideAnswer,
  requestDisclosure as decideRequest,
  isGiven,
  type ToDisclose,
} from '../domain/disclosure.ts'
import type { Language, Person } from '../domain/person.ts'
import { writeDisclosure } from '../evidence/disclosure.ts'
import { EvidenceError } from '../evidence/error.ts'
import type { Take } from '../evidence/mails.ts'
import { maskOf } from '../evidence/mask.ts'
import { NotFound } from './act.ts'
import { type Exported, intoFile, toSend, writeUnchanged } from './export.ts'
import { placesOfSender } from './holds.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'
import type { MadeFile } from './makings.ts'
import { recordRequest } from './person-requests.ts'

/** Records that somebody asks what is kept on them. */
export function requestDisclosure(
  house: House,
  given: Omit<ToDisclose, 'id'>,
  who: Person,
): Promise<Outcome> {
  const { disclosures } = house.store
  return recordRequest(house, given.senderId, {
    earlier: (members) => disclosures.ofSenders(members),
    decide: (id, known, at) => decideRequest({ id, ...given }, known, who, at),
    keep: (id, at, events) =>
      disclosures.propose(
        {
          ...{ id, ...given, proposedBy: who.id, proposedAt: at },
          ...{ state: 'open', decidedBy: null, decidedAt: null, withheld: [], answer: '' },
        },
        events,
      ),
  })
}

/** Requests of whoever is one with that sender, newest first. */
export async function requestsOf(
  { store }: House,
  senderId: string,
): Promise<readonly DisclosureRequest[]> {
  return store.disclosures.ofSenders((await store.joins.members([senderId]))(senderId))
}

/** How often harassment was found of whoever is one with that sender. */
export async function foundOf({ store }: House, senderId: string): Promise<number> {
  return store.disclosures.found((await store.joins.members([senderId]))(senderId))
}

/** Answers a request; what is given is made into a package afterwards, as often as it is needed. */
export function answerDisclosure(
  house: House,
  id: string,
  given: DisclosureAnswer,
  who: Person,
): Promise<Outcome> {
  const { disclosures } = house.store
  return untilFresh(async () => {
    const request = await disclosures.find(id)
    if (!request) throw new NotFound('request', id)
    const mailboxIds = await placesOfSender(house, request.senderId)
    const found = await foundOf(house, request.senderId)
    const at = house.now()
    const decision = decideAnswer(request, given, { mailboxIds, found }, who, at)
    if (decision.kind === 'refused') return decision
    const [event] = decision.events
    if (event?.kind !== 'disclosure_answered') throw new Error('an answer is one event')
    const { outcome: state, withheld, answer } = event
    const answered = { ...request, state, withheld, answer, decidedBy: who.id, decidedAt: at }
    await disclosures.decide(answered, decision.events)
    return done
  })
}

export type WantedByPerson = {
  readonly senderId: string
  readonly language: Language
  /** The person who makes it; null for the operator at the machine. */
  readonly by: string | null
  /** The file that it is to be; it has that name only once it is whole and on record. */
  readonly out: string
  /** Hears how many mails of how many are written. */
  readonly progress?: (mails: number, of: number) => void
}

export type Disclosed = Omit<Exported, 'masked'> & Pick<DisclosureRequest, 'state' | 'withheld'>

/**
 * Writes what is kept on a person into a file for them, as their newest request was answered. Throws
 * `EvidenceError` where none was.
 */
export async function discloseTo(
  house: House,
  take: Take,
  { senderId, language, by, out, progress }: WantedByPerson,
): Promise<Disclosed> {
  const request = (await requestsOf(house, senderId)).find(isGiven)
  if (!request) {
    throw new EvidenceError(
      'no request of this person was answered with a disclosure: a supervisor records it on the sender’s page, another one answers it',
    )
  }
  const { store, policy } = house
  const made = await intoFile(out, async (part) => {
    const written = await writeUnchanged(house, senderId, part, (covered, file) => {
      const source = { store, take, language, request, policy, at: house.now() }
      const passed = (mails: number) => progress?.(mails, covered.scope.mails.length)
      const whole = { mask: maskOf([], language), passed }
      return writeDisclosure({ ...source, ...whole, ...covered }, file)
    })
    const { manifestSha256 } = written
    const named = { requestId: request.id, senderId: written.senderId, manifestSha256 }
    await store.record([{ kind: 'data_disclosed', at: house.now(), by, ...named }])
    return written
  })
  return { ...made, state: request.state, withheld: request.withheld }
}

/** The same for somebody at a page. */
export function discloseToSend(
  house: House,
  take: Take,
  wanted: Omit<WantedByPerson, 'out'>,
): Promise<MadeFile> {
  return toSend('mamori-disclosure', (out) => discloseTo(house, take, { ...wanted, out }))
}
