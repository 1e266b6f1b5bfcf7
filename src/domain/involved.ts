import type { Matter } from './matter.ts'
import type { Action, Person } from './person.ts'
import type { Measure } from './sender.ts'
import { type Refusal, refuse } from './step.ts'
import { whyNotHandle } from './target.ts'

export type Uninvolved = { readonly kind: 'uninvolved'; readonly measure: Measure } | Refusal

/** The measure, for somebody who may act on it and neither reviewed nor proposed it or what it renews. */
export function uninvolved(m: Matter, id: string, who: Person, action: Action): Uninvolved {
  const barred = whyNotHandle(who, action, m.thread)
  if (barred) return barred
  const measure = m.sender.measures.find((one) => one.id === id)
  if (!measure) return refuse('not_proposed')
  if (!proposersOf(m, measure).includes(who.id)) return { kind: 'uninvolved', measure }
  return refuse(action === 'confirm' ? 'involved_cannot_confirm' : 'involved_cannot_lift')
}

/** Reviewers and proposers, of the suspension that it renews as well. */
export function proposersOf(m: Matter, { reviewers, proposer, renews }: Measure): string[] {
  const old = m.sender.measures.find(({ id }) => id === renews)
  return [...reviewers, proposer, ...(old ? proposersOf(m, old) : [])]
}
