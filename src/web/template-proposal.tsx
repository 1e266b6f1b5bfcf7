import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import {
  approveTemplateChange,
  declineTemplateChange,
  flawsOfTemplate,
  withdrawTemplateChange,
} from '../flow/template-changes.ts'
import type { TemplateProposalRecord } from '../store/template-proposals.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { Field, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { Difference, otherOf, Preview, TemplateFlaws, titleOf } from './template-parts.tsx'
import { answer } from './thread-routes.tsx'

/** A proposal: what changes, how it reads, and another person's word. */
export function proposalRoutes(routes: Routes): void {
  const path = '/templates/proposals/:id'
  routes.get(path, 'see_templates', proposalPage)
  routes.post(`${path}/approval`, 'approve_templates', async (c) => {
    const reason = (await readForm(c)).text('reason')
    const outcome = await approveTemplateChange(c.var.house, id(c), reason, c.var.person)
    return answer(c, outcome, back(c), 'templateApproved')
  })
  routes.post(`${path}/refusal`, 'approve_templates', async (c) => {
    const reason = (await readForm(c)).text('reason')
    const outcome = await declineTemplateChange(c.var.house, id(c), reason, c.var.person)
    return answer(c, outcome, back(c), 'templateDeclined')
  })
  routes.post(`${path}/withdrawal`, 'propose_templates', async (c) => {
    const outcome = await withdrawTemplateChange(c.var.house, id(c), c.var.person)
    return answer(c, outcome, back(c), 'templateWithdrawn')
  })
}

async function proposalPage(c: Ctx): Promise<Response> {
  const { house, text } = c.var
  const { templates: words } = text
  const proposal = await house.store.templateProposals.find(id(c))
  if (!proposal) throw new Missing()
  await house.templates.follow()
  const { template, over, content, state } = proposal
  const flaws = state === 'open' ? await flawsOfTemplate(house, template, content) : []
  const names = await house.store.people.names()
  const other = otherOf(template)
  return page(
    c,
    titleOf(c, template),
    <section>
      <p>
        <a href='/templates'>{words.title}</a>
      </p>
      <h1>{titleOf(c, template)}</h1>
      <p class='chips'>
        <span class='chip accent'>{words.state[state]}</span>
      </p>
      <Facts c={c} proposal={proposal} names={names} />
      {flaws.length > 0 && <TemplateFlaws c={c} flaws={flaws} />}
      <Difference c={c} before={over} after={content} />
      <h2>{words.previewTitle}</h2>
      <p class='help'>{words.otherLanguage}</p>
      <div class='pair'>
        {flaws.length === 0 && <Preview c={c} name={template} text={content} />}
        <Preview c={c} name={other} text={house.templates.text(other)} />
      </div>
      {state === 'open' && <Decision c={c} proposal={proposal} />}
    </section>,
  )
}

type FactsProps = {
  c: Ctx
  proposal: TemplateProposalRecord
  names: ReadonlyMap<string, string>
}

const Facts: FC<FactsProps> = ({ c, proposal, names }) => {
  const { templates: text } = c.var.text
  const { reason, proposer, proposedAt, decider, decidedAt, decision } = proposal
  return (
    <dl class='facts'>
      <dt>{text.reason}</dt>
      <dd>{reason}</dd>
      <dt>{text.proposedBy}</dt>
      <dd>
        {names.get(proposer) ?? proposer} <Time c={c} at={proposedAt} exact />
      </dd>
      {decider && decidedAt && (
        <>
          <dt>{text.decidedBy}</dt>
          <dd>
            {names.get(decider) ?? decider} <Time c={c} at={decidedAt} exact />
          </dd>
          <dt>{text.decisionReason}</dt>
          <dd>{decision}</dd>
        </>
      )}
    </dl>
  )
}

const Decision: FC<{ c: Ctx; proposal: TemplateProposalRecord }> = ({ c, proposal }) => {
  const { person, text } = c.var
  const { templates: words } = text
  const path = `/templates/proposals/${proposal.id}`
  if (proposal.proposer === person.id) {
    return (
      <Form c={c} action={`${path}/withdrawal`}>
        <p class='help'>{words.ownProposal}</p>
        <button type='submit'>{words.withdraw}</button>
      </Form>
    )
  }
  if (!may(person, 'approve_templates')) return null
  return (
    <Form c={c} action={`${path}/approval`}>
      <Field id='reason' label={words.decisionReason} rows={2} required />
      <div class='buttons'>
        <button class='primary' type='submit'>
          {words.approve}
        </button>
        <button type='submit' formaction={`${path}/refusal`}>
          {words.decline}
        </button>
      </div>
    </Form>
  )
}

function id(c: Ctx): string {
  return c.req.param('id') ?? ''
}

function back(c: Ctx): string {
  return `/templates/proposals/${id(c)}`
}
