/** Providers whose mailboxes ignore what follows a plus sign; Gmail ignores dots as well. */
const plusIgnored: ReadonlySet<string> = new Set([
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
])

/**
 * The form by which an address is known as one sender's: lower case, the domain in its ASCII form
 * without a dot after it, no needless quotes, and what the provider itself treats as the same
 * mailbox. Anything less certain is no match: nobody is muted on a likeness.
 */
export function canonicalAddress(address: string): string {
  const lower = address.trim().toLowerCase().replace(/\.+$/, '')
  const at = lower.lastIndexOf('@')
  if (at < 1) return lower
  const domain = canonicalDomain(lower.slice(at + 1))
  const local = unquoted(lower.slice(0, at))
  if (!plusIgnored.has(domain) || local.includes('"')) return `${local}@${domain}`
  const base = local.split('+', 1)[0] ?? local
  const mailbox = domain === 'gmail.com' ? base.replaceAll('.', '') : base
  return `${mailbox || local}@${domain}`
}

/** One domain has one form: that of DNS (RFC 5890). Two names that only look alike stay two. */
function canonicalDomain(domain: string): string {
  if (domain === 'googlemail.com') return 'gmail.com'
  if (/^[\x20-\x7e]*$/.test(domain)) return domain
  return URL.parse(`http://${domain}/`)?.hostname ?? domain
}

/** RFC 5321 section 4.1.2: quotes around a plain name are no part of it. */
function unquoted(local: string): string {
  return /^"([\w!#$%&'*+/=?^`{|}~.-]+)"$/.exec(local)?.[1] ?? local
}

/** Addresses that machines write from; nothing of ours answers them (RFC 3834). */
const machine = /^(?:no-?_?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)(?:[+.-]|@)/i

/** Whether a person may read what is sent there. */
export function mayBeAnswered(address: string): boolean {
  return address.includes('@') && !machine.test(address.trim())
}

/** Addresses of a desk, not of a person. */
const desks = /^(?:info|mail|contact|support|sales|office|admin|help|service)$/

/**
 * An address without its tag and the marks within it: two that agree in it may be one person's.
 * Null where it says too little. For suggestions only: what decides is `canonicalAddress`.
 */
export function looseAddress(address: string): string | null {
  const canonical = canonicalAddress(address)
  const at = canonical.lastIndexOf('@')
  if (at < 1) return null
  const local = (canonical.slice(0, at).split('+', 1)[0] ?? '').replace(/[._-]/g, '')
  return local.length < 3 || desks.test(local) ? null : `${local}${canonical.slice(at)}`
}
