import { and, desc, eq, exists, inArray, lt, type SQL } from 'drizzle-orm'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { alsoInReach } from './reach.ts'
import { senderAddresses, senders, threads } from './tables.ts'

export type SenderEntry = {
  readonly id: string
  readonly name: string
  readonly proof: string
  readonly createdAt: Instant
  readonly addresses: readonly string[]
}

/** One of them, or a page of all. */
export type WhichSenders = { readonly id: string } | { readonly before: string | null }

/** Senders who wrote to a mailbox in reach, the newest id first. */
export async function listSenders(
  db: Core['db'],
  reach: Reach,
  which: WhichSenders,
  limit: number,
): Promise<SenderEntry[]> {
  const theirs = db
    .select({ id: threads.id })
    .from(threads)
    .where(and(eq(threads.senderId, senders.id), alsoInReach(reach)))
  const rows = await db
    .select()
    .from(senders)
    .where(and(senderWhere(which), exists(theirs)))
    .orderBy(desc(senders.id))
    .limit(limit)
  const ids = rows.map(({ id }) => id)
  const known = await db
    .select()
    .from(senderAddresses)
    .where(inArray(senderAddresses.senderId, ids))
  const addressesOf = Map.groupBy(known, ({ senderId }) => senderId)
  return rows.map(({ id, name, proof, createdAt }) => {
    const addresses = (addressesOf.get(id) ?? []).map(({ address }) => address).sort()
    return { id, name, proof, createdAt, addresses }
  })
}

function senderWhere(which: WhichSenders): SQL | undefined {
  if ('id' in which) return eq(senders.id, which.id)
  return which.before === null ? undefined : lt(senders.id, which.before)
}
