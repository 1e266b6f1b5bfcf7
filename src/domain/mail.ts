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
 * How far the From address can be trusted (security P1). Only `verified` mutes and leads to notices.
 * `verified`: exactly one From address, and the domain's own word for it: an aligned `dmarc=pass`
 * by a server we trust (RFC 8601), or, where no such server spoke, a strict signature that we
 * checked ourselves (RFC 6376).
 * `weak`: something vouches for the domain or its organisation, and not for all that is read: SPF
 * or DKIM without DMARC, a relative's signature, a signature that leaves out the subject.
 * `unverified`: nothing speaks for the address, or nobody could be asked.
 * `failed`: a server we trust says that it is forged, or From is not exactly one address.
 */
export type Identity = 'verified' | 'weak' | 'unverified' | 'failed'

/** Why an identity is what it is. */
export const groundCodes = [
  'dmarc_pass',
  'dmarc_fail',
  'dmarc_other_domain',
  'dmarc_relative',
  'reported_dkim',
  'reported_spf',
  'results_silent',
  'dkim_pass',
  'dkim_relative',
  'dkim_partial',
  'dkim_undated',
  'dkim_out_of_time',
  'dkim_bad',
  'dkim_weak',
  'dkim_no_key',
  'dns_unreachable',
  'not_signed',
  'not_checked',
  'from_unclear',
] as const

/** `by` is the authserv-id that said so, or the domain that signed; empty where nobody spoke. */
export type Ground = { readonly code: (typeof groundCodes)[number]; readonly by: string }

/** An identity with its reason. */
export type Standing = { readonly identity: Identity; readonly ground: Ground }

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
  readonly ground: Ground
  readonly nature: Nature
  readonly bounce: Bounce | null
  /** Why the mail could not be parsed; its bytes are kept all the same. */
  readonly unreadable: string | null
}

/** Where a mailbox was read up to (RFC 9051): nothing else decides what is new. */
export type Cursor = { readonly uidValidity: string; readonly uid: number }
