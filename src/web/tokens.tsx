import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { isFresh } from '../domain/session.ts'
import { isLiving, isScope, scopes, tokenDaysMax } from '../domain/token.ts'
import { createToken, endToken, refuseToken, secondToken, type TokenMade } from '../flow/tokens.ts'
import type { TokenRecord } from '../store/api-tokens.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { entryOf, SignInAgain } from './account-entry.tsx'
import type { Ctx } from './env.ts'
import { type Form as Fields, numberIn, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Banner, Choice, Empty, Field, Form, Select } from './parts/fields.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

const here = '/settings/tokens'
const periods = [30, 90, 180, tokenDaysMax]

/** Tokens of programs: made by an administrator, and by two people where they open more. */
export function tokenRoutes(routes: Routes): void {
  routes.get(here, 'see_tokens', listPage)
  routes.post(here, 'manage_tokens', make)
  routes.post(`${here}/:id/approval`, 'approve_tokens', async (c) =>
    answer(c, await secondToken(c.var.house, id(c), entryOf(c)), here, 'tokenApproved'),
  )
  routes.post(`${here}/:id/refusal`, 'approve_tokens', async (c) =>
    answer(c, await refuseToken(c.var.house, id(c), c.var.person), here, 'tokenDeclined'),
  )
  routes.post(`${here}/:id/revocation`, 'manage_tokens', async (c) =>
    answer(c, await endToken(c.var.house, id(c), c.var.person), here, 'tokenRevoked'),
  )
}

async function make(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const given = {
    name: form.text('name', 200),
    scopes: form.all('scope').filter(isScope),
    mailboxes: mailboxesIn(form),
    days: numberIn(form, 'days'),
  }
  const outcome = await createToken(c.var.house, given, entryOf(c))
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, here)
  return madePage(c, outcome)
}

function mailboxesIn(form: Fields): readonly string[] | null {
  return form.has('allMailboxes') ? null : form.all('mailbox').map((one) => one.slice(0, 64))
}

/** The secret is on this page and nowhere else. */
function madePage(c: Ctx, { secret, waits }: TokenMade): Response | Promise<Response> {
  const { tokens: text } = c.var.text
  return page(
    c,
    text.madeTitle,
    <section class='narrow'>
      <h1>{text.madeTitle}</h1>
      <Banner tone='caution'>{text.madeOnce}</Banner>
      <p class='secret'>
        <code id='token'>{secret}</code>
      </p>
      {waits && <Banner tone='caution'>{text.madeWaits}</Banner>}
      <p>
        <a class='button' href={here}>
          {text.back}
        </a>
      </p>
    </section>,
  )
}

async function listPage(c: Ctx): Promise<Response> {
  const { house, text, person } = c.var
  const { tokens: words } = text
  const all = await house.store.apiTokens.list()
  const mailboxes = await house.store.mailboxes.list()
  const names = await house.store.people.names()
  const living = all.filter(isLiving)
  const past = all.filter((token) => !isLiving(token))
  return page(
    c,
    words.title,
    <section class='narrow'>
      <h1>{words.title}</h1>
      <p class='help'>{words.lead}</p>
      <p>
        <a href='/api/docs'>{words.docs}</a>
      </p>
      {living.length === 0 && <Empty>{words.none}</Empty>}
      {living.map((token) => (
        <TokenCard c={c} token={token} names={names} mailboxes={mailboxes} />
      ))}
      {may(person, 'manage_tokens') && <NewToken c={c} mailboxes={mailboxes} />}
      {past.length > 0 && (
        <details>
          <summary>{words.past}</summary>
          {past.map((token) => (
            <TokenCard c={c} token={token} names={names} mailboxes={mailboxes} />
          ))}
        </details>
      )}
    </section>,
  )
}

type CardProps = {
  c: Ctx
  token: TokenRecord
  names: ReadonlyMap<string, string>
  mailboxes: readonly Mailbox[]
}

const TokenCard: FC<CardProps> = ({ c, token, names, mailboxes }) => {
  const { tokens: text } = c.var.text
  const nameOf = (personId: string) => names.get(personId) ?? personId
  const expired = token.expiresAt <= c.var.house.now()
  const reached = mailboxes.filter(({ id: one }) => token.mailboxes?.includes(one))
  const said = [
    token.createdBy === null
      ? text.byOperator(token.createdAt)
      : text.by(nameOf(token.createdBy), token.createdAt),
    ...(token.approver === null ? [] : [text.approvedBy(nameOf(token.approver))]),
    token.endedAt === null ? text.until(token.expiresAt) : text.endedAt(token.endedAt),
    token.lastUsedOn === null ? text.unused : text.used(token.lastUsedOn),
  ]
  return (
    <section class='card' aria-labelledby={`token-${token.id}`}>
      <h2 id={`token-${token.id}`}>{token.name}</h2>
      <p class='chips'>
        <span class={`chip ${token.state === 'waiting' ? 'accent' : 'neutral'}`}>
          {expired && isLiving(token) ? text.expired : text.state[token.state]}
        </span>
        {token.scopes.map((scope) => (
          <span class='chip neutral'>{text.scope[scope]}</span>
        ))}
      </p>
      <p>
        {token.mailboxes === null
          ? text.allMailboxes
          : reached.map((one) => inLanguage(one.department, c.var.language)).join('・')}
      </p>
      <p class='help'>{said.join(' · ')}</p>
      <TokenActs c={c} token={token} />
    </section>
  )
}

const TokenActs: FC<{ c: Ctx; token: TokenRecord }> = ({ c, token }) => {
  const { person, text } = c.var
  const { tokens: words } = text
  const path = `${here}/${token.id}`
  const decides = may(person, 'approve_tokens') && token.createdBy !== person.id
  return (
    <>
      {token.state === 'waiting' && decides && (
        <div class='buttons'>
          <Form c={c} action={`${path}/approval`} class='inline'>
            <button type='submit' class='primary'>
              {words.approve}
            </button>
          </Form>
          <Form c={c} action={`${path}/refusal`} class='inline'>
            <button type='submit'>{words.decline}</button>
          </Form>
        </div>
      )}
      {isLiving(token) && may(person, 'manage_tokens') && (
        <details>
          <summary>{words.revoke}</summary>
          <Form c={c} action={`${path}/revocation`}>
            <p class='help'>{words.revokeLead}</p>
            <button type='submit'>{words.revoke}</button>
          </Form>
        </details>
      )}
    </>
  )
}

const NewToken: FC<{ c: Ctx; mailboxes: readonly Mailbox[] }> = ({ c, mailboxes }) => {
  const { text, language, house } = c.var
  const { tokens: words } = text
  const fresh = isFresh(entryOf(c).session, house.now())
  return (
    <section class='card' aria-labelledby='new-token'>
      <h2 id='new-token'>{words.add}</h2>
      {!fresh && <SignInAgain c={c} next={here} />}
      {fresh && (
        <Form c={c} action={here}>
          <Field id='name' label={words.name} help={words.nameHelp} required />
          <Choice
            name='scope'
            kind='checkbox'
            legend={words.scopes}
            options={scopes.map((value) => ({ value, label: words.scope[value] }))}
          />
          <p class='help'>{words.scopesHelp}</p>
          <fieldset class='choice'>
            <legend>{words.mailboxes}</legend>
            <label>
              <input type='checkbox' name='allMailboxes' value='yes' />
              <span>{words.allMailboxes}</span>
            </label>
            {mailboxes.map(({ id: value, department }) => (
              <label>
                <input type='checkbox' name='mailbox' value={value} />
                <span>{inLanguage(department, language)}</span>
              </label>
            ))}
          </fieldset>
          <Select
            id='days'
            label={words.days}
            options={periods.map((days) => ({
              value: String(days),
              label: words.daysOf(days),
              checked: days === 90,
            }))}
          />
          <button type='submit' class='primary'>
            {words.make}
          </button>
        </Form>
      )}
    </section>
  )
}

function id(c: Ctx): string {
  return c.req.param('id') ?? ''
}
