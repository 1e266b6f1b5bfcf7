import type { Address, Ground, Identity, Standing } from '../domain/mail.ts'
import { domainOf, isRelativeDomain, isSameDomain } from './alignment.ts'
import {
  type AuthenticationResults,
  type MethodResult,
  readAuthenticationResults,
} from './authentication-results.ts'
import { firstValue, type HeaderField } from './header.ts'

/**
 * How far the From address can be trusted by what the header says (RFC 8601, RFC 7489). Only what
 * our own server wrote on top counts: whatever stands further down may come from whoever sent the
 * mail, also under our server's name. `not_checked` means that no such server spoke.
 */
export function standingOf(
  fields: readonly HeaderField[],
  from: readonly Address[],
  trustedAuthservIds: readonly string[],
): Standing {
  const domain = authorDomain(fields, from)
  if (domain === null) return standing('failed', 'from_unclear')
  const block = ownResults(fields, trustedAuthservIds)
  const [first] = block
  if (!first) return standing('unverified', 'not_checked')
  return reported(
    block.flatMap(({ results }) => results),
    domain,
    first.authservId,
  )
}

/** The domain that the mail is From, where it names exactly one plain address; else null. */
function authorDomain(fields: readonly HeaderField[], from: readonly Address[]): string | null {
  const [only, another] = from
  const named = fields.filter(({ name }) => name === 'from')
  if (named.length !== 1 || !only || another || isGroup(firstValue(fields, 'from'))) return null
  if (!isPlain(only.address) || named[0]?.value.includes('\0')) return null
  return domainOf(only.address) || null
}

function standing(identity: Identity, code: Ground['code'], by = ''): Standing {
  return { identity, ground: { code, by } }
}

function reported(results: readonly MethodResult[], domain: string, by: string): Standing {
  const dmarc = results.filter(({ method }) => method === 'dmarc')
  if (dmarc.some(({ result }) => result === 'fail')) return standing('failed', 'dmarc_fail', by)
  const [first] = dmarc
  if (first?.result === 'pass') return passed(first, domain, by)
  if (vouchesFor(results, 'dkim', domain, ['header.d', 'header.i'])) {
    return standing('weak', 'reported_dkim', by)
  }
  if (vouchesFor(results, 'spf', domain, ['smtp.mailfrom', 'smtp.mail'])) {
    return standing('weak', 'reported_spf', by)
  }
  return standing('unverified', 'results_silent', by)
}

function passed({ properties }: MethodResult, domain: string, by: string): Standing {
  const named = properties.get('header.from') ?? []
  if (named.length === 0) return standing('unverified', 'results_silent', by)
  if (named.every((name) => isSameDomain(domainOf(name), domain))) {
    return standing('verified', 'dmarc_pass', by)
  }
  const related = named.every((name) => isRelativeDomain(domainOf(name), domain))
  return related
    ? standing('weak', 'dmarc_relative', by)
    : standing('failed', 'dmarc_other_domain', by)
}

function vouchesFor(
  results: readonly MethodResult[],
  wanted: string,
  domain: string,
  properties: readonly string[],
): boolean {
  return results.some(
    (one) =>
      one.method === wanted &&
      one.result === 'pass' &&
      properties
        .flatMap((name) => one.properties.get(name) ?? [])
        .some((name) => isRelativeDomain(domainOf(name), domain)),
  )
}

/** What receiving servers put between their results; anything else was in the mail before. */
const trace = /^(?:received-spf|dkim-filter|dmarc-filter|arc-.+)$/

/**
 * The topmost Authentication-Results, as far as our server wrote them in one go. A foreign one ends
 * them, and so does any field that came in with the mail.
 */
export function ownResults(
  fields: readonly HeaderField[],
  trusted: readonly string[],
): AuthenticationResults[] {
  const ids = new Set(trusted.map((id) => id.toLowerCase()))
  const block: AuthenticationResults[] = []
  for (const { name, value } of fields) {
    if (name === 'authentication-results') {
      const read = readAuthenticationResults(value)
      if (!read || !ids.has(read.authservId)) return block
      block.push(read)
    } else if (block.length > 0 && !trace.test(name)) return block
  }
  return block
}

/** RFC 5322 section 3.4: `name: list;`, which names nobody. */
function isGroup(value: string): boolean {
  const bare = value.replace(/"(?:\\.|[^"\\])*"/g, '').trimEnd()
  return bare.endsWith(';') && bare.includes(':')
}

function isPlain(address: string): boolean {
  return /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(address)
}
