import { and, count, desc, eq, gt, isNotNull, ne, notExists } from 'drizzle-orm'
import type { Category, Severity } from '../domain/category.ts'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db } from './engine.ts'
import { type StaffMail, staffMailWrites } from './staff-mails.ts'
import { alerts, assessments, digests, measureTerms, messages } from './tables.ts'

/** What came in muted during a stretch of time: figures, and no word of it. */
export type Figures = {
  readonly mails: number
  /** Mails that broke through to supervisors. */
  readonly alerts: number
  readonly severity: Severity
  readonly categories: Readonly<Partial<Record<Category, number>>>
}

export type Counted = Figures & { readonly upTo: string }

export type Digest = Figures & {
  readonly id: string
  readonly measureId: string
  readonly since: Instant
  readonly until: Instant
  readonly upTo: string
}

/** A muted mail that may be answered by itself. */
export type AnswerableMail = {
  readonly id: string
  readonly fromAddress: string
  readonly messageId: string | null
  readonly references: readonly string[]
  readonly text: string
}

/** The answer to muted mail as it was confirmed. */
export type ApprovedAnswer = { readonly subject: string; readonly body: string }

export type Digests = {
  /** Newest first. */
  of(measureId: string, limit: number): Promise<Digest[]>
  all(after: string, limit: number): Promise<Digest[]>
  /**
   * Of all mail that was stored after that one: by its place and not by its date, as mail of a day
   * long past may come in only now.
   */
  figures(measureId: string, after: string): Promise<Counted>
  /** Adds it with its event and its mails; throws `StaleWrite` where the stretch is told already. */
  add(digest: Digest, event: Event, mails: readonly StaffMail[]): Promise<void>
  /** The newest muted mail by a person since then that no alert is about. */
  answerable(measureId: string, since: Instant): Promise<AnswerableMail | null>
  approvedAnswer(measureId: string): Promise<ApprovedAnswer | null>
}

export function digestsIn(core: Core): Digests {
  const { db } = core
  return {
    of(measureId, limit) {
      const rows = db.select().from(digests).where(eq(digests.measureId, measureId))
      return Promise.resolve(rows.orderBy(desc(digests.since)).limit(limit))
    },
    all(after, limit) {
      const rows = db.select().from(digests).where(gt(digests.id, after))
      return Promise.resolve(rows.orderBy(digests.id).limit(limit))
    },
    figures: (measureId, after) => figures(db, measureId, after),
    add(digest, event, mails) {
      return core.commit([event], (tx) => [
        tx
          .insert(digests)
          .values({ ...digest, categories: { ...digest.categories } })
          .onConflictDoNothing()
          .returning({ id: digests.id }),
        ...staffMailWrites(tx, mails),
      ])
    },
    answerable: (measureId, since) => answerable(db, measureId, since),
    async approvedAnswer(measureId) {
      const [row] = await db
        .select({ subject: measureTerms.answerSubject, body: measureTerms.answerBody })
        .from(measureTerms)
        .where(eq(measureTerms.measureId, measureId))
      if (!row || row.subject === null || row.body === null) return null
      return { subject: row.subject, body: row.body }
    },
  }
}

async function figures(db: Db, measureId: string, after: string): Promise<Counted> {
  const those = and(eq(messages.mutedBy, measureId), gt(messages.id, after))
  const rows = await db
    .select({ id: messages.id, severity: assessments.severity, result: assessments.result })
    .from(messages)
    .leftJoin(assessments, eq(assessments.messageId, messages.id))
    .where(those)
    .orderBy(messages.id)
  const [raised] = await db
    .select({ n: count() })
    .from(alerts)
    .innerJoin(messages, eq(messages.id, alerts.messageId))
    .where(those)
  const codes = rows.flatMap(({ result }) => result?.categories.map(({ code }) => code) ?? [])
  const categories: Partial<Record<Category, number>> = {}
  for (const code of codes) categories[code] = (categories[code] ?? 0) + 1
  const severity = rows.reduce<Severity>(
    (worst, row) => (row.severity !== null && row.severity > worst ? row.severity : worst),
    0,
  )
  const upTo = rows.at(-1)?.id ?? after
  return { mails: rows.length, alerts: raised?.n ?? 0, severity, categories, upTo }
}

async function answerable(
  db: Db,
  measureId: string,
  since: Instant,
): Promise<AnswerableMail | null> {
  const { id, fromAddress, messageId, references, text, nature, mutedBy, receivedAt } = messages
  const alerted = db.select({ id: alerts.id }).from(alerts).where(eq(alerts.messageId, id))
  const [row] = await db
    .select({ id, fromAddress, messageId, references, text })
    .from(messages)
    .where(
      and(
        eq(mutedBy, measureId),
        gt(receivedAt, since),
        eq(nature, 'person'),
        ne(fromAddress, ''),
        isNotNull(messageId),
        notExists(alerted),
      ),
    )
    .orderBy(desc(receivedAt))
    .limit(1)
  return row ?? null
}
