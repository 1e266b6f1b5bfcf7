import type { Scope } from '../../domain/token.ts'

/**
 * Everything that an answer can be instead of the thing asked for (RFC 9457), by the last part of
 * its type. A code is never renamed: programs compare it.
 */
export const problems = {
  'token-missing': { status: 401, title: 'A token is needed' },
  'token-invalid': { status: 401, title: 'The token is not valid' },
  'scope-missing': { status: 403, title: 'The token does not have the scope for this' },
  'not-found': { status: 404, title: 'There is no such thing in reach of the token' },
  'read-only': { status: 405, title: 'This interface is for reading' },
  'request-invalid': { status: 400, title: 'The request has parameters that cannot be' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  unexpected: { status: 500, title: 'Something unexpected happened' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

/** One parameter that cannot be, and why. */
export type ParameterError = { readonly parameter: string; readonly message: string }

/** A call that is answered with a problem. */
export class ApiProblem extends Error {
  readonly code: ProblemCode
  readonly headers: Readonly<Record<string, string>>
  readonly errors: readonly ParameterError[]

  constructor(
    code: ProblemCode,
    detail: string,
    { headers = {}, errors = [] }: Partial<Pick<ApiProblem, 'headers' | 'errors'>> = {},
  ) {
    super(detail)
    this.name = 'ApiProblem'
    this.code = code
    this.headers = headers
    this.errors = errors
  }
}

/** The problem as an answer. Its type leads to the page that explains it. */
export function problemResponse(problem: ApiProblem, baseUrl: string): Response {
  const { code, message: detail, errors, headers } = problem
  const { status, title } = problems[code]
  const said = errors.length > 0 ? { errors } : {}
  const type = `${new URL('/api/docs', baseUrl).href}#${code}`
  return new Response(JSON.stringify({ type, code, title, status, detail, ...said }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  })
}

/** What a client without a good token is told (RFC 6750 section 3). */
export function challenge(error?: 'invalid_token'): Record<string, string> {
  const more = error ? `, error="${error}"` : ''
  return { 'WWW-Authenticate': `Bearer realm="mamori"${more}` }
}

export function scopeMissing(scope: Scope): ApiProblem {
  const header = `Bearer realm="mamori", error="insufficient_scope", scope="${scope}"`
  return new ApiProblem('scope-missing', `This needs a token with the scope ${scope}.`, {
    headers: { 'WWW-Authenticate': header },
  })
}

export function notFound(): ApiProblem {
  return new ApiProblem('not-found', 'Nothing is there, or it lies in a mailbox out of reach.')
}
