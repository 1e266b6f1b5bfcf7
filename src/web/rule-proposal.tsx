import type { FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import {
  approveRuleChange,
  declineRuleChange,
  tables,
  withdrawRuleChange,
} from '../flow/rule-changes.ts'
import type { QueueItem } from '../store/queue.ts'
import type { ProposalRecord, Trial } from '../store/rule-proposals.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { fragment, page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { Field, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { NoProposals, ProposalLines, titleOf } from './rule-line.tsx'
import { effectsListed, TrialView } from './rule-trial.tsx'
import { Wish } from './rule-wish.tsx'
import { answer } from './thread-routes.tsx'
import { viewOf } from './view.ts'

const listed = 200

/** A proposal: what changes, what that would do to decided threads, and another person's word. */
export function proposalRoutes(routes: Routes): void {
  routes.get('/rules/proposals', 'see_rules', listPage)
  routes.get('/rules/proposals/:id', 'see_rules', proposalPage)
  routes.get('/rules/proposals/:id/trial', 'see_rules', async (c) => {
    const shown = await shownOf(c)
    return fragment(c, <TrialView {...shown} />)
  })
  routes.post('/rules/proposals/:id/approval', 'approve_rules', async (c) => {
    const reason = (await readForm(c)).text('reason')
    const { house, person } = c.var
    const outcome = await approveRuleChange(house, id(c), reason, person)
    return answer(c, outcome, back(c), 'ruleApproved')
  })
  routes.post('/rules/proposals/:id/refusal', 'approve_rules', async (c) => {
    const reason = (await readForm(c)).text('reason')
    const { house, person } = c.var
    const outcome = await declineRuleChange(house, id(c), reason, person)
    return answer(c, outcome, back(c), 'ruleDeclined')
  })
  routes.post('/rules/proposals/:id/withdrawal', 'propose_rules', async (c) => {
    const { house, person } = c.var
    const outcome = await withdrawRuleChange(house, id(c), person)
    return answer(c, outcome, back(c), 'ruleWithdrawn')
  })
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const all = ['open', 'approved', 'declined', 'withdrawn'] as const
  const proposals = await house.store.ruleProposals.list(all, listed)
  return page(
    c,
    text.rules.proposalsPast,
    <section>
      <p>
        <a href='/rules'>{text.rules.title}</a>
      </p>
      <h1>{text.rules.proposalsPast}</h1>
      {proposals.length === 0 && <NoProposals c={c} />}
      <ProposalLines c={c} proposals={proposals} />
    </section>,
  )
}

type Shown = {
  readonly c: Ctx
  readonly proposal: ProposalRecord
  readonly trial: Trial | null
  readonly tried: boolean
  /** The threads of the trial that may be named, by id. */
  readonly threads: ReadonlyMap<string, QueueItem>
}

async function shownOf(c: Ctx): Promise<Shown> {
  const { house } = c.var
  const { proposal, trial: current, tried } = await tables(house, id(c))
  // What was decided is shown with the trial that it was decided on.
  const trial =
    proposal.state === 'open' ? current : await house.store.ruleProposals.trial(proposal.id)
  const ids = (trial?.result.threads ?? []).slice(0, effectsListed).map((one) => one.threadId)
  const lines = await viewOf(c).queue.list(
    { states: queueStates, ids },
    { offset: 0, limit: effectsListed },
  )
  return { c, proposal, trial, tried, threads: new Map(lines.map((one) => [one.id, one])) }
}

async function proposalPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const shown = await shownOf(c)
  const { proposal } = shown
  const names = await house.store.people.names()
  const title = titleOf(c, proposal)
  return page(
    c,
    title,
    <section class='narrow'>
      <p>
        <a href='/rules'>{text.rules.title}</a>
      </p>
      <h1>{title}</h1>
      <section class='card' aria-labelledby='wish-title'>
        <h2 id='wish-title'>{text.rules.wish}</h2>
        <Wish c={c} proposal={proposal} shown={c.req.query('words') === 'shown'} />
        <p>{proposal.reason}</p>
        <p class='faint'>
          {text.rules.proposedBy}: {names.get(proposal.proposer) ?? proposal.proposer}{' '}
          <Time c={c} at={proposal.proposedAt} exact />
          {' · '}
          {text.rules.base}: <a href={`/rules/versions/${proposal.base}`}>{proposal.base}</a>
        </p>
      </section>
      <TrialView {...shown} />
      <DecisionPart {...shown} names={names} />
    </section>,
  )
}

const DecisionPart: FC<Shown & { names: ReadonlyMap<string, string> }> = (props) => {
  const { c, proposal, tried, names } = props
  const { text, person } = c.var
  if (proposal.state !== 'open') return <Decided c={c} proposal={proposal} names={names} />
  if (proposal.proposer === person.id) {
    return (
      <section class='card'>
        <p>{text.rules.ownProposal}</p>
        <Form c={c} action={`/rules/proposals/${proposal.id}/withdrawal`}>
          <button type='submit'>{text.rules.withdraw}</button>
        </Form>
      </section>
    )
  }
  if (!may(person, 'approve_rules')) return <p>{text.rules.needsSupervisor}</p>
  const action = `/rules/proposals/${proposal.id}`
  return (
    <section class='card'>
      <p class='help'>{text.rules.approveLead}</p>
      {!tried && <p class='help'>{text.rules.approveWait}</p>}
      <Form c={c} action={`${action}/approval`}>
        <Field id='reason' label={text.rules.decisionReason} rows={3} required />
        <div class='buttons'>
          <button class='primary' type='submit'>
            {text.rules.approve}
          </button>
          <button type='submit' formaction={`${action}/refusal`}>
            {text.rules.decline}
          </button>
        </div>
      </Form>
    </section>
  )
}

const Decided: FC<{ c: Ctx; proposal: ProposalRecord; names: ReadonlyMap<string, string> }> = ({
  c,
  proposal,
  names,
}) => {
  const { text } = c.var
  const { state, decider, decidedAt, decision, made } = proposal
  return (
    <section class='card'>
      <p>
        <span class='chip neutral'>{text.rules.state[state]}</span> {decision}
      </p>
      <p class='faint'>
        {text.rules.decidedBy}: {names.get(decider ?? '') ?? decider}{' '}
        {decidedAt && <Time c={c} at={decidedAt} exact />}
      </p>
      {made && (
        <p>
          {text.rules.made}: <a href={`/rules/versions/${made}`}>{made}</a>
        </p>
      )}
    </section>
  )
}

function id(c: Ctx): string {
  return c.req.param('id') ?? ''
}

function back(c: Ctx): string {
  return `/rules/proposals/${id(c)}`
}
