import type { FC } from 'hono/jsx'
import { seenBy } from '../domain/told.kinds.ts'
import type { Notification } from '../store/notifications.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { CategoryChips, SeverityChip, Time } from './parts/chips.tsx'
import { Empty, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'

const listed = 50

/** What one was told of (お知らせ): one's own, and only what one may still see. */
export function notificationRoutes(routes: Routes): void {
  routes.get('/notifications', 'own_settings', listPage)
  routes.post('/notifications/reading', 'own_settings', async (c) => {
    const { house, account } = c.var
    await house.store.notifications.read(account.id, 'all', house.now())
    return c.redirect('/notifications?done=toldRead', 303)
  })
  routes.post('/notifications/:id/reading', 'own_settings', readOne)
}

/** Marks it as read, and leads to what it is about unless one only wanted it out of the way. */
async function readOne(c: Ctx): Promise<Response> {
  const { house, account } = c.var
  const id = c.req.param('id') ?? ''
  const told = await house.store.notifications.find(account.id, seenBy(account), id)
  if (!told) throw new Missing()
  await house.store.notifications.read(account.id, id, house.now())
  const form = await readForm(c)
  return c.redirect(form.text('do') === 'open' ? told.path : '/notifications', 303)
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house, account } = c.var
  const { told } = text
  const after = c.req.query('after') ?? ''
  const { notifications } = house.store
  const found = await notifications.list(account.id, seenBy(account), after, listed + 1)
  const shown = found.slice(0, listed)
  const last = found.length > listed ? shown.at(-1) : undefined
  const names = new Map((await house.store.mailboxes.list()).map(({ id, name }) => [id, name]))
  return page(
    c,
    told.title,
    <section>
      <div class='title-row'>
        <h1>{told.title}</h1>
        <div class='buttons'>
          {shown.some(({ readAt }) => readAt === null) && (
            <Form c={c} action='/notifications/reading' class='inline'>
              <button type='submit'>{told.readAll}</button>
            </Form>
          )}
          <a class='button' href='/notifications/settings'>
            {told.settings}
          </a>
        </div>
      </div>
      <p class='help'>{told.lead}</p>
      {shown.length === 0 && <Empty>{told.empty}</Empty>}
      <ul class='told'>
        {shown.map((one) => (
          <Line c={c} one={one} mailbox={names.get(one.mailboxId ?? '')} />
        ))}
      </ul>
      {(last || after !== '') && (
        <p class='pager'>
          {after !== '' && <a href='/notifications'>{told.newest}</a>}
          {last && <a href={`/notifications?after=${last.id}`}>{told.older}</a>}
        </p>
      )}
    </section>,
  )
}

type LineProps = { c: Ctx; one: Notification; mailbox: string | undefined }

const Line: FC<LineProps> = ({ c, one, mailbox }) => {
  const { text } = c.var
  const { id, kind, severity, categories, at, readAt } = one
  return (
    <li class={readAt === null ? 'unread' : undefined}>
      <Form c={c} action={`/notifications/${id}/reading`} class='told-line'>
        <button class='told-what' type='submit' name='do' value='open'>
          {text.told.kind[kind]}
        </button>
        <span class='chips'>
          {readAt === null && <span class='chip accent'>{text.told.unread}</span>}
          {severity > 0 && <SeverityChip text={text} severity={severity} />}
          <CategoryChips text={text} codes={categories} />
        </span>
        <span class='when'>
          {mailbox && <span>{mailbox}</span>}
          <Time c={c} at={at} />
        </span>
        {readAt === null && (
          <button class='quiet' type='submit' name='do' value='read'>
            {text.told.read}
          </button>
        )}
      </Form>
    </li>
  )
}
