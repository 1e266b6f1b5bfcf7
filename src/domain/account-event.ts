import type { Role, Within } from './person.ts'
import type { SignInWay } from './session.ts'
import type { Instant } from './time.ts'

export type FactorKind = 'totp' | 'passkey'

/** What happens to accounts: who they are, how they prove it, what they may do. */
export type AccountEvent =
  | {
      readonly kind: 'person_added'
      readonly personId: string
      readonly name: string
      readonly email: string
      readonly roles: readonly Role[]
      /** Left out where every role holds in all mailboxes. */
      readonly within?: Within
    }
  | { readonly kind: 'person_disabled'; readonly personId: string }
  | {
      readonly kind: 'rights_proposed'
      readonly grantId: string
      readonly personId: string
      readonly roles: readonly Role[]
      readonly within: Within
      /** When they hold by themselves; null where a second administrator has to say so. */
      readonly effectiveAt: Instant | null
    }
  | {
      /** By a second administrator, or by nobody where their day had come. */
      readonly kind: 'rights_granted'
      readonly grantId: string
      readonly personId: string
      readonly roles: readonly Role[]
      readonly within: Within
    }
  | { readonly kind: 'rights_declined'; readonly grantId: string; readonly personId: string }
  | {
      readonly kind: 'rights_reduced'
      readonly personId: string
      readonly roles: readonly Role[]
      readonly within: Within
    }
  | {
      readonly kind: 'invitation_made'
      readonly personId: string
      readonly how: 'mail' | 'link'
      readonly expiresAt: Instant
    }
  | {
      /** A password was right, and something else has to be shown yet. */
      readonly kind: 'sign_in_begun'
      readonly sessionId: string
      readonly way: SignInWay
    }
  | {
      readonly kind: 'signed_in'
      readonly sessionId: string
      /** Left out in records from before there was more than one. */
      readonly way?: SignInWay
    }
  | { readonly kind: 'signed_out'; readonly sessionId: string }
  | {
      readonly kind: 'session_ended'
      readonly sessionId: string
      readonly personId: string
      readonly why: SessionEnd
    }
  | {
      /** `email` is empty where there is no such account: who knows what was typed there. */
      readonly kind: 'sign_in_failed'
      readonly email: string
    }
  | {
      /** A provider of sign-ins means this person from now on. */
      readonly kind: 'external_id_linked'
      readonly personId: string
      readonly issuer: string
    }
  | { readonly kind: 'second_factor_failed'; readonly personId: string }
  | {
      readonly kind: 'password_changed'
      readonly personId: string
      readonly how: 'own' | 'invitation'
    }
  | {
      readonly kind: 'second_factor_added' | 'second_factor_removed'
      readonly personId: string
      readonly method: FactorKind
      /** The passkey's id; empty for a one-time code. */
      readonly factorId: string
    }
  | {
      readonly kind: 'recovery_codes_made' | 'recovery_code_used'
      readonly personId: string
    }

export type SessionEnd = 'revoked' | 'password_changed' | 'factors_changed' | 'rights_changed'
