import { and, asc, count, desc, eq, gte, inArray } from 'drizzle-orm'
import type { Decision } from '../domain/decision.ts'
import { covers, type Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { membersIn } from './joins.ts'
import { mailboxesOfSenders, meets } from './placing.ts'
import { alsoInReach } from './reach.ts'
import type { SenderNote } from './sender-notes.ts'
import {
  decisions,
  incidents,
  measures,
  messages,
  senderAddresses,
  senderLabels,
  senderNotes,
  senders,
  threads,
} from './tables.ts'

/** One of the senders that are one person. */
export type Member = {
  readonly id: string
  readonly name: string
  readonly addresses: readonly string[]
  /** A telephone number, for who has no address; else empty. */
  readonly label: string
}

/** How much there is of an identity in some mailboxes. */
export type Amounts = Readonly<Record<Amount, number>>
export type Amount = 'threads' | 'mails' | 'incidents' | 'decisions' | 'measures' | 'notes'

export type PastDecision = Pick<Decision, 'id' | 'outcome' | 'severity' | 'categories'> & {
  readonly threadId: string
  readonly at: Instant
}

/** An identity as far as its mailboxes are in reach; of the others nothing but how much there is. */
export type Profile = {
  readonly members: readonly Member[]
  /** How many more senders are joined with them, all in other mailboxes. */
  readonly others: number
  readonly here: Amounts
  readonly elsewhere: Amounts
  readonly notes: readonly SenderNote[]
  /** On their threads in reach, the newest first. */
  readonly decisions: readonly PastDecision[]
  /** Their mails from each of the instants on until the next one, in reach. */
  readonly mails: readonly number[]
}

export type Profiles = {
  /** `bounds` are instants in order; what came in is counted between them. */
  find(id: string, bounds: readonly Instant[]): Promise<Profile>
}

export function profilesIn({ db }: Core, reach: Reach = 'all'): Profiles {
  return {
    async find(id, bounds) {
      const ids = [...(await membersIn(db, [id]))(id)]
      const placesOf = await mailboxesOfSenders(db, ids)
      const seen = ids.filter((one) => one === id || meets(reach, placesOf(one)))
      const amounts = await amountsOf(db, ids)
      const within = (inside: boolean) =>
        sumsOf(amounts.filter(({ mailboxId }) => covers(reach, mailboxId) === inside))
      return {
        members: await membersOf(db, seen),
        others: ids.length - seen.length,
        here: within(true),
        elsewhere: within(false),
        notes: await notesOf(db, reach, ids),
        decisions: await decisionsOf(db, reach, ids),
        mails: await mailsBetween(db, reach, ids, bounds),
      }
    },
  }
}

/** Names and addresses of these senders, in the order of their ids. */
export async function membersOf(db: Db, ids: readonly string[]): Promise<Member[]> {
  const some = [...ids]
  const rows = await db.select().from(senders).where(inArray(senders.id, some))
  const addresses = await db
    .select()
    .from(senderAddresses)
    .where(inArray(senderAddresses.senderId, some))
    .orderBy(asc(senderAddresses.address))
  const labels = await db.select().from(senderLabels).where(inArray(senderLabels.senderId, some))
  const labelOf = new Map(labels.map(({ senderId, label }) => [senderId, label]))
  return rows
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, name }) => {
      const own = addresses.filter(({ senderId }) => senderId === id)
      const known = own.map(({ address }) => address)
      return { id, name, addresses: known, label: labelOf.get(id) ?? '' }
    })
}

type Counted = { readonly what: Amount; readonly mailboxId: string; readonly n: number }

async function amountsOf(db: Db, ids: string[]): Promise<Counted[]> {
  const theirs = inArray(threads.senderId, ids)
  const of = { mailboxId: threads.mailboxId, n: count() }
  const own = eq(threads.id, messages.threadId)
  const found = {
    threads: db.select(of).from(threads).where(theirs).groupBy(threads.mailboxId),
    mails: db
      .select(of)
      .from(messages)
      .innerJoin(threads, own)
      .where(and(theirs, eq(messages.direction, 'in')))
      .groupBy(threads.mailboxId),
    decisions: db
      .select(of)
      .from(decisions)
      .innerJoin(threads, eq(threads.id, decisions.threadId))
      .where(and(theirs, eq(decisions.outcome, 'harassment')))
      .groupBy(threads.mailboxId),
    measures: db
      .select(of)
      .from(measures)
      .innerJoin(threads, eq(threads.id, measures.threadId))
      .where(inArray(measures.senderId, ids))
      .groupBy(threads.mailboxId),
    incidents: db
      .select({ mailboxId: incidents.mailboxId, n: count() })
      .from(incidents)
      .where(inArray(incidents.senderId, ids))
      .groupBy(incidents.mailboxId),
    notes: db
      .select({ mailboxId: senderNotes.mailboxId, n: count() })
      .from(senderNotes)
      .where(inArray(senderNotes.senderId, ids))
      .groupBy(senderNotes.mailboxId),
  } satisfies Record<Amount, PromiseLike<{ mailboxId: string; n: number }[]>>
  const counted: Counted[] = []
  for (const [what, rows] of Object.entries(found)) {
    counted.push(...(await rows).map((row) => ({ what: what as Amount, ...row })))
  }
  return counted
}

function sumsOf(counted: readonly Counted[]): Amounts {
  const sums = { threads: 0, mails: 0, incidents: 0, decisions: 0, measures: 0, notes: 0 }
  for (const { what, n } of counted) sums[what] += n
  return sums
}

async function notesOf(db: Db, reach: Reach, ids: string[]): Promise<SenderNote[]> {
  const rows = await db
    .select()
    .from(senderNotes)
    .where(inArray(senderNotes.senderId, ids))
    .orderBy(asc(senderNotes.id))
  return rows.filter(({ mailboxId }) => covers(reach, mailboxId))
}

const decisionsMax = 50

async function decisionsOf(db: Db, reach: Reach, ids: string[]): Promise<PastDecision[]> {
  const { id, threadId, outcome, severity, categories, at } = decisions
  return db
    .select({ id, threadId, outcome, severity, categories, at })
    .from(decisions)
    .innerJoin(threads, eq(threads.id, threadId))
    .where(and(inArray(threads.senderId, ids), alsoInReach(reach)))
    .orderBy(desc(at), desc(id))
    .limit(decisionsMax)
}

/** More mails than this are a flood, whatever their number. */
const mailsMax = 20_000

async function mailsBetween(
  db: Db,
  reach: Reach,
  ids: string[],
  bounds: readonly Instant[],
): Promise<number[]> {
  const counts = bounds.map(() => 0)
  const rows = await db
    .select({ at: messages.receivedAt })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(
      and(
        inArray(threads.senderId, ids),
        eq(messages.direction, 'in'),
        gte(messages.receivedAt, bounds[0] ?? ''),
        alsoInReach(reach),
      ),
    )
    .limit(mailsMax)
  for (const { at } of rows) {
    const place = bounds.findLastIndex((bound) => bound <= at)
    if (place >= 0) counts[place] = (counts[place] ?? 0) + 1
  }
  return counts
}
