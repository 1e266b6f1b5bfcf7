import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import { isFree, responseTimes, seesOnDesk } from '../domain/consultation.ts'
import type { Person } from '../domain/person.ts'
import { daysAfter } from '../domain/time.ts'
import type { KeptConsultation } from '../store/consultations.ts'
import { dayText } from '../text/text.ts'
import type { Ctx } from './env.ts'

/** Days that the times are measured over, and that closed reports are listed for. */
const measuredDays = 90

/** One's own reports that bear one's name, and where they stand. */
export const OwnReports: FC<{ c: Ctx }> = async ({ c }) => {
  const { house, person } = c.var
  const { consultation: text } = c.var.text
  const own = await house.store.consultations.ofPerson(person.id)
  return (
    <section class='card' aria-labelledby='own-reports-title'>
      <h2 id='own-reports-title'>{text.own}</h2>
      {own.length === 0 && <p class='help'>{text.ownNone}</p>}
      <ul class='plain care-tasks'>
        {own.map((one) => (
          <li>
            <Received c={c} one={one} />
            <span class='chip neutral'>{text.state[one.state]}</span>
            <span>{one.firstAnsweredAt === null ? text.waiting : text.answered}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The desk: what waits, without words or names, and how fast it answers as a whole. */
export const Desk: FC<{ c: Ctx }> = async ({ c }) => {
  const { house, person } = c.var
  const { consultation: text } = c.var.text
  const all = await house.store.consultations.list(daysAfter(house.now(), -measuredDays))
  const seen = all.filter((one) => seesOnDesk(one, person))
  const people = await house.store.people.list()
  return (
    <section class='card' aria-labelledby='desk-title'>
      <h2 id='desk-title'>{text.deskTitle}</h2>
      <p class='help'>{text.deskLead}</p>
      {seen.length === 0 && <p>{text.deskNone}</p>}
      <ul class='plain care-tasks'>
        {seen.map((one) => (
          <li>
            <Received c={c} one={one} />
            <span class='chip neutral'>
              {one.personId === null ? text.withoutName : text.withName}
            </span>
            <span class='chip neutral'>{text.state[one.state]}</span>
            <span>{holder(c, one, people)}</span>
          </li>
        ))}
      </ul>
      <Times c={c} all={seen} />
    </section>
  )
}

const Times: FC<{ c: Ctx; all: readonly KeptConsultation[] }> = ({ c, all }) => {
  const { house } = c.var
  const { consultation: text } = c.var.text
  const since = daysAfter(house.now(), -measuredDays)
  const { answered, waiting, medianHours, medianDays } = responseTimes(
    all.filter(({ receivedAt }) => receivedAt >= since),
  )
  return (
    <>
      <h3>{text.times}</h3>
      <p class='help'>{text.timesLead}</p>
      <p>{text.timesCount(answered, waiting)}</p>
      {medianHours !== null && <p>{text.timesHours(Math.max(1, Math.ceil(medianHours)))}</p>}
      {medianDays !== null && <p>{text.timesDays(Math.ceil(medianDays))}</p>}
    </>
  )
}

function holder(c: Ctx, one: KeptConsultation, people: readonly Person[]): string {
  const { consultation: text } = c.var.text
  if (isFree(one, people)) return text.nobodyYet
  return one.assignee === c.var.person.id ? text.yours : text.others
}

/** The day on which it came in is its name: nothing else may be shown of it in a list. */
const Received: FC<{ c: Ctx; one: KeptConsultation }> = ({ c, one: { id, receivedAt } }) => {
  const day = dayOf(receivedAt)
  return (
    <a href={`/consultation/${id}`}>
      {c.var.text.consultation.received} <time datetime={day}>{dayText(day, c.var.language)}</time>
    </a>
  )
}
