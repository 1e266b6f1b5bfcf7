import { and, eq } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import { referencePlace } from '../domain/reference.ts'
import { objectionOf } from '../domain/sender.ts'
import type { Arrival, Batch, NewSender, TouchedThread } from './arrivals.ts'
import type { Db, Tx, Write } from './engine.ts'
import { objectionWrite } from './measure-terms.ts'
import { mutedMoveWrites } from './muted-moves.ts'
import { noBytes } from './packing.ts'
import {
  assessments,
  attachments,
  folders,
  leads,
  measures,
  messages,
  raws,
  searchTexts,
  senderAddresses,
  senders,
  threads,
} from './tables.ts'
import { alertWrite, threadColumns } from './writes.ts'

/** Every row of a batch of mail, in the order that foreign keys ask for. */
export function arrivalWrites(
  tx: Tx,
  batch: Batch,
  erased: ReadonlySet<string> = new Set(),
): Write[] {
  const { arrivals } = batch
  return [
    ...senderWrites(tx, batch.senders),
    ...threadWrites(tx, batch.threads),
    ...rawWrites(tx, rawRows(arrivals), erased),
    ...tx.add(
      messages,
      arrivals.map((arrival) => messageRow(batch.mailboxId, arrival)),
    ),
    ...tx.add(searchTexts, arrivals.map(searchRow)),
    ...tx.add(leads, arrivals.flatMap(leadRows)),
    ...tx.add(attachments, arrivals.flatMap(attachmentRows)),
    ...tx.add(assessments, arrivals.flatMap(assessmentRows)),
    ...batch.events.flatMap((event) => eventWrites(tx, event)),
    ...mutedMoveWrites(tx, batch.mutedMoves),
    ...cursorWrite(tx, batch),
  ]
}

function senderWrites(tx: Tx, added: readonly NewSender[]): Write[] {
  const known = added.filter(({ address }) => address !== '')
  return [
    ...tx.add(
      senders,
      added.map(({ id, name, createdAt }) => ({ id, name, proof: '', createdAt })),
    ),
    ...tx.add(
      senderAddresses,
      known.map(({ address, id }) => ({ address, senderId: id })),
    ),
  ]
}

function threadWrites(tx: Tx, touched: readonly TouchedThread[]): Write[] {
  const opened = touched.filter(({ version }) => version === null)
  return [
    ...tx.add(threads, opened.map(newThreadRow)),
    ...touched.flatMap((thread) => threadUpdate(tx, thread)),
  ]
}

function newThreadRow(touched: TouchedThread) {
  const { matter, subject, subjectKey, subjectShielded, messageCount } = touched
  const { id, mailboxId, senderId } = matter.thread
  const fixed = { id, mailboxId, senderId, subject, subjectKey, subjectShielded }
  const reference = referencePlace(id)
  return { ...fixed, ...columnsOf(touched), version: 1, messageCount, reference }
}

export function threadUpdate(tx: Db, touched: TouchedThread): Write[] {
  const { matter, version, messageCount } = touched
  if (version === null) return []
  return [
    tx
      .update(threads)
      .set({ ...columnsOf(touched), version: version + 1, messageCount })
      .where(and(eq(threads.id, matter.thread.id), eq(threads.version, version)))
      .returning({ id: threads.id }),
  ]
}

function columnsOf({ matter, gist, waitingSince, lastAt }: TouchedThread) {
  return { ...threadColumns(matter), gist: [...gist], waitingSince, lastAt }
}

/** Bytes that were erased come back in their own row, where the same mail arrives elsewhere. */
function rawWrites(tx: Tx, rows: ReturnType<typeof rawRows>, erased: ReadonlySet<string>): Write[] {
  return [
    ...tx.add(
      raws,
      rows.filter(({ sha256 }) => !erased.has(sha256)),
    ),
    ...rows
      .filter(({ sha256 }) => erased.has(sha256))
      .map(({ sha256, bytes }) =>
        tx
          .update(raws)
          .set({ bytes })
          .where(and(eq(raws.sha256, sha256), eq(raws.bytes, noBytes)))
          .returning({ sha256: raws.sha256 }),
      ),
  ]
}

function rawRows(arrivals: readonly Arrival[]) {
  return arrivals.flatMap(({ rawSha256: sha256, rawSize: size, packed: bytes }) =>
    bytes === null ? [] : [{ sha256, size, bytes: bufferOf(bytes) }],
  )
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

function messageRow(mailboxId: string, arrival: Arrival) {
  const { id, threadId, direction, mail, fromAddress, fromName } = arrival
  const { sentAt, receivedAt, mutedBy, rawSha256 } = arrival
  const { messageId, identity, ground, nature } = mail
  return {
    ...{ id, threadId, mailboxId, direction, messageId, fromAddress, fromName },
    inReplyTo: [...mail.inReplyTo],
    references: [...mail.references],
    ...{ sentAt, receivedAt, identity, ground, nature, mutedBy, rawSha256 },
    ...viewColumns(mail),
  }
}

/** What a reader makes of a mail's bytes, and another version of it may make otherwise. */
export function viewColumns(mail: Arrival['mail']) {
  const { subject, text, html, unreadable, header, protection, reader } = mail
  return {
    ...{ subject, text, html, unreadable, header, protection, reader },
    to: [...mail.to],
    cc: [...mail.cc],
    enclosures: [...mail.enclosures],
  }
}

function searchRow({ id: messageId, terms }: Arrival) {
  return { messageId, terms }
}

function leadRows({ id: messageId, leads: found }: Arrival) {
  return found.map((lead, place) => ({ id: `${messageId}/${place}`, messageId, lead }))
}

export function attachmentRows({ id: messageId, mail }: Arrival) {
  return mail.attachments.map(({ index: place, ...part }) => ({
    ...{ id: `${messageId}/${place}`, messageId, place },
    ...part,
  }))
}

/** One row, or none where the rules did not look at the mail. */
export function assessmentRows(arrival: Arrival) {
  const { id: messageId, threadId, revision, mutedBy, mail, assessed } = arrival
  if (!assessed) return []
  const { result, read } = assessed
  const { ruleSet, severity } = result
  const muted = mutedBy !== null || mail.nature === 'report'
  const row = { messageId, threadId, revision, muted, ruleSet, severity }
  return [{ ...row, read: [...read], result }]
}

export function eventWrites(tx: Db, event: Event): Write[] {
  if (event.kind === 'alert_raised') return [alertWrite(tx, event)]
  if (event.kind === 'objection_received') {
    return [objectionWrite(tx, event.measureId, objectionOf(event))]
  }
  if (event.kind !== 'measure_not_announced') return []
  return [
    tx
      .update(measures)
      .set({ state: 'not_announced' })
      .where(and(eq(measures.id, event.measureId), eq(measures.state, 'in_force')))
      .returning({ id: measures.id }),
  ]
}

function cursorWrite(tx: Db, { step }: Batch): Write[] {
  if (step === null) return []
  const { folderId, at, from, to, remaining } = step
  const unmoved = and(eq(folders.uidValidity, from.uidValidity), eq(folders.uid, from.uid))
  return [
    tx
      .update(folders)
      .set({ uid: to.uid, remaining, lastContactAt: at, trouble: null })
      .where(and(eq(folders.id, folderId), unmoved))
      .returning({ id: folders.id }),
  ]
}
