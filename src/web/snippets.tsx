import type { FC } from 'hono/jsx'
import { covers, may, reachOf } from '../domain/person.ts'
import { mayWord } from '../domain/wording.ts'
import { dropSnippet, type WordingOutcome, writeSignature, writeSnippet } from '../flow/wordings.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Snippet } from '../store/wordings.ts'
import {
  renderWording,
  sampleSnippetFacts,
  signatureVariables,
  snippetVariables,
  type WordingFlaw,
} from '../templates.snippets.ts'
import type { Ctx } from './env.ts'
import { numberIn, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { inLanguage, Time } from './parts/chips.tsx'
import { Banner, Empty, Field, Form, Select } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** A little more than a snippet may have: what is too long is told, not cut. */
const bodyLengthMax = 10_000

/** Words for replies: snippets (定型文) to insert, and the signature (署名) of each mailbox. */
export function snippetRoutes(routes: Routes): void {
  routes.get('/snippets', 'see_snippets', listPage)
  routes.post('/snippets', 'manage_snippets', (c) => keep(c, null))
  routes.get('/snippets/:id', 'manage_snippets', async (c) => {
    const { id, title, content, mailboxId, version } = await snippetOf(c)
    return formPage(c, id, { title, content, mailboxId, version }, [])
  })
  routes.post('/snippets/:id', 'manage_snippets', async (c) => keep(c, (await snippetOf(c)).id))
  routes.post('/snippets/:id/removal', 'manage_snippets', async (c) => {
    const outcome = await dropSnippet(c.var.house, (await snippetOf(c)).id, c.var.account)
    return answer(c, outcome, '/snippets', 'snippetRemoved')
  })
  routes.get('/mailboxes/:id/signature', 'manage_snippets', async (c) => {
    const mailbox = await mailboxOf(c)
    const { content = '', version = 0 } =
      (await c.var.house.store.wordings.signature(mailbox.id)) ?? {}
    return signaturePage(c, mailbox, { content, version }, [])
  })
  routes.post('/mailboxes/:id/signature', 'manage_snippets', keepSignature)
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, account, house, language } = c.var
  const { snippets: words } = text.replies
  const reach = reachOf(account, 'see_snippets')
  const mailboxes = (await house.store.mailboxes.list()).filter(({ id }) => covers(reach, id))
  const [snippets, signatures] = await Promise.all([
    house.store.wordings.snippets(reach),
    house.store.wordings.signatures(),
  ])
  const manages = may(account, 'manage_snippets')
  const places = new Map(
    mailboxes.map(({ id, department }) => [id, inLanguage(department, language)]),
  )
  return page(
    c,
    words.title,
    <section>
      <h1>{words.title}</h1>
      <p class='help'>{words.lead}</p>
      {snippets.length === 0 && <Empty>{words.none}</Empty>}
      <ol class='threads'>
        {snippets.map((snippet) => (
          <SnippetRow c={c} snippet={snippet} places={places} />
        ))}
      </ol>
      {manages && (
        <details>
          <summary>{words.add}</summary>
          <SnippetForm c={c} id={null} mailboxes={mailboxes} given={blank} />
        </details>
      )}
      <h2>{words.signatures}</h2>
      <dl class='facts'>
        {mailboxes.map(({ id, department }) => (
          <>
            <dt>{inLanguage(department, language)}</dt>
            <dd>
              <p class='words'>
                {signatures.find((one) => one.id === id)?.content || text.replies.noSignature}
              </p>
              {mayWord(account, id) && <a href={`/mailboxes/${id}/signature`}>{words.set}</a>}
            </dd>
          </>
        ))}
      </dl>
    </section>,
  )
}

type RowProps = { c: Ctx; snippet: Snippet; places: ReadonlyMap<string, string> }

const SnippetRow: FC<RowProps> = ({ c, snippet, places }) => {
  const { snippets: words } = c.var.text.replies
  const { id, title, content, mailboxId, at } = snippet
  const inside = (
    <>
      <span class='who'>
        {mailboxId === null ? words.everywhere : (places.get(mailboxId) ?? '')}
      </span>
      <span class='subject'>{title}</span>
      <span class='gist'>{content.replace(/\s+/g, ' ').slice(0, 80)}</span>
      <span class='when'>
        <Time c={c} at={at} />
      </span>
    </>
  )
  return (
    <li>
      {mayWord(c.var.account, mailboxId) ? (
        <a class='thread-row' href={`/snippets/${id}`}>
          {inside}
        </a>
      ) : (
        <div class='thread-row'>{inside}</div>
      )}
    </li>
  )
}

type Given = Pick<Snippet, 'title' | 'content' | 'mailboxId' | 'version'>

const blank: Given = { title: '', content: '', mailboxId: null, version: 0 }

async function keep(c: Ctx, id: string | null): Promise<Response> {
  const form = await readForm(c)
  const given = {
    title: form.text('snippetTitle', 100),
    content: form.typed('snippetBody', bodyLengthMax),
    mailboxId: form.text('mailbox', 64) || null,
    version: numberIn(form, 'version'),
  }
  const { house, account } = c.var
  return concluded(c, await writeSnippet(house, id, given, account), 'snippetKept', (flaws) =>
    formPage(c, id, given, flaws),
  )
}

async function keepSignature(c: Ctx): Promise<Response> {
  const mailbox = await mailboxOf(c)
  const form = await readForm(c)
  const given = {
    content: form.typed('snippetBody', bodyLengthMax),
    version: numberIn(form, 'version'),
  }
  const { house, account } = c.var
  const outcome = await writeSignature(house, mailbox.id, given, account)
  return concluded(c, outcome, 'signatureKept', (flaws) => signaturePage(c, mailbox, given, flaws))
}

async function concluded(
  c: Ctx,
  outcome: WordingOutcome,
  done: string,
  again: (flaws: readonly WordingFlaw[]) => Response | Promise<Response>,
): Promise<Response> {
  return outcome.kind === 'flawed' ? again(outcome.flaws) : answer(c, outcome, '/snippets', done)
}

async function formPage(
  c: Ctx,
  id: string | null,
  given: Given,
  flaws: readonly WordingFlaw[],
): Promise<Response> {
  const { snippets: words } = c.var.text.replies
  const title = id === null ? words.add : words.edit
  return page(
    c,
    title,
    <section class='narrow'>
      <p>
        <a href='/snippets'>{words.title}</a>
      </p>
      <h1>{title}</h1>
      <Flaws c={c} flaws={flaws} />
      {flaws.length === 0 && <Preview c={c} content={given.content} />}
      <SnippetForm
        c={c}
        id={id}
        mailboxes={await c.var.house.store.mailboxes.list()}
        given={given}
      />
      {id !== null && (
        <Form c={c} action={`/snippets/${id}/removal`}>
          <button type='submit'>{words.remove}</button>
        </Form>
      )}
    </section>,
    flaws.length === 0 ? 200 : 409,
  )
}

type FormProps = { c: Ctx; id: string | null; mailboxes: readonly Mailbox[]; given: Given }

const SnippetForm: FC<FormProps> = ({ c, id, mailboxes, given }) => {
  const { text, account, language } = c.var
  const { snippets: words } = text.replies
  const places = [
    { value: '', label: words.everywhere, id: null },
    ...mailboxes.map((one) => ({
      value: one.id,
      label: inLanguage(one.department, language),
      id: one.id,
    })),
  ].filter((one) => mayWord(account, one.id))
  return (
    <Form c={c} action={id === null ? '/snippets' : `/snippets/${id}`}>
      <input type='hidden' name='version' value={String(given.version)} />
      <Field id='snippetTitle' label={words.name} value={given.title} required />
      <Select
        id='mailbox'
        label={words.where}
        options={places.map(({ value, label }) => ({
          value,
          label,
          checked: value === (given.mailboxId ?? ''),
        }))}
      />
      <Field
        id='snippetBody'
        label={words.body}
        help={words.bodyHelp}
        value={given.content}
        rows={10}
        required
      />
      <button class='primary' type='submit'>
        {text.save}
      </button>
      <Variables c={c} names={snippetVariables} />
    </Form>
  )
}

function signaturePage(
  c: Ctx,
  mailbox: Mailbox,
  given: { readonly content: string; readonly version: number },
  flaws: readonly WordingFlaw[],
): Response | Promise<Response> {
  const { text } = c.var
  const { snippets: words } = text.replies
  const title = words.signatureOf(inLanguage(mailbox.department, c.var.language))
  return page(
    c,
    title,
    <section class='narrow'>
      <p>
        <a href='/snippets'>{words.title}</a>
      </p>
      <h1>{title}</h1>
      <Flaws c={c} flaws={flaws} />
      {flaws.length === 0 && <Preview c={c} content={given.content} />}
      <Form c={c} action={`/mailboxes/${mailbox.id}/signature`}>
        <input type='hidden' name='version' value={String(given.version)} />
        <Field
          id='snippetBody'
          label={words.body}
          help={words.signatureHelp}
          value={given.content}
          rows={6}
        />
        <button class='primary' type='submit'>
          {text.save}
        </button>
        <Variables c={c} names={signatureVariables} />
      </Form>
    </section>,
    flaws.length === 0 ? 200 : 409,
  )
}

const Preview: FC<{ c: Ctx; content: string }> = ({ c, content }) =>
  content.trim() === '' ? null : (
    <section class='card' aria-labelledby='preview-title'>
      <h2 id='preview-title'>{c.var.text.replies.snippets.preview}</h2>
      <p class='words'>{renderWording(content, sampleSnippetFacts)}</p>
    </section>
  )

const Flaws: FC<{ c: Ctx; flaws: readonly WordingFlaw[] }> = ({ c, flaws }) => {
  const { snippets: words } = c.var.text.replies
  if (flaws.length === 0) return null
  return (
    <Banner tone='grave'>
      <strong>{words.flawed}</strong>
      <ul>
        {flaws.map(({ kind, about }) => (
          <li>{words.flaw[kind](about)}</li>
        ))}
      </ul>
    </Banner>
  )
}

const Variables: FC<{ c: Ctx; names: readonly (typeof snippetVariables)[number][] }> = (props) => {
  const { snippets: words } = props.c.var.text.replies
  return (
    <details>
      <summary>{words.variables}</summary>
      <dl class='facts'>
        {props.names.map((name) => (
          <>
            <dt>
              <code>{`{{ ${name} }}`}</code>
            </dt>
            <dd>{words.variable[name]}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}

async function snippetOf(c: Ctx): Promise<Snippet> {
  const snippet = await c.var.house.store.wordings.snippet(c.req.param('id') ?? '')
  if (!snippet || snippet.removed) throw new Missing()
  const reach = reachOf(c.var.account, 'manage_snippets')
  if (snippet.mailboxId !== null && !covers(reach, snippet.mailboxId)) throw new Missing()
  return snippet
}

async function mailboxOf(c: Ctx): Promise<Mailbox> {
  const mailbox = await c.var.house.store.mailboxes.byId(c.req.param('id') ?? '')
  if (!mailbox || !mayWord(c.var.account, mailbox.id)) throw new Missing()
  return mailbox
}
