import {
  afterAnswer,
  afterLeavingOut,
  answerCase,
  type CaseRef,
  type Drill,
  type DrillAnswer,
  type DrillCase,
  differenceOf,
  type Expected,
  ended,
  leaveOut,
  type Pack,
  startDrill,
} from '../domain/drill.ts'
import { type Candidate, chooseCases, keyOf } from '../domain/drill-choice.ts'
import { may, type Person, reachOf } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/step.ts'
import { ownCandidates } from '../domain/training/cases.ts'
import { StaleWrite } from '../store/engine.ts'
import { sealing } from '../store/sealing.ts'
import { NotFound } from './act.ts'
import { openCase } from './drill-case.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

/** Everything that a person can be asked about: decided mail that they read, and our own cases. */
export async function poolFor({ store }: House, person: Person): Promise<readonly Candidate[]> {
  const decided = await store.drillPool.decided(person.id, reachOf(person, 'read'))
  return [...decided, ...ownCandidates]
}

export type Started = { readonly kind: 'started'; readonly drillId: string }

/** Starts a pack for oneself, or as a supervisor for somebody else. */
export async function beginDrill(
  house: House,
  wish: { readonly personId: string; readonly pack: Pack },
  who: Person,
): Promise<Started | Refusal> {
  const { store } = house
  const person = await store.people.find(wish.personId)
  if (!person || person.disabledAt !== null || !may(person, 'drill')) return refuse('person_gone')
  if (person.id !== who.id && !may(who, 'manage_training')) return refuse('not_allowed')
  const seen = await store.drills.seenBy(person.id)
  const refs = chooseCases(await poolFor(house, person), wish.pack, seen)
  const drill = openedDrill(house, wish, who, refs.length)
  const begun = startDrill(
    drill,
    { count: refs.length, sha256: hashOfCases(refs) },
    who.id,
    drill.startedAt,
  )
  if (begun.kind === 'refused') return begun
  const cases = refs.map((ref, at) => openedCase(house.newId(), drill.id, at + 1, ref))
  try {
    await store.drills.start(drill, cases, begun.events)
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
    return refuse('drill_open')
  }
  return { kind: 'started', drillId: drill.id }
}

/** Answers a case; what was decided is looked up as it stands now. */
export function answerDrill(
  house: House,
  drillId: string,
  given: { readonly place: number; readonly answer: DrillAnswer },
  who: Person,
): Promise<Outcome> {
  return onCase(house, drillId, given.place, who, async (drill, one) => {
    const opened = await openCase(house, one.ref, who)
    if (!opened) return refuse('changed_meanwhile')
    const at = house.now()
    const { expected } = opened
    const { answer } = given
    const sha256 = hashOfAnswer(one.id, answer, expected)
    const decision = answerCase(drill, one, { answer, expected, sha256 }, who.id, at)
    if (decision.kind === 'refused') return decision
    const after = ended(afterAnswer(drill, differenceOf(answer, expected)), at)
    const said = { ...one, state: 'answered', answer, expected, answeredAt: at } as const
    await house.store.drills.commit(drill, after, said, decision.events)
    return done
  })
}

/** Goes on past a case that is gone; one that is still there is answered. */
export function passDrillCase(
  house: House,
  drillId: string,
  place: number,
  who: Person,
): Promise<Outcome> {
  return onCase(house, drillId, place, who, async (drill, one) => {
    if (await openCase(house, one.ref, who)) return refuse('changed_meanwhile')
    const at = house.now()
    const decision = leaveOut(drill, one, who.id, at)
    if (decision.kind === 'refused') return decision
    const after = ended(afterLeavingOut(drill), at)
    await house.store.drills.commit(drill, after, { ...one, state: 'left_out' }, decision.events)
    return done
  })
}

type Act = (drill: Drill, one: DrillCase) => Promise<Outcome>

/** For the person alone; to others the drill does not exist. */
function onCase(
  { store }: House,
  drillId: string,
  place: number,
  who: Person,
  act: Act,
): Promise<Outcome> {
  return untilFresh(async () => {
    const drill = await store.drills.find(drillId)
    if (drill?.personId !== who.id) throw new NotFound('drill', drillId)
    const one = (await store.drills.casesOf(drillId)).find((other) => other.place === place)
    if (!one) throw new NotFound('case', String(place))
    return act(drill, one)
  })
}

function openedDrill(
  { newId, now, policy }: House,
  { personId, pack }: { readonly personId: string; readonly pack: Pack },
  who: Person,
  cases: number,
): Drill {
  return {
    ...{ id: newId(), pack, personId, startedBy: who.id, startedAt: now() },
    ...{ policyVersion: policy.version, cases, passed: 0, answered: 0, agreed: 0, exact: 0 },
    ...{ state: 'open', endedAt: null },
  }
}

function openedCase(id: string, drillId: string, place: number, ref: CaseRef): DrillCase {
  const nothing = { state: 'open', answer: null, expected: null, answeredAt: null } as const
  return { id, drillId, place, ref, ...nothing }
}

/** What a drill asks about, as its event names it. */
export function hashOfCases(refs: readonly CaseRef[]): string {
  return sealing.sha256(refs.map(keyOf).join('\n'))
}

/** What was answered and decided, as its event names it. The id, in no event, keeps it from being guessed. */
export function hashOfAnswer(id: string, answer: DrillAnswer, expected: Expected): string {
  return sealing.sha256(sealing.canonical({ id, answer, expected }))
}
