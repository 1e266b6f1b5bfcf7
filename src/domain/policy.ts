import type { Bilingual } from './assessment.ts'
import type { Category } from './category.ts'
import type { Periods } from './retention.ts'

/** What a company's policy file says of one category. */
export type PolicyCategory = {
  readonly code: Category
  readonly name: Bilingual
  /** The policy's own examples. */
  readonly examples: readonly Bilingual[]
  /** What staff should do. */
  readonly guidance: Bilingual
  /** Score (0 to 1) from which the rules list the category. */
  readonly threshold: number
}

export type PolicyElement = {
  readonly code: string
  readonly name: Bilingual
  readonly text: Bilingual
}

/** The parts that a policy's words are in, in the order in which they are read. */
export const proseParts = [
  'purpose',
  'definition',
  'examples',
  'response',
  'staff',
  'consultation',
  'privacy',
  'request',
] as const
export type ProsePart = (typeof proseParts)[number]

/** A policy's own words: each part in paragraphs. */
export type Prose = Readonly<Record<ProsePart, readonly Bilingual[]>>

export type Policy = {
  readonly company: Bilingual
  readonly title: Bilingual
  readonly version: string
  /** Where the company has published it; empty where it has not. */
  readonly url: string
  /** Null where the file has none. */
  readonly prose: Prose | null
  readonly categories: readonly PolicyCategory[]
  /** The policy's three elements (定義): superior position, improper conduct, harm. */
  readonly elements: readonly PolicyElement[]
  /** The 2026 law's own elements, recorded beside them and never mixed. */
  readonly statute: readonly PolicyElement[]
  readonly review: { readonly blind: boolean }
  readonly suspension: {
    readonly days: number
    readonly reviewAfterDays: number
    readonly remindDays: number
  }
  /** After so many days what a person read weighs half as much on them (閲覧負荷). */
  readonly care: { readonly halfLifeDays: number }
  /** For how long what is kept. */
  readonly retention: Periods
  /** Where a customer may object, as the notices say. */
  readonly objection: Bilingual
  /** What stays open during a suspension, as the notices say. */
  readonly staysOpen: Bilingual
}
