import type { FC } from 'hono/jsx'
import { isFresh } from '../domain/session.ts'
import { changePassword, endSessions } from '../flow/password.ts'
import type { Session } from '../store/sessions.ts'
import { entryOf } from './account-entry.tsx'
import { TotpSection, totpRoutes } from './account-totp.tsx'
import { deviceName } from './device-name.ts'
import { fromOf, keepToken } from './entrance.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { PasskeySection, passkeyRoutes } from './passkeys.tsx'
import type { Routes } from './routes.ts'

/** One's own account: how one signs in, and where one is signed in. */
export function accountRoutes(routes: Routes): void {
  routes.get('/account', 'enrolling', (c) => accountPage(c, null))
  routes.post('/account/password', 'signed_in', change)
  routes.post('/account/sessions/ending', 'signed_in', async (c) => {
    await endSessions(c.var.house, entryOf(c), null)
    return c.redirect('/account?done=sessionsEnded', 303)
  })
  routes.post('/account/sessions/:id/ending', 'signed_in', async (c) => {
    await endSessions(c.var.house, entryOf(c), c.req.param('id') ?? '')
    return c.redirect('/account?done=sessionsEnded', 303)
  })
  totpRoutes(routes)
  passkeyRoutes(routes)
}

async function change(c: Ctx): Promise<Response> {
  const { house, signIns, text } = c.var
  const form = await readForm(c)
  const given = { current: form.typed('current'), wanted: form.typed('wanted') }
  const outcome = await changePassword(house, signIns, entryOf(c), given, fromOf(c))
  if (outcome.kind === 'changed') {
    keepToken(c, outcome.token)
    return c.redirect('/account?done=password', 303)
  }
  const { flaw, password } = text.account
  if (outcome.kind === 'flawed') return accountPage(c, flaw[outcome.flaw])
  return accountPage(c, outcome.kind === 'locked' ? text.signInLocked : password.wrong)
}

async function accountPage(c: Ctx, problem: string | null): Promise<Response> {
  const { text, house } = c.var
  const entry = entryOf(c)
  const factors = await house.store.factors.of(entry.person.id)
  const sessions = await house.store.sessions.of(entry.person.id, house.now())
  const passkeys = await house.store.passkeys.of(entry.person.id)
  const fresh = isFresh(entry.session, house.now())
  const working = entry.stage === 'full'
  return page(
    c,
    text.account.title,
    <section class='narrow'>
      <h1>{text.account.title}</h1>
      <p class='help'>{text.account.lead}</p>
      {!working && <Banner tone='caution'>{text.account.needed}</Banner>}
      {working && entry.person.roles.length === 0 && (
        <Banner tone='calm'>{text.account.noRoles}</Banner>
      )}
      {problem && <Banner tone='grave'>{problem}</Banner>}
      <TotpSection c={c} factors={factors} fresh={fresh} />
      <PasskeySection c={c} passkeys={passkeys} fresh={fresh} />
      {working && <PasswordSection c={c} />}
      {working && <Sessions c={c} sessions={sessions} own={entry.session.id} />}
      {!working && (
        <Form c={c} action='/sign-out' class='inline'>
          <button type='submit' class='quiet'>
            {text.signOut}
          </button>
        </Form>
      )}
    </section>,
    problem === null ? 200 : 409,
  )
}

const PasswordSection: FC<{ c: Ctx }> = ({ c }) => {
  const { password } = c.var.text.account
  return (
    <section class='card' aria-labelledby='password-title'>
      <h2 id='password-title'>{password.title}</h2>
      <Form c={c} action='/account/password'>
        <Field
          id='current'
          label={password.current}
          type='password'
          required
          autocomplete='current-password'
        />
        <Field
          id='wanted'
          label={password.wanted}
          help={password.help}
          type='password'
          required
          autocomplete='new-password'
        />
        <button type='submit'>{password.change}</button>
      </Form>
    </section>
  )
}

const Sessions: FC<{ c: Ctx; sessions: readonly Session[]; own: string }> = (props) => {
  const { c, sessions, own } = props
  const { text } = c.var
  const words = text.account.sessions
  return (
    <section class='card' aria-labelledby='sessions-title'>
      <h2 id='sessions-title'>{words.title}</h2>
      <ul class='reviews'>
        {sessions.map((session) => (
          <li>
            <strong>{deviceName(session.userAgent)}</strong>{' '}
            {session.id === own && <span class='chip accent'>{words.here}</span>}
            {session.stage !== 'full' && <span class='chip caution'>{words.half}</span>}
            <small>
              {text.account.way[session.way]} · {session.ip} · {words.since}{' '}
              <Time c={c} at={session.createdAt} /> · {words.seen}{' '}
              <Time c={c} at={session.lastSeenAt ?? session.createdAt} />
            </small>
            {session.id !== own && (
              <Form c={c} action={`/account/sessions/${session.id}/ending`} class='inline'>
                <button type='submit' class='quiet'>
                  {words.end}
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form c={c} action='/account/sessions/ending'>
          <button type='submit'>{words.endOthers}</button>
        </Form>
      )}
    </section>
  )
}
