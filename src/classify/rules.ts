import type { Bilingual } from '../domain/assessment.ts'
import type { Category, Flag, Severity } from '../domain/category.ts'
import type { Card } from './card.ts'
import type { PartSources } from './compile.ts'
import type { Finder } from './finder.ts'
import type { Heard } from './match.ts'
import type { Memo } from './memo.ts'

/** A named word class (target, act, modality, object) with the words that only look like it. */
export type Part = {
  readonly name: string
  /** What it tells, where it counts by itself as a sign (手がかり) with a fitted weight. */
  readonly says: Bilingual | null
}

/**
 * How far apart the parts of a rule may stand: in one sentence, in neighbouring sentences, in one
 * mail, or anywhere in the customer's mails of the thread.
 */
export type Reach = 'sentence' | 'near' | 'mail' | 'thread'

/** A measured bound over the thread: at least `min`, at most `max`. */
export type Bound = { readonly min: number; readonly max: number }

export type Rule = {
  readonly id: string
  /** What the rule speaks for: a category, a flag, or against the categories named in `lowers`. */
  readonly speaks:
    | { readonly kind: 'category'; readonly code: Category }
    | { readonly kind: 'flag'; readonly code: Flag }
    | { readonly kind: 'against'; readonly lowers: readonly Category[] }
  /** 0 to 1: how sure the rule makes us by itself; for `against`, the share that it takes away. */
  readonly weight: number
  /** Whether its words are so plain that they count by their own weight, whatever was fitted. */
  readonly decisive: boolean
  readonly severity: Severity
  /** The severity once the rule holds in two or more sentences. */
  readonly severityRepeated: Severity
  readonly why: Bilingual
  /** Each entry is a list of alternatives, one of which must be there. */
  readonly when: readonly (readonly string[])[]
  /** Parts that cancel the rule within its reach. */
  readonly unless: readonly string[]
  /** Parts that cancel the rule anywhere in the same mail. */
  readonly unlessMail: readonly string[]
  readonly reach: Reach
  /** Units of text in which all parts must stand; 0 where the reach alone decides. */
  readonly within: number
  /** `spoken` leaves out what stands in quotation marks; `all` reads that as well. */
  readonly view: 'spoken' | 'all'
  readonly facts: ReadonlyMap<string, Bound>
  readonly matches: readonly Example[]
  readonly passes: readonly Example[]
}

/** The mails of a small thread: `<` marks ours, `+5m` the time since the one before, `@box` where. */
export type Example = readonly string[]

export type RuleSet = {
  /** Short SHA-256 of the policy and rule files. */
  readonly version: string
  readonly parts: readonly Part[]
  /** The words of every part by its name, also of those that only other parts name. */
  readonly sources: PartSources
  /** Finds the words of every part that a rule names. */
  readonly finder: Finder
  /** What it found in mails that were read lately: a thread is read again with each new mail. */
  readonly memo: Memo<Heard>
  readonly rules: readonly Rule[]
  readonly thresholds: ReadonlyMap<Category, number>
  /** Fitted weights; without them each rule counts by its own weight. */
  readonly card: Card
}
