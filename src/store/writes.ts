import { and, eq, isNull } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { LetterFile } from '../domain/letter.ts'
import { isUrgent, type Matter, queueRankOf, queueStateOf } from '../domain/matter.ts'
import type { Measure } from '../domain/sender.ts'
import { deskColumns, reviewRemoval } from './desk.writes.ts'
import type { Db, Write } from './engine.ts'
import { recheckWrite } from './identities.ts'
import { type Beside, besideWrites, versionWrites } from './letter-versions.ts'
import { letterWrites } from './letter-writes.ts'
import { measureBesideWrites, termsWrite } from './measure-terms.ts'
import { alerts, decisions, exposures, measures, reviews, senders, threads } from './tables.ts'

/** The words and addresses of a letter, beside the state that the domain keeps. */
export type LetterContent = {
  readonly letterId: string
  readonly fromAddress: string
  readonly fromName: string
  readonly toAddress: string
  readonly subject: string
  readonly body: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  /** Whether the words have signs of formatting; missing where they have none. */
  readonly formatted?: boolean
  readonly files?: readonly LetterFile[]
  /** Under which id these words are kept as a version; notices have only one. */
  readonly versionId?: string
}

/**
 * Every row that changes when those events happen to that matter. A guard stands in each update:
 * what was loaded must still be so. Letters come before measures: a notice is accepted first.
 */
export function writesOf(
  tx: Db,
  before: { readonly matter: Matter; readonly version: number },
  next: Matter,
  events: readonly Event[],
  contents: readonly LetterContent[],
  beside: Beside = {},
): Write[] {
  return [
    threadWrite(tx, before.version, next),
    ...events.flatMap((event) => recordWrites(tx, event)),
    ...letterWrites(tx, before.matter.letters, next.letters, events, contents),
    ...versionWrites(tx, events, contents),
    ...besideWrites(tx, beside),
    ...measureWrites(tx, before.matter.sender.measures, next.sender.measures),
  ]
}

/** The columns of a thread's row that follow from its matter. */
export function threadColumns(matter: Matter) {
  const { revision, disputed, filed, muted, unverified, assessed, joinedInto, erased } =
    matter.thread
  return {
    revision,
    disputed,
    filed,
    muted,
    unverified,
    joinedInto,
    erased,
    targets: [...matter.thread.targets],
    ...deskColumns(matter.thread),
    state: queueStateOf(matter),
    rank: queueRankOf(matter),
    urgent: isUrgent(matter.thread),
    severity: assessed?.severity ?? (0 as const),
    categories: [...(assessed?.categories ?? [])],
    flags: [...(assessed?.flags ?? [])],
  }
}

function threadWrite(tx: Db, version: number, next: Matter): Write {
  return tx
    .update(threads)
    .set({ ...threadColumns(next), version: version + 1 })
    .where(and(eq(threads.id, next.thread.id), eq(threads.version, version)))
    .returning({ id: threads.id })
}

function recordWrites(tx: Db, event: Event): Write[] {
  switch (event.kind) {
    case 'review_given':
      return [reviewWrite(tx, event)]
    case 'review_withdrawn':
      return [reviewRemoval(tx, event)]
    case 'decision_made':
      return [decisionWrite(tx, event)]
    case 'measure_proposed':
      return [measureWrite(tx, event), ...termsWrite(tx, event)]
    case 'identity_recorded':
      return [identityWrite(tx, event)]
    case 'identity_rechecked':
      return [recheckWrite(tx, event)]
    case 'alert_raised':
      return [alertWrite(tx, event)]
    case 'alert_acknowledged':
      return [acknowledgement(tx, event)]
    case 'passage_revealed':
      return event.by === null ? [] : [exposureWrite(tx, event, event.by)]
    default:
      return []
  }
}

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>

function reviewWrite(tx: Db, { review, threadId, at }: Of<'review_given'>): Write {
  return tx
    .insert(reviews)
    .values({ ...review, threadId, at })
    .returning({ id: reviews.id })
}

function decisionWrite(tx: Db, { decision, threadId, at }: Of<'decision_made'>): Write {
  const { reviewers, categories, ...columns } = decision
  const [firstReviewer, secondReviewer] = reviewers
  const row = { ...columns, categories: [...categories], firstReviewer, secondReviewer }
  return tx
    .insert(decisions)
    .values({ ...row, threadId, at })
    .returning({ id: decisions.id })
}

function identityWrite(tx: Db, { senderId, proof }: Of<'identity_recorded'>): Write {
  return tx
    .update(senders)
    .set({ proof })
    .where(eq(senders.id, senderId))
    .returning({ id: senders.id })
}

function acknowledgement(tx: Db, { alertId, by, at }: Of<'alert_acknowledged'>): Write {
  return tx
    .update(alerts)
    .set({ acknowledgedBy: by, acknowledgedAt: at })
    .where(and(eq(alerts.id, alertId), isNull(alerts.acknowledgedAt)))
    .returning({ id: alerts.id })
}

/** The row of an alert. */
export function alertWrite(tx: Db, event: Of<'alert_raised'>): Write {
  const { alertId: id, threadId, senderId, messageId, at } = event
  const row = { id, threadId, senderId, messageId, reasons: [...event.reasons], raisedAt: at }
  return tx.insert(alerts).values(row).returning({ id: alerts.id })
}

function exposureWrite(tx: Db, event: Of<'passage_revealed'>, personId: string): Write {
  const { exposureId: id, threadId, messageId, passage, severity, at } = event
  const categories = [...event.categories]
  const row = { id, personId, threadId, messageId, passage, categories, severity, at }
  return tx.insert(exposures).values(row).returning({ id: exposures.id })
}

function measureWrite(tx: Db, event: Of<'measure_proposed'>): Write {
  const { measureId: id, measureKind: kind, reviewers, at, by, ...rest } = event
  const { threadId, senderId, decisionId, reason, skipWarning } = rest
  const [firstReviewer, secondReviewer] = reviewers
  const row = { id, kind, threadId, senderId, decisionId, firstReviewer, secondReviewer, reason }
  return tx
    .insert(measures)
    .values({ ...row, skipWarning, proposer: by ?? '', state: 'proposed', proposedAt: at })
    .returning({ id: measures.id })
}

function measureWrites(tx: Db, before: readonly Measure[], next: readonly Measure[]): Write[] {
  return next.flatMap((measure) => {
    const old = before.find(({ id }) => id === measure.id)
    return old && old !== measure
      ? [movedOn(tx, old, measure), ...measureBesideWrites(tx, old, measure)]
      : []
  })
}

function movedOn(tx: Db, old: Measure, measure: Measure): Write {
  const { state, confirmer, announcedAt, reviewAt, endsAt } = measure
  return tx
    .update(measures)
    .set({ state, confirmer, announcedAt, reviewAt, endsAt })
    .where(and(eq(measures.id, measure.id), eq(measures.state, old.state)))
    .returning({ id: measures.id })
}
