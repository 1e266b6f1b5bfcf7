import type { FC } from 'hono/jsx'
import encodeQR from 'qr'
import type { Factors } from '../domain/session.ts'
import {
  confirmSecret,
  type Offer,
  offered,
  offerSecret,
  removeSecret,
  renewCodes,
} from '../flow/second-factor.ts'
import { entryOf, SignInAgain } from './account-entry.tsx'
import { fromOf, keepToken } from './entrance.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Field, Form } from './parts/fields.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'

/** An app that makes one-time codes: offered, confirmed, taken away. */
export function totpRoutes(routes: Routes): void {
  routes.post('/account/totp', 'enrolling', async (c) => {
    const outcome = await offerSecret(c.var.house, entryOf(c))
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, '/account')
    return c.redirect('/account/totp', 303)
  })
  routes.get('/account/totp', 'enrolling', async (c) => {
    const offer = await offered(c.var.house, entryOf(c).person)
    return offer ? offerPage(c, offer) : c.redirect('/account', 303)
  })
  routes.post('/account/totp/confirmation', 'enrolling', async (c) => {
    const code = (await readForm(c)).text('code', 20)
    const outcome = await confirmSecret(c.var.house, entryOf(c), code, fromOf(c))
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, '/account/totp')
    keepToken(c, outcome.token)
    return codesPage(c, outcome.codes)
  })
  routes.post('/account/totp/removal', 'signed_in', async (c) => {
    const outcome = await removeSecret(c.var.house, entryOf(c))
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, '/account')
    return c.redirect('/account?done=factorRemoved', 303)
  })
  routes.post('/account/recovery-codes', 'signed_in', async (c) => {
    const codes = await renewCodes(c.var.house, entryOf(c))
    if ('kind' in codes) throw new Refused(codes.reason, '/account')
    return codesPage(c, codes)
  })
}

type Props = { c: Ctx; factors: Factors & { codesLeft: number }; fresh: boolean }

export const TotpSection: FC<Props> = ({ c, factors, fresh }) => {
  const { text, house } = c.var
  const { totp, codes } = text.account
  const { trouble } = house.vault
  return (
    <section class='card' aria-labelledby='totp-title'>
      <h2 id='totp-title'>{totp.title}</h2>
      <p>{factors.totp ? totp.on(factors.codesLeft) : totp.off}</p>
      {trouble && !factors.totp && <p class='help'>{totp.noKey(trouble)}</p>}
      {fresh ? (
        <div class='buttons'>
          {!factors.totp && !trouble && (
            <Act c={c} action='/account/totp' label={totp.begin} primary />
          )}
          {factors.totp && (
            <>
              <Act c={c} action='/account/recovery-codes' label={codes.renew} />
              <Act c={c} action='/account/totp/removal' label={totp.remove} />
            </>
          )}
        </div>
      ) : (
        <SignInAgain c={c} />
      )}
    </section>
  )
}

const Act: FC<{ c: Ctx; action: string; label: string; primary?: boolean }> = (props) => (
  <Form c={props.c} action={props.action} class='inline'>
    <button type='submit' class={props.primary ? 'primary' : undefined}>
      {props.label}
    </button>
  </Form>
)

function offerPage(c: Ctx, { secret, address }: Offer): Response | Promise<Response> {
  const { totp, second } = c.var.text.account
  const picture = encodeQR(address, 'svg', { ecc: 'medium', border: 2 })
  return page(
    c,
    totp.title,
    <section class='narrow'>
      <h1>{totp.title}</h1>
      <p>{totp.steps}</p>
      <img
        class='qr'
        src={`data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`}
        alt={totp.qr}
        width='220'
        height='220'
      />
      <dl class='facts'>
        <dt>{totp.secret}</dt>
        <dd>
          <code>{secret.replace(/.{4}(?=.)/g, '$& ')}</code>
        </dd>
      </dl>
      <Form c={c} action='/account/totp/confirmation'>
        <Field id='code' label={second.code} required autocomplete='one-time-code' />
        <button type='submit' class='primary'>
          {totp.confirm}
        </button>
      </Form>
    </section>,
  )
}

/** Shown once: they are nowhere to be found again. */
function codesPage(c: Ctx, made: readonly string[]): Response | Promise<Response> {
  const { codes } = c.var.text.account
  return page(
    c,
    codes.title,
    <section class='narrow'>
      <h1>{codes.title}</h1>
      <p>{codes.lead}</p>
      <ul class='codes'>
        {made.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <a class='button' href='/account'>
          {codes.kept}
        </a>
      </p>
    </section>,
  )
}
