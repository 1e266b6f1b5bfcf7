import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Objection } from '../domain/objection.ts'
import type { Measure } from '../domain/sender.ts'
import { termsBefore } from '../domain/terms.ts'
import type { Db, Write } from './engine.ts'
import { measureTerms, objections } from './tables.ts'

/** What a measure has beside its own row. */
export type MeasureBeside = Pick<
  Measure,
  'skipExplanation' | 'terms' | 'renews' | 'remindedFor' | 'answeredAt' | 'objections'
>

/** The words of an automatic answer to muted mail, with the hash that its event has. */
export type ConfirmedAnswer = {
  readonly measureId: string
  readonly subject: string
  readonly body: string
  readonly sha256: string
}

type TermsRow = typeof measureTerms.$inferSelect

/** What these measures have beside their rows; those from before there was any have the defaults. */
export async function besideOf(
  db: Db,
  measureIds: readonly string[],
): Promise<(id: string) => MeasureBeside> {
  const ids = [...measureIds]
  if (ids.length === 0) return () => besideFrom(undefined, [])
  const rows = await db.select().from(measureTerms).where(inArray(measureTerms.measureId, ids))
  const raised = await db
    .select()
    .from(objections)
    .where(inArray(objections.measureId, ids))
    .orderBy(asc(objections.id))
  const byMeasure = new Map(rows.map((row) => [row.measureId, row]))
  const raisedBy = Map.groupBy(raised, ({ measureId }) => measureId)
  return (id) => besideFrom(byMeasure.get(id), raisedBy.get(id) ?? [])
}

function besideFrom(
  row: TermsRow | undefined,
  raised: readonly (typeof objections.$inferSelect)[],
): MeasureBeside {
  const { skipExplanation = '', renews = null, remindedFor = null, answeredAt = null } = row ?? {}
  const all = raised.map(({ measureId: _, ...objection }): Objection => objection)
  return { skipExplanation, renews, remindedFor, answeredAt, terms: termsIn(row), objections: all }
}

function termsIn(row: TermsRow | undefined): Measure['terms'] {
  if (!row) return termsBefore
  const { scope, mailboxId, openTopics, openLine, openAddress, digest, answerDays } = row
  return { scope, mailboxId, openTopics, openLine, openAddress, digest, answerDays }
}

/** The terms of a proposal. */
export function termsWrite(tx: Db, event: Extract<Event, { kind: 'measure_proposed' }>): Write[] {
  const { measureId, terms, skipExplanation = '', renews = null } = event
  if (!terms) return []
  const row = { measureId, ...terms, openTopics: [...terms.openTopics], skipExplanation, renews }
  return [tx.insert(measureTerms).values(row).returning({ id: measureTerms.measureId })]
}

/** The automatic answer as it was confirmed: from then on it is sent as it stands. */
export function approvedAnswerWrite(tx: Db, answer: ConfirmedAnswer): Write {
  const { measureId, subject: answerSubject, body: answerBody, sha256: answerSha256 } = answer
  return tx
    .update(measureTerms)
    .set({ answerSubject, answerBody, answerSha256 })
    .where(and(eq(measureTerms.measureId, measureId), isNull(measureTerms.answerSha256)))
    .returning({ id: measureTerms.measureId })
}

/** What changed beside a measure's row. */
export function measureBesideWrites(tx: Db, old: Measure, measure: Measure): Write[] {
  const { remindedFor, answeredAt } = measure
  const same = old.remindedFor === remindedFor && old.answeredAt === answeredAt
  return [
    ...(same ? [] : [markWrite(tx, measure)]),
    ...measure.objections.flatMap((one) => {
      const known = old.objections.find(({ id }) => id === one.id)
      if (!known) return [objectionWrite(tx, measure.id, one)]
      return known === one ? [] : [decisionWrite(tx, one)]
    }),
  ]
}

/** A suspension from before there were terms gets its row now. */
function markWrite(tx: Db, { id, terms, ...measure }: Measure): Write {
  const { skipExplanation, renews, remindedFor, answeredAt } = measure
  const marks = { remindedFor, answeredAt }
  const row = { ...terms, openTopics: [...terms.openTopics], skipExplanation, renews, ...marks }
  return tx
    .insert(measureTerms)
    .values({ measureId: id, ...row })
    .onConflictDoUpdate({ target: measureTerms.measureId, set: marks })
    .returning({ id: measureTerms.measureId })
}

/** An objection; where another one was faster, nothing is written. */
export function objectionWrite(tx: Db, measureId: string, objection: Objection): Write {
  return tx
    .insert(objections)
    .values({ measureId, ...objection })
    .onConflictDoNothing()
    .returning({ id: objections.id })
}

function decisionWrite(tx: Db, { id, outcome, decidedBy, decidedAt, reason }: Objection): Write {
  return tx
    .update(objections)
    .set({ outcome, decidedBy, decidedAt, reason })
    .where(and(eq(objections.id, id), isNull(objections.outcome)))
    .returning({ id: objections.id })
}
