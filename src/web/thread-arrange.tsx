import type { FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import { may, mayWherever } from '../domain/person.ts'
import { endsOf } from '../flow/arrange.ts'
import type { LoggedMove } from '../store/arrange.ts'
import type { QueueItem } from '../store/queue.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import { itemsOf, MailName, nameOf } from './arrange.tsx'
import type { Ctx } from './env.ts'
import { StateChip, Time } from './parts/chips.tsx'
import { Banner, Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import { partsOfMail } from './passages.ts'
import type { ThreadShown } from './thread-review.tsx'
import { viewOf } from './view.ts'

/** What a thread's page needs to show how mails came and went by hand, and to move more. */
export type Arranging = {
  readonly moves: readonly LoggedMove[]
  /** The sender's other threads that hold mail, newest first. */
  readonly others: readonly QueueItem[]
  /** Threads that moves lead to, by id. */
  readonly ends: ReadonlyMap<string, QueueItem>
}

/** Mails and threads that one can choose from; older ones are found over the sender's page. */
const mailsShown = 100
const threadsShown = 30
const excerptMax = 40

export async function arrangingOf(c: Ctx, threadId: string, senderId: string): Promise<Arranging> {
  const { store } = c.var.house
  const seesMuted = mayWherever(c.var.account, 'read_muted', 'read')
  const states = queueStates.filter((one) => one !== 'joined' && (seesMuted || one !== 'muted'))
  const page = { offset: 0, limit: threadsShown + 1 }
  const [moves, theirs] = await Promise.all([
    store.arranging.moves(threadId),
    viewOf(c).queue.list({ states, senderId }, page),
  ])
  const named = [...new Set(moves.map(({ event }) => event.other))]
  const ends = named.length === 0 ? [] : await itemsOf(c, named)
  const others = theirs.filter(({ id }) => id !== threadId).slice(0, threadsShown)
  return { moves, others, ends: new Map(ends.map((item) => [item.id, item])) }
}

type Props = ThreadShown & { readonly arranging: Arranging }

/** Where the mail of an emptied thread is now. */
export const JoinedBanner: FC<Props> = ({ c, matter, arranging }) => {
  const { joinedInto } = matter.thread
  if (joinedInto === null) return null
  const item = arranging.ends.get(joinedInto)
  return (
    <Banner tone='calm'>
      {c.var.text.joinedAway} {item && <a href={`/threads/${joinedInto}`}>{nameOf(c, item)}</a>}
    </Banner>
  )
}

/** How mails came and went by hand, newest first, each to be taken back from here. */
export const MoveHistory: FC<Props> = ({ c, matter, names, arranging }) => {
  const { text, person } = c.var
  const { moves, ends } = arranging
  if (moves.length === 0) return null
  const undone = new Set(moves.map(({ event }) => event.undoes))
  return (
    <section class='card moves' aria-labelledby='moves-title'>
      <h2 id='moves-title'>{text.movesTitle}</h2>
      <ul>
        {moves.map(({ event }) => {
          const [source] = endsOf(event)
          const out = source === matter.thread.id
          const other = ends.get(event.other)
          const who = names.get(event.by ?? '') ?? ''
          const open = event.how !== 'undo' && !undone.has(event.moveId)
          return (
            <li>
              <Icon name='log' />
              <span>
                {text.moveSaid[event.how][out ? 'out' : 'in'](who, event.messageIds.length)}{' '}
                {other && <a href={`/threads/${event.other}`}>{nameOf(c, other)}</a>}{' '}
                <small>
                  <Time c={c} at={event.at} />
                  {undone.has(event.moveId) && ` · ${text.wasUndone}`}
                </small>
              </span>
              {open && may(person, 'arrange') && (
                <Form c={c} action={`/threads/${matter.thread.id}/moves/undo`} class='inline'>
                  <input type='hidden' name='move' value={event.moveId} />
                  <button type='submit' class='quiet'>
                    {text.undo}
                  </button>
                </Form>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Splitting and joining, behind one line each: they are seldom needed. */
export const ArrangePanel: FC<Props> = (view) => {
  const { c, record, matter, arranging } = view
  const { text, person } = c.var
  const splittable = record.messages.length > 1
  if (matter.thread.joinedInto !== null || !may(person, 'arrange')) return null
  if (!splittable && arranging.others.length === 0) return null
  return (
    <section class='card' aria-labelledby='arrange-title'>
      <h2 id='arrange-title'>{text.arrangeTitle}</h2>
      {splittable && <SplitForm {...view} />}
      {arranging.others.length > 0 && <JoinForm {...view} />}
    </section>
  )
}

const SplitForm: FC<Props> = ({ c, matter, record }) => {
  const { text, person } = c.var
  const seesMuted = may(person, 'read_muted')
  const mails = record.messages.filter(({ mutedBy }) => seesMuted || mutedBy === null)
  return (
    <details>
      <summary>{text.splitTitle}</summary>
      <Form c={c} action={`/threads/${matter.thread.id}/split`}>
        <input type='hidden' name='revision' value={String(matter.thread.revision)} />
        <fieldset class='choice'>
          <legend>{text.splitLead}</legend>
          {mails.slice(-mailsShown).map((mail) => (
            <label>
              <input type='checkbox' name='mail' value={mail.id} />
              <span>
                <MailName c={c} mail={mail} />
                <span class='excerpt'>{beginningOf(record, mail)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <button type='submit'>{text.lookFirst}</button>
      </Form>
    </details>
  )
}

const JoinForm: FC<Props> = ({ c, matter, arranging }) => {
  const { text } = c.var
  return (
    <details>
      <summary>{text.joinTitle}</summary>
      <Form c={c} action={`/threads/${matter.thread.id}/join`}>
        <input type='hidden' name='revision' value={String(matter.thread.revision)} />
        <fieldset class='choice'>
          <legend>{text.joinLead}</legend>
          {arranging.others.map((item) => (
            <label>
              <input type='radio' name='into' value={item.id} required />
              <span>
                <strong>{nameOf(c, item)}</strong>{' '}
                <small>
                  <StateChip text={text} state={item.state} /> {text.mails(item.messageCount)} ·{' '}
                  <Time c={c} at={item.lastAt} />
                </small>
              </span>
            </label>
          ))}
        </fieldset>
        <button type='submit'>{text.lookFirst}</button>
      </Form>
    </details>
  )
}

/** How a mail begins, to tell it from others; what is harmful is kept back here as everywhere. */
function beginningOf(record: ThreadRecord, mail: StoredMessage): string {
  const plain = partsOfMail(record, mail, null).find(({ kind }) => kind === 'plain')
  const words = plain?.kind === 'plain' ? plain.text.replace(/\s+/g, ' ').trim() : ''
  return words.length > excerptMax ? `${words.slice(0, excerptMax)}…` : words
}
