import { z } from 'zod'
import { type Measure, suspensionsInForce } from '../../domain/sender.ts'
import type { SenderEntry } from '../../store/pages.senders.ts'
import { cursorOf, idIn, pageOf } from './cursor.ts'
import type { Call } from './env.ts'
import * as examples from './examples.ts'
import { notFound } from './problems.ts'
import { nothing, paging } from './query.ts'
import { route } from './route.ts'
import { sender, senderPage } from './schemas.mail.ts'
import { nextOf } from './threads.ts'

/** Senders who wrote to a mailbox in reach. */
export const senderRoutes = [
  route({
    name: 'senders',
    path: '/senders',
    needs: 'senders:read',
    query: z.strictObject(paging),
    answer: senderPage,
    example: { items: [examples.sender], next: null },
    async handle(call) {
      const { limit, cursor } = call.query
      const rows = await call.view.pages.senders({ before: idIn(cursor) }, limit + 1)
      const { shown, next } = pageOf(rows, limit, (last) => cursorOf(last.id))
      return { body: { items: await withSuspensions(call, shown), next }, next: nextOf(next) }
    },
  }),
  route({
    name: 'sender',
    path: '/senders/:id',
    needs: 'senders:read',
    thing: 'sender',
    query: nothing,
    answer: sender,
    example: examples.sender,
    async handle(call) {
      const rows = await call.view.pages.senders({ id: call.id }, 1)
      const [body] = await withSuspensions(call, rows)
      if (!body) throw notFound()
      return { body }
    },
  }),
]

/** When the last of these suspensions ends; null where there is none. */
function lastEnd(inForce: readonly Measure[]): string | null {
  return (
    inForce
      .flatMap(({ endsAt }) => endsAt ?? [])
      .toSorted()
      .at(-1) ?? null
  )
}

async function withSuspensions({ house }: Call<unknown>, rows: readonly SenderEntry[]) {
  const senderOf = await house.store.matters.senders(rows.map(({ id }) => id))
  const at = house.now()
  return rows.map(({ proof, ...row }) => ({
    ...row,
    identityProof: proof === '' ? null : proof,
    suspendedUntil: lastEnd(suspensionsInForce(senderOf(row.id), at)),
  }))
}
