import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { Outside } from './address.ts'
import { type Trouble, troubleOf, type Way, wayTo } from './way.ts'

/** What came of posting: the receiver's status, or why it was not reached. */
export type Posted =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly why: Trouble }

export type Post = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The whole conversation, from the name to the answer, may take so long. */
const timeoutMs = 10_000

/** Of an answer nothing is used but its status. */
const answerBytesMax = 4096

/** Posts once, by HTTPS only, to a checked address. Redirects are answers, never followed. */
export async function post(what: Post, outside: Outside): Promise<Posted> {
  const signal = AbortSignal.timeout(timeoutMs)
  const way = await wayTo(what.url, outside, signal)
  return 'why' in way ? failed(way.why) : posted(what, way, signal)
}

function failed(why: Trouble): Posted {
  return { kind: 'failed', why }
}

function posted(
  { headers, body }: Post,
  { url, options }: Way,
  signal: AbortSignal,
): Promise<Posted> {
  return new Promise((resolve) => {
    const asked = request({
      method: 'POST',
      ...options,
      headers: {
        ...headers,
        host: url.host,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Mamori',
      },
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
