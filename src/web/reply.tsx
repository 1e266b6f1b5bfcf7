import type { FC } from 'hono/jsx'
import type { Matter } from '../domain/matter.ts'
import { isMuted } from '../domain/sender.ts'
import { answerSubject } from '../domain/subject.ts'
import { whyNotHandle } from '../domain/target.ts'
import { decisionOf } from '../domain/thread.ts'
import { isFromSender, lastFromCustomer } from '../flow/review.ts'
import type { ThreadRecord, WrittenLetter } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { Time } from './parts/chips.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'

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
  if (open && open.author !== person.id) return <p class='help'>{text.refused.reply_open}</p>
  return (
    <>
      {open?.remark && <Banner tone='caution'>{text.returnedWith(open.remark)}</Banner>}
      {outdated && <Banner tone='caution'>{text.outdatedReply}</Banner>}
      <Editor c={c} matter={matter} record={record} letter={open ?? null} prefill={prefill} />
    </>
  )
}

const Editor: FC<Omit<ReplyProps, 'names'> & { letter: WrittenLetter | null }> = ({
  c,
  matter,
  record,
  letter,
  prefill,
}) => {
  const { text } = c.var
  const { id, revision } = matter.thread
  const subject = record.subjectShielded ? '' : record.subject
  const answered = lastFromCustomer(record)
  const newest = record.messages.findLast(({ direction }) => direction === 'in')
  const others = newest !== undefined && !isFromSender(record, newest)
  return (
    <Form c={c} action={`/threads/${id}/replies`}>
      <p class='help'>{text.replyLead}</p>
      {others && answered && (
        <Banner tone='caution'>{text.replyGoesTo(answered.fromAddress)}</Banner>
      )}
      <input type='hidden' name='revision' value={String(revision)} />
      <input type='hidden' name='letter' value={letter?.id ?? ''} />
      <Field
        id='replySubject'
        label={text.replySubject}
        value={prefill?.subject ?? letter?.subject ?? answerSubject(subject)}
      />
      <Field
        id='replyBody'
        label={text.replyBody}
        rows={9}
        value={prefill?.body ?? letter?.body ?? ''}
      />
      <div class='buttons'>
        <button type='submit' name='how' value='submit' class='primary'>
          {text.replySubmit}
        </button>
        <button type='submit' name='how' value='save'>
          {text.replySave}
        </button>
        <a class='quiet' href={`/threads/${id}?template=refusal#reply`}>
          {text.refusalTemplate}
        </a>
      </div>
    </Form>
  )
}

/** A reply that waits: approve what is seen, rewrite it, or give it back. */
const Waiting: FC<Omit<ReplyProps, 'record' | 'prefill'> & { letter: WrittenLetter }> = (props) => {
  const { c, letter, names, matter } = props
  const { text, person } = c.var
  const own = letter.author === person.id
  return (
    <div class='stack'>
      <p class='help'>
        {own ? text.replyOwnWaiting : text.replyWaiting(names.get(letter.author) ?? '')}
      </p>
      <LetterView c={c} letter={letter} />
      {own ? (
        <Withdraw c={c} letter={letter} />
      ) : (
        whyNotHandle(person, 'approve', matter.thread) === null && (
          <Approval c={c} letter={letter} />
        )
      )}
    </div>
  )
}

/** What another person may do with words that wait. */
export const Approval: FC<{ c: Ctx; letter: WrittenLetter }> = ({ c, letter }) => {
  const { text } = c.var
  const path = `/letters/${letter.id}`
  return (
    <>
      <Form c={c} action={`${path}/approval`}>
        <input type='hidden' name='shown' value={letter.contentSha256} />
        <button type='submit' class='primary'>
          {text.approve}
        </button>
      </Form>
      <details>
        <summary>{text.returnIt}</summary>
        <Form c={c} action={`${path}/return`}>
          <Field id='remark' label={text.remark} rows={2} required />
          <button type='submit'>{text.returnIt}</button>
        </Form>
      </details>
      {letter.kind === 'reply' && (
        <details>
          <summary>{text.change}</summary>
          <Form c={c} action={`${path}/change`}>
            <p class='help'>{text.changeHelp}</p>
            <Field id='changeSubject' label={text.replySubject} value={letter.subject} />
            <Field id='changeBody' label={text.replyBody} rows={9} value={letter.body} />
            <button type='submit'>{text.change}</button>
          </Form>
        </details>
      )}
    </>
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
    {letter.writtenAt && (
      <footer>
        <Time c={c} at={letter.sentAt ?? letter.writtenAt} exact />
      </footer>
    )}
  </article>
)

type LetterWords = {
  readonly toAddress: string
  readonly subject: string
  readonly body: string
  readonly writtenAt?: string
  readonly sentAt?: string | null
}
