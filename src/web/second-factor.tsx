import { showCode } from '../flow/second-factor.ts'
import { fromOf, keepDevice, keepToken } from './entrance.ts'
import type { Ctx } from './env.ts'
import { ownPath, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Front } from './front.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { PasskeyEntrance } from './passkeys.tsx'
import type { Routes } from './routes.ts'

/** The second of two things to show, between the password and the product. */
export function secondFactorRoutes(routes: Routes): void {
  routes.get('/sign-in/second', 'half_signed_in', (c) =>
    askPage(c, c.req.query('next') ?? '', null),
  )
  routes.post('/sign-in/second', 'half_signed_in', async (c) => {
    const { entry, house, signIns } = c.var
    const form = await readForm(c)
    const next = form.text('next')
    if (entry?.stage !== 'second_factor') return c.redirect('/', 303)
    const outcome = await showCode(house, signIns, entry, form.text('code', 40), fromOf(c))
    if (outcome.kind !== 'signed_in') return askPage(c, next, outcome.kind)
    keepToken(c, outcome.token)
    keepDevice(c, outcome.device)
    return c.redirect(ownPath(next, '/'), 303)
  })
}

async function askPage(
  c: Ctx,
  next: string,
  refused: 'wrong' | 'locked' | null,
): Promise<Response> {
  const { text, entry, house } = c.var
  if (entry?.stage !== 'second_factor') return c.redirect('/', 303)
  const factors = await house.store.factors.of(entry.person.id)
  const { second } = text.account
  const status = refused === null ? 200 : refused === 'locked' ? 429 : 401
  return page(
    c,
    second.title,
    <Front c={c} title={second.title} lead={factors.totp ? second.lead : second.leadPasskey}>
      {refused && <Banner tone='grave'>{second[refused]}</Banner>}
      {c.req.query('passkey') === 'wrong' && (
        <Banner tone='grave'>{text.account.passkeys.wrong}</Banner>
      )}
      {factors.passkeys > 0 && <PasskeyEntrance c={c} next={next} second />}
      {factors.totp && (
        <Form c={c} action='/sign-in/second'>
          <input type='hidden' name='next' value={ownPath(next, '')} />
          <Field id='code' label={second.code} required autocomplete='one-time-code' />
          <button type='submit' class='primary'>
            {second.do}
          </button>
        </Form>
      )}
      <Form c={c} action='/sign-in/anew' class='inline'>
        <button type='submit' class='quiet'>
          {second.other}
        </button>
      </Form>
    </Front>,
    status,
  )
}
