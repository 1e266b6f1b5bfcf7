import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Which places outside may be posted to. */
export type Outside = {
  /** `host` or `host:port` of one's own network that are allowed whatever their address. */
  readonly allowed: readonly string[]
  /** Name servers to ask; the system's own resolution where there are none. */
  readonly dnsServers: readonly string[]
}

/** Why an address is not taken. */
export type AddressFlaw =
  | 'not_an_address'
  | 'not_https'
  | 'has_user'
  | 'port_not_allowed'
  | 'address_forbidden'

/** Ports of the web; others are asked by whoever wants to reach something else. */
const ports = ['443', '8443']

/** A public address that answers to who asks from inside: Azure's own platform. */
const insiders = ['168.63.129.16']

/** What is wrong with an address as it was typed; null where it may be asked for. */
export function flawOfAddress(typed: string, outside: Outside): AddressFlaw | null {
  // A browser drops these while it reads an address: what is checked must be what is meant.
  if (/[\s\\]/.test(typed) || !URL.canParse(typed)) return 'not_an_address'
  const url = new URL(typed)
  if (url.protocol !== 'https:') return 'not_https'
  if (url.username !== '' || url.password !== '') return 'has_user'
  if (isAllowed(url, outside)) return null
  if (!ports.includes(portOf(url))) return 'port_not_allowed'
  const host = bareHost(url)
  if (isIP(host) !== 0 && !isPublic(host)) return 'address_forbidden'
  return isIP(host) === 0 && isLocalName(host) ? 'address_forbidden' : null
}

/** Whether the settings name the place as one of the house's own. */
export function isAllowed(url: URL, { allowed }: Outside): boolean {
  const host = bareHost(url)
  return allowed.some((one) => one === `${host}:${portOf(url)}` || one === host)
}

/**
 * Whether it is an address of the public internet: neither private, local, reserved nor one that
 * hides an IPv4 address in itself (mapped, 6to4, NAT64, Teredo).
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address) || insiders.includes(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  // Of IPv6 only 2000::/3 is given to anybody (RFC 4291).
  return parsed.kind() === 'ipv4' || ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20
}

/** Every address of a name; none where it has none. Throws where nobody could be asked. */
export async function addressesOf(host: string, { dnsServers }: Outside): Promise<string[]> {
  if (isIP(host) !== 0) return [host]
  if (dnsServers.length === 0) {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)
  }
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  resolver.setServers(dnsServers)
  const both = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const found = both.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const [failed] = both.filter((one) => one.status === 'rejected')
  if (found.length === 0 && failed) throw failed.reason
  return found
}

/** The host without the brackets of an IPv6 address and without the dot at its end. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

export function portOf({ port }: URL): string {
  return port === '' ? '443' : port
}

/** Names that never mean anybody on the internet (RFC 6761, RFC 6762, and one for inside use). */
function isLocalName(host: string): boolean {
  return !host.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/.test(host)
}
