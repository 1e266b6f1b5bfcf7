import type { Event } from '../domain/event.ts'
import { sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'

/** Other words for a notice, as the log has them. */
export type Proposed = { readonly contentSha256: string; readonly approved: boolean }

/** Keeps what an event says of other words for a notice. */
export function noteProposal(proposals: Map<string, Proposed>, event: Event): void {
  if (event.kind === 'template_change_proposed') {
    proposals.set(event.proposalId, { contentSha256: event.contentSha256, approved: false })
  }
  if (event.kind !== 'template_in_force') return
  const known = proposals.get(event.proposalId)
  if (known) proposals.set(event.proposalId, { ...known, approved: true })
}

/** The words of each proposal are those that were proposed, and in force is what was approved. */
export async function flawsOfTemplates(
  store: Store,
  proposals: ReadonlyMap<string, Proposed>,
): Promise<string[]> {
  const flaws: string[] = []
  for (const [id, { contentSha256, approved }] of proposals) {
    const row = await store.templateProposals.find(id)
    if (!row || sha256(row.content) !== contentSha256) {
      flaws.push(`proposal ${id} does not have the words that were proposed`)
    } else if ((row.state === 'approved') !== approved) {
      flaws.push(`proposal ${id} is ${row.state}, its events say otherwise`)
    }
  }
  for (const { id } of (await store.templateProposals.inForce()).values()) {
    if (!proposals.has(id)) flaws.push(`proposal ${id} is in no event`)
  }
  return flaws
}
