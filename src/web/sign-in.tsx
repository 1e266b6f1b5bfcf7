import { setCookie } from 'hono/cookie'
import type { FC } from 'hono/jsx'
import { dropToken, fromOf, keepDevice, keepToken } from './entrance.ts'
import type { Ctx } from './env.ts'
import { ownPath, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Front } from './front.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { PasskeyEntrance } from './passkeys.tsx'
import type { Routes } from './routes.ts'

const yearSeconds = 365 * 24 * 3600

export function signInRoutes(routes: Routes): void {
  routes.get('/sign-in', 'public', (c) =>
    c.var.signedIn ? c.redirect('/') : signInPage(c, c.req.query('next') ?? '', null),
  )
  routes.post('/sign-in', 'public', signIn)
  routes.post('/sign-out', 'half_signed_in', (c) => leave(c, '/sign-in'))
  routes.post('/sign-in/anew', 'half_signed_in', async (c) => {
    const next = ownPath((await readForm(c)).text('next'), '')
    return leave(c, next === '' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`)
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
  const { signIns, sessionToken } = c.var
  const email = form.text('email', 320)
  const outcome = await signIns.signIn(email, form.typed('password'), fromOf(c))
  if (outcome.kind !== 'signed_in') return signInPage(c, next, outcome.kind)
  // Whose browser it was before is of no more concern.
  if (sessionToken !== '') await signIns.signOut(sessionToken)
  keepToken(c, outcome.token)
  if (outcome.stage === 'full') keepDevice(c, outcome.device)
  return c.redirect(placeAfter(outcome.stage, next), 303)
}

/** Where a sign-in goes on. */
export function placeAfter(stage: 'full' | 'second_factor' | 'enrolment', next: string): string {
  if (stage === 'enrolment') return '/account'
  if (stage === 'full') return ownPath(next, '/')
  return `/sign-in/second?next=${encodeURIComponent(ownPath(next, '/'))}`
}

async function leave(c: Ctx, place: string): Promise<Response> {
  await c.var.signIns.signOut(c.var.sessionToken)
  dropToken(c)
  return c.redirect(place, 303)
}

function signInPage(
  c: Ctx,
  next: string,
  refused: 'wrong' | 'locked' | null,
): Response | Promise<Response> {
  const { text, house } = c.var
  const status = refused === null ? 200 : refused === 'locked' ? 429 : 401
  return page(
    c,
    text.signIn,
    <Front c={c} title={text.signIn} lead={text.tagline}>
      {c.req.query('passkey') === 'wrong' && (
        <Banner tone='grave'>{text.account.passkeys.wrong}</Banner>
      )}
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
      {house.openId && (
        <p>
          <a class='button' href={`/sign-in/openid?next=${encodeURIComponent(ownPath(next, '/'))}`}>
            {text.account.openId.enter(house.openId.name)}
          </a>
        </p>
      )}
      <PasskeyEntrance c={c} next={next} second={false} />
      <DemoAccounts c={c} />
    </Front>,
    status,
  )
}

const DemoAccounts: FC<{ c: Ctx }> = ({ c }) => {
  const { text, site } = c.var
  if (!site.demo) return null
  return (
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
  )
}
