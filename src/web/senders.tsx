import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { joinsToAnswer, noteSender } from '../flow/senders.ts'
import type { JoinRecord } from '../store/joins.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { beforeIn, NewestPager } from './newest-pages.tsx'
import { Time } from './parts/chips.tsx'
import { Empty, Field } from './parts/fields.tsx'
import { pictureRoutes } from './picture-switch.tsx'
import { Missing } from './problems.ts'
import { representativeRoutes } from './representatives.tsx'
import type { Routes } from './routes.ts'
import { senderPage } from './sender.tsx'
import { joiningRoutes } from './sender-joining.tsx'
import { answer } from './thread-routes.tsx'
import { viewOf } from './view.ts'

const pageSize = 100

/** Longer than any name that one would type. */
const wordsMax = 200

export function senderRoutes(routes: Routes): void {
  routes.get('/senders', 'read', listPage)
  routes.get('/senders/:id', 'read', (c) => senderPage(c, idOf(c)))
  routes.post('/senders/:id/notes', 'note_sender', addNote)
  joiningRoutes(routes)
  representativeRoutes(routes)
  pictureRoutes(routes)
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house, account } = c.var
  const waiting = may(account, 'join_senders') ? await joinsToAnswer(house, account) : []
  const before = beforeIn(c)
  const words = (c.req.query('name') ?? '').trim().slice(0, wordsMax)
  const place = { before, limit: pageSize + 1, words }
  const found = await viewOf(c).senders.list(place, house.now())
  const senders = found.slice(0, pageSize)
  const last = found.length > pageSize ? senders.at(-1) : undefined
  return page(
    c,
    text.sendersTitle,
    <section>
      <h1>{text.sendersTitle}</h1>
      {waiting.length > 0 && <WaitingJoins c={c} joins={waiting} />}
      <Finding c={c} words={words} />
      {senders.length === 0 && (
        <Empty>{words === '' ? text.sendersEmpty : text.senders.findNone(words)}</Empty>
      )}
      <ol class='threads'>
        {senders.map((sender) => (
          <li>
            <a class='thread-row' href={`/senders/${sender.id}`}>
              <span class='who'>{sender.name || text.unknownSender}</span>
              <span class='subject address'>{sender.address}</span>
              <span class='gist' />
              <span class='chips'>
                {sender.suspended && <span class='chip shielded'>{text.suspended}</span>}
                {sender.joined > 0 && (
                  <span class='chip neutral'>{text.senders.joinedCount(sender.joined)}</span>
                )}
                <span class='chip neutral'>
                  {text.threadsTitle} {sender.threads}
                </span>
              </span>
              <span class='when'>
                <Time c={c} at={sender.lastAt} />
              </span>
            </a>
          </li>
        ))}
      </ol>
      <NewestPager
        label={text.sendersTitle}
        path={words === '' ? '/senders' : `/senders?${new URLSearchParams({ name: words })}`}
        before={before}
        last={last && { at: last.lastAt, id: last.id }}
        words={text.senders}
      />
    </section>,
  )
}

/** Finds senders by a part of their name or address. */
const Finding: FC<{ c: Ctx; words: string }> = ({ c, words }) => {
  const { senders: text } = c.var.text
  return (
    <search>
      <form action='/senders' method='get' class='finding'>
        <Field id='sender-name' name='name' type='search' label={text.find} value={words} />
        <button type='submit'>{text.findDo}</button>
        {words !== '' && <a href='/senders'>{text.findAll}</a>}
      </form>
    </search>
  )
}

/** Proposed joins of others, each a way to the page where it is answered. */
const WaitingJoins: FC<{ c: Ctx; joins: readonly JoinRecord[] }> = async ({ c, joins }) => {
  const { house, text } = c.var
  const ids = joins.flatMap(({ first, second }) => [first, second])
  const members = new Map((await house.store.suggesting.members(ids)).map((one) => [one.id, one]))
  const nameOf = (id: string) => members.get(id)?.name || text.unknownSender
  return (
    <section class='card'>
      <h2>{text.senders.waiting}</h2>
      <ul>
        {joins.map(({ first, second }) => (
          <li>
            <a href={`/senders/${first}/joining`}>
              {nameOf(first)} ＝ {nameOf(second)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

async function addNote(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const { house, account } = c.var
  const senderId = idOf(c)
  const corrects = form.text('corrects', 64) || null
  const back = `/senders/${senderId}`
  const { notes } = await viewOf(c).profiles.find(senderId, [])
  const corrected = notes.find(({ id }) => id === corrects)
  if (corrects !== null && !corrected) throw new Missing()
  const mailboxId = corrected?.mailboxId ?? form.text('noteMailbox', 64)
  if (!may(account, 'read', mailboxId)) throw new Missing()
  const note = { senderId: corrected?.senderId ?? senderId, mailboxId, corrects }
  const text = form.text('noteText')
  return answer(c, await noteSender(house, { ...note, text }, account), back, 'senderNoted')
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
