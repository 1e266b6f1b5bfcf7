import type { Ground } from '../domain/mail.ts'
import { domainName, isRelativeDomain, isSameDomain } from './alignment.ts'
import type { HeaderField } from './header.ts'

/** A DKIM signature that is worth asking for its key (RFC 6376 section 3.5). */
export type Signature = {
  /** Place among the mail's DKIM-Signature fields, from the top. */
  readonly place: number
  readonly domain: string
  /** Where its key is published. */
  readonly keyName: string
  /** What it proves at most, if it holds. */
  readonly worth: 'dkim_pass' | 'dkim_relative' | 'dkim_partial' | 'dkim_undated'
}

/** What can be said of a mail's signatures before any key is known. */
export type Screened =
  | { readonly kind: 'candidates'; readonly signatures: readonly Signature[] }
  | { readonly kind: 'settled'; readonly ground: Ground }

/** Look-ups that one mail can cause. */
const signaturesMax = 3

/** Honest ones have up to 4,000 characters and 50 names; each name is looked for in the header. */
const signatureLengthMax = 8_192
const namesMax = 200

/** Providers deliver within five days (RFC 5321); an older signature is an old mail sent again. */
const ageDaysMax = 7
const clockSkewMs = 3_600_000

/** Fields whose words people read, or which say how the text is to be read. */
const read = ['from', 'subject', 'content-type'] as const

/**
 * Chooses among the signatures of the author's domain, and of its relatives, those that can prove
 * anything: the whole text signed (no `l=`), SHA-256, in time, From signed.
 */
export function screen(
  fields: readonly HeaderField[],
  authorDomain: string,
  receivedAt: Date,
): Screened {
  const values = fields.filter(({ name }) => name === 'dkim-signature').map(({ value }) => value)
  const aligned = values.flatMap((value, place) => {
    const tags = tagsOf(value)
    const domain = domainName(tags.get('d') ?? '')
    return isRelativeDomain(domain, authorDomain) ? [{ place, tags, domain }] : []
  })
  if (aligned.length === 0) return { kind: 'settled', ground: { code: 'not_signed', by: '' } }
  const looked = aligned.map(({ place, tags, domain }) => {
    const flaw = flawOf(tags, fields, receivedAt)
    if (flaw) return { code: flaw, by: domain }
    const keyName = `${tags.get('s')?.toLowerCase()}._domainkey.${domain}`
    return { place, domain, keyName, worth: worthOf(tags, domain, authorDomain, fields) }
  })
  const signatures = looked.filter((one): one is Signature => 'keyName' in one)
  const [flawed] = looked.filter((one): one is Ground => 'code' in one)
  if (signatures.length === 0 && flawed) return { kind: 'settled', ground: flawed }
  const best = signatures.toSorted((a, b) => order.indexOf(a.worth) - order.indexOf(b.worth))
  return { kind: 'candidates', signatures: best.slice(0, signaturesMax) }
}

const order = ['dkim_pass', 'dkim_relative', 'dkim_partial', 'dkim_undated']

type Tags = ReadonlyMap<string, string>

/** A tag list (RFC 6376 section 3.2); empty where a tag stands twice, as that makes it void. */
function tagsOf(value: string): Tags {
  const tags = new Map<string, string>()
  if (value.length > signatureLengthMax) return tags
  for (const part of value.split(';')) {
    const equals = part.indexOf('=')
    if (equals === -1) continue
    const name = part.slice(0, equals).trim()
    if (tags.has(name)) return new Map()
    tags.set(name, part.slice(equals + 1).replace(/[ \t\r\n]+/g, ''))
  }
  return tags
}

function flawOf(
  tags: Tags,
  fields: readonly HeaderField[],
  receivedAt: Date,
): Ground['code'] | null {
  const algorithm = tags.get('a')?.toLowerCase() ?? ''
  const selector = tags.get('s') ?? ''
  if (tags.has('l') || algorithm === 'rsa-sha1') return 'dkim_weak'
  if (!/^(?:rsa|ed25519)-sha256$/.test(algorithm)) return 'dkim_bad'
  if (!/^[a-z0-9](?:[a-z0-9._-]{0,200}[a-z0-9])?$/i.test(selector)) return 'dkim_bad'
  const names = signedNames(tags)
  if (!names.includes('from') || names.length > namesMax) return 'dkim_bad'
  const expires = secondsIn(tags.get('x'))
  if (expires !== null && expires < receivedAt.getTime()) return 'dkim_out_of_time'
  const signedAt = signingTime(tags, fields)
  return signedAt === null || isTimely(signedAt, receivedAt) ? null : 'dkim_out_of_time'
}

function worthOf(
  tags: Tags,
  domain: string,
  authorDomain: string,
  fields: readonly HeaderField[],
): Signature['worth'] {
  const names = signedNames(tags)
  if (!isSameDomain(domain, authorDomain)) return 'dkim_relative'
  // What is not signed, or stands twice, may have been added to an honest mail.
  const whole = read.every((wanted) => {
    const count = fields.filter(({ name }) => name === wanted).length
    return count === 0 || (count === 1 && names.includes(wanted))
  })
  if (!whole) return 'dkim_partial'
  return signingTime(tags, fields) === null ? 'dkim_undated' : 'dkim_pass'
}

/** When it was signed, by `t=` or else by a Date that is signed; null where nothing says so. */
function signingTime(tags: Tags, fields: readonly HeaderField[]): number | null {
  const stated = secondsIn(tags.get('t'))
  if (stated !== null) return stated
  const dates = fields.filter(({ name }) => name === 'date')
  if (dates.length !== 1 || !signedNames(tags).includes('date')) return null
  const date = Date.parse(dates[0]?.value ?? '')
  return Number.isNaN(date) ? null : date
}

function isTimely(signedAt: number, receivedAt: Date): boolean {
  const age = receivedAt.getTime() - signedAt
  return age <= ageDaysMax * 86_400_000 && age >= -clockSkewMs
}

function signedNames(tags: Tags): string[] {
  return (tags.get('h') ?? '').toLowerCase().split(':')
}

function secondsIn(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,12}$/.test(value) ? Number(value) * 1000 : null
}
