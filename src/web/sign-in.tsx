import { getConnInfo } from '@hono/node-server/conninfo'
import { deleteCookie, setCookie } from 'hono/cookie'
import type { Ctx } from './env.ts'
import { ownPath, readForm } from './forms.ts'
import { LanguageSwitch, page } from './frame.tsx'
import { cookieName } from './guard.ts'
import { Banner, Field, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'

const yearSeconds = 365 * 24 * 3600

export function signInRoutes(routes: Routes): void {
  routes.get('/sign-in', 'public', (c) =>
    c.var.signedIn ? c.redirect('/') : signInPage(c, c.req.query('next') ?? '', null),
  )
  routes.post('/sign-in', 'public', signIn)
  routes.post('/sign-out', 'signed_in', async (c) => {
    await c.var.signIns.signOut(c.var.sessionToken)
    deleteCookie(c, cookieName(c.var.site), { path: '/', secure: c.var.site.secure })
    return c.redirect('/sign-in', 303)
  })
  routes.post('/language', 'public', async (c) => {
    const form = await readForm(c)
    const language = form.text('language') === 'en' ? 'en' : 'ja'
    setCookie(c, 'lang', language, {
      path: '/',
      sameSite: 'Lax',
      secure: c.var.site.secure,
      maxAge: yearSeconds,
    })
    if (c.var.signedIn) await c.var.signIns.setLanguage(c.var.person.id, language)
    return c.redirect(ownPath(form.text('next'), '/'), 303)
  })
}

async function signIn(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const next = form.text('next')
  const from = { ip: addressOf(c), userAgent: c.req.header('User-Agent') ?? '' }
  const outcome = await c.var.signIns.signIn(
    form.text('email', 320),
    form.text('password', 300),
    from,
  )
  if (outcome.kind !== 'signed_in') {
    c.status(outcome.kind === 'locked' ? 429 : 401)
    return signInPage(c, next, outcome.kind)
  }
  setCookie(c, cookieName(c.var.site), outcome.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.var.site.secure,
  })
  return c.redirect(ownPath(next, '/'), 303)
}

async function signInPage(
  c: Ctx,
  next: string,
  refused: 'wrong' | 'locked' | null,
): Promise<Response> {
  const { text, site } = c.var
  const body = (
    <section class='sign-in'>
      <p class='brand'>
        <span class='mark' aria-hidden='true'>
          守
        </span>
        {text.product}
      </p>
      <h1>{text.signIn}</h1>
      <p class='help'>{text.tagline}</p>
      {refused && (
        <Banner tone='grave'>{refused === 'locked' ? text.signInLocked : text.signInWrong}</Banner>
      )}
      <Form c={c} action='/sign-in'>
        <input type='hidden' name='next' value={ownPath(next, '')} />
        <Field id='email' label={text.email} type='email' required autocomplete='username' />
        <Field
          id='password'
          label={text.password}
          type='password'
          required
          autocomplete='current-password'
        />
        <button type='submit' class='primary'>
          {text.signIn}
        </button>
      </Form>
      <LanguageSwitch c={c} />
      {site.demo && (
        <details open>
          <summary>{text.demoAccounts}</summary>
          <table class='accounts'>
            <tbody>
              {site.demo.accounts.map(({ email, password, role }) => (
                <tr>
                  <td>{text.role[role as keyof typeof text.role]}</td>
                  <td>{email}</td>
                  <td>
                    <code>{password}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  )
  const answered = await page(c, text.signIn, body)
  return refused
    ? new Response(answered.body, {
        status: refused === 'locked' ? 429 : 401,
        headers: answered.headers,
      })
    : answered
}

/** The caller's address; IPv6 by its /64, which one household shares. */
function addressOf(c: Ctx): string {
  const address = getConnInfo(c).remote.address ?? ''
  return address.includes(':') && !address.startsWith('::ffff:')
    ? address.split(':').slice(0, 4).join(':')
    : address
}
