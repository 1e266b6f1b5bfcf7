import { type Action, covers, reachOf } from '../domain/person.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { View } from '../store/store.ts'
import type { Ctx } from './env.ts'

/** The lists of the house as far as the person may do that: nothing of other mailboxes is in them. */
export function viewOf(c: Ctx, action: Action = 'read'): View {
  return c.var.house.store.within(reachOf(c.var.account, action))
}

/** The mailboxes that the person reads, or may do that in. */
export async function mailboxesOf(c: Ctx, action: Action = 'read'): Promise<Mailbox[]> {
  const reach = reachOf(c.var.account, action)
  return (await c.var.house.store.mailboxes.list()).filter(({ id }) => covers(reach, id))
}
