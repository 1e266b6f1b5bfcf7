import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, ne } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { KeptOfSender, TextOfSender } from '../domain/retention.sender.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db, Tx, Write } from './engine.ts'
import { membersIn } from './joins.ts'
import { noBytes } from './packing.ts'
import { holdsBy, lastActs, underMeasures, withOpenLetters } from './retained.ways.ts'
import {
  incidentPictures,
  incidents,
  measures,
  measureTerms,
  messages,
  senderNotes,
  senders,
  threads,
} from './tables.ts'

type SenderErased = Extract<Event, { kind: 'sender_erased' }>

/** What is kept of senders beside mail, and how it goes. */
export type SenderErasing = {
  /** Senders of whom something was written down until then, or whose mail was erased, by id. */
  sendersAfter(place: { after: string; limit: number; until: Instant }): Promise<string[]>
  /** Of that sender and everybody who is one with them. */
  keptOf(senderId: string, now: Instant): Promise<KeptOfSender>
  /** Empties just the rows that the events name, in one transaction with them. */
  eraseOf(events: readonly SenderErased[]): Promise<void>
}

export function senderErasingIn(core: Core): SenderErasing {
  const { db } = core
  return {
    sendersAfter: (place) => sendersAfter(db, place),
    keptOf: (senderId, now) => keptOf(db, senderId, now),
    eraseOf: (events) =>
      core.commit(events, (tx) => events.flatMap((event) => senderErasures(tx, event))),
  }
}

async function sendersAfter(
  db: Db,
  { after, limit, until }: { after: string; limit: number; until: Instant },
): Promise<string[]> {
  const noted = db
    .selectDistinct({ id: senderNotes.senderId })
    .from(senderNotes)
    .where(
      and(gt(senderNotes.senderId, after), ne(senderNotes.text, ''), lte(senderNotes.at, until)),
    )
    .orderBy(asc(senderNotes.senderId))
    .limit(limit)
  const recorded = db
    .selectDistinct({ id: incidents.senderId })
    .from(incidents)
    .where(
      and(
        gt(incidents.senderId, after),
        ne(incidents.account, ''),
        lte(incidents.recordedAt, until),
      ),
    )
    .orderBy(asc(incidents.senderId))
    .limit(limit)
  const erased = db
    .selectDistinct({ id: threads.senderId })
    .from(threads)
    .innerJoin(senders, eq(senders.id, threads.senderId))
    .where(and(gt(threads.senderId, after), isNotNull(threads.erasedAt), ne(senders.name, '')))
    .orderBy(asc(threads.senderId))
    .limit(limit)
  // Each list is whole up to its own end, so the first ids of all of them leave none out.
  const lists = await Promise.all([noted, recorded, erased])
  return [...new Set(lists.flat().map(({ id }) => id))].toSorted().slice(0, limit)
}

async function keptOf(db: Db, senderId: string, now: Instant): Promise<KeptOfSender> {
  const members = [...(await membersIn(db, [senderId]))(senderId)]
  const own = await db
    .select({ id: threads.id })
    .from(threads)
    .where(inArray(threads.senderId, members))
  const ids = own.map(({ id }) => id)
  const named = await db
    .select({ id: senders.id })
    .from(senders)
    .where(and(inArray(senders.id, members), ne(senders.name, '')))
  const isHeld = await holdsBy(db)
  const acts = [...(await lastActs(db, members)).values()].flat()
  const measured = (await underMeasures(db, members, now)).size > 0
  return {
    members,
    texts: await textsOf(db, members),
    named: named.map(({ id }) => id),
    mail: await hasMail(db, members),
    lastAct: acts.toSorted().at(-1) ?? null,
    held: isHeld('', members) !== null || ids.some((id) => isHeld(id, []) !== null),
    underWay: measured || (await withOpenLetters(db, ids)).size > 0,
  }
}

async function hasMail(db: Db, members: readonly string[]): Promise<boolean> {
  const [row] = await db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(threads, eq(threads.id, messages.threadId))
    .where(and(inArray(threads.senderId, [...members]), isNull(messages.erasedAt)))
    .limit(1)
  return row !== undefined
}

async function textsOf(db: Db, members: string[]): Promise<TextOfSender[]> {
  const notes = await db
    .select({ id: senderNotes.id, senderId: senderNotes.senderId, at: senderNotes.at })
    .from(senderNotes)
    .where(and(inArray(senderNotes.senderId, members), ne(senderNotes.text, '')))
  const { id, senderId, recordedAt: at, state, pictureSha256 } = incidents
  const recorded = await db
    .select({ id, senderId, at, state, pictureSha256 })
    .from(incidents)
    .where(and(inArray(senderId, members), ne(incidents.account, '')))
  const answers = await db
    .select({
      ...{ id: measures.id, senderId: measures.senderId, at: measures.proposedAt },
      state: measures.state,
    })
    .from(measureTerms)
    .innerJoin(measures, eq(measures.id, measureTerms.measureId))
    .where(and(inArray(measures.senderId, members), ne(measureTerms.answerBody, '')))
  const texts = [
    ...notes.map((one) => ({ ...one, what: 'note' as const, open: false, picture: false })),
    ...recorded.map(({ state: is, pictureSha256: hash, ...one }) => {
      return { ...one, what: 'incident' as const, open: is !== 'decided', picture: hash !== null }
    }),
    ...answers.map(({ state: is, ...one }) => {
      const open = ['proposed', 'confirmed', 'in_force'].includes(is)
      return { ...one, what: 'answer' as const, open, picture: false }
    }),
  ]
  return texts.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Each row loses its words and keeps their hash. */
function senderErasures(tx: Tx, event: SenderErased): Write[] {
  return [
    ...event.notes.map((id) =>
      tx
        .update(senderNotes)
        .set({ text: '' })
        .where(and(eq(senderNotes.id, id), ne(senderNotes.text, '')))
        .returning({ id: senderNotes.id }),
    ),
    ...incidentErasures(tx, event),
    ...event.answers.map((id) =>
      tx
        .update(measureTerms)
        .set({ answerSubject: '', answerBody: '' })
        .where(eq(measureTerms.measureId, id))
        .returning({ id: measureTerms.measureId }),
    ),
    ...event.names.map((id) =>
      tx
        .update(senders)
        .set({ name: '' })
        .where(and(eq(senders.id, id), ne(senders.name, '')))
        .returning({ id: senders.id }),
    ),
  ]
}

function incidentErasures(tx: Tx, { incidents: told, pictures }: SenderErased): Write[] {
  return [
    ...told.map((id) =>
      tx
        .update(incidents)
        .set({ account: '', recording: '', postUrl: '' })
        .where(and(eq(incidents.id, id), ne(incidents.account, '')))
        .returning({ id: incidents.id }),
    ),
    ...pictures.map((id) =>
      tx
        .update(incidentPictures)
        .set({ bytes: noBytes })
        .where(eq(incidentPictures.incidentId, id))
        .returning({ id: incidentPictures.id }),
    ),
  ]
}
