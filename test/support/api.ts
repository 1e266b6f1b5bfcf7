import type { Scope } from '../../src/domain/token.ts'
import { createTokenByOperator } from '../../src/flow/tokens.ts'
import type { TestSite } from './site.ts'

/** A program with a token that works. */
export type Program = {
  readonly secret: string
  readonly tokenId: string
  /** `path` after `/api/v1`. */
  get(path: string, headers?: Record<string, string>): Promise<Response>
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer.
  json(path: string): Promise<any>
}

let made = 0

/** A program that reads what the scopes say, in all mailboxes or in those named by their ids. */
export async function programOf(
  site: TestSite,
  scopes: readonly Scope[],
  mailboxes: readonly string[] | null = null,
): Promise<Program> {
  made += 1
  const form = { name: `program ${made}`, scopes, mailboxes, days: 30 }
  const outcome = await createTokenByOperator(site.house, form)
  if (outcome.kind === 'refused') throw new Error(`no token: ${outcome.reason}`)
  const { secret, id: tokenId } = outcome
  const get = (path: string, headers: Record<string, string> = {}) =>
    site.stranger.get(`/api/v1${path}`, { authorization: `Bearer ${secret}`, ...headers })
  return {
    secret,
    tokenId,
    get,
    async json(path) {
      const answer = await get(path)
      if (answer.status !== 200) throw new Error(`${path}: ${await answer.text()}`)
      return answer.json()
    },
  }
}
