import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import type { Blocked, Due } from '../domain/retention.ts'
import type { RetentionRule } from '../domain/retention-proposal.ts'
import { sendersDue } from '../flow/retention.senders.ts'
import { approvePeriods, duePreview, periodsHash } from '../flow/retention.ts'
import { periodLines } from '../text/text.ts'
import { Requests } from './deletion.tsx'
import { DisclosureRequests } from './disclosure.tsx'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { HeldLine } from './holds.tsx'
import { Time } from './parts/chips.tsx'
import { Empty, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** What is kept for how long, what would go tonight, and who let it (保存と消去). */
export function retentionRoutes(routes: Routes): void {
  routes.get('/retention', 'see_retention', retentionPage)
  routes.post('/retention/approval', 'approve_retention', async (c) => {
    const shown = (await readForm(c)).text('periods')
    const outcome = await approvePeriods(c.var.house, shown, c.var.account)
    const rule = await c.var.house.store.holds.rule(shown)
    const said = rule?.approvedBy ? 'retentionApproved' : 'retentionProposed'
    return answer(c, outcome, '/retention', said)
  })
}

/** Threads that the page looks at: it answers at once, and the command counts all. */
const lookedAt = 300
const sendersLookedAt = 50

async function retentionPage(c: Ctx): Promise<Response> {
  const { house } = c.var
  const { retention: text } = c.var.text
  const periods = periodsHash(house.policy.retention)
  const rule = await house.store.holds.rule(periods)
  const names = await house.store.people.names()
  const { due, whole } = await duePreview(house, lookedAt)
  const beside = await sendersDue(house, sendersLookedAt)
  const held = await house.store.holds.open()
  return page(
    c,
    text.title,
    <section>
      <h1>{text.title}</h1>
      <p class='help'>{text.lead}</p>
      <Periods c={c} rule={rule} names={names} hash={periods} />
      <h2>{text.preview}</h2>
      {due.length === 0 && whole ? <Empty>{text.nothing}</Empty> : <Counts c={c} due={due} />}
      {!whole && <p class='help'>{text.notAll(lookedAt)}</p>}
      {beside.due > 0 && <p>{text.senders(beside.due, beside.whole)}</p>}
      <DisclosureRequests c={c} names={names} />
      <Requests c={c} names={names} />
      <h2>{text.holds}</h2>
      {held.length === 0 && <Empty>{text.holdsNone}</Empty>}
      {held.map((one) => (
        <article class='card'>
          <a href={`/${one.what}s/${one.thingId}`}>{text.what[one.what]}</a>
          <HeldLine c={c} held={one} names={names} back='/retention' />
        </article>
      ))}
    </section>,
  )
}

const Periods: FC<{
  c: Ctx
  rule: RetentionRule | null
  names: ReadonlyMap<string, string>
  hash: string
}> = ({ c, rule, names, hash }) => {
  const { account, house } = c.var
  const { retention: text } = c.var.text
  const mayRun = may(account, 'approve_retention')
  const name = (id: string | null) => names.get(id ?? '') ?? ''
  return (
    <section class='card' aria-labelledby='periods-title'>
      <h2 id='periods-title'>{text.periods}</h2>
      <ul>
        {periodLines(house.policy.retention, c.var.text).map((one) => (
          <li>{one}</li>
        ))}
      </ul>
      <p>
        {rule === null && text.state.none}
        {rule && !rule.approvedBy && text.state.proposed(name(rule.proposedBy))}
        {rule?.approvedBy && text.state.runs(name(rule.approvedBy))}
      </p>
      {mayRun && !rule?.approvedBy && rule?.proposedBy !== account.id && (
        <Form c={c} action='/retention/approval'>
          <input type='hidden' name='periods' value={hash} />
          <div class='buttons'>
            <button type='submit'>{rule ? text.approve : text.propose}</button>
          </div>
        </Form>
      )}
    </section>
  )
}

const blockers = ['hold', 'measure', 'open'] as const satisfies readonly Blocked[]

/** Threads named at most of a kind: a list of thousands helps nobody. */
const listed = 50

const Counts: FC<{ c: Ctx; due: readonly Due[] }> = ({ c, due }) => {
  const { retention: text } = c.var.text
  const kinds = [...Map.groupBy(due, ({ rule }) => rule)]
  return (
    <>
      <div class='scroll'>
        <table class='figures'>
          <thead>
            <tr>
              <th scope='col'>{text.kind}</th>
              <th scope='col'>{text.due}</th>
              {blockers.map((one) => (
                <th scope='col'>{text.blocked[one]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map(([rule, some]) => (
              <tr>
                <th scope='row'>
                  {text.rule[rule]} <small>{some[0] && text.act[some[0].act]}</small>
                </th>
                {[null, ...blockers].map((why) => (
                  <td class='number'>{some.filter(({ blocked }) => blocked === why).length}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {kinds.map(([rule, some]) => (
        <details>
          <summary>
            {text.threads}: {text.rule[rule]}
          </summary>
          <ul>
            {some.slice(0, listed).map(({ threadId, since, blocked }) => (
              <li>
                <a href={`/threads/${threadId}`}>{threadId}</a> {text.since}:{' '}
                <Time c={c} at={since} /> {blocked && text.blocked[blocked]}
              </li>
            ))}
          </ul>
          {some.length > listed && <p>{text.more(some.length - listed)}</p>}
        </details>
      ))}
    </>
  )
}
