import type { TemplateFlaw, TemplateName } from '../domain/notice.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import {
  approveTemplate,
  declineTemplate,
  proposeTemplate,
  withdrawTemplate,
} from '../domain/template-change.ts'
import { StaleWrite } from '../store/engine.ts'
import { sha256 } from '../store/sealing.ts'
import type { TemplateProposalRecord } from '../store/template-proposals.ts'
import { checkTemplate } from '../templates.check.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

export type TemplateProposed =
  | { readonly kind: 'proposed'; readonly proposalId: string }
  /** It would be no notice of ours: everything that is wrong with it. */
  | { readonly kind: 'flawed'; readonly flaws: readonly TemplateFlaw[] }

/** Everything that is wrong with a template, the names of people who work here among it. */
export async function flawsOfTemplate(
  { store }: House,
  name: TemplateName,
  text: string,
): Promise<TemplateFlaw[]> {
  const people = await store.people.list()
  return checkTemplate(
    name,
    text,
    people.flatMap((person) => [person.name, person.email]),
  )
}

/** Proposes other words for a notice; what no notice may be is refused with its reasons. */
export async function proposeTemplateChange(
  house: House,
  wish: { readonly template: TemplateName; readonly content: string; readonly reason: string },
  who: Person,
): Promise<TemplateProposed | Refusal> {
  const { store, newId, now, templates } = house
  const { template, content, reason } = wish
  await templates.follow()
  const over = templates.text(template)
  const open = await store.templateProposals.list(['open'], openMax)
  const [contentSha256, base] = [sha256(content), sha256(over)]
  const given = { id: newId(), template, contentSha256, base }
  const at = now()
  const decision = proposeTemplate(given, reason, open, who, at)
  if (decision.kind === 'refused') return decision
  const flaws = await flawsOfTemplate(house, template, content)
  if (flaws.length > 0) return { kind: 'flawed', flaws }
  const [event] = decision.events
  if (!event) return refuse('not_allowed')
  const proposal = { ...given, content, over, reason, proposer: who.id, proposedAt: at }
  try {
    await store.templateProposals.add(proposal, event)
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('template_proposal_open')
    throw error
  }
  return { kind: 'proposed', proposalId: given.id }
}

/** One open proposal a template is all there can be. */
const openMax = 100

/** Approves what another person wrote, and puts it in force. */
export async function approveTemplateChange(
  house: House,
  id: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  await house.templates.follow()
  const { template, content } = await found(house, id)
  const sound = (await flawsOfTemplate(house, template, content)).length === 0
  const outcome = await ended(house, id, 'approved', reason, who, (proposal, at) => {
    const inForce = sha256(house.templates.text(template))
    return approveTemplate(proposal, { reason, inForce, sound }, who, at)
  })
  await house.templates.follow()
  return outcome
}

export function declineTemplateChange(
  house: House,
  id: string,
  reason: string,
  who: Person,
): Promise<Outcome> {
  return ended(house, id, 'declined', reason, who, (proposal, at) =>
    declineTemplate(proposal, reason, who, at),
  )
}

/** Takes one's own proposal back. */
export function withdrawTemplateChange(house: House, id: string, who: Person): Promise<Outcome> {
  return ended(house, id, 'withdrawn', '', who, (proposal, at) =>
    withdrawTemplate(proposal, who, at),
  )
}

function ended(
  house: House,
  id: string,
  state: 'approved' | 'declined' | 'withdrawn',
  reason: string,
  who: Person,
  decide: (proposal: TemplateProposalRecord, at: string) => Step | Refusal,
): Promise<Outcome> {
  return untilFresh(async () => {
    const at = house.now()
    const decision = decide(await found(house, id), at)
    if (decision.kind === 'refused') return decision
    const by = { decider: who.id, at, reason }
    await house.store.templateProposals.end(id, state, by, decision.events)
    return done
  })
}

async function found({ store }: House, id: string): Promise<TemplateProposalRecord> {
  const proposal = await store.templateProposals.find(id)
  if (!proposal) throw new NotFound('proposal', id)
  return proposal
}
