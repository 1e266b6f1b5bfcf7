import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { Outside } from './address.ts'
import { type Trouble, troubleOf, type Way, wayTo } from './way.ts'

/** The bytes of a picture from outside, or why there are none. */
export type Fetched =
  | { readonly kind: 'fetched'; readonly bytes: Buffer }
  | { readonly kind: 'failed'; readonly why: Trouble | 'refused' | 'too_large' }

/** From the name to the last byte, redirects included. */
const timeoutMs = 8_000
const bytesMax = 2 * 1024 * 1024

/** Places that serve pictures for others lead on once or twice. */
const redirectsMax = 3

/**
 * Fetches what a mail shows as a picture, by HTTPS only, from a checked address, each redirect
 * checked like the first. It says nothing of who asks: no cookie, no referrer, no language.
 */
export async function fetchPicture(address: string, outside: Outside): Promise<Fetched> {
  const signal = AbortSignal.timeout(timeoutMs)
  let next = address
  for (let hop = 0; hop <= redirectsMax; hop += 1) {
    const way = await wayTo(next, outside, signal)
    if ('why' in way) return { kind: 'failed', why: way.why }
    const answer = await asked(way, signal)
    if (answer.kind !== 'led_on') return answer
    if (!URL.canParse(answer.to, way.url.href)) return { kind: 'failed', why: 'refused' }
    next = new URL(answer.to, way.url).href
  }
  return { kind: 'failed', why: 'refused' }
}

type Answer = Fetched | { readonly kind: 'led_on'; readonly to: string }

function asked({ url, options }: Way, signal: AbortSignal): Promise<Answer> {
  const headers = { host: url.host, accept: 'image/*', 'user-agent': 'Mamori' }
  return new Promise((resolve) => {
    const fail = (error: Error) => resolve({ kind: 'failed', why: troubleOf(error, signal) })
    const sent = request({ ...options, headers })
    sent.on('response', (answer) => heard(answer).then(resolve, fail))
    sent.on('error', fail)
    sent.end()
  })
}

async function heard(answer: IncomingMessage): Promise<Answer> {
  const { statusCode = 0, headers } = answer
  const to = headers.location
  if (statusCode !== 200) {
    answer.destroy()
    const leadsOn = [301, 302, 303, 307, 308].includes(statusCode) && to !== undefined
    return leadsOn ? { kind: 'led_on', to } : { kind: 'failed', why: 'refused' }
  }
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > bytesMax) return { kind: 'failed', why: 'too_large' }
    parts.push(part)
  }
  return { kind: 'fetched', bytes: Buffer.concat(parts) }
}
