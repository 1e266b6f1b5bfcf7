import type { FC } from 'hono/jsx'
import type { Matter } from '../domain/matter.ts'
import { isMuted } from '../domain/sender.ts'
import { whyNotHandle } from '../domain/target.ts'
import { decisionOf } from '../domain/thread.ts'
import type { ThreadRecord, WrittenLetter } from '../store/threads.ts'
import { Editor } from './editor.tsx'
import type { Ctx } from './env.ts'
import { FileList, WaitingMail } from './leaving-mail.tsx'
import { Time } from './parts/chips.tsx'
import { Banner, Form } from './parts/fields.tsx'

type ReplyProps = {
  c: Ctx
  matter: Matter
  record: ThreadRecord
  names: ReadonlyMap<string, string>
  /** Words to start from, where a template was asked for. */
  prefill: { readonly subject: string; readonly body: string } | null
}

/** The reply to a thread: to be written, waiting for another person, or not possible and why. */
export const ReplyPanel: FC<ReplyProps> = ({ c, matter, record, names, prefill }) => {
  const { text, person, house } = c.var
  if (isMuted(matter.sender, house.now(), matter.thread.mailboxId))
    return <p class='help'>{text.replyStopped}</p>
  if (matter.thread.filed) return <p class='help'>{text.refused.recipient_not_a_person}</p>
  const open = record.letters.find(
    ({ kind, state }) =>
      kind === 'reply' && ['draft', 'awaiting_approval', 'returned'].includes(state),
  )
  const outdated = open !== undefined && open.revision !== matter.thread.revision
  if (open?.state === 'awaiting_approval' && !outdated) {
    return <Waiting c={c} letter={open} names={names} matter={matter} />
  }
  if (whyNotHandle(person, 'reply', matter.thread)) return null
  const { reviews } = matter.thread
  const own = reviews.length === 1 && reviews[0]?.reviewer === person.id
  if (!decisionOf(matter.thread) && reviews.length > 0 && !own) {
    return <p class='help'>{text.refused.review_first}</p>
  }
  if (open && open.author !== person.id) {
    return (
      <div class='stack'>
        <p class='help'>{text.refused.reply_open}</p>
        <OwnDraft c={c} threadId={matter.thread.id} />
      </div>
    )
  }
  return (
    <>
      {open?.remark && <Banner tone='caution'>{text.returnedWith(open.remark)}</Banner>}
      {outdated && <Banner tone='caution'>{text.outdatedReply}</Banner>}
      <Editor c={c} matter={matter} record={record} letter={open ?? null} prefill={prefill} />
    </>
  )
}

/** A reply that waits: approve what is seen, rewrite it, or give it back. */
const Waiting: FC<Omit<ReplyProps, 'record' | 'prefill'> & { letter: WrittenLetter }> = (props) => {
  const { c, letter, names, matter } = props
  const { text, person } = c.var
  const own = letter.author === person.id
  const decides = !own && whyNotHandle(person, 'approve', matter.thread) === null
  return (
    <div class='stack'>
      <p class='help'>
        {own ? text.replyOwnWaiting : text.replyWaiting(names.get(letter.author) ?? '')}
      </p>
      <WaitingMail c={c} letter={letter} names={names} decides={decides} />
      {own && <Withdraw c={c} letter={letter} />}
      <OwnDraft c={c} threadId={matter.thread.id} />
    </div>
  )
}

/** What one typed before somebody else's reply was handed in: it is still there. */
const OwnDraft: FC<{ c: Ctx; threadId: string }> = async ({ c, threadId }) => {
  const { text, person, house } = c.var
  const draft = await house.store.drafts.find({ personId: person.id, threadId, kind: 'reply' })
  const words = draft?.words.replyBody ?? ''
  if (words.trim() === '') return null
  return (
    <details>
      <summary>{text.replies.ownDraft}</summary>
      <p class='words'>{words}</p>
      <Form c={c} action={`/threads/${threadId}/drafts`}>
        <button type='submit' name='do' value='drop'>
          {text.replies.drop}
        </button>
      </Form>
    </details>
  )
}

const Withdraw: FC<{ c: Ctx; letter: WrittenLetter }> = ({ c, letter }) => (
  <Form c={c} action={`/letters/${letter.id}/withdrawal`}>
    <button type='submit'>{c.var.text.withdraw}</button>
  </Form>
)

/** A letter as it will arrive, or did. */
export const LetterView: FC<{ c: Ctx; letter: LetterWords }> = ({ c, letter }) => (
  <article class='letter'>
    <dl>
      <div>
        <dt>{c.var.text.noticeTo}</dt>
        <dd>{letter.toAddress}</dd>
      </div>
      <div>
        <dt>{c.var.text.replySubject}</dt>
        <dd>{letter.subject}</dd>
      </div>
    </dl>
    <p class='words'>{letter.body}</p>
    {letter.id && letter.files && letter.files.length > 0 && (
      <FileList c={c} files={letter.files} letterId={letter.id} />
    )}
    {letter.writtenAt && (
      <footer>
        <Time c={c} at={letter.sentAt ?? letter.writtenAt} exact />
      </footer>
    )}
  </article>
)

type LetterWords = {
  readonly id?: string
  readonly files?: WrittenLetter['files']
  readonly toAddress: string
  readonly subject: string
  readonly body: string
  readonly writtenAt?: string
  readonly sentAt?: string | null
}
