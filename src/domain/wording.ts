import { covers, type Person, reachOf } from './person.ts'
import { type Refusal, refuse, type Step, step } from './step.ts'
import type { Instant } from './time.ts'

/** What happens to snippets and signatures; their words are in rows, an event has the hash. */
export type WordingEvent =
  | {
      readonly kind: 'snippet_kept'
      readonly snippetId: string
      /** Null for all mailboxes. */
      readonly forMailbox: string | null
      readonly contentSha256: string
    }
  | { readonly kind: 'snippet_removed'; readonly snippetId: string }
  | {
      readonly kind: 'signature_kept'
      readonly forMailbox: string
      readonly contentSha256: string
    }

/** What a snippet can say of the mail that is answered, and of us. */
export type SnippetFacts = {
  /** The customer's own name as their mail gives it; empty where it gives none. */
  readonly customer: string
  readonly reference: string
  /** The name beside our address. */
  readonly mailbox: string
  readonly department: string
  readonly company: string
  readonly today: string
  /** The mailbox's signature; empty where it has none. */
  readonly signature: string
}

export type SnippetVariable = keyof SnippetFacts

/** Lengths in UTF-16 units: a snippet is a paragraph or two, a signature a few lines. */
export const snippetLengthMax = 5_000
export const signatureLengthMax = 1_000

/** Whether the person may change words for that mailbox; for all of them (null), in all. */
export function mayWord(who: Person, forMailbox: string | null): boolean {
  const reach = reachOf(who, 'manage_snippets')
  return forMailbox === null ? reach === 'all' : covers(reach, forMailbox)
}

/**
 * Keeps a snippet. One person may: each reply that it goes into is approved by a second one.
 * `was` is the mailbox that it was for, where there is one already.
 */
export function keepSnippet(
  given: {
    readonly snippetId: string
    readonly forMailbox: string | null
    readonly contentSha256: string
  },
  was: string | null | undefined,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (was !== undefined && !mayWord(who, was)) return refuse('not_allowed')
  if (!mayWord(who, given.forMailbox)) return refuse('not_allowed')
  return step({ kind: 'snippet_kept', at, by: who.id, ...given })
}

export function removeSnippet(
  snippetId: string,
  forMailbox: string | null,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!mayWord(who, forMailbox)) return refuse('not_allowed')
  return step({ kind: 'snippet_removed', at, by: who.id, snippetId })
}

/** Sets what stands below each reply of a mailbox; what waits for approval is shown with it. */
export function keepSignature(
  forMailbox: string,
  contentSha256: string,
  who: Person,
  at: Instant,
): Step | Refusal {
  if (!mayWord(who, forMailbox)) return refuse('not_allowed')
  return step({ kind: 'signature_kept', at, by: who.id, forMailbox, contentSha256 })
}
