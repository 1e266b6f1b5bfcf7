/** One RFC 5322 mailbox; `address` in lower case, `name` decoded, both possibly empty. */
export type Address = { readonly name: string; readonly address: string }

export type Attachment = {
  /** Place among the mail's attachments, counted from 0. */
  readonly index: number
  /** Safe to show and to save under: no path, no control characters; never empty. */
  readonly filename: string
  readonly contentType: string
  readonly size: number
  readonly sha256: string
}

/**
 * How far the From address can be trusted (security P1).
 * `verified`: exactly one From address and an aligned `dmarc=pass` in the topmost
 * Authentication-Results written by a server we trust (RFC 8601).
 * `unverified`: no such statement. `failed`: it says fail, or From is not one address.
 */
export type Identity = 'verified' | 'unverified' | 'failed'

/** Who wrote: a person, or a machine by RFC 3834, List-* and Precedence, or RFC 3464. */
export type Nature = 'person' | 'auto_generated' | 'bulk' | 'bounce'

/** A delivery report's subject: the Message-ID of the mail that came back, and its status. */
export type Bounce = {
  readonly messageId: string | null
  readonly status: string
  readonly diagnostic: string
}

/** A mail as read from its bytes. A mail that cannot be parsed still has one, with `unreadable`. */
export type ParsedMail = {
  /** With angle brackets, or null where the mail has none. */
  readonly messageId: string | null
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  readonly from: readonly Address[]
  readonly to: readonly Address[]
  readonly cc: readonly Address[]
  readonly subject: string
  readonly date: Date | null
  /** The text as a person reads it; of HTML-only mail, the text of its HTML. */
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly Attachment[]
  readonly identity: Identity
  readonly nature: Nature
  readonly bounce: Bounce | null
  /** Why the mail could not be parsed; its bytes are kept all the same. */
  readonly unreadable: string | null
}

/** Where a mailbox was read up to (RFC 9051): nothing else decides what is new. */
export type Cursor = { readonly uidValidity: string; readonly uid: number }
