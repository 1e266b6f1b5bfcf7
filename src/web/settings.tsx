import { setCookie } from 'hono/cookie'
import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { setAbsence } from '../flow/assignment.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Choice, Form, Tick } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

const yearSeconds = 365 * 24 * 3600

/** One's own settings, and what one has read: kindly, and for nobody else's eyes. */
export function settingsRoutes(routes: Routes): void {
  routes.get('/settings', 'own_settings', settingsPage)
  routes.post('/settings/absence', 'own_settings', async (c) => {
    const absent = (await readForm(c)).text('absent') === 'yes'
    const outcome = await setAbsence(c.var.house, absent, c.var.person)
    return answer(c, outcome, '/settings', absent ? 'away' : 'back')
  })
  routes.post('/settings', 'own_settings', async (c) => {
    const form = await readForm(c)
    const language = form.text('language') === 'en' ? 'en' : 'ja'
    const theme = form.text('theme')
    const keep = {
      path: '/',
      sameSite: 'Lax',
      secure: c.var.site.secure,
      maxAge: yearSeconds,
    } as const
    setCookie(c, 'theme', theme === 'light' || theme === 'dark' ? theme : 'system', keep)
    setCookie(c, 'keys', form.has('keys') ? 'on' : 'off', keep)
    await c.var.signIns.setLanguage(c.var.person.id, language)
    return c.redirect('/settings?done=settings', 303)
  })
}

async function settingsPage(c: Ctx): Promise<Response> {
  const { text, house, person, account, language } = c.var
  const absent = await house.store.assignments.absent()
  const cookies = c.req.header('Cookie') ?? ''
  const theme = /(?:^|;\s*)theme=(\w+)/.exec(cookies)?.[1] ?? 'system'
  return page(
    c,
    text.settingsTitle,
    <section class='narrow'>
      <h1>{text.settingsTitle}</h1>
      {may(person, 'review') && <Absence c={c} absent={absent.has(person.id)} />}
      <p>
        <a href='/account'>{text.account.title}</a>
      </p>
      <p>
        <a href='/notifications/settings'>{text.told.settings}</a>
      </p>
      {may(person, 'manage_mailboxes') && (
        <p>
          <a href='/settings/authenticity'>{text.authenticity.title}</a>
        </p>
      )}
      {may(account, 'see_tokens') && (
        <p>
          <a href='/settings/tokens'>{text.tokens.title}</a>
        </p>
      )}
      {may(account, 'see_retention') && (
        <p>
          <a href='/retention'>{text.retention.title}</a>
        </p>
      )}
      <p>
        <a href='/api/docs'>{text.api.title}</a>
      </p>
      <Form c={c} action='/settings'>
        <Choice
          name='language'
          kind='radio'
          legend={text.language}
          row
          options={[
            { value: 'ja', label: '日本語', checked: language === 'ja' },
            { value: 'en', label: 'English', checked: language === 'en' },
          ]}
        />
        <Choice
          name='theme'
          kind='radio'
          legend={text.theme}
          row
          options={[
            { value: 'system', label: text.themeSystem, checked: theme === 'system' },
            { value: 'light', label: text.themeLight, checked: theme === 'light' },
            { value: 'dark', label: text.themeDark, checked: theme === 'dark' },
          ]}
        />
        <Tick name='keys' label={text.keyboardOn} checked={!/(?:^|;\s*)keys=off/.test(cookies)} />
        <button type='submit' class='primary'>
          {text.save}
        </button>
      </Form>
    </section>,
  )
}

/** Whether new threads may be given to one at the moment. */
const Absence: FC<{ c: Ctx; absent: boolean }> = ({ c, absent }) => {
  const { absence: text } = c.var.text.desk
  return (
    <section class='card' aria-labelledby='absence-title'>
      <h2 id='absence-title'>{text.title}</h2>
      {absent && <p>{text.is}</p>}
      <p class='help'>{text.lead}</p>
      <Form c={c} action='/settings/absence'>
        <input type='hidden' name='absent' value={absent ? 'no' : 'yes'} />
        <button type='submit'>{absent ? text.back : text.go}</button>
      </Form>
    </section>
  )
}
