import { may } from '../domain/person.ts'
import { noteSender } from '../flow/senders.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { Empty } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { representativeRoutes } from './representatives.tsx'
import type { Routes } from './routes.ts'
import { senderPage } from './sender.tsx'
import { joiningRoutes } from './sender-joining.tsx'
import { answer } from './thread-routes.tsx'
import { viewOf } from './view.ts'

const pageSize = 100

export function senderRoutes(routes: Routes): void {
  routes.get('/senders', 'read', listPage)
  routes.get('/senders/:id', 'read', (c) => senderPage(c, idOf(c)))
  routes.post('/senders/:id/notes', 'note_sender', addNote)
  joiningRoutes(routes)
  representativeRoutes(routes)
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const senders = await viewOf(c).senders.list({ offset: 0, limit: pageSize }, house.now())
  return page(
    c,
    text.sendersTitle,
    <section>
      <h1>{text.sendersTitle}</h1>
      {senders.length === 0 && <Empty>{text.sendersEmpty}</Empty>}
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
    </section>,
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
