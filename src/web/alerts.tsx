import { may } from '../domain/person.ts'
import { acknowledge } from '../flow/suspend.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { CategoryChips, SeverityChip, Time } from './parts/chips.tsx'
import { Empty, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'
import { viewOf } from './view.ts'

const listed = 200

/** What must be read although its sender is muted: neutral, without a word of the mail. */
export function alertRoutes(routes: Routes): void {
  routes.get('/alerts', 'see_alerts', alertsPage)
  routes.post('/alerts/:id/acknowledgement', 'acknowledge_alert', async (c) =>
    answer(
      c,
      await acknowledge(c.var.house, c.req.param('id') ?? '', c.var.person),
      '/alerts',
      'acknowledged',
    ),
  )
}

async function alertsPage(c: Ctx): Promise<Response> {
  const { text, house, person } = c.var
  const alerts = await viewOf(c, 'see_alerts').alerts.list('all', listed)
  const names = await house.store.people.names()
  return page(
    c,
    text.alertsTitle,
    <section>
      <h1>{text.alertsTitle}</h1>
      <p class='help'>{text.alertsLead}</p>
      {alerts.length === 0 && <Empty>{text.alertsEmpty}</Empty>}
      <ul class='alerts'>
        {alerts.map((alert) => (
          <li class={alert.acknowledgedAt ? 'card' : 'card open'}>
            <p>
              <strong>{alert.reasons.map((reason) => text.alertReason[reason]).join('・')}</strong>{' '}
              <Time c={c} at={alert.raisedAt} />
            </p>
            <p class='chips'>
              <SeverityChip text={text} severity={alert.severity} />
              <CategoryChips text={text} codes={alert.categories} />
            </p>
            <p>
              <a href={`/senders/${alert.senderId}`}>{alert.senderName || text.unknownSender}</a>
              {' · '}
              <a href={`/threads/${alert.threadId}#m-${alert.messageId}`}>{text.openThread}</a>
            </p>
            {alert.acknowledgedBy ? (
              <small>{text.acknowledgedBy(names.get(alert.acknowledgedBy) ?? '')}</small>
            ) : (
              may(person, 'acknowledge_alert') && (
                <Form c={c} action={`/alerts/${alert.id}/acknowledgement`}>
                  <button type='submit'>{text.acknowledge}</button>
                </Form>
              )
            )}
          </li>
        ))}
      </ul>
    </section>,
  )
}
