import { may } from '../domain/person.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { Missing } from './problems.ts'

/** The mail that a path names, with its thread; a muted one only for who may read it. */
export async function messageOf(c: Ctx): Promise<{ message: StoredMessage; record: ThreadRecord }> {
  const { store } = c.var.house
  const message = await store.threads.message(c.req.param('id') ?? '')
  const record = message && (await store.threads.find(message.threadId))
  if (!message || !record) throw new Missing()
  if (message.mutedBy !== null && !may(c.var.person, 'read_muted')) throw new Missing()
  return { message, record }
}
