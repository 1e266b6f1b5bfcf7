import type { FC } from 'hono/jsx'
import { covers, may, reachOf } from '../domain/person.ts'
import { mayWord } from '../domain/wording.ts'
import { dropSnippet, type WordingOutcome, writeSignature, writeSnippet } from '../flow/wordings.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Snippet } from '../store/wordings.ts'
import type { WordingFlaw } from '../templates.snippets.ts'
import type { Ctx } from './env.ts'
import { numberIn, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { inLanguage, Time } from './parts/chips.tsx'
import { Empty } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { blank, formPage, SnippetForm, signaturePage } from './snippet-form.tsx'
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
      <span class='gist'>{beginningOf(content)}</span>
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

/** As much of the words as fits a line. */
function beginningOf(content: string): string {
  const line = content.replace(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
