/** Providers whose mailboxes ignore what follows a plus sign; Gmail ignores dots as well. */
const plusIgnored: ReadonlySet<string> = new Set([
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
])

/**
 * The form by which an address is known as one sender's: lower case, no dot after the domain, and
 * what the provider itself treats as the same mailbox. Anything less certain is no match.
 */
export function canonicalAddress(address: string): string {
  const lower = address.trim().toLowerCase().replace(/\.+$/, '')
  const at = lower.lastIndexOf('@')
  if (at < 1) return lower
  const domain = lower.slice(at + 1) === 'googlemail.com' ? 'gmail.com' : lower.slice(at + 1)
  const local = lower.slice(0, at)
  if (!plusIgnored.has(domain)) return `${local}@${domain}`
  const base = local.split('+', 1)[0] ?? local
  return `${domain === 'gmail.com' ? base.replaceAll('.', '') : base}@${domain}`
}

/** Addresses that machines write from; nothing of ours answers them (RFC 3834). */
const machine = /^(?:no-?_?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)(?:[+.-]|@)/i

/** Whether a person may read what is sent there. */
export function mayBeAnswered(address: string): boolean {
  return address.includes('@') && !machine.test(address.trim())
}
