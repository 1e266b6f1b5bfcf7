import { isIP } from 'node:net'
import { z } from 'zod'
import type { Account } from './domain/mailbox.ts'

/** The words between commas. */
export function listOf(words: string): string[] {
  return words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** As the resolver takes them: `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1`, `[2001:db8::1]:53`. */
function isDnsServer(server: string): boolean {
  const [, bracketed, plain] =
    /^(?:\[([0-9a-f:.]+)\](?::\d{1,5})?|([0-9.]+)(?::\d{1,5})?)$/i.exec(server) ?? []
  return isIP(bracketed ?? plain ?? server) !== 0
}

/** How a connection is protected, from one word of the settings. */
export function securityOf(word: string): Account['security'] {
  if (word === 'starttls') return 'starttls'
  return ['yes', 'true', '1'].includes(word) ? 'tls' : 'none'
}

/** DNS servers by address, separated by commas. */
export const dnsServers = z
  .string()
  .transform(listOf)
  .refine((all) => all.every(isDnsServer), 'must be IP addresses like 192.0.2.1 or 192.0.2.1:53')
