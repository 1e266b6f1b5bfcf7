import type { FC } from 'hono/jsx'
import { mayWord } from '../domain/wording.ts'
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
import { page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Banner, Field, Form, Select } from './parts/fields.tsx'

/** A snippet as a form has it. */
export type Given = Pick<Snippet, 'title' | 'content' | 'mailboxId' | 'version'>

export const blank: Given = { title: '', content: '', mailboxId: null, version: 0 }

/** One snippet, or the one to be, with what is wrong with it. */
export async function formPage(
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

/** The fields of a snippet. */
export const SnippetForm: FC<FormProps> = ({ c, id, mailboxes, given }) => {
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

/** The signature of a mailbox. */
export function signaturePage(
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
