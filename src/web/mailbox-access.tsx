import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { finishAccess, startAccess } from '../flow/access.ts'
import { InboxError } from '../mail/inbox-error.ts'
import { VaultError } from '../vault.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Banner } from './parts/fields.tsx'
import type { Routes } from './routes.ts'

const cookie = 'mailbox-access'
const callbackPath = '/mailboxes/authorization'

/** Signing in and consenting at the provider takes a person a few minutes. */
const consentSeconds = 15 * 60

/** Where providers send an administrator back to, as it has to be registered with them. */
export function redirectUri(c: Ctx): string {
  return new URL(callbackPath, c.var.site.baseUrl).href
}

/** The consent of an OAuth 2.0 provider: a page that leads there, and the way back. */
export function accessRoutes(routes: Routes): void {
  routes.post('/mailboxes/:id/authorization', 'manage_mailboxes', begin)
  routes.get(callbackPath, 'manage_mailboxes', finish)
}

async function begin(c: Ctx): Promise<Response> {
  const { text, house, site } = c.var
  try {
    const started = await startAccess(house, c.req.param('id') ?? '', redirectUri(c), c.var.person)
    // Sealed, so that neither the browser nor whoever reads the cookie can make one up.
    setCookie(c, cookie, started.sealed, {
      path: callbackPath,
      httpOnly: true,
      sameSite: 'Lax',
      secure: site.secure,
      maxAge: consentSeconds,
    })
    const host = new URL(started.url).host
    const { mailboxes: words } = text
    // A form may lead only to pages of ours; a link that a person follows may lead elsewhere.
    return page(
      c,
      words.authorize,
      <section class='narrow'>
        <h1>{words.authorize}</h1>
        <p>{words.authorizeLead(host)}</p>
        <p class='buttons'>
          <a class='button primary' href={started.url} rel='noreferrer'>
            {words.authorizeGo(host)}
          </a>
          <a class='button' href='/mailboxes'>
            {text.back}
          </a>
        </p>
      </section>,
    )
  } catch (error) {
    return failed(c, error)
  }
}

async function finish(c: Ctx): Promise<Response> {
  const sealed = getCookie(c, cookie) ?? ''
  deleteCookie(c, cookie, { path: callbackPath })
  try {
    const callback = new URL(redirectUri(c))
    callback.search = new URL(c.req.url).search
    await finishAccess(c.var.house, sealed, callback, c.var.person)
    return c.redirect('/mailboxes?done=authorized', 303)
  } catch (error) {
    return failed(c, error)
  }
}

/** What went wrong at the provider, in its words beside ours; everything else is a failure. */
function failed(c: Ctx, error: unknown): Response | Promise<Response> {
  if (!(error instanceof InboxError) && !(error instanceof VaultError)) throw error
  const { text } = c.var
  return page(
    c,
    text.mailboxes.authorize,
    <section class='narrow'>
      <h1>{text.mailboxes.authorize}</h1>
      <Banner tone='grave'>
        <p>{text.mailboxes.authorizeFailed}</p>
        <p class='help' lang='en'>
          {error.message}
        </p>
      </Banner>
      <p>
        <a class='button' href='/mailboxes'>
          {text.back}
        </a>
      </p>
    </section>,
    409,
  )
}
