import type { Event } from '../domain/event.ts'
import type { RowOf } from '../store/kept.ts'
import type { LoggedEvent } from '../store/log.ts'
import { unpackIfWhole } from '../store/packing.ts'
import { decisionOf, reviewOf } from '../store/rows.ts'
import { sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import { contentHash } from './letter-content.ts'
import { flawsOfAssessments } from './verify.assessments.ts'
import { placesIn } from './verify.mails.ts'
import { amend, differences, type Said } from './verify.rows.ts'

/** What the log says of some threads. */
export type OfThreads = {
  readonly ids: readonly string[]
  readonly events: readonly Event[]
  /** With those of threads that mail came from or went to, in order. */
  readonly around: readonly Event[]
  /** In which of all these threads each mail is now. */
  readonly places: ReadonlyMap<string, string>
}

/** Also follows mail that was moved by hand: what was said of it before stands in another thread. */
export async function withNeighbours(
  store: Store,
  ids: readonly string[],
  logged: readonly LoggedEvent[],
): Promise<OfThreads> {
  const bySeq = new Map(logged.map((one) => [one.seq, one.event]))
  const seen = new Set(ids)
  for (let found = othersIn(logged, seen); found.length > 0; ) {
    for (const id of found) seen.add(id)
    const more = await store.log.ofThreads(found)
    for (const { seq, event } of more) bySeq.set(seq, event)
    found = othersIn(more, seen)
  }
  const around = [...bySeq].sort(([a], [b]) => a - b).map(([, event]) => event)
  const places = new Map(around.flatMap(placesIn))
  return { ids, events: logged.map(({ event }) => event), around, places }
}

function othersIn(logged: readonly LoggedEvent[], seen: ReadonlySet<string>): string[] {
  const others = logged.flatMap(({ event }) => ('other' in event ? [event.other] : []))
  return [...new Set(others)].filter((id) => !seen.has(id))
}

/** Reviews, decisions, letters, alerts, exposures, assessments and files of these threads. */
export async function flawsOfThreadRows(store: Store, of: OfThreads): Promise<string[]> {
  return [
    ...(await flawsOfReviews(store, of)),
    ...(await flawsOfDecisions(store, of)),
    ...(await flawsOfLetters(store, of)),
    ...(await flawsOfAlerts(store, of)),
    ...(await flawsOfExposures(store, of)),
    ...(await flawsOfAssessments(store, of)),
  ]
}

/** Also those of older revisions, which no page shows as the thread's state. */
async function flawsOfReviews({ kept }: Store, { ids, events }: OfThreads): Promise<string[]> {
  const said: Said = new Map()
  for (const event of events) {
    if (event.kind === 'review_given') {
      const { review, threadId, at } = event
      said.set(review.id, { ...review, threadId, at })
    }
    if (event.kind === 'review_withdrawn') said.delete(event.reviewId)
  }
  const rows = (await kept.of('reviews', 'threadId', ids)).map((row) => {
    return [row.id, { ...reviewOf(row), threadId: row.threadId, at: row.at }] as const
  })
  return differences('review', rows, said)
}

async function flawsOfDecisions({ kept }: Store, { ids, events }: OfThreads): Promise<string[]> {
  const said: Said = new Map()
  for (const event of events) {
    if (event.kind !== 'decision_made') continue
    said.set(event.decision.id, { ...event.decision, threadId: event.threadId, at: event.at })
  }
  const rows = (await kept.of('decisions', 'threadId', ids)).map((row) => {
    return [row.id, { ...decisionOf(row), threadId: row.threadId, at: row.at }] as const
  })
  return differences('decision', rows, said)
}

/** Each letter has the words that its hash stands for, with its files, and went out when it is said. */
async function flawsOfLetters({ kept }: Store, { ids, events }: OfThreads): Promise<string[]> {
  const sent = new Map<string, string>()
  for (const event of events) {
    const settled = event.kind === 'uncertainty_settled' && event.as === 'sent'
    if (event.kind === 'letter_sent' || settled) sent.set(event.letterId, event.at)
  }
  const rows = await kept.of('letters', 'threadId', ids)
  const erased = erasedIn(events)
  const flaws = rows
    .filter((row) => contentHash(row) !== row.contentSha256)
    .filter((row) => !(erased.letters.has(row.id) && isEmpty(row)))
    .map(({ id }) => `letter ${id} does not have the words that its hash stands for`)
  for (const { id, sentAt } of rows) {
    if (sentAt !== (sent.get(id) ?? null)) flaws.push(`letter ${id} was not sent when it says`)
  }
  const files = new Map(rows.flatMap((row) => row.files.map((file) => [file.id, file.sha256])))
  const bytes = await filesOf(kept, [...files.keys()])
  for (const [id, hash] of files) {
    if (bytes.get(id) !== hash) flaws.push(`file ${id} of a letter is not the one that it names`)
  }
  return [...flaws, ...(await flawsOfFiles(kept, rows, erased.uploads))]
}

/** A file that was handed in with a reply is named by it, now or in an older version. */
async function flawsOfFiles(
  kept: Store['kept'],
  letters: readonly RowOf<'letters'>[],
  erased: ReadonlySet<string>,
): Promise<string[]> {
  const ids = letters.map(({ id }) => id)
  const versions = await kept.of('letterVersions', 'letterId', ids)
  const inVersions = versions.flatMap(({ words }) => words.files ?? [])
  const named = new Set(
    [...letters.flatMap(({ files }) => files), ...inVersions].map(({ id }) => id),
  )
  return (await kept.of('uploads', 'letterId', ids))
    .filter(({ id, filename, bytes }) => {
      const isGone = erased.has(id) && filename === '' && bytes.length === 0
      return !named.has(id) && !isGone
    })
    .map(({ id }) => `file ${id} was in no version of its letter`)
}

function isEmpty({ subject, body, files }: RowOf<'letters'>): boolean {
  return subject === '' && body === '' && files.length === 0
}

/** Rows of a thread whose words went by an erasure that names them. */
function erasedIn(events: readonly Event[]) {
  const erasures = events.filter((event) => event.kind === 'thread_erased')
  return {
    letters: new Set(erasures.flatMap(({ letters }) => letters)),
    uploads: new Set(erasures.flatMap(({ uploads }) => uploads)),
  }
}

async function filesOf(kept: Store['kept'], ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await kept.of('uploads', 'id', ids)
  return new Map(rows.map(({ id, bytes }) => [id, sha256(unpackIfWhole(bytes) ?? '')]))
}

async function flawsOfAlerts({ kept }: Store, of: OfThreads): Promise<string[]> {
  const said: Said = new Map()
  const here = new Set(of.ids)
  for (const event of of.around) {
    if (event.kind === 'alert_raised') {
      const { alertId, messageId, senderId, reasons, at: raisedAt } = event
      const threadId = of.places.get(messageId) ?? event.threadId
      if (!here.has(threadId)) continue
      const open = { acknowledgedBy: null, acknowledgedAt: null }
      said.set(alertId, { threadId, messageId, senderId, reasons, raisedAt, ...open })
    }
    if (event.kind === 'alert_acknowledged') {
      amend(said, event.alertId, { acknowledgedBy: event.by, acknowledgedAt: event.at })
    }
  }
  const rows = (await kept.of('alerts', 'threadId', of.ids)).map(({ id, ...row }) => {
    return [id, row] as const
  })
  return differences('alert', rows, said)
}

/** Who opened which passage: what care and every report of burden rest on. */
async function flawsOfExposures({ kept }: Store, { ids, events }: OfThreads): Promise<string[]> {
  const said: Said = new Map()
  for (const event of events) {
    if (event.kind !== 'passage_revealed') continue
    const { exposureId, kind: _, by: personId, ...rest } = event
    said.set(exposureId, { personId, ...rest })
  }
  const rows = (await kept.of('exposures', 'threadId', ids)).map(({ id, ...row }) => {
    return [id, row] as const
  })
  return differences('exposure', rows, said)
}
