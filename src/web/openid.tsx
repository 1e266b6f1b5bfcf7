import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { beginOpenId, finishOpenId, type OpenIdRefusal } from '../flow/openid.ts'
import { OpenIdError } from '../proof/openid.ts'
import { fromOf, keepDevice, keepToken } from './entrance.ts'
import type { Ctx, Site } from './env.ts'
import { ownPath } from './forms.ts'
import { page } from './frame.tsx'
import { Front } from './front.tsx'
import { Banner } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { placeAfter } from './sign-in.tsx'

const callbackPath = '/sign-in/openid/answer'
const keptSeconds = 10 * 60

/** Signing in at the company's own provider (OpenID Connect). */
export function openIdRoutes(routes: Routes): void {
  // A link, as a form may lead only to pages of ours; it changes nothing but a cookie of its own.
  routes.get('/sign-in/openid', 'public', begin)
  routes.get(callbackPath, 'public', finish)
}

async function begin(c: Ctx): Promise<Response> {
  const { house, site } = c.var
  try {
    const begun = await beginOpenId(house, redirectUri(c), ownPath(c.req.query('next') ?? '', '/'))
    if (!begun) throw new Missing()
    setCookie(c, cookieOf(site), begun.kept, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: site.secure,
      maxAge: keptSeconds,
    })
    return c.redirect(begun.url, 303)
  } catch (error) {
    return failed(c, error)
  }
}

async function finish(c: Ctx): Promise<Response> {
  const { house, signIns, site, sessionToken } = c.var
  const kept = getCookie(c, cookieOf(site)) ?? ''
  deleteCookie(c, cookieOf(site), { path: '/', secure: site.secure })
  const callback = new URL(redirectUri(c))
  callback.search = new URL(c.req.url).search
  try {
    const outcome = await finishOpenId(house, signIns, kept, callback, fromOf(c))
    if (outcome.kind !== 'entered') return refusedPage(c, outcome.kind)
    const { token, stage, device } = outcome.entered
    if (sessionToken !== '') await signIns.signOut(sessionToken)
    keepToken(c, token)
    if (stage === 'full') keepDevice(c, device)
    return c.redirect(placeAfter(stage, outcome.next), 303)
  } catch (error) {
    return failed(c, error)
  }
}

/** The provider's trouble is told to the log in its words, and to people in ours. */
function failed(c: Ctx, error: unknown): Response | Promise<Response> {
  if (!(error instanceof OpenIdError)) throw error
  c.var.house.log.warn({ err: error }, 'signing in at the provider failed')
  return refusedPage(c, 'failed')
}

function refusedPage(c: Ctx, why: OpenIdRefusal | 'failed'): Response | Promise<Response> {
  const { text } = c.var
  return page(
    c,
    text.signIn,
    <Front c={c} title={text.signIn} lead={text.tagline}>
      <Banner tone='grave'>{text.account.openId[why]}</Banner>
      <p>
        <a class='button' href='/sign-in'>
          {text.back}
        </a>
      </p>
    </Front>,
    why === 'failed' ? 409 : 403,
  )
}

/** Where the provider sends people back to, as it has to be registered there. */
function redirectUri(c: Ctx): string {
  return new URL(callbackPath, c.var.site.baseUrl).href
}

function cookieOf({ secure }: Site): string {
  return secure ? '__Host-mamori-openid' : 'mamori-openid'
}
