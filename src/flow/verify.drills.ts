import { type Drill, type DrillCase, differenceOf, isExact } from '../domain/drill.ts'
import type { Event } from '../domain/event.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import { hashOfAnswer, hashOfCases } from './drills.ts'

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

type SaidOfDrill = {
  readonly started: Of<'drill_started'>
  /** By place: the hash of an answer, or null for a case that was left out. */
  readonly cases: Map<number, string | null>
  completed: Of<'drill_completed'> | null
}

export type DrillsSaid = {
  readonly drills: Map<string, SaidOfDrill>
  readonly trainings: Map<string, { recorded: Of<'training_recorded'>; withdrawn: boolean }>
}

export function nothingOfDrills(): DrillsSaid {
  return { drills: new Map(), trainings: new Map() }
}

/** Keeps what an event says of training. */
export function noteDrills({ drills, trainings }: DrillsSaid, event: Event): void {
  switch (event.kind) {
    case 'drill_started':
      drills.set(event.drillId, { started: event, cases: new Map(), completed: null })
      break
    case 'drill_answered':
      drills.get(event.drillId)?.cases.set(event.place, event.answerSha256)
      break
    case 'drill_case_left_out':
      drills.get(event.drillId)?.cases.set(event.place, null)
      break
    case 'drill_completed': {
      const drill = drills.get(event.drillId)
      if (drill) drill.completed = event
      break
    }
    case 'training_recorded':
      trainings.set(event.trainingId, { recorded: event, withdrawn: false })
      break
    case 'training_withdrawn': {
      const training = trainings.get(event.trainingId)
      if (training) training.withdrawn = true
    }
  }
}

/** No drill, answer or record of training may be there, gone or different but by an event. */
export async function flawsOfDrills(store: Store, said: DrillsSaid): Promise<string[]> {
  return [...(await flawsOfPacks(store, said)), ...(await flawsOfTrainings(store, said))]
}

async function flawsOfPacks(store: Store, { drills }: DrillsSaid): Promise<string[]> {
  const flaws: string[] = []
  const left = new Map(drills)
  for (let last = ''; ; ) {
    const page = await store.drills.after(last, 200)
    for (const drill of page) {
      const events = left.get(drill.id)
      left.delete(drill.id)
      const cases = await store.drills.casesOf(drill.id)
      if (!events || !isAsSaid(drill, cases, events)) {
        flaws.push(`drill ${drill.id} is not as the events say`)
      }
    }
    const end = page.at(-1)
    if (!end) break
    last = end.id
  }
  return [...flaws, ...[...left.keys()].map((id) => `drill ${id} is gone`)]
}

function isAsSaid(drill: Drill, cases: readonly DrillCase[], said: SaidOfDrill): boolean {
  const { personId, pack, policyVersion, by, at, casesSha256 } = said.started
  const same = sealing.canonical({ ...countsOf(drill.cases, cases), ...{ personId, pack } })
  const { startedBy, startedAt } = drill
  return (
    sealing.canonical({ ...countsOfRow(drill), personId: drill.personId, pack: drill.pack }) ===
      same &&
    drill.policyVersion === policyVersion &&
    startedBy === by &&
    startedAt === at &&
    hashOfCases(cases.map(({ ref }) => ref)) === casesSha256 &&
    cases.every((one) => isCaseAsSaid(one, said)) &&
    isRecordAsSaid(drill, said)
  )
}

function isCaseAsSaid({ id, place, state, answer, expected }: DrillCase, said: SaidOfDrill) {
  const sha = said.cases.get(place)
  if (state === 'open') return sha === undefined
  if (state === 'left_out') return sha === null
  return answer !== null && expected !== null && hashOfAnswer(id, answer, expected) === sha
}

function isRecordAsSaid(drill: Drill, { completed }: SaidOfDrill): boolean {
  if (drill.state === 'open' || drill.answered === 0) return completed === null
  if (completed?.cases !== drill.answered || completed.at !== drill.endedAt) return false
  const { agreement } = completed
  return (
    agreement === null || (agreement.agreed === drill.agreed && agreement.exact === drill.exact)
  )
}

/** The figures of a drill as its cases give them. */
function countsOf(all: number, cases: readonly DrillCase[]) {
  const differences = cases.flatMap(({ answer, expected }) =>
    answer && expected ? [differenceOf(answer, expected)] : [],
  )
  const passed = cases.filter(({ state }) => state !== 'open').length
  return {
    ...{ cases: cases.length, passed, answered: differences.length },
    agreed: differences.filter(({ outcome }) => !outcome).length,
    exact: differences.filter(isExact).length,
    state: passed < all ? 'open' : 'done',
  }
}

function countsOfRow({ cases, passed, answered, agreed, exact, state }: Drill) {
  return { cases, passed, answered, agreed, exact, state }
}

async function flawsOfTrainings(store: Store, { trainings }: DrillsSaid): Promise<string[]> {
  const flaws: string[] = []
  const left = new Map(trainings)
  for (let last = ''; ; ) {
    const page = await store.trainings.after(last, 200)
    for (const { id, title, heldOn, personIds, recordedBy, withdrawnAt } of page) {
      const said = left.get(id)
      left.delete(id)
      const same =
        said !== undefined &&
        said.recorded.titleSha256 === sha256(title) &&
        said.recorded.heldOn === heldOn &&
        said.recorded.by === recordedBy &&
        said.recorded.personIds.join() === personIds.join() &&
        said.withdrawn === (withdrawnAt !== null)
      if (!same) flaws.push(`training ${id} is not as the events say`)
    }
    const end = page.at(-1)
    if (!end) break
    last = end.id
  }
  return [...flaws, ...[...left.keys()].map((id) => `training ${id} is gone`)]
}
