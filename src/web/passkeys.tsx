import type { Child, FC } from 'hono/jsx'
import {
  addPasskey,
  askAsSecond,
  askToCreate,
  askToEnter,
  enterByPasskey,
  removePasskey,
  showPasskey,
} from '../flow/passkeys.ts'
import type { Passkey } from '../store/passkeys.ts'
import { entryOf, SignInAgain } from './account-entry.tsx'
import { assetPath } from './assets.ts'
import { deviceName } from './device-name.ts'
import { fromOf, keepDevice, keepToken } from './entrance.ts'
import type { Ctx } from './env.ts'
import { ownPath, readForm } from './forms.ts'
import { Time } from './parts/chips.tsx'
import { Field, Form } from './parts/fields.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'

/** A new passkey with its attestation, and room to spare. */
const answerLengthMax = 30_000

/** Passkeys: to come in with, to make, to take away. */
export function passkeyRoutes(routes: Routes): void {
  routes.post('/sign-in/passkey', 'public', async (c) => {
    const form = await readForm(c)
    const { house, signIns, sessionToken } = c.var
    const outcome = await enterByPasskey(
      house,
      originOf(c),
      form.typed('answer', answerLengthMax),
      fromOf(c),
    )
    if (outcome.kind === 'wrong') return c.redirect('/sign-in?passkey=wrong', 303)
    if (sessionToken !== '') await signIns.signOut(sessionToken)
    keepToken(c, outcome.token)
    keepDevice(c, outcome.device)
    return c.redirect(ownPath(form.text('next'), '/'), 303)
  })
  routes.post('/sign-in/second/passkey', 'half_signed_in', async (c) => {
    const form = await readForm(c)
    const next = ownPath(form.text('next'), '/')
    const entry = entryOf(c)
    if (entry.stage !== 'second_factor') return c.redirect('/', 303)
    const answer = form.typed('answer', answerLengthMax)
    const outcome = await showPasskey(c.var.house, originOf(c), entry, answer, fromOf(c))
    const again = `/sign-in/second?passkey=wrong&next=${encodeURIComponent(next)}`
    if (outcome.kind === 'wrong') return c.redirect(again, 303)
    keepToken(c, outcome.token)
    keepDevice(c, outcome.device)
    return c.redirect(next, 303)
  })
  routes.post('/account/passkeys', 'enrolling', async (c) => {
    const form = await readForm(c)
    const name = form.text('name', 60) || deviceName(c.req.header('User-Agent') ?? '')
    const given = { answer: form.typed('answer', answerLengthMax), name }
    const outcome = await addPasskey(c.var.house, originOf(c), entryOf(c), given, fromOf(c))
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, '/account')
    keepToken(c, outcome.token)
    return c.redirect('/account?done=passkeyAdded', 303)
  })
  routes.post('/account/passkeys/:id/removal', 'signed_in', async (c) => {
    const outcome = await removePasskey(c.var.house, entryOf(c), c.req.param('id') ?? '')
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, '/account')
    return c.redirect('/account?done=factorRemoved', 303)
  })
}

/** The button by which a passkey signs in; there only where the browser knows passkeys. */
export const PasskeyEntrance: FC<{ c: Ctx; next: string; second: boolean }> = (props) => {
  const { c, next, second } = props
  const { passkeys } = c.var.text.account
  const { house, entry } = c.var
  const origin = originOf(c)
  const asked = second && entry ? askAsSecond(house, origin, entry) : askToEnter(house, origin)
  return (
    <PasskeyForm
      c={c}
      action={second ? '/sign-in/second/passkey' : '/sign-in/passkey'}
      kind='get'
      options={asked}
      label={passkeys.enter}
    >
      <input type='hidden' name='next' value={ownPath(next, '')} />
    </PasskeyForm>
  )
}

type FormProps = {
  c: Ctx
  action: string
  kind: 'get' | 'create'
  options: unknown
  label: string
  children?: Child
}

const PasskeyForm: FC<FormProps> = ({ c, action, kind, options, label, children }) => (
  <form
    action={action}
    method='post'
    class='stack'
    data-passkey={kind}
    data-options={JSON.stringify(options)}
    hidden
  >
    <input type='hidden' name='csrf' value={c.var.csrfToken} />
    <input type='hidden' name='answer' value='' />
    {children}
    <p class='banner grave' role='alert' hidden>
      {c.var.text.account.passkeys.failed}
    </p>
    <button type='submit'>{label}</button>
    <script src={assetPath('passkey.js')} type='module' />
  </form>
)

type SectionProps = { c: Ctx; passkeys: readonly Passkey[]; fresh: boolean }

export const PasskeySection: FC<SectionProps> = async ({ c, passkeys, fresh }) => {
  const words = c.var.text.account.passkeys
  return (
    <section class='card' aria-labelledby='passkeys-title'>
      <h2 id='passkeys-title'>{words.title}</h2>
      <p class='help'>{words.lead}</p>
      <ul class='reviews'>
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <li>
            <strong>{name}</strong>
            <small>
              {words.made} <Time c={c} at={createdAt} />
              {lastUsedAt && (
                <>
                  {' · '}
                  {words.used} <Time c={c} at={lastUsedAt} />
                </>
              )}
            </small>
            {fresh && (
              <Form c={c} action={`/account/passkeys/${id}/removal`} class='inline'>
                <button type='submit' class='quiet'>
                  {words.remove}
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {fresh ? <NewPasskey c={c} /> : <SignInAgain c={c} />}
    </section>
  )
}

const NewPasskey: FC<{ c: Ctx }> = async ({ c }) => {
  const words = c.var.text.account.passkeys
  const options = await askToCreate(c.var.house, originOf(c), entryOf(c))
  return (
    <PasskeyForm c={c} action='/account/passkeys' kind='create' options={options} label={words.add}>
      <Field id='name' label={words.name} value={deviceName(c.req.header('User-Agent') ?? '')} />
    </PasskeyForm>
  )
}

/** Where the browser believes to be: with https only our own address will do. */
function originOf(c: Ctx): string {
  const { secure, baseUrl } = c.var.site
  return secure ? new URL(baseUrl).origin : new URL(c.req.url).origin
}
