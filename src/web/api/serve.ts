import { createHash, randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { covers, type Reach } from '../../domain/person.ts'
import type { House } from '../../flow/house.ts'
import { admitToken } from '../../flow/tokens.ts'
import type { TokenRecord } from '../../store/api-tokens.ts'
import type { Site } from '../env.ts'
import type { Route } from '../routes.ts'
import type { Answer, ApiCtx, ApiEnv, Call } from './env.ts'
import { ApiProblem, challenge, notFound, problemResponse, scopeMissing } from './problems.ts'
import { readQuery } from './query.ts'
import { type Meter, openMeter, rateHeaders } from './rate.ts'
import type { ApiRoute } from './route.ts'
import { apiBase, apiRoutes } from './table.ts'

type Serving = { readonly house: House; readonly site: Site; readonly meter: Meter }

/**
 * The interface for programs. It stands beside the pages and knows no cookie, so that no browser can
 * be made to call it; who calls is said by the `Authorization` header alone.
 */
export function openApi(house: House, site: Site) {
  const serving = { house, site, meter: openMeter() }
  const app = new Hono<ApiEnv>()
  for (const route of apiRoutes) app.get(route.path, (c) => serve(c, route, serving))
  app.all('*', (c) => problemResponse(isReading(c) ? notFound() : readOnly(), site.baseUrl))
  app.onError((error, c) => asProblem(error, c, serving))
  const list: Route[] = apiRoutes.map(({ path, needs }) => {
    return { method: 'GET', path: `${apiBase}${path}`, caller: `token:${needs}` }
  })
  return { app, list }
}

async function serve(c: ApiCtx, route: ApiRoute, serving: Serving): Promise<Response> {
  const { house, meter, site } = serving
  const token = await tokenOf(c, house)
  const allowance = meter.take(token.id, Date.parse(house.now()))
  const response = allowance.allowed
    ? await answer(c, route, house, token).catch((error) => asProblem(error, c, serving))
    : problemResponse(tooMany(allowance.seconds), site.baseUrl)
  for (const [name, value] of Object.entries(rateHeaders(allowance))) {
    response.headers.set(name, value)
  }
  return response
}

async function answer(c: ApiCtx, route: ApiRoute, house: House, token: TokenRecord) {
  if (route.needs !== 'any' && !token.scopes.includes(route.needs)) throw scopeMissing(route.needs)
  const url = new URL(c.req.url)
  const query = readQuery(route.query, url.searchParams)
  const id = c.req.param('id') ?? ''
  const reach: Reach = token.mailboxes ?? 'all'
  if (route.thing) {
    const places = await house.store.places.of(route.thing, id)
    if (!places.some((place) => covers(reach, place))) throw notFound()
  }
  const view = house.store.within(reach)
  const call: Call<unknown> = {
    ...{ house, token, reach, view, query, id },
    has: (scope) => token.scopes.includes(scope),
  }
  return responseTo(c, await route.handle(call), house)
}

async function responseTo(c: ApiCtx, { body, record, next }: Answer<unknown>, house: House) {
  const text = JSON.stringify(body)
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
  const headers: Record<string, string> = { ETag: etag }
  if (next) headers.Link = linkTo(c, next)
  if (isKnown(c, etag)) return new Response(null, { status: 304, headers })
  // What is read is on record before it is given, not after.
  if (record && record.length > 0) await house.store.record(record)
  return new Response(text, { headers: { ...headers, 'Content-Type': 'application/json' } })
}

function linkTo(c: ApiCtx, { name, value }: NonNullable<Answer<unknown>['next']>): string {
  const url = new URL(c.req.url)
  url.searchParams.set(name, value)
  return `<${url.pathname}${url.search}>; rel="next"`
}

/** RFC 9110 section 13.1.2: compared weakly. */
function isKnown(c: ApiCtx, etag: string): boolean {
  const known = (c.req.header('If-None-Match') ?? '').split(',').map((one) => one.trim())
  return known.some((one) => one === '*' || one.replace(/^W\//, '') === etag)
}

/** Why a secret that we made does not work: whoever holds it may know. */
const reasons = {
  unknown: 'No such token: it was never made here, or was cut while it was copied.',
  waiting: 'The token waits for another person’s approval.',
  over: 'The token was declined or revoked.',
  expired: 'The token has expired.',
}

async function tokenOf(c: ApiCtx, house: House): Promise<TokenRecord> {
  const header = c.req.header('Authorization') ?? ''
  const [, secret] = /^Bearer +(\S+)$/i.exec(header) ?? []
  if (secret === undefined) {
    const how =
      'Send Authorization: Bearer and the token. Nothing else is taken: no cookie, no parameter.'
    throw new ApiProblem('token-missing', how, { headers: challenge() })
  }
  const admitted = await admitToken(house, secret)
  if (admitted.kind === 'admitted') return admitted.token
  const headers = challenge('invalid_token')
  throw new ApiProblem('token-invalid', reasons[admitted.why], { headers })
}

function tooMany(seconds: number): ApiProblem {
  return new ApiProblem('rate-limited', `Too many calls with this token: wait ${seconds} s.`)
}

function readOnly(): ApiProblem {
  const detail = 'Programs read here. Reviews, approvals and letters are people’s.'
  return new ApiProblem('read-only', detail, { headers: { Allow: 'GET, HEAD' } })
}

function isReading(c: ApiCtx): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD'
}

function asProblem(error: unknown, c: ApiCtx, { house, site }: Serving): Response {
  if (error instanceof ApiProblem) return problemResponse(error, site.baseUrl)
  const code = randomUUID().slice(0, 8)
  house.log.error({ err: error, code, path: c.req.path }, 'a call of the interface failed')
  const detail = `Try again; tell an administrator the number ${code} if it stays so.`
  return problemResponse(new ApiProblem('unexpected', detail), site.baseUrl)
}
