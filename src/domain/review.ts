import type { Category, Severity } from './category.ts'
import { type Refusal, type RefusalReason, refuse } from './step.ts'

/** The policy's three elements (定義): all must hold, and the second says which and why. */
export type Elements = {
  readonly superiorPosition: boolean
  readonly improperConduct: { readonly which: 'conduct' | 'demand'; readonly why: string }
  readonly harmToWorkEnvironment: boolean
}

/** The 2026 law's own elements, recorded beside the policy's and never mixed with them. */
export type Statute = {
  readonly interestedParty: boolean
  readonly beyondAccepted: boolean
  readonly environmentHarmed: boolean
}

export type Verdict =
  | { readonly kind: 'ordinary'; readonly needsReply: boolean }
  | {
      readonly kind: 'harassment'
      readonly categories: readonly Category[]
      readonly severity: Severity
      readonly elements: Elements
      readonly statute: Statute
    }
  | { readonly kind: 'unsure' }

/** What a person says of one revision of a thread. Rules judge manner only; the demand is theirs. */
export type Opinion = {
  readonly verdict: Verdict
  /** Is the demand reasonable (要求内容の妥当性)? */
  readonly demand: 'reasonable' | 'partly' | 'unreasonable' | 'none'
  /** The fair request that remains to be answered, so that it is not lost; may be empty. */
  readonly fairRequest: string
  readonly reason: string
}

export type Review = Opinion & {
  readonly id: string
  readonly revision: number
  readonly place: 1 | 2
  readonly reviewer: string
  /** The reply that it was given by, where writing that was the review. */
  readonly letterId?: string
}

/** The longest text a person may write into one field of a form, in UTF-16 units. */
export const fieldLengthMax = 4000

/** The verdict that writing or approving an ordinary reply stands for. */
export const ordinaryByReply: Opinion = {
  verdict: { kind: 'ordinary', needsReply: true },
  demand: 'reasonable',
  fairRequest: '',
  reason: '',
}

/** What is missing from an opinion, or null where it is whole. */
export function flawOf(opinion: Opinion): Refusal | null {
  const reason = missing(opinion)
  return reason === null ? null : refuse(reason)
}

function missing({ verdict, reason }: Opinion): RefusalReason | null {
  switch (verdict.kind) {
    case 'ordinary':
      return null
    case 'unsure':
      return reason.trim() === '' ? 'reason_missing' : null
    case 'harassment':
      if (verdict.categories.length === 0) return 'category_missing'
      if (verdict.severity === 0) return 'severity_missing'
      if (!allHold(verdict.elements)) return 'element_missing'
      return reason.trim() === '' ? 'reason_missing' : null
  }
}

function allHold({ superiorPosition, improperConduct, harmToWorkEnvironment }: Elements): boolean {
  return superiorPosition && improperConduct.why.trim() !== '' && harmToWorkEnvironment
}

export type Comparison =
  | {
      readonly kind: 'agreed'
      readonly outcome: 'ordinary' | 'harassment'
      readonly needsReply: boolean
      readonly categories: readonly Category[]
      readonly severity: Severity
    }
  | { readonly kind: 'disputed'; readonly why: 'verdict' | 'severity' | 'unsure' }

/**
 * Whether two verdicts decide. Agreement on harassment takes the union of the categories and the
 * lower of the two severities: what both people vouch for. Two steps apart is a dispute.
 */
export function compare(first: Verdict, second: Verdict): Comparison {
  if (first.kind === 'unsure' || second.kind === 'unsure')
    return { kind: 'disputed', why: 'unsure' }
  if (first.kind === 'ordinary' && second.kind === 'ordinary') {
    return ordinary(first.needsReply || second.needsReply)
  }
  if (first.kind === 'harassment' && second.kind === 'harassment') {
    if (Math.abs(first.severity - second.severity) >= 2)
      return { kind: 'disputed', why: 'severity' }
    return {
      kind: 'agreed',
      outcome: 'harassment',
      needsReply: false,
      categories: [...new Set([...first.categories, ...second.categories])],
      severity: first.severity < second.severity ? first.severity : second.severity,
    }
  }
  return { kind: 'disputed', why: 'verdict' }
}

function ordinary(needsReply: boolean): Comparison {
  return { kind: 'agreed', outcome: 'ordinary', needsReply, categories: [], severity: 0 }
}
