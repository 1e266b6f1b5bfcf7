import { acceptInvitation, invitedBy } from '../flow/invitation.ts'
import { fromOf, keepDevice, keepToken } from './entrance.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Front } from './front.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { placeAfter } from './sign-in.tsx'

/** The page behind the link of an invitation. Looking at it uses nothing up: mail scanners do. */
export function invitationRoutes(routes: Routes): void {
  routes.get('/invitation', 'public', (c) =>
    choosePage(c, (c.req.query('token') ?? '').slice(0, 100), null),
  )
  routes.post('/invitation', 'public', async (c) => {
    const { house, signIns, sessionToken, text } = c.var
    const form = await readForm(c)
    const token = form.text('token', 100)
    const given = { token, wanted: form.typed('wanted') }
    const outcome = await acceptInvitation(house, signIns, given, fromOf(c))
    if (outcome.kind === 'flawed') return choosePage(c, token, text.account.flaw[outcome.flaw])
    if (outcome.kind === 'gone') return choosePage(c, '', null)
    if (sessionToken !== '') await signIns.signOut(sessionToken)
    keepToken(c, outcome.token)
    if (outcome.stage === 'full') keepDevice(c, outcome.device)
    return c.redirect(placeAfter(outcome.stage, '/'), 303)
  })
}

async function choosePage(c: Ctx, token: string, problem: string | null): Promise<Response> {
  const { text, house } = c.var
  const { accept } = text.people
  const person = await invitedBy(house, token)
  if (!person) {
    return page(c, accept.title, <Front c={c} title={accept.title} lead={accept.gone} />, 404)
  }
  return page(
    c,
    accept.title,
    <Front c={c} title={accept.title} lead={accept.lead(person.name)}>
      {problem && <Banner tone='grave'>{problem}</Banner>}
      <Form c={c} action='/invitation'>
        <input type='hidden' name='token' value={token} />
        <input type='hidden' name='username' value={person.email} autocomplete='username' />
        <Field
          id='wanted'
          label={text.account.password.wanted}
          help={text.account.password.help}
          type='password'
          required
          autocomplete='new-password'
        />
        <button type='submit' class='primary'>
          {accept.do}
        </button>
      </Form>
    </Front>,
    problem === null ? 200 : 409,
  )
}
