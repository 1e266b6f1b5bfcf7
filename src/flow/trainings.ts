import { may, type Person } from '../domain/person.ts'
import { refuse } from '../domain/step.ts'
import { recordTraining, type Training, withdrawTraining } from '../domain/training.ts'
import { sha256 } from '../store/sealing.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome } from './house.ts'

/** A supervisor puts down training that was held elsewhere: when, what, and who took part. */
export async function noteTraining(
  house: House,
  given: Pick<Training, 'title' | 'heldOn' | 'personIds'>,
  who: Person,
): Promise<Outcome> {
  if (!may(who, 'manage_training')) return refuse('not_allowed')
  const names = await house.store.people.names()
  if (given.personIds.some((id) => !names.has(id))) return refuse('person_gone')
  const training: Training = {
    ...{ id: house.newId(), title: given.title, heldOn: given.heldOn },
    ...{ personIds: [...new Set(given.personIds)].toSorted(), recordedBy: who.id },
    ...{ recordedAt: house.now(), withdrawnAt: null },
  }
  const decision = recordTraining(training, sha256(training.title))
  if (decision.kind === 'refused') return decision
  await house.store.trainings.add(training, decision.events)
  return done
}

/** Takes a training back that was put down wrongly. */
export async function takeBackTraining(house: House, id: string, who: Person): Promise<Outcome> {
  if (!may(who, 'manage_training')) return refuse('not_allowed')
  const training = await house.store.trainings.find(id)
  if (!training) throw new NotFound('training', id)
  const at = house.now()
  const decision = withdrawTraining(training, who.id, at)
  if (decision.kind === 'refused') return decision
  await house.store.trainings.withdraw({ ...training, withdrawnAt: at }, decision.events)
  return done
}
