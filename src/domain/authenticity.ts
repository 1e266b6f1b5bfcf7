import type { Ground, Identity } from './mail.ts'

/** What is decided, and found out later, about who senders are. */
export type AuthenticityEvent =
  | {
      /** A mail's identity looked at again: with other servers trusted, or with DNS in reach. */
      readonly kind: 'identity_rechecked'
      readonly threadId: string
      readonly messageId: string
      readonly was: Identity
      readonly identity: Identity
      readonly ground: Ground
      /** A mail that was muted counts neither for nor against its thread, then as now. */
      readonly muted: boolean
    }
  | { readonly kind: 'authserv_trusted' | 'authserv_distrusted'; readonly authservId: string }
