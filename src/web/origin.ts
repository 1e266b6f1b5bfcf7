import { getConnInfo } from '@hono/node-server/conninfo'
import type { Ctx } from './env.ts'

/** Where a request comes from. */
export function placeOf(c: Ctx): string {
  const remote = getConnInfo(c).remote.address ?? ''
  return networkFrom(remote, c.req.header('X-Forwarded-For') ?? '', c.var.site.trustedProxies)
}

/**
 * An address, IPv6 by its /64, which one household shares. What a request says of its way is
 * believed as far as our own proxies have written it: from the right, as each adds what it sees,
 * up to the first address that is not ours.
 */
export function networkFrom(remote: string, forwarded: string, trusted: readonly string[]): string {
  const told = forwarded.split(',').map((one) => plain(one.trim()))
  let address = plain(remote)
  while (trusted.includes(address)) {
    const before = told.pop()
    if (!before) break
    address = before
  }
  return networkOf(address)
}

/** An IPv4 address that came in over an IPv6 socket is the IPv4 address. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '').slice(0, 64)
}

function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.toLowerCase().split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === '' ? [] : tail.split(':')
  const zeros = address.includes('::') ? Array(Math.max(0, 8 - front.length - back.length)) : []
  const all = [...front, ...zeros.fill('0'), ...back]
  return `${all.slice(0, 4).map(short).join(':')}::/64`
}

function short(group: string): string {
  return group.replace(/^0+(?=.)/, '')
}
