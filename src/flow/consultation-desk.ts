import {
  answerReport,
  applyToReport,
  type Consultation,
  closeReport,
  giveReportBack,
  reportBecame,
  seesOnDesk,
  takeReport,
} from '../domain/consultation.ts'
import type { ConsultationEvent } from '../domain/consultation-event.ts'
import type { Event } from '../domain/event.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import type { KeptConsultation } from '../store/consultations.ts'
import { NotFound } from './act.ts'
import { sealedWord } from './consultation-words.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

/** What somebody may do at the desk without writing. */
export type DeskAct = 'take' | 'give_back' | 'close'

export async function actAtDesk(
  house: House,
  id: string,
  how: DeskAct,
  who: Person,
): Promise<Outcome> {
  const people = await house.store.people.list()
  return acted(house, id, who, (one) => {
    if (how === 'take') return takeReport(one, people, who, house.now())
    return (how === 'close' ? closeReport : giveReportBack)(one, who, house.now())
  })
}

/** Answers the reporter. */
export function answerAtDesk(
  house: House,
  id: string,
  words: string,
  who: Person,
): Promise<Outcome> {
  if (words === '') return Promise.resolve(refuse('text_missing'))
  return acted(house, id, who, (one) => answerReport(one, who, house.now()), words)
}

/** Says which incident a report became, as its reporter wished. */
export function becameIncident(
  house: House,
  id: string,
  incidentId: string,
  who: Person,
): Promise<Outcome> {
  return acted(house, id, who, (one) => reportBecame(one, incidentId, who, house.now()))
}

type Decide = (consultation: KeptConsultation) => Step | Refusal

/** An act of the desk; what one may not know of does not exist. */
function acted(
  house: House,
  id: string,
  who: Person,
  decide: Decide,
  words?: string,
): Promise<Outcome> {
  const { consultations } = house.store
  return untilFresh(async () => {
    const kept = await consultations.find(id)
    if (!kept || !seesOnDesk(kept, who)) throw new NotFound('consultation', id)
    const decision = decide(kept)
    if (decision.kind === 'refused') return decision
    const events = decision.events.filter(isConsultationEvent)
    if (events.length === 0) return done
    const next: Consultation = events.reduce(applyToReport, kept)
    const place = (await consultations.wordsOf(id)).length + 1
    const word = words && sealedWord(house, id, place, who.id, words, house.now())
    await consultations.commit(kept, next, events, word || undefined)
    return done
  })
}

function isConsultationEvent(event: Event): event is ConsultationEvent & Event {
  return 'consultationId' in event
}
