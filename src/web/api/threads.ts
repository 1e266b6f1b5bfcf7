import { z } from 'zod'
import { covers } from '../../domain/person.ts'
import type { ThreadLine } from '../../store/pages.ts'
import type { ThreadRecord } from '../../store/threads.ts'
import { cursorOf, pageOf, partsOfCursor } from './cursor.ts'
import type { Call } from './env.ts'
import * as examples from './examples.ts'
import { messageOf } from './messages.ts'
import { notFound } from './problems.ts'
import { nothing, paging } from './query.ts'
import { route } from './route.ts'
import { threadDetail, threadPage, threadState } from './schemas.mail.ts'
import { id, instant } from './shapes.ts'

const filters = z.strictObject({
  ...paging,
  state: threadState.optional(),
  mailbox: id.optional(),
  sender: id.optional(),
  severity: z.coerce.number().int().min(0).max(3).optional(),
  since: instant.optional(),
})

/** Threads, and one of them with its mails. */
export const threadRoutes = [
  route({
    name: 'threads',
    path: '/threads',
    needs: 'threads:read',
    query: filters,
    answer: threadPage,
    example: {
      items: [examples.thread],
      next: cursorOf(examples.thread.lastAt, examples.thread.id),
    },
    async handle(call) {
      const { state, mailbox: mailboxId, sender: senderId, severity, since, limit } = call.query
      const after = call.query.cursor === undefined ? null : placeIn(call.query.cursor)
      const withMuted = call.has('muted:read')
      const filter = { state, mailboxId, senderId, severity, since, withMuted }
      const rows = await call.view.pages.threads(filter, after, limit + 1)
      const page = pageOf(rows, limit, ({ lastAt, id: last }) => cursorOf(lastAt, last))
      const items = await Promise.all(page.shown.map((line) => inReachOf(call, line)))
      return { body: { items, next: page.next }, next: nextOf(page.next) }
    },
  }),
  route({
    name: 'thread',
    path: '/threads/:id',
    needs: 'threads:read',
    thing: 'thread',
    query: nothing,
    answer: threadDetail,
    example: { ...examples.thread, messages: [examples.message] },
    handle: oneThread,
  }),
]

async function oneThread(call: Call<unknown>) {
  const filter = { id: call.id, withMuted: true }
  const [line] = await call.view.pages.threads(filter, null, 1)
  const record = line ? await call.house.store.threads.find(line.id) : null
  if (!line || !record) throw notFound()
  const read = record.messages.map((message) => messageOf(call, record, message))
  const body = {
    ...(await inReachOf(call, line)),
    messages: read.map(({ message }) => message),
  }
  return { body, record: recordOf(call, record, read) }
}

/** One event a call: which passages the program was given, whoever reads them there. */
function recordOf(
  { token, house }: Call<unknown>,
  { id: threadId }: ThreadRecord,
  read: readonly { readonly opened: readonly { messageId: string; passage: string }[] }[],
) {
  const passages = read.flatMap(({ opened }) => opened)
  if (passages.length === 0) return []
  const kind = 'passages_read_by_token' as const
  return [{ kind, at: house.now(), by: null, tokenId: token.id, threadId, passages }]
}

/** Without the name of a thread that lies out of reach. */
async function inReachOf({ reach, house }: Call<unknown>, line: ThreadLine): Promise<ThreadLine> {
  if (line.joinedInto === null || reach === 'all') return line
  const [place = ''] = await house.store.places.of('thread', line.joinedInto)
  return covers(reach, place) ? line : { ...line, joinedInto: null }
}

function placeIn(cursor: string) {
  const [at = '', last = ''] = partsOfCursor(cursor, 2)
  return { at, id: last }
}

/** The parameter that asks for the next page. */
export function nextOf(cursor: string | null) {
  return cursor === null ? null : { name: 'cursor', value: cursor }
}
