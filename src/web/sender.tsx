import type { FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import { may, mayWherever } from '../domain/person.ts'
import { suspensionsInForce } from '../domain/sender.ts'
import type { Profile } from '../store/profiles.ts'
import type { SenderRecord } from '../store/senders.ts'
import { type Month, monthsUpTo } from '../text/months.ts'
import { BarChart } from './bar-chart.tsx'
import { DeletionPanel } from './deletion.tsx'
import { DisclosurePanel } from './disclosure.tsx'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { HoldPanel } from './holds.tsx'
import { IncidentRows } from './incident-rows.tsx'
import { MeasureRows } from './measures.tsx'
import { CategoryChips, SeverityChip, Time } from './parts/chips.tsx'
import { Banner, Empty } from './parts/fields.tsx'
import { PicturePanel } from './picture-switch.tsx'
import { Missing } from './problems.ts'
import { RepresentativePanel } from './representatives.tsx'
import { Notes } from './sender-notes.tsx'
import { ThreadRows } from './thread-rows.tsx'
import { viewOf } from './view.ts'

const listed = { offset: 0, limit: 100 }
const monthsShown = 12

/** Everything about one person, as far as its mailboxes are in reach: of the others only counts. */
export async function senderPage(c: Ctx, id: string): Promise<Response> {
  const { text, language, account, house } = c.var
  const view = viewOf(c)
  const record = await view.senders.find(id)
  if (!record) throw new Missing()
  const months = monthsUpTo(house.now(), monthsShown, language)
  const bounds = months.map(({ begins }) => begins)
  const profile = await view.profiles.find(id, bounds)
  const sender = (await house.store.matters.senders([id]))(id)
  const seesMuted = mayWherever(account, 'read_muted', 'read')
  const states = queueStates.filter(
    (state) => state !== 'joined' && (seesMuted || state !== 'muted'),
  )
  const threads = await view.queue.list({ states, senderIds: record.members }, listed)
  const all = await Promise.all(sender.measures.map((one) => view.measures.find(one.id)))
  const measures = all.filter((one) => one !== null)
  const incidents = await view.incidents.list({ senderIds: record.members }, listed)
  const [inForce] = suspensionsInForce(sender, house.now())
  const marked = await house.store.representatives.of(id)
  const loads = (await house.store.pictureSenders.find(id)) !== null
  const title = record.name || text.unknownSender
  return page(
    c,
    title,
    <section class='sender'>
      <h1>{title}</h1>
      {inForce && (
        <Banner tone='caution'>
          {text.suspended} · {text.endsAt} <Time c={c} at={inForce.endsAt ?? ''} exact />
        </Banner>
      )}
      {record.proof && <p class='help'>{text.identityProven(record.proof)}</p>}
      <Addresses c={c} record={record} profile={profile} />
      <h2>{text.measuresTitle}</h2>
      {may(account, 'see_cases') && (
        <p>
          <a href={`/cases/${id}`}>{text.cases.of(title)}</a>
        </p>
      )}
      {measures.length === 0 ? (
        <Empty>{text.measuresAllEmpty}</Empty>
      ) : (
        <MeasureRows c={c} measures={measures} />
      )}
      <HoldPanel c={c} what='sender' id={id} senderId={id} />
      <DisclosurePanel c={c} senderId={id} />
      <DeletionPanel c={c} senderId={id} />
      <RepresentativePanel c={c} record={record} marked={marked} />
      <PicturePanel c={c} record={record} loads={loads} />
      <h2>{text.senders.incidents}</h2>
      {incidents.length === 0 ? (
        <Empty>{text.senders.incidentsEmpty}</Empty>
      ) : (
        <IncidentRows c={c} incidents={incidents} />
      )}
      {may(account, 'record_incident') && (
        <p>
          <a class='button' href={`/incidents/new?sender=${id}`}>
            {text.senders.record}
          </a>
        </p>
      )}
      <Decisions c={c} profile={profile} />
      <Muted c={c} record={record} seesList={seesMuted} />
      <Figures c={c} profile={profile} months={months} />
      <Notes c={c} senderId={id} notes={profile.notes} />
      <h2>{text.threadsTitle}</h2>
      <ThreadRows c={c} items={threads} />
    </section>,
  )
}

type Shown = { readonly c: Ctx; readonly profile: Profile }

const Addresses: FC<Shown & { record: SenderRecord }> = ({ c, record, profile }) => {
  const { senders: text } = c.var.text
  return (
    <section class='card' aria-labelledby='addresses-title'>
      <h2 id='addresses-title'>{text.addresses}</h2>
      <ul class='plain'>
        {profile.members.map(({ id, name, addresses, label }) => (
          <li>
            <span class='address'>
              {[...addresses, label].filter((one) => one !== '').join(' · ') || text.noAddress}
            </span>
            {profile.members.length > 1 && (
              <>
                {' '}
                <span class='who'>{name}</span>{' '}
                {id === record.id ? (
                  <span class='chip neutral'>{text.thisOne}</span>
                ) : (
                  <a href={`/senders/${id}`}>{text.open}</a>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {profile.others > 0 && <p class='help'>{text.moreElsewhere(profile.others)}</p>}
      <p>
        <a href={`/senders/${record.id}/joining`}>{text.joiningLink}</a>
      </p>
    </section>
  )
}

const Decisions: FC<Shown> = ({ c, profile }) => {
  const { text } = c.var
  return (
    <>
      <h2>{text.senders.decisions}</h2>
      {profile.decisions.length === 0 && <Empty>{text.senders.decisionsEmpty}</Empty>}
      <ul class='plain'>
        {profile.decisions.map(({ id, threadId, outcome, severity, categories, at }) => (
          <li key={id} class='chips'>
            <a href={`/threads/${threadId}`}>
              <Time c={c} at={at} exact />
            </a>
            <span>{text.outcome[outcome]}</span>
            {severity > 0 && <SeverityChip text={text} severity={severity} />}
            <CategoryChips text={text} codes={categories} />
          </li>
        ))}
      </ul>
    </>
  )
}

const amounts = ['threads', 'mails', 'decisions', 'measures', 'incidents', 'notes'] as const

/** How much there is, here and elsewhere, and mails a month as bars with a table behind them. */
const Figures: FC<Shown & { months: readonly Month[] }> = ({ c, profile, months }) => {
  const { senders: text } = c.var.text
  const bars = months.map(({ label }, n) => ({ label, value: profile.mails[n] ?? 0 }))
  const elsewhere = amounts.some((what) => profile.elsewhere[what] > 0)
  return (
    <section class='card' aria-labelledby='figures-title'>
      <h2 id='figures-title'>{text.figures}</h2>
      <table class='figures'>
        <thead>
          <tr>
            <td />
            <th scope='col'>{text.here}</th>
            {elsewhere && <th scope='col'>{text.elsewhere}</th>}
          </tr>
        </thead>
        <tbody>
          {amounts.map((what) => (
            <tr>
              <th scope='row'>{text.amount[what]}</th>
              <td class='number'>{profile.here[what]}</td>
              {elsewhere && <td class='number'>{profile.elsewhere[what]}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {elsewhere && <p class='help'>{text.elsewhereHelp}</p>}
      <h3>{text.mailsByMonth}</h3>
      <BarChart
        bars={bars}
        label={text.chartLabel(Math.max(0, ...profile.mails))}
        short={({ label }) => /(\d{1,2}月|^\p{L}+)/u.exec(label)?.[0] ?? label}
      />
      <details>
        <summary>{text.chartTable}</summary>
        <table class='figures'>
          <thead>
            <tr>
              <th scope='col'>{text.month}</th>
              <th scope='col'>{text.amount.mails}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, value }) => (
              <tr>
                <th scope='row'>{label}</th>
                <td class='number'>{text.mailsUnit(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

/** Mail during a suspension: counts and categories, never a word of it. */
const Muted: FC<{ c: Ctx; record: SenderRecord; seesList: boolean }> = (props) => {
  const { c, record, seesList } = props
  const { text } = c.var
  if (record.muted.length === 0) return null
  return (
    <>
      <h2>{text.mutedTitle}</h2>
      <p class='help'>
        {text.mutedCount(record.muted.length)} · {text.mutedLead}
      </p>
      {seesList && (
        <table class='muted'>
          <tbody>
            {record.muted.map(({ messageId, threadId, receivedAt, severity, categories }) => (
              <tr>
                <td>
                  <a href={`/threads/${threadId}#m-${messageId}`}>
                    <Time c={c} at={receivedAt} exact />
                  </a>
                </td>
                <td>
                  <SeverityChip text={text} severity={severity} />
                </td>
                <td class='chips'>
                  <CategoryChips text={text} codes={categories} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
