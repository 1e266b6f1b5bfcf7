import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
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

/** What came of posting: the receiver's status, or why it was not reached. */
export type Posted =
  | { readonly kind: 'answered'; readonly status: number }
  | {
      readonly kind: 'failed'
      readonly why: 'address_forbidden' | 'name_unknown' | 'unreachable' | 'certificate' | 'timeout'
    }

export type Post = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The whole conversation, from the name to the answer, may take so long. */
const timeoutMs = 10_000

/** Of an answer nothing is used but its status. */
const answerBytesMax = 4096

/**
 * Posts once, by HTTPS only. The name is resolved here, every address that it has is checked, and
 * the connection goes to a checked one: nobody can answer otherwise the second time. Redirects are
 * answers, never followed.
 */
export async function post(what: Post, outside: Outside): Promise<Posted> {
  if (flawOfAddress(what.url, outside) !== null) return failed('address_forbidden')
  const url = new URL(what.url)
  const signal = AbortSignal.timeout(timeoutMs)
  const addresses = await within(signal, resolved(url, outside))
  if (addresses === null) return failed('timeout')
  const [address] = addresses
  if (address === undefined) return failed('name_unknown')
  if (!isAllowed(url, outside) && !addresses.every(isPublic)) return failed('address_forbidden')
  return posted(what, url, address, signal)
}

function failed(why: Extract<Posted, { kind: 'failed' }>['why']): Posted {
  return { kind: 'failed', why }
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

function posted(
  { headers, body }: Post,
  url: URL,
  address: string,
  signal: AbortSignal,
): Promise<Posted> {
  const host = bareHost(url)
  return new Promise((resolve) => {
    const asked = request({
      method: 'POST',
      host: address,
      port: portOf(url),
      path: `${url.pathname}${url.search}`,
      // The certificate must be of the name, not of the address.
      servername: isIP(host) === 0 ? host : '',
      headers: {
        ...headers,
        host: url.host,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Mamori',
      },
      agent: false,
      signal,
      maxHeaderSize: 16 * 1024,
    })
    asked.on('response', (answer) => heard(answer, resolve))
    asked.on('error', (error) => resolve(failed(troubleOf(error, signal))))
    asked.end(body)
  })
}

/** The status counts as soon as it is there; a little of the rest is read, so that it may end well. */
function heard(answer: IncomingMessage, resolve: (posted: Posted) => void): void {
  let bytes = 0
  resolve({ kind: 'answered', status: answer.statusCode ?? 0 })
  answer.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > answerBytesMax) answer.destroy()
  })
  // What becomes of the rest of an answer concerns nobody.
  answer.on('error', () => answer.destroy())
}

function troubleOf(error: Error, signal: AbortSignal) {
  if (signal.aborted) return 'timeout'
  const code = 'code' in error ? String(error.code) : ''
  return /CERT|SIGNATURE|ISSUER|SSL|TLS/.test(code) ? 'certificate' : 'unreachable'
}
