import type { Instant } from './time.ts'
import type { Scope } from './token.ts'

/** What happens to the tokens of programs, and what programs read that people are shielded from. */
export type TokenEvent =
  | {
      readonly kind: 'token_made'
      readonly tokenId: string
      readonly name: string
      /** Of the whole secret; whoever swaps it in the database is found by `verify`. */
      readonly tokenSha256: string
      readonly scopes: readonly Scope[]
      /** Ids of the mailboxes that it reaches; null for all. */
      readonly mailboxes: readonly string[] | null
      readonly expiresAt: Instant
      /** Whether it works only after another person's approval. */
      readonly waits: boolean
    }
  | {
      readonly kind: 'token_approved' | 'token_declined' | 'token_revoked'
      readonly tokenId: string
    }
  | {
      /** Shielded or muted words were given to a program, all of one thread at once. */
      readonly kind: 'passages_read_by_token'
      readonly tokenId: string
      readonly threadId: string
      readonly passages: readonly { readonly messageId: string; readonly passage: string }[]
    }
  | {
      /** What somebody wrote of an incident was given to a program. */
      readonly kind: 'incident_read_by_token'
      readonly tokenId: string
      readonly incidentId: string
      readonly senderId: string
      readonly mailboxId: string
    }
