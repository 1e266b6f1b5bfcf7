import { beginningOf, dayOf, daysBetween } from './business-day.ts'
import type { ConsultationEvent } from './consultation-event.ts'
import { medianOf } from './median.ts'
import { isCarer, type Person } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** What is to become of it: it stays between two people, or is recorded as an incident (出来事). */
export const wishes = ['confidential', 'incident'] as const
export type Wish = (typeof wishes)[number]

export type ConsultationState = 'open' | 'closed'

/** Something that a member of staff reported to the desk (相談). */
export type Consultation = {
  readonly id: string
  /** Null where it is anonymous. */
  readonly personId: string | null
  readonly wish: Wish
  /** People who never see it: those whom it names, and those whom the reporter chose. */
  readonly hiddenFrom: readonly string[]
  /** Of an anonymous one only the day: its beginning in Japan. */
  readonly receivedAt: Instant
  readonly assignee: string | null
  readonly firstAnsweredAt: Instant | null
  readonly state: ConsultationState
  readonly incidentId: string | null
}

/** When something was reported, as far as that may be kept. */
export function reportedAt(at: Instant, anonymous: boolean): Instant {
  return anonymous ? beginningOf(dayOf(at)) : at
}

/** The supervisors who could take a report, as it would be kept. */
export function deskFor(
  people: readonly Person[],
  { hiddenFrom, personId }: Pick<Consultation, 'hiddenFrom' | 'personId'>,
): Person[] {
  return people.filter((one) => isCarer(one) && one.id !== personId && !hiddenFrom.includes(one.id))
}

/** Who is named in these words: by their whole name, or by a family name of two signs or more. */
export function namedIn(words: string, people: readonly Person[]): string[] {
  const text = plain(words)
  return people
    .filter(({ name }) => namesOf(name).some((one) => text.includes(one)))
    .map(({ id }) => id)
}

/** Whether a supervisor may know that there is such a report. */
export function seesOnDesk(consultation: Consultation, who: Person): boolean {
  return deskFor([who], consultation).length === 1
}

/** Whether a supervisor may read its words: they took it. */
export function readsOnDesk(consultation: Consultation, who: Person): boolean {
  return seesOnDesk(consultation, who) && consultation.assignee === who.id
}

/** Whether nobody has it: it was not taken, or who took it may not see it any more. */
export function isFree(consultation: Consultation, people: readonly Person[]): boolean {
  const holder = people.find(({ id }) => id === consultation.assignee)
  return holder === undefined || !seesOnDesk(consultation, holder)
}

/** Takes a report: from now on its words are this supervisor's alone, beside the reporter's. */
export function takeReport(
  consultation: Consultation,
  people: readonly Person[],
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!seesOnDesk(consultation, who)) return refuse('not_allowed')
  if (!isFree(consultation, people)) return refuse('care_taken')
  return act('consultation_taken', consultation, who, at)
}

/** Gives it back to the desk. */
export function giveReportBack(c: Consultation, who: Person, at: Instant): Step | Refusal {
  if (!readsOnDesk(c, who)) return refuse('not_allowed')
  return act('consultation_given_back', c, who, at)
}

/** Answers; the first answer is what the desk's time is measured by. */
export function answerReport(c: Consultation, who: Person, at: Instant): Step | Refusal {
  if (!readsOnDesk(c, who)) return refuse('not_allowed')
  return act('consultation_answered', c, who, at)
}

/** Says that nothing more is to be done; never before an answer. */
export function closeReport(c: Consultation, who: Person, at: Instant): Step | Refusal {
  if (!readsOnDesk(c, who)) return refuse('not_allowed')
  if (c.firstAnsweredAt === null) return refuse('consultation_unanswered')
  return c.state === 'closed' ? step() : act('consultation_closed', c, who, at)
}

/** Says which incident it became; only where its reporter wished that. */
export function reportBecame(
  c: Consultation,
  incidentId: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!readsOnDesk(c, who)) return refuse('not_allowed')
  if (c.wish !== 'incident') return refuse('consultation_confidential')
  if (c.incidentId !== null) return refuse('consultation_became')
  const kind = 'consultation_became_incident'
  return step({ kind, at, by: who.id, consultationId: c.id, became: incidentId })
}

/** The report after more words of its reporter's: it is open again, and hidden from whom they name. */
export function addedTo(c: Consultation, named: readonly string[]): Consultation {
  const hiddenFrom = [...new Set([...c.hiddenFrom, ...named])]
  const lost = c.assignee !== null && named.includes(c.assignee)
  return { ...c, state: 'open', hiddenFrom, assignee: lost ? null : c.assignee }
}

/** The report after an act of the desk. */
export function applyToReport(
  c: Consultation,
  event: ConsultationEvent & { readonly at: Instant; readonly by: string | null },
): Consultation {
  switch (event.kind) {
    case 'consultation_taken':
      return { ...c, assignee: event.by }
    case 'consultation_given_back':
      return { ...c, assignee: null }
    case 'consultation_answered':
      return { ...c, firstAnsweredAt: c.firstAnsweredAt ?? event.at }
    case 'consultation_closed':
      return { ...c, state: 'closed' }
    case 'consultation_became_incident':
      return { ...c, incidentId: event.became }
  }
}

/** How fast the desk answers: of the whole desk, and of nobody in it. */
export type ResponseTimes = {
  readonly answered: number
  readonly waiting: number
  /** Of reports with a name. */
  readonly medianHours: number | null
  /** Of anonymous ones, of which only the day is known. */
  readonly medianDays: number | null
}

/** The time to the first answer; half of the reports were answered faster. */
export function responseTimes(all: readonly Consultation[]): ResponseTimes {
  const answered = all.flatMap((one) =>
    one.firstAnsweredAt === null ? [] : [{ ...one, answeredAt: one.firstAnsweredAt }],
  )
  const hours = answered
    .filter(({ personId }) => personId !== null)
    .map((one) => (Date.parse(one.answeredAt) - Date.parse(one.receivedAt)) / 3_600_000)
  const days = answered
    .filter(({ personId }) => personId === null)
    .map((one) => daysBetween(dayOf(one.receivedAt), dayOf(one.answeredAt)))
  const waiting = all.length - answered.length
  return {
    answered: answered.length,
    waiting,
    medianHours: medianOf(hours),
    medianDays: medianOf(days),
  }
}

type Plain = Exclude<ConsultationEvent['kind'], 'consultation_became_incident'>

function act(kind: Plain, { id }: Consultation, who: Person, at: Instant): Step {
  return step({ kind, at, by: who.id, consultationId: id })
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
}

function namesOf(name: string): string[] {
  const [family = ''] = name.normalize('NFKC').split(/\s/)
  return [plain(name), plain(family)].filter((one) => one.length >= 2)
}
