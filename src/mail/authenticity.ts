import { domainToASCII } from 'node:url'
import type { Address, Identity } from '../domain/mail.ts'
import { firstValue, type HeaderField } from './header.ts'

/**
 * How far the From address can be trusted (RFC 8601, RFC 7489). Only what our own server wrote on
 * top counts, and in it the first word on DMARC: whatever stands further down may come from
 * whoever sent the mail, also under our server's name.
 */
export function identityOf(
  fields: readonly HeaderField[],
  from: readonly Address[],
  trustedAuthservIds: readonly string[],
): Identity {
  const [only, another] = from
  const names = fields.filter(({ name }) => name === 'from')
  if (names.length !== 1 || !only || another || isGroup(firstValue(fields, 'from'))) return 'failed'
  if (!isPlain(only.address) || names[0]?.value.includes('\0')) return 'failed'

  const verdicts = ownResults(fields, trustedAuthservIds).flatMap(dmarcOf)
  if (verdicts.some(({ result }) => result === 'fail')) return 'failed'
  const [first] = verdicts
  if (first?.result !== 'pass') return 'unverified'
  const domain = only.address.slice(only.address.lastIndexOf('@') + 1)
  return sameDomain(first.from, domain) ? 'verified' : 'failed'
}

/**
 * The topmost Authentication-Results, as far as our server wrote them in one go. A foreign one
 * ends them, and so does the next Received: below it stands what came in from outside.
 */
function ownResults(fields: readonly HeaderField[], trusted: readonly string[]): string[] {
  const ids = trusted.map((id) => id.toLowerCase())
  const results: string[] = []
  for (const { name, value } of fields) {
    if (name === 'received' && results.length > 0) return results
    if (name !== 'authentication-results') continue
    const plain = withoutComments(value)
    const id = /^\s*"?([^\s;"]+)"?(?:\s+\d+)?\s*(?:;|$)/.exec(plain)?.[1]?.toLowerCase() ?? ''
    if (!ids.includes(id)) return results
    results.push(plain)
  }
  return results
}

function dmarcOf(result: string): { result: string; from: string }[] {
  return result
    .split(';')
    .slice(1)
    .flatMap((part) => {
      const method = /^\s*dmarc\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/i.exec(part)?.[1]
      if (!method) return []
      const from = /\bheader\.from\s*=\s*"?([^\s;"]+)"?/i.exec(part)?.[1] ?? ''
      return [{ result: method.toLowerCase(), from: from.slice(from.lastIndexOf('@') + 1) }]
    })
}

/** One name may be written in letters or in its ASCII form, and with the root's dot. */
function sameDomain(a: string, b: string): boolean {
  const [one, other] = [a, b].map((name) => domainToASCII(name.toLowerCase().replace(/\.$/, '')))
  return one !== '' && one === other
}

/** Comments may nest and may hold anything, also what looks like a result (RFC 5322). */
function withoutComments(value: string): string {
  let depth = 0
  let plain = ''
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at]
    if (character === '\\' && depth > 0) at += 1
    else if (character === '(') depth += 1
    else if (character === ')' && depth > 0) depth -= 1
    else if (depth === 0) plain += character
  }
  return plain
}

/** RFC 5322 section 3.4: `name: list;`, which names nobody. */
function isGroup(value: string): boolean {
  const bare = value.replace(/"(?:\\.|[^"\\])*"/g, '').trimEnd()
  return bare.endsWith(';') && bare.includes(':')
}

function isPlain(address: string): boolean {
  return /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(address)
}
