import type { FC } from 'hono/jsx'
import { fileLimits } from '../domain/attachment.ts'
import { fieldLengthMax } from '../domain/review.ts'
import { lastFromCustomer, replyLengthMax, writeReply } from '../flow/review.ts'
import { attachFiles, detachFile, dropTyped, type Saved, saveTyped } from '../flow/typed.ts'
import { snippetText } from '../flow/wordings.ts'
import type { DraftKind, SavedDraft } from '../store/drafts.ts'
import type { ThreadRecord } from '../store/threads.ts'
import { clockTime } from '../text/clock.ts'
import type { Ctx } from './env.ts'
import { type Form, numberIn, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Banner, Form as FormView } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import { quotationOf } from './quotation.ts'
import type { Routes } from './routes.ts'

/** Files come with more bytes than any other form: all of them, and what stands between. */
export const uploadBytesMax = fileLimits.together + 1024 * 1024
export const uploadPath = /^\/threads\/[^/]+\/files$/

/** Replies as they are written: saved as one types, with what one puts into them. */
export function draftRoutes(routes: Routes): void {
  routes.get('/threads/:id/drafts', 'reply', async (c) => {
    const kind = kindOf(c.req.query('kind') ?? '')
    const draft = await c.var.house.store.drafts.find(keyOf(c, kind))
    return c.json(draft ? shown(c, draft) : { version: 0 })
  })
  routes.post('/threads/:id/drafts', 'reply', keep)
  routes.post('/threads/:id/files', 'reply', attach)
  routes.post('/threads/:id/replies', 'reply', handIn)
  routes.get('/threads/:id/quotation', 'reply', async (c) => c.text(await quotation(c)))
  routes.get('/threads/:id/snippets/:snippet', 'reply', async (c) =>
    c.text(await snippet(c, c.req.param('snippet') ?? '')),
  )
}

/** Saves what was typed, and does what else the button asks for. */
async function keep(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const kind = kindOf(form.text('kind'))
  const act = form.text('do', 100)
  if (act === 'drop') {
    await dropTyped(c.var.house, keyOf(c, kind))
    return back(c, 'dropped')
  }
  const words = wordsIn(form, kind)
  const put = await wordsToPut(c, form, act)
  if (put !== '') words.replyBody = [words.replyBody?.trimEnd() ?? '', put].join('\n\n').trimStart()
  const saved = await savedWords(c, form, kind, words)
  if (wantsJson(c)) return told(c, saved)
  if (saved.kind === 'older' || saved.kind === 'gone') return conflictPage(c, saved, kind, words)
  if (!act.startsWith('detach:')) return back(c, put === '' ? 'saved' : 'inserted')
  const outcome = await detachFile(c.var.house, id(c), act.slice('detach:'.length), c.var.person)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/threads/${id(c)}`)
  return back(c, 'detached')
}

async function savedWords(
  c: Ctx,
  form: Form,
  kind: DraftKind,
  words: Record<string, string>,
): Promise<Exclude<Saved, { kind: 'refused' }>> {
  const typed = { threadId: id(c), kind, words, over: numberIn(form, 'draftVersion') }
  const saved = await saveTyped(c.var.house, typed, c.var.person)
  if (saved.kind === 'refused') throw new Refused(saved.reason, `/threads/${id(c)}`)
  return saved
}

/** What a button inserts: it comes at the end where no script put it at the cursor. */
async function wordsToPut(c: Ctx, form: Form, act: string): Promise<string> {
  if (act === 'quote') return quotation(c)
  const chosen = form.text('snippet', 64)
  return act === 'snippet' && chosen !== '' ? snippet(c, chosen) : ''
}

/** Puts files into the reply; the words on the page are saved first. */
async function attach(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const words = wordsIn(form, 'reply')
  const saved = await savedWords(c, form, 'reply', words)
  if (saved.kind !== 'saved') return conflictPage(c, saved, 'reply', words)
  const body = await c.req.parseBody({ all: true })
  const given = [body.file ?? []].flat().filter((one): one is File => one instanceof File)
  const files = given.filter(({ name, size }) => name !== '' || size > 0)
  const read = files.map(async (file) => ({
    filename: file.name.normalize('NFC'),
    bytes: Buffer.from(await file.arrayBuffer()),
  }))
  const to = { threadId: id(c), letterId: form.text('letter', 64) || null }
  const outcome = await attachFiles(c.var.house, to, await Promise.all(read), c.var.person)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/threads/${id(c)}`)
  return back(c, 'attached')
}

/** Hands the reply in. Where that is refused, its words stay as the draft. */
async function handIn(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const { house, person } = c.var
  const words = wordsIn(form, 'reply')
  if (form.text('how') === 'save') return keep(c)
  const newest = await house.store.drafts.find(keyOf(c, 'reply'))
  if (newest && newest.version !== numberIn(form, 'draftVersion')) {
    return conflictPage(c, { kind: 'older', draft: newest }, 'reply', words)
  }
  const reply = {
    letterId: form.text('letter', 64) || null,
    revision: numberIn(form, 'revision'),
    subject: form.text('replySubject', 500),
    body: form.text('replyBody', replyLengthMax),
    formatted: form.has('formatted'),
  }
  const outcome = await writeReply(house, id(c), reply, person)
  if (outcome.kind === 'done') return c.redirect(`/threads/${id(c)}?done=submitted`, 303)
  if (reply.body !== '') {
    const over = newest?.version ?? 0
    await saveTyped(house, { threadId: id(c), kind: 'reply', words, over }, person)
  }
  throw new Refused(outcome.reason, `/threads/${id(c)}`)
}

const fields: Record<DraftKind, Record<string, number>> = {
  reply: { replySubject: 500, replyBody: replyLengthMax, formatted: 3 },
  review: { reason: fieldLengthMax, fairRequest: fieldLengthMax },
}

function wordsIn(form: Form, kind: DraftKind): Record<string, string> {
  const typed = Object.entries(fields[kind]).map(([name, lengthMax]) => [
    name,
    form.typed(name, lengthMax).replaceAll('\r\n', '\n'),
  ])
  return Object.fromEntries(typed)
}

function told(c: Ctx, saved: Exclude<Saved, { kind: 'refused' }>): Response {
  if (saved.kind === 'gone') return c.json({ gone: true }, 409)
  return c.json(shown(c, saved.draft), saved.kind === 'saved' ? 200 : 409)
}

function shown(c: Ctx, { version, words, savedAt }: SavedDraft) {
  return { version, words, said: c.var.text.replies.savedAt(clockTime(savedAt)) }
}

/** Both texts side by side, so that neither is lost before the person has chosen. */
function conflictPage(
  c: Ctx,
  saved: Exclude<Saved, { kind: 'refused' | 'saved' }>,
  kind: DraftKind,
  words: Record<string, string>,
): Response | Promise<Response> {
  const { text } = c.var
  const other = saved.kind === 'older' ? saved.draft : null
  const back = `/threads/${id(c)}`
  return page(
    c,
    text.replies.otherTab,
    <section class='narrow'>
      <h1>{text.replies.otherTab}</h1>
      <Banner tone='caution'>{other ? text.replies.otherTabHelp : text.replies.gone}</Banner>
      <div class='pair'>
        <Written title={text.replies.thisText} words={words} />
        {other && <Written title={text.replies.otherText} words={other.words} />}
      </div>
      <FormView c={c} action={`${back}/drafts`}>
        <input type='hidden' name='kind' value={kind} />
        <input type='hidden' name='draftVersion' value={String(other?.version ?? 0)} />
        {Object.entries(words).map(([name, value]) => (
          <textarea name={name} hidden>
            {value}
          </textarea>
        ))}
        <div class='buttons'>
          <button type='submit' class='primary'>
            {text.replies.keepThis}
          </button>
          <a class='button' href={`${back}#reply`}>
            {other ? text.replies.takeOther : text.back}
          </a>
        </div>
      </FormView>
    </section>,
    409,
  )
}

const Written: FC<{ title: string; words: Readonly<Record<string, string>> }> = (props) => (
  <section class='card'>
    <h2>{props.title}</h2>
    {Object.entries(props.words)
      .filter(([name, value]) => name !== 'formatted' && value !== '')
      .map(([, value]) => (
        <p class='words'>{value}</p>
      ))}
  </section>
)

async function quotation(c: Ctx): Promise<string> {
  const record = await recordOf(c)
  const mail = lastFromCustomer(record)
  return mail ? quotationOf(record, mail) : ''
}

async function snippet(c: Ctx, snippetId: string): Promise<string> {
  const words = await snippetText(c.var.house, await recordOf(c), snippetId, c.var.person)
  if (words === null) throw new Missing()
  return words
}

async function recordOf(c: Ctx): Promise<ThreadRecord> {
  const record = await c.var.house.store.threads.find(id(c))
  if (!record) throw new Missing()
  return record
}

function back(c: Ctx, done: string): Response {
  return c.redirect(`/threads/${id(c)}?done=${done}#reply`, 303)
}

function wantsJson(c: Ctx): boolean {
  return c.req.header('Accept') === 'application/json'
}

function kindOf(word: string): DraftKind {
  return word === 'review' ? 'review' : 'reply'
}

function keyOf(c: Ctx, kind: DraftKind) {
  return { personId: c.var.person.id, threadId: id(c), kind }
}

function id(c: Ctx): string {
  return c.req.param('id') ?? ''
}
