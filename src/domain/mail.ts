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
  /** A picture that the mail's HTML shows in its place (cid), no document that somebody sent. */
  readonly inline: boolean
}

/** Something of a mail that was not attached to it but to what is attached. */
export type EnclosedFile = { readonly filename: string; readonly size: number }

/** A mail attached to a mail (message/rfc822), as far as it was looked into. */
export type EnclosedMail = {
  readonly kind: 'mail'
  readonly from: readonly Address[]
  readonly subject: string
  /** ISO 8601 in UTC, or null where it names no date that can be read. */
  readonly date: string | null
  readonly files: readonly EnclosedFile[]
  /** How many files it has; `files` holds the first ones. */
  readonly fileCount: number
  readonly mails: readonly EnclosedMail[]
}

/** A day, or a time of a day, as a calendar says it (RFC 5545 section 3.3.5). */
export type CalendarTime = {
  /** YYYY-MM-DD. */
  readonly day: string
  /** HH:MM, or the empty text where the whole day is meant. */
  readonly time: string
  /** `UTC`, the name of a time zone, or the empty text where the reader's own is meant. */
  readonly zone: string
}

/** A calendar part (RFC 5545 and 5546): what, when, where, who. */
export type Invitation = {
  readonly kind: 'invitation'
  readonly method: 'request' | 'cancel' | 'reply' | 'publish'
  readonly summary: string
  readonly place: string
  readonly starts: CalendarTime | null
  readonly ends: CalendarTime | null
  readonly repeats: boolean
  readonly organizer: Address | null
  readonly attendees: readonly Address[]
  readonly attendeeCount: number
}

/** Files packed into one part: Outlook's winmail.dat, or what an S/MIME signature wraps. */
export type PackedFiles = {
  readonly kind: 'packed'
  readonly files: readonly EnclosedFile[]
  readonly fileCount: number
}

export type Enclosed = EnclosedMail | Invitation | PackedFiles

/** What an attachment encloses, by its place among the attachments. */
export type Enclosure = { readonly attachment: number; readonly enclosed: Enclosed }

/** How the mail is signed or sealed, as it says of itself: nothing is checked, nothing opened. */
export type Protection =
  | 'none'
  | 'smime_signed'
  | 'smime_encrypted'
  | 'pgp_signed'
  | 'pgp_encrypted'

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

/**
 * Who wrote: a person, or a machine by RFC 3834, List-* and Precedence, or RFC 3464. A `report` is
 * about a letter of ours and kept beside it: part of no conversation.
 */
export type Nature = 'person' | 'auto_generated' | 'bulk' | 'bounce' | 'report'

/** Whether the mail is part of the conversation that rules read. */
export function isSaid(nature: Nature): boolean {
  return nature !== 'bounce' && nature !== 'report'
}

/**
 * What a machine may say of a mail: it came back, it is late, it arrived, it was opened; nobody is
 * there, a program thanks for it, somebody wants a proof first; it was called spam.
 */
export const reportKinds = [
  'failed',
  'delayed',
  'delivered',
  'receipt',
  'away',
  'auto_reply',
  'challenge',
  'complaint',
] as const
export type ReportKind = (typeof reportKinds)[number]

/** Whether a program answers for its owner, who may have written what it says. */
export function isAnswer(kind: ReportKind): boolean {
  return kind === 'away' || kind === 'auto_reply' || kind === 'challenge'
}

/** A report on a mail: RFC 3464, 3798, 5965, 3834, and what programs say without them. */
export type MailReport = {
  readonly kind: ReportKind
  /** The mails that it may be about, the nearest first. */
  readonly messageIds: readonly string[]
  /** RFC 3463, or the empty text. */
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
  /** The text as a person reads it; of HTML-only mail, the words of its HTML. */
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly Attachment[]
  readonly enclosures: readonly Enclosure[]
  readonly protection: Protection
  readonly identity: Identity
  readonly ground: Ground
  readonly nature: Nature
  readonly report: MailReport | null
  /** Why the mail could not be parsed; its bytes are kept all the same. */
  readonly unreadable: string | null
  /** The header in plain text, of a mail of which nothing else can be read. */
  readonly header: string | null
  /** The version of the reader whose view this is. */
  readonly reader: number
}

/** Where a mailbox was read up to (RFC 9051): nothing else decides what is new. */
export type Cursor = { readonly uidValidity: string; readonly uid: number }
