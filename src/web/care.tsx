import type { FC } from 'hono/jsx'
import { burdenOf, burdenSince, levelOf } from '../domain/exposure.ts'
import { may, type Person } from '../domain/person.ts'
import { daysAfter } from '../domain/time.ts'
import type { Exposure } from '../store/exposures.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { localOf } from '../text/months.ts'
import { type Bar, BarChart } from './bar-chart.tsx'
import { ForYou, InYourCare } from './care-lists.tsx'
import { InCare } from './care-people.tsx'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Banner, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { mailboxesOf } from './view.ts'

/** Days that the chart shows. */
const daysShown = 14

/** From so many grave passages in a day on a person is advised to stop (`ui.md` section 5). */
const graveADay = 10

/** Of fewer people a figure would tell of single ones. */
const teamLeast = 5

export function careRoutes(routes: Routes): void {
  routes.get('/care', 'own_settings', carePage)
}

/** What reading weighs on oneself, and who can be talked to; of others only whole desks. */
async function carePage(c: Ctx): Promise<Response> {
  const { text, house, person, account } = c.var
  const now = house.now()
  const openings = await house.store.exposures.of(
    person.id,
    burdenSince(now, house.policy.care.halfLifeDays),
  )
  const people = (await house.store.people.list()).filter(({ disabledAt }) => disabledAt === null)
  const names = await house.store.people.names()
  const mailboxes = await mailboxesOf(c)
  return page(
    c,
    text.care.title,
    <section class='narrow'>
      <h1>{text.care.title}</h1>
      <p class='help'>{text.care.lead}</p>
      <ForYou c={c} names={names} />
      {may(account, 'care') && <InYourCare c={c} names={names} people={people} />}
      <Own c={c} openings={openings} />
      <Talk c={c} people={people} mailboxes={mailboxes} />
      {may(account, 'care') && <InCare c={c} people={people} mailboxes={mailboxes} />}
      {may(account, 'confirm') && <Teams c={c} people={people} mailboxes={mailboxes} />}
    </section>,
  )
}

const Own: FC<{ c: Ctx; openings: readonly Exposure[] }> = ({ c, openings }) => {
  const { house, person } = c.var
  const { care: text } = c.var.text
  const now = house.now()
  const { halfLifeDays } = house.policy.care
  const level = levelOf(burdenOf(openings, now, halfLifeDays))
  const today = dayOf(now)
  const grave = openings.filter(({ severity, at }) => severity === 3 && dayOf(at) === today).length
  const bars = byDay(openings, now)
  return (
    <section class='card' aria-labelledby='own-title'>
      <h2 id='own-title'>{text.own}</h2>
      <p>
        <strong>{text.level[level]}</strong>
      </p>
      <p>{text.advice[level]}</p>
      {grave >= graveADay && <Banner tone='caution'>{text.graveToday(grave)}</Banner>}
      {may(person, 'review') && (level === 'noticeable' || level === 'heavy') && (
        <Form c={c} action='/settings/absence'>
          <input type='hidden' name='absent' value='yes' />
          <button type='submit'>{text.away}</button>
        </Form>
      )}
      {openings.length > 0 && <Days c={c} bars={bars} />}
      <details>
        <summary>{text.how}</summary>
        <p>{text.howText(halfLifeDays)}</p>
      </details>
    </section>
  )
}

const Days: FC<{ c: Ctx; bars: readonly Bar[] }> = ({ c, bars }) => {
  const { care: text } = c.var.text
  const most = Math.max(0, ...bars.map(({ value }) => value))
  return (
    <>
      <h3>{text.days(daysShown)}</h3>
      <BarChart
        bars={bars}
        label={text.chart(most)}
        short={({ label }) => label.slice(5).replace('-', '/')}
      />
      <details>
        <summary>{text.table}</summary>
        <table class='figures'>
          <thead>
            <tr>
              <th scope='col'>{text.day}</th>
              <th scope='col'>{text.opened}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, value }) => (
              <tr>
                <td>{label}</td>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

type Around = { c: Ctx; people: readonly Person[]; mailboxes: readonly Mailbox[] }

/** The supervisors of one's own mailboxes, by name. */
const Talk: FC<Around> = ({ c, people, mailboxes }) => {
  const { person } = c.var
  const { care: text } = c.var.text
  const near = people.filter(
    (one) => one.id !== person.id && mailboxes.some(({ id }) => may(one, 'confirm', id)),
  )
  return (
    <section class='card' aria-labelledby='talk-title'>
      <h2 id='talk-title'>{text.talk}</h2>
      <p>{text.talkLead}</p>
      {near.length === 0 && <p>{text.nobody}</p>}
      <ul>
        {near.map(({ name }) => (
          <li>{name}</li>
        ))}
      </ul>
      <p>
        <a href='/consultation'>{c.var.text.consultation.go}</a>
      </p>
    </section>
  )
}

/** How whole desks stand; never a person's figure. */
const Teams: FC<Around> = async ({ c, people, mailboxes }) => {
  const { house, language } = c.var
  const { care: text } = c.var.text
  const loads = await house.store.assignments.loads(
    people,
    house.now(),
    house.policy.care.halfLifeDays,
  )
  return (
    <section class='card' aria-labelledby='team-title'>
      <h2 id='team-title'>{text.team}</h2>
      <p class='help'>{text.teamLead}</p>
      <dl class='facts stacked'>
        {mailboxes.map(({ id, department }) => {
          const team = loads.filter(({ person }) => may(person, 'review', id))
          const mean = team.reduce((sum, { burden }) => sum + burden, 0) / Math.max(1, team.length)
          const words = text.level[levelOf(mean)]
          return (
            <div>
              <dt>{inLanguage(department, language)}</dt>
              <dd>
                {team.length < teamLeast
                  ? text.teamFew(team.length)
                  : text.teamOf(team.length, words)}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

/** The calendar's day of an instant, on our clocks. */
function dayOf(at: string): string {
  return localOf(new Date(at)).slice(0, 10)
}

function byDay(openings: readonly Exposure[], now: string): Bar[] {
  const counts = Map.groupBy(openings, ({ at }) => dayOf(at))
  return Array.from({ length: daysShown }, (_, n) => {
    const label = dayOf(daysAfter(now, n - daysShown + 1))
    return { label, value: counts.get(label)?.length ?? 0 }
  })
}
