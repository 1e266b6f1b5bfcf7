import { and, count, desc, eq, gte, inArray } from 'drizzle-orm'
import type { PastIncident, SenderHistory } from '../domain/assessment.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { membersIn } from './joins.ts'
import { decisions, incidentDecisions, incidents, measures, messages, threads } from './tables.ts'

/** A sender's history, as it looks from one of their threads. */
export type HistoryOf = (senderId: string, exceptThread: string) => SenderHistory

/** How long an incident counts as their contact with us. */
const incidentDays = 365

/** What is known of identities beyond one thread: all their addresses, in all mailboxes. */
export async function histories(
  { db }: Core,
  senderIds: readonly string[],
  at: Instant,
): Promise<HistoryOf> {
  const membersOf = await membersIn(db, senderIds)
  const ids = [...new Set(senderIds.flatMap(membersOf))]
  const mails = await mailsSince(db, ids, daysAfter(at, -30))
  const ofWeek = await mailsSince(db, ids, daysAfter(at, -7))
  const [decided, warned] = [await decidedOf(db, ids), await warnedOf(db, ids)]
  const happened = await incidentsOf(db, ids, daysAfter(at, -incidentDays))
  const of = <Row extends { senderId: string }>(rows: readonly Row[]) => {
    const bySender = Map.groupBy(rows, ({ senderId }) => senderId)
    return (id: string) => membersOf(id).flatMap((member) => bySender.get(member) ?? [])
  }
  const [mailsOf, weekOf, decisionsOf] = [of(mails), of(ofWeek), of(decided)]
  const [warningsOf, outside] = [of(warned), of(happened)]
  const monthAgo = daysAfter(at, -30)
  return (id, exceptThread) => {
    const all = mailsOf(id)
    const others = all.filter(({ threadId }) => threadId !== exceptThread)
    const lately = weekOf(id).filter(({ threadId }) => threadId !== exceptThread)
    const met = outside(id)
    const recently = met.filter(({ occurredAt }) => occurredAt >= monthAgo)
    return {
      departments: new Set([...all, ...recently].map(({ mailboxId }) => mailboxId)).size,
      otherThreads: new Set(others.map(({ threadId }) => threadId)).size,
      otherMails: lately.reduce((sum, { mails: n }) => sum + n, 0),
      decisions: decisionsOf(id).reduce((sum, { n }) => sum + n, 0),
      warnings: warningsOf(id).reduce((sum, { n }) => sum + n, 0),
      incidents: met.map(({ occurredAt, minutes }): PastIncident => ({ at: occurredAt, minutes })),
    }
  }
}

function decidedOf(db: Core['db'], senderIds: string[]) {
  return db
    .select({ senderId: threads.senderId, n: count() })
    .from(decisions)
    .innerJoin(threads, eq(threads.id, decisions.threadId))
    .where(and(inArray(threads.senderId, senderIds), eq(decisions.outcome, 'harassment')))
    .groupBy(threads.senderId)
}

function warnedOf(db: Core['db'], senderIds: string[]) {
  return db
    .select({ senderId: measures.senderId, n: count() })
    .from(measures)
    .where(
      and(
        inArray(measures.senderId, senderIds),
        eq(measures.kind, 'warning'),
        eq(measures.state, 'in_force'),
      ),
    )
    .groupBy(measures.senderId)
}

/** Incidents of a sender that are looked at. */
const incidentsMax = 50

/** Only what two people found to be harassment counts against anybody. */
function incidentsOf(db: Core['db'], senderIds: string[], since: Instant) {
  const { senderId, mailboxId, occurredAt, minutes } = incidents
  return db
    .select({ senderId, mailboxId, occurredAt, minutes })
    .from(incidents)
    .innerJoin(incidentDecisions, eq(incidentDecisions.incidentId, incidents.id))
    .where(
      and(
        inArray(senderId, senderIds),
        gte(occurredAt, since),
        eq(incidentDecisions.outcome, 'harassment'),
      ),
    )
    .orderBy(desc(occurredAt))
    .limit(incidentsMax * Math.max(1, senderIds.length))
}

/** Threads of a sender that are looked at: more of them say nothing more. */
const historyMax = 1_000

/** How many mails of each thread came in since an instant, by the mailbox they came to. */
function mailsSince(db: Core['db'], senderIds: string[], since: Instant) {
  return db
    .select({
      senderId: threads.senderId,
      threadId: messages.threadId,
      mailboxId: messages.mailboxId,
      mails: count(),
    })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(
      and(
        inArray(threads.senderId, senderIds),
        gte(threads.lastAt, since),
        eq(messages.direction, 'in'),
        gte(messages.receivedAt, since),
      ),
    )
    .groupBy(threads.senderId, messages.threadId, messages.mailboxId)
    .limit(historyMax * senderIds.length)
}
