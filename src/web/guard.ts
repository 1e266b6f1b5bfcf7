import { timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Person } from '../domain/person.ts'
import type { House } from '../flow/house.ts'
import type { SignIns } from '../flow/sign-in.ts'
import { chooseLanguage, textFor } from '../text/text.ts'
import type { Ctx, Env, Site } from './env.ts'
import { ForeignForm } from './problems.ts'

/** Nothing but our own files runs, and nothing of a page leaves it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const always: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  // NOTE `no-referrer` would make browsers send `Origin: null` with our own forms.
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Origin-Agent-Cluster': '?1',
  'X-DNS-Prefetch-Control': 'off',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-Robots-Tag': 'noindex, nofollow',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), ' +
    'publickey-credentials-get=(self), publickey-credentials-create=(self)',
}

/** Security headers of every answer. */
export function secureHeaders(site: Site): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', policy)
    for (const [name, value] of Object.entries(always)) {
      // An answer of stricter rules, or one that our own pages frame, brings its own.
      if (!headers.has(name)) headers.set(name, value)
    }
    if (site.secure) headers.set('Strict-Transport-Security', 'max-age=31536000')
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  }
}

/** The cookie's name; with https the browser itself binds it to this host. */
export function cookieName(site: Site): string {
  return site.secure ? '__Host-mamori' : 'mamori'
}

/** Somebody without roles, for pages that anybody may see. */
const nobody: Person = {
  id: '',
  name: '',
  email: '',
  roles: [],
  within: {},
  language: 'ja',
  disabledAt: null,
}

/** Finds out who calls, and in which language to answer. */
export function whoCalls(house: House, signIns: SignIns, site: Site): MiddlewareHandler<Env> {
  return async (c, next) => {
    const token = getCookie(c, cookieName(site)) ?? ''
    const entry = token === '' ? null : await signIns.find(token)
    const signedIn = entry?.stage === 'full'
    const person = signedIn ? entry.person : nobody
    // A page that asks for itself every few seconds is no sign of anybody at work.
    if (signedIn && !c.req.header('HX-Request')) await signIns.note(entry.session)
    const own = entry?.person.language
    const language = chooseLanguage(own, getCookie(c, 'lang'), c.req.header('Accept-Language'))
    c.set('house', house)
    c.set('signIns', signIns)
    c.set('site', site)
    c.set('account', person)
    c.set('person', person)
    c.set('signedIn', signedIn)
    c.set('entry', entry)
    c.set('sessionToken', token)
    c.set('csrfToken', entry?.session.csrfToken ?? '')
    c.set('language', language)
    c.set('text', textFor(language))
    c.set('notice', noticeOf(c))
    await next()
  }
}

/**
 * Refuses forms that are not of this session or come from another site, whatever their type. A
 * browser says where a POST comes from; a client that says nothing is none and has no cookies to
 * abuse, so there the token alone counts.
 */
export function ownForms(site: Site): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const fetchSite = c.req.header('Sec-Fetch-Site')
    if (fetchSite !== undefined && fetchSite !== 'same-origin') throw new ForeignForm()
    const origin = c.req.header('Origin')
    if (origin !== undefined && !isOwn(origin, c, site)) throw new ForeignForm()
    if (c.var.entry && !(await hasToken(c))) throw new ForeignForm()
    return next()
  }
}

function isOwn(origin: string, c: Ctx, site: Site): boolean {
  if (origin === new URL(site.baseUrl).origin) return true
  return !site.secure && origin === new URL(c.req.url).origin
}

async function hasToken(c: Ctx): Promise<boolean> {
  const sent = c.req.header('X-CSRF-Token') ?? (await c.req.parseBody()).csrf
  const given = Buffer.from(typeof sent === 'string' ? sent : '')
  const expected = Buffer.from(c.var.csrfToken)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** What the last act said, by its key: nothing of a page's words comes from the address. */
function noticeOf(c: Ctx): string {
  const key = c.req.query('done') ?? ''
  const said: Record<string, string> = c.var.text.done
  return Object.hasOwn(said, key) ? (said[key] ?? '') : ''
}
