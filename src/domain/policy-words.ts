import type { Policy, PolicyCategory } from './policy.ts'
import type { Instant } from './time.ts'

/** All that staff and customers read of a policy: another word is another version. */
export type PolicyWords = Pick<
  Policy,
  'company' | 'title' | 'version' | 'prose' | 'elements' | 'staysOpen'
> & { readonly categories: readonly Omit<PolicyCategory, 'threshold'>[] }

/** A policy's words as they came into force. */
export type PolicyVersion = {
  /** From 1, in the order in which versions came into force; words that come back are a new one. */
  readonly place: number
  /** Of the words in canonical JSON (RFC 8785). */
  readonly sha256: string
  readonly words: PolicyWords
  readonly at: Instant
  /** Who put a version back; null where the files changed. */
  readonly by: string | null
}

/** That a member of staff has read a version (周知). */
export type PolicyConfirmation = {
  readonly id: string
  readonly personId: string
  readonly sha256: string
  readonly at: Instant
}

/** The words of a policy, without figures by which the product works. */
export function wordsOf(policy: Policy): PolicyWords {
  const { company, title, version, prose, elements, staysOpen, categories } = policy
  const described = categories.map(({ threshold: _, ...rest }) => rest)
  return { company, title, version, prose, elements, staysOpen, categories: described }
}
