import { domainToASCII } from 'node:url'
import { getDomain } from 'tldts'

/** A domain in its ASCII form, in lower case, without the root's dot; empty where it is none. */
export function domainName(name: string): string {
  return domainToASCII(name.trim().toLowerCase().replace(/\.$/, ''))
}

/** The domain of an address, or of `@domain`, or the text itself where it has no @. */
export function domainOf(address: string): string {
  return domainName(address.slice(address.lastIndexOf('@') + 1))
}

/** Strict alignment (RFC 7489 section 3.1): one domain, in letters or in its ASCII form. */
export function isSameDomain(a: string, b: string): boolean {
  const [one, other] = [domainName(a), domainName(b)]
  return one !== '' && one === other
}

/**
 * Relaxed alignment: both belong to one organisation by the public suffix list, in which customers
 * of one hosting provider are strangers to one another.
 */
export function isRelativeDomain(a: string, b: string): boolean {
  if (isSameDomain(a, b)) return true
  const [one, other] = [a, b].map((name) =>
    getDomain(domainName(name), { allowPrivateDomains: true, extractHostname: false }),
  )
  return Boolean(one) && one === other
}
