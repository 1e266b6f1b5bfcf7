import type { Address, Identity } from '../domain/mail.ts'
import { firstValue, type HeaderField } from './header.ts'

/**
 * How far the From address can be trusted (RFC 8601, RFC 7489). Only the topmost
 * Authentication-Results count, as far as servers that we trust wrote them: anything below a
 * foreign one may come from whoever sent the mail.
 */
export function identityOf(
  fields: readonly HeaderField[],
  from: readonly Address[],
  trustedAuthservIds: readonly string[],
): Identity {
  const [only, another] = from
  const names = fields.filter(({ name }) => name === 'from')
  if (names.length !== 1 || !only || another || isGroup(firstValue(fields, 'from'))) return 'failed'
  if (!isPlain(only.address) || /[\0]/.test(names[0]?.value ?? '')) return 'failed'
  const domain = only.address.slice(only.address.lastIndexOf('@') + 1)
  for (const result of trustedResults(fields, trustedAuthservIds)) {
    const dmarc = dmarcOf(result)
    if (dmarc?.result === 'fail') return 'failed'
    if (dmarc?.result === 'pass') return dmarc.from === domain ? 'verified' : 'failed'
  }
  return 'unverified'
}

function trustedResults(fields: readonly HeaderField[], trusted: readonly string[]): string[] {
  const results: string[] = []
  for (const { name, value } of fields) {
    if (name !== 'authentication-results') continue
    const plain = withoutComments(value)
    const id = /^\s*"?([^\s;"]+)"?(?:\s+\d+)?\s*(?:;|$)/.exec(plain)?.[1]?.toLowerCase() ?? ''
    if (!trusted.includes(id)) return results
    results.push(plain)
  }
  return results
}

function dmarcOf(result: string): { result: string; from: string } | null {
  for (const part of result.split(';').slice(1)) {
    const method = /^\s*dmarc\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/i.exec(part)
    if (!method) continue
    const from = /\bheader\.from\s*=\s*"?([^\s;"]+)"?/i.exec(part)?.[1] ?? ''
    const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase()
    return { result: (method[1] ?? '').toLowerCase(), from: domain }
  }
  return null
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

function isGroup(value: string): boolean {
  return /:[^<>"]*;\s*$/.test(value.replace(/"(?:\\.|[^"\\])*"/g, ''))
}

function isPlain(address: string): boolean {
  return /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(address)
}
