import type { RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import {
  addressesOf,
  bareHost,
  flawOfAddress,
  isAllowed,
  isPublic,
  type Outside,
  portOf,
} from './address.ts'

/** Why a place outside was not reached. */
export type Trouble =
  | 'address_forbidden'
  | 'name_unknown'
  | 'unreachable'
  | 'certificate'
  | 'timeout'

/** A checked way to a place: what a request goes by. */
export type Way = { readonly url: URL; readonly options: RequestOptions }

/**
 * The way to a place that may be asked, by HTTPS only. The name is resolved here, every address
 * that it has is checked, and the connection goes to a checked one: nobody can answer otherwise the
 * second time.
 */
export async function wayTo(
  typed: string,
  outside: Outside,
  signal: AbortSignal,
): Promise<Way | { readonly why: Trouble }> {
  if (flawOfAddress(typed, outside) !== null) return { why: 'address_forbidden' }
  const url = new URL(typed)
  const addresses = await within(signal, resolved(url, outside))
  if (addresses === null) return { why: 'timeout' }
  const [address] = addresses
  if (address === undefined) return { why: 'name_unknown' }
  if (!isAllowed(url, outside) && !addresses.every(isPublic)) return { why: 'address_forbidden' }
  const host = bareHost(url)
  const options = {
    host: address,
    port: portOf(url),
    path: `${url.pathname}${url.search}`,
    // The certificate must be of the name, not of the address.
    servername: isIP(host) === 0 ? host : '',
    agent: false,
    signal,
    maxHeaderSize: 16 * 1024,
  } as const
  return { url, options }
}

async function resolved(url: URL, outside: Outside): Promise<string[]> {
  try {
    return await addressesOf(bareHost(url), outside)
  } catch (error) {
    // A name that nobody knows and a server that does not answer come to the same: tried later.
    if (error instanceof Error && 'code' in error) return []
    throw error
  }
}

/** The result, or null where the time is over first. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> {
  const over = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
  return Promise.race([work, over])
}

/** What an error of a request says of the place. */
export function troubleOf(error: Error, signal: AbortSignal): Trouble {
  if (signal.aborted) return 'timeout'
  const code = 'code' in error ? String(error.code) : ''
  return /CERT|SIGNATURE|ISSUER|SSL|TLS/.test(code) ? 'certificate' : 'unreachable'
}
