import type { Drill, DrillCase } from '../domain/drill.ts'
import { tallyOf } from '../domain/drill-progress.ts'
import type { Event } from '../domain/event.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import { hashOfAnswer, hashOfCases } from './drills.ts'
import { amend, type Book } from './verify.rows.ts'

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

type SaidOfDrill = {
  readonly started: Of<'drill_started'>
  /** By place: the hash of an answer, or null for a case that was left out. */
  readonly cases: Map<number, string | null>
  completed: Of<'drill_completed'> | null
}

/** What the log says of drills, by their ids. */
export type DrillsSaid = Map<string, SaidOfDrill>

/** Keeps what an event says of drills. */
export function noteDrills(drills: DrillsSaid, event: Event): void {
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
    default:
  }
}

/** No drill or answer may be there, gone or different but by an event. */
export async function flawsOfDrills(store: Store, drills: DrillsSaid): Promise<string[]> {
  const flaws: string[] = []
  const left = new Set(drills.keys())
  for await (const drill of store.kept.rows('drills')) {
    left.delete(drill.id)
    const said = drills.get(drill.id)
    if (!said || !isAsSaid(drill, await store.drills.casesOf(drill.id), said)) {
      flaws.push(`drill ${drill.id} is not as the events say`)
    }
  }
  return [...flaws, ...[...left].map((id) => `drill ${id} is gone`)]
}

/** Training that was held elsewhere. */
export const trainingsBook: Book<'trainings'> = {
  name: 'trainings',
  what: 'training',
  note(said, event) {
    if (event.kind === 'training_recorded') {
      const { trainingId, titleSha256, heldOn, by, personIds } = event
      said.set(trainingId, { titleSha256, heldOn, by, personIds, withdrawn: false })
    }
    if (event.kind === 'training_withdrawn') amend(said, event.trainingId, { withdrawn: true })
  },
  kept({ id, title, heldOn, recordedBy: by, personIds, withdrawnAt }) {
    const titleSha256 = sha256(title)
    return [id, { titleSha256, heldOn, by, personIds, withdrawn: withdrawnAt !== null }]
  },
}

function isAsSaid(drill: Drill, cases: readonly DrillCase[], said: SaidOfDrill): boolean {
  const { personId, pack, policyVersion, by: startedBy, at: startedAt } = said.started
  const begun = { personId, pack, policyVersion, startedBy, startedAt }
  const { id: _, endedAt: __, ...kept } = drill
  return (
    sealing.canonical({ ...begun, ...countsOf(cases) }) === sealing.canonical(kept) &&
    hashOfCases(cases.map(({ ref }) => ref)) === said.started.casesSha256 &&
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
function countsOf(cases: readonly DrillCase[]) {
  const passed = cases.filter(({ state }) => state !== 'open').length
  const state = passed < cases.length ? 'open' : 'done'
  return { cases: cases.length, passed, ...tallyOf(cases), state }
}
