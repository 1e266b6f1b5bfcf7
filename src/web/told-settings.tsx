import type { FC } from 'hono/jsx'
import {
  gatherings,
  kindsFor,
  type ToldChoices,
  type ToldKind,
  waysOf,
} from '../domain/told.kinds.ts'
import { mailsStaff } from '../flow/staff-mail.ts'
import type { Ctx } from './env.ts'
import { type Form as Fields, numberIn, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Banner, Form, Select, Tick } from './parts/fields.tsx'
import type { Routes } from './routes.ts'

/** How one is told of what: each person's own choice, for each kind and way. */
export function toldSettingsRoutes(routes: Routes): void {
  routes.get('/notifications/settings', 'own_settings', settingsPage)
  routes.post('/notifications/settings', 'own_settings', async (c) => {
    const { house, account } = c.var
    const choices = choicesIn(await readForm(c), kindsFor(account))
    await house.store.notifications.choose(account.id, choices)
    return c.redirect('/notifications/settings?done=settings', 303)
  })
}

function choicesIn(form: Fields, kinds: readonly ToldKind[]): ToldChoices {
  const [mail, webhook] = [form.all('mail'), form.all('webhook')]
  const [from, to] = [timeIn(form, 'quietFrom'), timeIn(form, 'quietTo')]
  const gathered = numberIn(form, 'gather')
  return {
    by: Object.fromEntries(
      kinds.map((kind) => [kind, { mail: mail.includes(kind), webhook: webhook.includes(kind) }]),
    ),
    quiet: form.has('quiet') && from && to && from !== to ? { from, to } : null,
    pressingAnyway: form.has('pressing'),
    gatherMinutes: gatherings.find((one) => one === gathered) ?? 0,
  }
}

function timeIn(form: Fields, name: string): string | null {
  const typed = form.text(name, 5)
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(typed) ? typed : null
}

async function settingsPage(c: Ctx): Promise<Response> {
  const { text, house, account } = c.var
  const { choices: words } = text.told
  const choices = await house.store.notifications.choices(account.id)
  const own = await house.store.webhooks.own(account.id)
  return page(
    c,
    words.title,
    <section class='narrow'>
      <p>
        <a href='/notifications'>{text.told.title}</a>
      </p>
      <h1>{words.title}</h1>
      <p class='help'>{words.lead}</p>
      {!(await mailsStaff(house)) && <Banner tone='caution'>{words.noMail}</Banner>}
      <Form c={c} action='/notifications/settings'>
        <Matrix c={c} choices={choices} own={own !== null} />
        <Select
          id='gather'
          label={words.gather}
          options={gatherings.map((minutes) => ({
            value: String(minutes),
            label: words.gathering(minutes),
            checked: minutes === choices.gatherMinutes,
          }))}
        />
        <Quiet c={c} choices={choices} />
        <button class='primary' type='submit'>
          {words.save}
        </button>
      </Form>
      <p>
        <a href='/notifications/webhook'>{words.ownLink}</a>
      </p>
    </section>,
  )
}

const Matrix: FC<{ c: Ctx; choices: ToldChoices; own: boolean }> = ({ c, choices, own }) => {
  const { text, account } = c.var
  const { choices: words, kind: kinds } = text.told
  return (
    <table class='matrix'>
      <thead>
        <tr>
          <th scope='col'>{words.what}</th>
          <th scope='col'>{words.page}</th>
          <th scope='col'>{words.mail}</th>
          {own && <th scope='col'>{words.webhook}</th>}
        </tr>
      </thead>
      <tbody>
        {kindsFor(account).map((kind) => {
          const ways = waysOf(choices, kind)
          return (
            <tr>
              <th scope='row'>{kinds[kind]}</th>
              <td>{words.always}</td>
              <Box name='mail' kind={kind} on={ways.mail} label={`${kinds[kind]}: ${words.mail}`} />
              {own && (
                <Box
                  name='webhook'
                  kind={kind}
                  on={ways.webhook}
                  label={`${kinds[kind]}: ${words.webhook}`}
                />
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type BoxProps = { name: 'mail' | 'webhook'; kind: ToldKind; on: boolean; label: string }

const Box: FC<BoxProps> = ({ name, kind, on, label }) => (
  <td>
    <label class='box'>
      <input type='checkbox' name={name} value={kind} checked={on} aria-label={label} />
    </label>
  </td>
)

const Quiet: FC<{ c: Ctx; choices: ToldChoices }> = ({ c, choices }) => {
  const { choices: words } = c.var.text.told
  const { from, to } = choices.quiet ?? { from: '22:00', to: '07:00' }
  return (
    <fieldset class='choice'>
      <legend>{words.quiet}</legend>
      <p class='help'>{words.quietHelp}</p>
      <Tick name='quiet' label={words.quietOn} checked={choices.quiet !== null} />
      <div class='hours'>
        <label>
          {words.from} <input type='time' name='quietFrom' value={from} />
        </label>
        <label>
          {words.to} <input type='time' name='quietTo' value={to} />
        </label>
      </div>
      <Tick name='pressing' label={words.pressing} checked={choices.pressingAnyway} />
    </fieldset>
  )
}
