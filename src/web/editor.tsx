import type { FC } from 'hono/jsx'
import { fileEndings } from '../domain/attachment.ts'
import type { Matter } from '../domain/matter.ts'
import { answerSubject } from '../domain/subject.ts'
import { isFromSender, lastFromCustomer } from '../flow/review.ts'
import { signatureFor, snippetsFor } from '../flow/wordings.ts'
import type { SavedDraft } from '../store/drafts.ts'
import type { ThreadRecord, WrittenLetter } from '../store/threads.ts'
import type { Upload } from '../store/uploads.ts'
import type { Snippet } from '../store/wordings.ts'
import { DraftForm } from './draft-form.tsx'
import type { Ctx } from './env.ts'
import { Banner, Field } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'

type Words = { readonly subject: string; readonly body: string }

export type EditorProps = {
  c: Ctx
  matter: Matter
  record: ThreadRecord
  /** The reply that goes on being written: returned, or outdated. */
  letter: WrittenLetter | null
  /** Words to start from, where a template was asked for. */
  prefill: Words | null
}

/** The reply to write. It is saved as one types, and each thing in it works without a script. */
export const Editor: FC<EditorProps> = async (props) => {
  const { c, matter, record, letter } = props
  const { text, person, house } = c.var
  const { id, revision } = matter.thread
  const { store } = house
  const [draft, files, signature, snippets] = await Promise.all([
    store.drafts.find({ personId: person.id, threadId: id, kind: 'reply' }),
    store.uploads.pending(id, person.id, letter?.id ?? null),
    signatureFor(house, record),
    snippetsFor(house, record, person),
  ])
  const words = wordsOf(props, draft)
  return (
    <DraftForm c={c} threadId={id} kind='reply' draft={draft} action={`/threads/${id}/replies`}>
      <p class='help'>{text.replyLead}</p>
      <OtherRecipient c={c} record={record} />
      <input type='hidden' name='revision' value={String(revision)} />
      <input type='hidden' name='letter' value={letter?.id ?? ''} />
      <Field id='replySubject' label={text.replySubject} value={words.subject} />
      <Tools threadId={id} c={c} snippets={snippets} />
      <Field id='replyBody' label={text.replyBody} rows={12} value={words.body} />
      <label class='tick'>
        <input type='checkbox' name='formatted' value='yes' checked={words.formatted} />
        <span>{text.replies.formatted}</span>
      </label>
      <p class='help'>{text.replies.formattedHelp}</p>
      <Files c={c} threadId={id} files={files} />
      <SignatureView c={c} signature={signature} />
      <div class='buttons'>
        <button type='submit' name='how' value='submit' class='primary'>
          {text.replySubmit}
        </button>
        <button type='submit' formaction={`/threads/${id}/drafts`}>
          {text.replySave}
        </button>
        {draft && (
          <button type='submit' name='do' value='drop' formaction={`/threads/${id}/drafts`}>
            {text.replies.drop}
          </button>
        )}
        <a class='quiet' href={`/threads/${id}?template=refusal#reply`}>
          {text.refusalTemplate}
        </a>
      </div>
    </DraftForm>
  )
}

/** What was typed last, else the letter, else nothing; a template asked for comes below it. */
function wordsOf({ record, letter, prefill }: EditorProps, draft: SavedDraft | null) {
  const subject = answerSubject(record.subjectShielded ? '' : record.subject)
  const typed = draft?.words
  const start = {
    subject: typed?.replySubject ?? letter?.subject ?? subject,
    body: typed?.replyBody ?? letter?.body ?? '',
    formatted: typed ? typed.formatted === 'yes' : (letter?.formatted ?? false),
  }
  if (!prefill) return start
  if (start.body.trim() === '') return { ...prefill, formatted: false }
  return { ...start, body: `${start.body.trimEnd()}\n\n${prefill.body}` }
}

const OtherRecipient: FC<{ c: Ctx; record: ThreadRecord }> = ({ c, record }) => {
  const answered = lastFromCustomer(record)
  const newest = record.messages.findLast(({ direction }) => direction === 'in')
  const others = newest !== undefined && !isFromSender(record, newest)
  if (!others || !answered) return null
  return <Banner tone='caution'>{c.var.text.replyGoesTo(answered.fromAddress)}</Banner>
}

/** Snippets and the quotation: with a script they come in at the cursor, without one at the end. */
const Tools: FC<{ c: Ctx; threadId: string; snippets: readonly Snippet[] }> = (props) => {
  const { replies: text } = props.c.var.text
  const path = `/threads/${props.threadId}`
  return (
    <div class='tools buttons'>
      {props.snippets.length > 0 && (
        <>
          <label class='hidden' for='snippet'>
            {text.snippet}
          </label>
          <select id='snippet' name='snippet'>
            <option value=''>{text.noSnippet}</option>
            {props.snippets.map(({ id, title }) => (
              <option value={id}>{title}</option>
            ))}
          </select>
          <button
            type='submit'
            name='do'
            value='snippet'
            formaction={`${path}/drafts`}
            data-insert={`${path}/snippets/`}
          >
            {text.insert}
          </button>
        </>
      )}
      <button
        type='submit'
        name='do'
        value='quote'
        formaction={`${path}/drafts`}
        data-insert={`${path}/quotation`}
      >
        {text.quote}
      </button>
    </div>
  )
}

const Files: FC<{ c: Ctx; threadId: string; files: readonly Upload[] }> = (props) => {
  const { replies: text } = props.c.var.text
  const path = `/threads/${props.threadId}`
  return (
    <fieldset class='choice attaching'>
      <legend>{text.files}</legend>
      <ul class='files'>
        {props.files.map(({ id, filename, size }) => (
          <li>
            <Icon name='clip' />
            <span>{filename}</span> <small>{text.bytes(size)}</small>
            <button
              type='submit'
              class='quiet'
              name='do'
              value={`detach:${id}`}
              formaction={`${path}/drafts`}
              aria-label={text.detach(filename)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <div class='buttons'>
        <label class='hidden' for='file'>
          {text.fileChoose}
        </label>
        <input
          type='file'
          id='file'
          name='file'
          multiple
          accept={fileEndings.map((ending) => `.${ending}`).join(',')}
          aria-describedby='file-help'
        />
        <button type='submit' formaction={`${path}/files`} formenctype='multipart/form-data'>
          {text.attach}
        </button>
      </div>
      <p class='help' id='file-help'>
        {text.fileHelp}
      </p>
    </fieldset>
  )
}

const SignatureView: FC<{ c: Ctx; signature: string }> = ({ c, signature }) => {
  const { replies: text } = c.var.text
  if (signature === '') return <p class='help'>{text.noSignature}</p>
  return (
    <details>
      <summary>{text.signature}</summary>
      <p class='help'>{text.signatureHelp}</p>
      <p class='words'>{signature}</p>
    </details>
  )
}
