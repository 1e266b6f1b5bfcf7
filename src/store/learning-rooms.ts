import type { Core } from './core.ts'
import { type DrillPool, drillPoolIn } from './drill-pool.ts'
import { type Drills, drillsIn } from './drills.ts'
import { type DutyCounts, dutiesIn } from './duties.ts'
import { type Policies, policiesIn } from './policies.ts'
import { type Trainings, trainingsIn } from './trainings.ts'

/** What people learn and read, and what is on record of it. */
export type LearningRooms = {
  readonly drills: Drills
  readonly drillPool: DrillPool
  readonly trainings: Trainings
  readonly policies: Policies
  readonly duties: DutyCounts
}

export function learningIn(core: Core): LearningRooms {
  return {
    drills: drillsIn(core),
    drillPool: drillPoolIn(core),
    policies: policiesIn(core),
    duties: dutiesIn(core),
    trainings: trainingsIn(core),
  }
}
