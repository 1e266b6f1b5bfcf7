import type { FC } from 'hono/jsx'
import { levelOf } from '../domain/exposure.ts'
import { may, type Person } from '../domain/person.ts'
import { daysAfter } from '../domain/time.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Ctx } from './env.ts'

/** Days in which threads that somebody passed on are counted. */
const passDays = 28

/**
 * How it stands with each person in somebody's care, in a word and by name: no figure to compare,
 * and no order but that of the names.
 */
export const InCare: FC<{
  c: Ctx
  people: readonly Person[]
  mailboxes: readonly Mailbox[]
}> = async ({ c, people, mailboxes }) => {
  const { house, account } = c.var
  const { care: text } = c.var.text
  const places = mailboxes.filter(({ id }) => may(account, 'care', id))
  const near = people.filter(
    (one) => one.id !== account.id && places.some(({ id }) => may(one, 'review', id)),
  )
  const now = house.now()
  const { assignments, passes } = house.store
  const loads = await assignments.loads(near, now, house.policy.care.halfLifeDays)
  const passed = await passes.counts(
    near.map(({ id }) => id),
    daysAfter(now, -passDays),
  )
  const byName = loads.toSorted((a, b) => a.person.name.localeCompare(b.person.name, 'ja'))
  return (
    <section class='card' aria-labelledby='in-care-title'>
      <h2 id='in-care-title'>{text.inCare}</h2>
      <p class='help'>{text.inCareLead}</p>
      {byName.length === 0 && <p>{text.inCareNobody}</p>}
      <dl class='facts stacked'>
        {byName.map(({ person, burden }) => (
          <div>
            <dt>{person.name}</dt>
            <dd>
              {text.level[levelOf(burden)]}
              {passed.has(person.id) && (
                <small> {text.passed(passed.get(person.id) ?? 0, passDays)}</small>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
