import type { Child, FC } from 'hono/jsx'
import { hasToRead } from '../flow/policy.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Seen } from './notes.tsx'
import { Time } from './parts/chips.tsx'
import { Empty } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { viewOf } from './view.ts'

/** What waits for one by name (自分宛て): notes, threads handed over, replies given back. */
export function forMeRoutes(routes: Routes): void {
  routes.get('/for-me', 'read', async (c) => {
    const { text, account, house } = c.var
    const { forMe } = viewOf(c)
    const { id } = account
    const [called, handed, returned] = await Promise.all([
      forMe.called(id),
      forMe.handed(id),
      forMe.returned(id),
    ])
    const names = await house.store.people.names()
    const words = text.desk.forMe
    const by = (person: string | null) => words.by(names.get(person ?? '') ?? '')
    return page(
      c,
      words.title,
      <section class='narrow for-me'>
        <h1>{words.title}</h1>
        {(await hasToRead(house, account)) && (
          <p>
            {text.policy.hint} <a href='/policy'>{text.policy.hintDo}</a>
          </p>
        )}
        <Part id='calls' title={words.calls} none={words.callsNone} count={called.length}>
          {called.map(({ threadId, noteId, subject, author, body, at }) => (
            <Item c={c} threadId={threadId} anchor={`n-${noteId}`} subject={subject}>
              <small>
                {by(author)} · <Time c={c} at={at} />
              </small>
              <p class='words'>{body}</p>
              <Seen c={c} noteId={noteId} back='/for-me' />
            </Item>
          ))}
        </Part>
        <Part id='handed' title={words.handed} none={words.handedNone} count={handed.length}>
          {handed.map(({ threadId, subject, assignment }) => (
            <Item c={c} threadId={threadId} subject={subject}>
              <small>
                {by(assignment.by)} · <Time c={c} at={assignment.at} />
              </small>
              {assignment.remark && <p class='words'>{assignment.remark}</p>}
            </Item>
          ))}
        </Part>
        <Part
          id='returned'
          title={words.returned}
          none={words.returnedNone}
          count={returned.length}
        >
          {returned.map(({ threadId, subject, remark }) => (
            <Item c={c} threadId={threadId} anchor='reply' subject={subject}>
              {remark && <p class='words'>{remark}</p>}
            </Item>
          ))}
        </Part>
      </section>,
    )
  })
}

type PartProps = { id: string; title: string; none: string; count: number; children?: Child }

const Part: FC<PartProps> = ({ id, title, none, count, children }) => {
  return (
    <section class='card' aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {count > 0 ? <ul class='reviews'>{children}</ul> : <Empty>{none}</Empty>}
    </section>
  )
}

type ItemProps = {
  c: Ctx
  threadId: string
  subject: string | null
  anchor?: string
  children?: Child
}

const Item: FC<ItemProps> = ({ c, threadId, subject, anchor, children }) => {
  const { text } = c.var
  const title = subject === null ? text.shieldedSubject : subject || text.noSubject
  return (
    <li>
      <a href={`/threads/${threadId}${anchor ? `#${anchor}` : ''}`}>
        <strong>{title}</strong>
      </a>{' '}
      {children}
    </li>
  )
}
