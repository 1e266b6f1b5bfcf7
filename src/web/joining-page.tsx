import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { wantsSupervisor } from '../domain/sender-join.ts'
import { type Suggestion, suggestJoins } from '../flow/suggest.ts'
import type { JoinRecord } from '../store/joins.ts'
import type { Member } from '../store/profiles.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { Banner, Empty, Field, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { viewOf } from './view.ts'

type Shown = {
  readonly c: Ctx
  readonly senderId: string
  /** Senders in reach, by id: of the others nothing is said. */
  readonly known: ReadonlyMap<string, Member>
  readonly names: ReadonlyMap<string, string>
}

/** Other addresses of one person: what waits, what is suggested, what was said so far. */
export async function joiningPage(c: Ctx, senderId: string): Promise<Response> {
  const { house, account, text } = c.var
  const record = await viewOf(c).senders.find(senderId)
  if (!record) throw new Missing()
  const records = await house.store.joins.about(record.members)
  const known = await inReach(
    c,
    records.flatMap(({ first, second }) => [first, second]),
  )
  const shown = { c, senderId, known, names: await house.store.people.names() }
  const open = records.filter(({ state }) => state === 'proposed')
  const rest = records.filter(({ state }) => state !== 'proposed')
  const mayJoin = may(account, 'join_senders')
  const suggestions = mayJoin ? await suggestJoins(house, senderId, account) : []
  const words = text.senders
  return page(
    c,
    words.joiningTitle,
    <section class='sender'>
      <p>
        <a href={`/senders/${senderId}`}>{record.name || text.unknownSender}</a>
      </p>
      <h1>{words.joiningTitle}</h1>
      <p class='help'>{words.joiningLead}</p>
      <Banner tone='caution'>{words.joiningReach}</Banner>
      <h2>{words.waiting}</h2>
      {open.length === 0 && <Empty>{words.waitingEmpty}</Empty>}
      {open.map((join) => (
        <Waiting {...shown} join={join} />
      ))}
      {mayJoin && (
        <>
          <h2>{words.suggestions}</h2>
          {suggestions.length === 0 && <Empty>{words.suggestionsEmpty}</Empty>}
          {suggestions.map((suggestion) => (
            <Suggested {...shown} suggestion={suggestion} />
          ))}
          <ByHand {...shown} />
        </>
      )}
      {rest.length > 0 && <h2>{words.past}</h2>}
      {rest.map((join) => (
        <Past {...shown} join={join} />
      ))}
    </section>,
  )
}

async function inReach(c: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, Member>> {
  const { account, house } = c.var
  const all = [...new Set(ids)]
  const placesOf = await house.store.places.ofSenders(all)
  const seen = all.filter((id) => placesOf(id).some((place) => may(account, 'read', place)))
  const members = await house.store.suggesting.members(seen)
  return new Map(members.map((member) => [member.id, member]))
}

const Person: FC<{ c: Ctx; member: Member | undefined }> = ({ c, member }) => {
  const { text } = c.var
  if (!member) return <span>{text.senders.hiddenSender}</span>
  const how = [...member.addresses, member.label].filter((one) => one !== '').join(' · ')
  return (
    <a href={`/senders/${member.id}`}>
      {member.name || text.unknownSender} <span class='address'>{how}</span>
    </a>
  )
}

const Pair: FC<Shown & { join: JoinRecord }> = ({ c, known, join }) => (
  <p class='pair-of-senders'>
    <Person c={c} member={known.get(join.first)} />
    <span aria-hidden='true'>＝</span>
    <Person c={c} member={known.get(join.second)} />
  </p>
)

const Reasons: FC<{ c: Ctx; reasons: JoinRecord['reasons'] }> = ({ c, reasons }) => (
  <p class='chips'>
    {reasons.map((reason) => (
      <span class='chip neutral'>{c.var.text.senders.joinReason[reason]}</span>
    ))}
  </p>
)

const Waiting: FC<Shown & { join: JoinRecord }> = async (props) => {
  const { c, senderId, names, join } = props
  const { account, house, text } = c.var
  const words = text.senders
  const senderOf = await house.store.matters.senders([join.first, join.second])
  const side = (id: string) => ({ ...senderOf(id), mailboxIds: [], members: [id] })
  const grave = wantsSupervisor([side(join.first), side(join.second)], house.now())
  const own = join.proposer === account.id
  const action = `/senders/${senderId}/joins/${join.id}`
  return (
    <section class='card'>
      <Pair {...props} />
      <Reasons c={c} reasons={join.reasons} />
      {join.reason && <p class='words'>{join.reason}</p>}
      <small>
        {words.proposedBy(names.get(join.proposer ?? '') ?? '')} ·{' '}
        <Time c={c} at={join.proposedAt} exact />
      </small>
      {grave && <p class='help'>{words.supervisorOnly}</p>}
      {own && <p class='help'>{words.ownProposal}</p>}
      {may(account, 'join_senders') && (
        <Form c={c} action={`${action}/${own ? 'refusal' : 'confirmation'}`}>
          <Field id={`reason-${join.id}`} name='joinReason' label={words.remark} />
          <p class='buttons'>
            {!own && (!grave || may(account, 'confirm')) && (
              <button type='submit' class='primary'>
                {words.confirm}
              </button>
            )}
            <button type='submit' formaction={`${action}/refusal`}>
              {own ? words.takeBack : words.decline}
            </button>
          </p>
        </Form>
      )}
    </section>
  )
}

const Suggested: FC<Shown & { suggestion: Suggestion }> = ({ c, senderId, suggestion }) => {
  const { senders: words } = c.var.text
  const { member, reasons } = suggestion
  return (
    <section class='card'>
      <p>
        <Person c={c} member={member} />
      </p>
      <Reasons c={c} reasons={reasons} />
      <Form c={c} action={`/senders/${senderId}/joins`}>
        <input type='hidden' name='other' value={member.id} />
        <p class='buttons'>
          <button type='submit'>{words.propose}</button>
          <button type='submit' class='quiet' formaction={`/senders/${senderId}/dismissals`}>
            {words.dismiss}
          </button>
        </p>
      </Form>
    </section>
  )
}

const ByHand: FC<Shown> = ({ c, senderId }) => {
  const { senders: words } = c.var.text
  return (
    <details class='card'>
      <summary>{words.byHand}</summary>
      <Form c={c} action={`/senders/${senderId}/joins`}>
        <Field id='other' label={words.otherSender} help={words.otherHelp} required />
        <Field id='joinReason' label={words.whySame} rows={2} required />
        <button type='submit'>{words.propose}</button>
      </Form>
    </details>
  )
}

const Past: FC<Shown & { join: JoinRecord }> = (props) => {
  const { c, senderId, names, join } = props
  const { senders: words } = c.var.text
  const nameOf = (id: string | null) => names.get(id ?? '') ?? ''
  return (
    <section class='card'>
      <Pair {...props} />
      <p class='chips'>
        <span class='chip accent'>{words.joinState[join.state]}</span>
      </p>
      {[join.reason, join.decision, join.separation]
        .filter((said) => said !== '')
        .map((said) => (
          <p class='words'>{said}</p>
        ))}
      <small>
        {join.proposer ? words.proposedBy(nameOf(join.proposer)) : words.suggestedByProduct} ·{' '}
        {words.decidedBy(nameOf(join.decider))}
        {join.separatedBy && ` · ${words.separatedByName(nameOf(join.separatedBy))}`} ·{' '}
        <Time c={c} at={join.separatedAt ?? join.decidedAt ?? join.proposedAt} exact />
      </small>
      {join.state === 'joined' && may(c.var.account, 'separate_senders') && (
        <details>
          <summary>{words.separate}</summary>
          <Form c={c} action={`/senders/${senderId}/joins/${join.id}/separation`}>
            <p class='help'>{words.separateLead}</p>
            <Field id={`why-${join.id}`} name='joinReason' label={words.separateWhy} required />
            <button type='submit'>{words.separate}</button>
          </Form>
        </details>
      )}
    </section>
  )
}
