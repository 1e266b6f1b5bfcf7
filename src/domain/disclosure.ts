import {
  type DisclosureOutcome,
  disclosedParts,
  type Withheld,
  type WithholdingGround,
} from './disclosure-event.ts'
import type { Person } from './person.ts'
import {
  coversAll,
  flawOfRequest,
  type PersonRequest,
  type ToRequest,
  whyNotAnswer,
} from './person-request.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** A person asks what is kept on them (保有個人データの開示請求, 個人情報保護法33条). */
export type DisclosureRequest = PersonRequest & {
  /** By which way it was checked that it is they who ask. */
  readonly identityCheck: string
  readonly state: 'open' | DisclosureOutcome
  readonly withheld: readonly Withheld[]
}

export type ToDisclose = ToRequest & Pick<DisclosureRequest, 'identityCheck'>

/** Whether something of the person's is given to them. */
export function isGiven({ state }: Pick<DisclosureRequest, 'state'>): boolean {
  return state === 'disclosed' || state === 'partly'
}

/** Records that somebody asks what is kept on them, and how it was checked that it is they. */
export function requestDisclosure(
  given: ToDisclose,
  { open, mailboxIds }: { readonly open: boolean; readonly mailboxIds: readonly string[] },
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!coversAll(who, 'disclose', mailboxIds)) return refuse('not_allowed')
  const flaw = flawOfRequest(given, open, at)
  if (flaw) return flaw
  if (given.identityCheck.trim() === '') return refuse('identity_check_missing')
  const { id: requestId, senderId, receivedOn, reason, identityCheck } = given
  const asked = { requestId, senderId, receivedOn, reason, identityCheck }
  return step({ at, by: who.id, kind: 'disclosure_requested', ...asked })
}

export type DisclosureAnswer = {
  readonly how: 'given' | 'refused'
  /** What is not given, where the rest is. */
  readonly withheld: readonly Withheld[]
  /** What the person is told; of a refusal its reason. */
  readonly answer: string
}

/**
 * Answers it: another supervisor than the one who recorded it. Whoever is told nothing is told why.
 * That it is kept against repeated demands holds only where harassment was found more than once.
 */
export function answerDisclosure(
  request: DisclosureRequest,
  { how, withheld, answer }: DisclosureAnswer,
  { mailboxIds, found }: { readonly mailboxIds: readonly string[]; readonly found: number },
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!coversAll(who, 'disclose', mailboxIds)) return refuse('not_allowed')
  const barred = whyNotAnswer(request, who)
  if (barred) return barred
  const { id: requestId, senderId } = request
  const stamp = { at, by: who.id, kind: 'disclosure_answered', requestId, senderId } as const
  if (how === 'refused') {
    if (answer.trim() === '') return refuse('reason_missing')
    return step({ ...stamp, outcome: 'refused', withheld: [], answer })
  }
  const parts = disclosedParts.flatMap((part) => withheld.find((one) => one.part === part) ?? [])
  if (parts.length === disclosedParts.length) return refuse('disclosure_all_withheld')
  if (names(parts, 'repeated') && found < 2) return refuse('disclosure_not_repeated')
  const outcome = parts.length === 0 ? 'disclosed' : 'partly'
  return step({ ...stamp, outcome, withheld: parts, answer })
}

function names(parts: readonly Withheld[], wanted: WithholdingGround): boolean {
  return parts.some(({ ground }) => ground === wanted)
}
