import type { FC } from 'hono/jsx'
import type { LetterState } from '../domain/letter.ts'
import { may } from '../domain/person.ts'
import { settleUncertain } from '../flow/uncertain.ts'
import type { WrittenLetter } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { WaitingMail } from './leaving-mail.tsx'
import { LetterHistory, letterHistory } from './letter-history.tsx'
import { MailboxTabs, narrowedTo, pathWith } from './one-mailbox.tsx'
import { Time } from './parts/chips.tsx'
import { Banner, Choice, Empty, Field, Form, Tabs } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { LetterView } from './reply.tsx'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'
import { viewOf } from './view.ts'

const listed = 200

const views: Record<string, readonly LetterState[]> = {
  waiting: ['awaiting_approval', 'returned', 'draft'],
  moving: ['queued', 'sending'],
  uncertain: ['uncertain'],
  sent: ['sent'],
  failed: ['refused', 'cancelled'],
}

export function outboxRoutes(routes: Routes): void {
  routes.get('/outbox', 'read', listPage)
  routes.get('/letters/:id', 'read', letterPage)
  routes.post('/letters/:id/result', 'settle_uncertain', async (c) => {
    const form = await readForm(c)
    const given = form.text('as')
    const as = given === 'sent' || given === 'queued' ? given : 'cancelled'
    const id = c.req.param('id') ?? ''
    const outcome = await settleUncertain(c.var.house, id, as, form.text('reason'), c.var.person)
    return answer(c, outcome, `/letters/${id}`, 'settledLetter')
  })
}

async function listPage(c: Ctx): Promise<Response> {
  const { text } = c.var
  const asked = c.req.query('view') ?? ''
  const view = Object.hasOwn(views, asked) ? asked : 'waiting'
  const { mailboxes, mailbox, view: seen } = await narrowedTo(c)
  const letters = await seen.letters.list(views[view] ?? [], listed)
  const tabs = [
    ['waiting', text.outboxWaiting],
    ['moving', text.outboxMoving],
    ['uncertain', text.outboxUncertain],
    ['sent', text.outboxSent],
    ['failed', text.outboxFailed],
  ] as const
  return page(
    c,
    text.outboxTitle,
    <section>
      <h1>{text.outboxTitle}</h1>
      <Tabs
        label={text.outboxTitle}
        tabs={tabs.map(([key, label]) => ({
          href: pathWith('/outbox', { view: key, mailbox }),
          label,
          current: key === view,
        }))}
      />
      <MailboxTabs
        {...{ c, mailboxes, mailbox }}
        href={(one) => pathWith('/outbox', { view, mailbox: one })}
      />
      {letters.length === 0 && <Empty>{text.outboxEmpty}</Empty>}
      <ol class='threads'>
        {letters.map((letter) => (
          <li>
            <LetterRow c={c} letter={letter} />
          </li>
        ))}
      </ol>
    </section>,
  )
}

const LetterRow: FC<{ c: Ctx; letter: WrittenLetter }> = ({ c, letter }) => {
  const { text } = c.var
  return (
    <a class='thread-row' href={`/letters/${letter.id}`}>
      <span class='who'>{letter.toAddress}</span>
      <span class='subject'>{letter.subject}</span>
      <span class='gist'>{text.letterKind[letter.kind]}</span>
      <span class='chips'>
        <span class={`chip ${letter.state === 'uncertain' ? 'grave' : 'neutral'}`}>
          {text.letterState[letter.state]}
        </span>
      </span>
      <span class='when'>
        <Time c={c} at={letter.sentAt ?? letter.writtenAt} />
      </span>
    </a>
  )
}

async function letterPage(c: Ctx): Promise<Response> {
  const { text, house, person } = c.var
  const letter = await viewOf(c).letters.find(c.req.param('id') ?? '')
  if (!letter) throw new Missing()
  const names = await house.store.people.names()
  const trace = await house.store.outgoing.traceOf(letter.id)
  const events = await letterHistory(c, letter)
  const waiting = letter.state === 'awaiting_approval'
  const decides = letter.author !== person.id && may(person, 'approve')
  const approved = events.findLast(({ kind }) => kind === 'reply_approved')
  const mailSha256 = approved?.kind === 'reply_approved' ? approved.mailSha256 : undefined
  return page(
    c,
    letter.subject,
    <section class='narrow'>
      <h1>{text.letterKind[letter.kind]}</h1>
      <p class='chips'>
        <span class='chip accent'>{text.letterState[letter.state]}</span>
        <a class='chip neutral' href={`/threads/${letter.threadId}`}>
          {text.openThread}
        </a>
      </p>
      {waiting ? (
        <>
          <h2 class='hidden'>{text.replies.asItLeaves}</h2>
          <WaitingMail c={c} letter={letter} names={names} decides={decides} />
        </>
      ) : (
        <LetterView c={c} letter={letter} />
      )}
      <dl class='facts'>
        <dt>{text.author}</dt>
        <dd>{names.get(letter.author) ?? letter.author}</dd>
        {letter.approver && (
          <>
            <dt>{text.approver}</dt>
            <dd>{names.get(letter.approver) ?? letter.approver}</dd>
          </>
        )}
        {letter.messageId && (
          <>
            <dt>Message-ID</dt>
            <dd class='address'>{letter.messageId}</dd>
          </>
        )}
        {mailSha256 && (
          <>
            <dt>{text.replies.mailHashApproved}</dt>
            <dd class='address'>{mailSha256}</dd>
          </>
        )}
        {letter.answer && (
          <>
            <dt>{text.serverAnswer}</dt>
            <dd class='address'>
              {letter.answer} ({text.attempts(letter.attempts)})
            </dd>
          </>
        )}
      </dl>
      {trace?.trouble && <Banner tone='caution'>{text.sending.copyTrouble(trace.trouble)}</Banner>}
      {letter.state === 'uncertain' && (
        <Uncertain c={c} letter={letter} looks={trace?.looks ?? 0} />
      )}
      <LetterHistory c={c} events={events} names={names} />
    </section>,
  )
}

/** Nobody knows whether it arrived: a supervisor says, and how they know. */
const Uncertain: FC<{ c: Ctx; letter: WrittenLetter; looks: number }> = (props) => {
  const { c, letter, looks } = props
  const { text, person } = c.var
  return (
    <>
      <Banner tone='caution'>{text.uncertainLead}</Banner>
      <p class='help'>{text.sending.looked(looks)}</p>
      {may(person, 'settle_uncertain') && (
        <Form c={c} action={`/letters/${letter.id}/result`}>
          <Choice
            name='as'
            kind='radio'
            legend={text.settleAs}
            options={[
              { value: 'sent', label: text.settleSent },
              { value: 'queued', label: text.settleAgain },
              { value: 'cancelled', label: text.settleCancel, checked: true },
            ]}
          />
          <Field id='reason' label={text.reason} rows={2} required />
          <button type='submit'>{text.save}</button>
        </Form>
      )}
    </>
  )
}
