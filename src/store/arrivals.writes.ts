import { and, eq } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Arrival, Batch, NewSender, TouchedThread } from './arrivals.ts'
import type { Db, Write } from './engine.ts'
import {
  assessments,
  attachments,
  mailboxes,
  measures,
  messages,
  raws,
  searchTexts,
  senderAddresses,
  senders,
  threads,
} from './tables.ts'
import { termsOf } from './terms.ts'
import { alertWrite, threadColumns } from './writes.ts'

/** Every row of a batch of mail, in the order that foreign keys ask for. */
export function arrivalWrites(tx: Db, batch: Batch): Write[] {
  const { arrivals } = batch
  return [
    ...senderWrites(tx, batch.senders),
    ...threadWrites(tx, batch.threads),
    ...rawWrites(tx, arrivals),
    ...inPieces(arrivals, (piece) =>
      tx
        .insert(messages)
        .values(piece.map((arrival) => messageRow(batch.mailboxId, arrival)))
        .returning({ id: messages.id }),
    ),
    ...partWrites(tx, arrivals),
    ...assessmentWrites(tx, arrivals),
    ...batch.events.flatMap((event) => eventWrites(tx, event)),
    ...cursorWrite(tx, batch),
  ]
}

/** Rows of one statement: far below the 32,766 values that SQLite takes. */
const rowsPerInsert = 200

/** One statement for many rows: building and preparing it costs more than a row does. */
function inPieces<Row>(rows: readonly Row[], write: (piece: Row[]) => Write): Write[] {
  const writes: Write[] = []
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    writes.push(write(rows.slice(from, from + rowsPerInsert)))
  }
  return writes
}

function senderWrites(tx: Db, added: readonly NewSender[]): Write[] {
  const known = added.filter(({ address }) => address !== '')
  return [
    ...inPieces(added, (piece) => {
      const rows = piece.map(({ id, name, createdAt }) => ({ id, name, proof: '', createdAt }))
      return tx.insert(senders).values(rows).returning({ id: senders.id })
    }),
    ...inPieces(known, (piece) => {
      const rows = piece.map(({ address, id }) => ({ address, senderId: id }))
      return tx.insert(senderAddresses).values(rows).returning({ of: senderAddresses.address })
    }),
  ]
}

function threadWrites(tx: Db, touched: readonly TouchedThread[]): Write[] {
  const opened = touched.filter(({ version }) => version === null)
  return [
    ...inPieces(opened, (piece) =>
      tx.insert(threads).values(piece.map(newThreadRow)).returning({ id: threads.id }),
    ),
    ...touched.flatMap((thread) => threadUpdate(tx, thread)),
  ]
}

function newThreadRow(touched: TouchedThread) {
  const { matter, subject, subjectKey, subjectShielded, messageCount } = touched
  const { id, mailboxId, senderId } = matter.thread
  const fixed = { id, mailboxId, senderId, subject, subjectKey, subjectShielded }
  return { ...fixed, ...columnsOf(touched), version: 1, messageCount }
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

function rawWrites(tx: Db, arrivals: readonly Arrival[]): Write[] {
  const rows = arrivals.flatMap(({ rawSha256: sha256, rawSize: size, packed: bytes }) =>
    bytes === null ? [] : [{ sha256, size, bytes }],
  )
  return inPieces(rows, (piece) => tx.insert(raws).values(piece).returning({ sha256: raws.sha256 }))
}

function messageRow(mailboxId: string, arrival: Arrival) {
  const { id, threadId, direction, mail, fromAddress, fromName } = arrival
  const { sentAt, receivedAt, mutedBy, rawSha256 } = arrival
  const { messageId, identity, nature } = mail
  return {
    ...{ id, threadId, mailboxId, direction, messageId, fromAddress, fromName },
    inReplyTo: [...mail.inReplyTo],
    references: [...mail.references],
    ...{ sentAt, receivedAt, identity, nature, mutedBy, rawSha256 },
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

export function partWrites(tx: Db, arrivals: readonly Arrival[]): Write[] {
  const texts = arrivals.map(({ id: messageId, threadId, mail, fromName, fromAddress }) => {
    const terms = termsOf([mail.subject, fromName, fromAddress, mail.text].join('\n'))
    return { messageId, threadId, terms }
  })
  const parts = arrivals.flatMap(({ id: messageId, mail }) =>
    mail.attachments.map(({ index: place, ...part }) => ({
      ...{ id: `${messageId}/${place}`, messageId, place },
      ...part,
    })),
  )
  return [
    ...inPieces(texts, (piece) =>
      tx.insert(searchTexts).values(piece).returning({ id: searchTexts.messageId }),
    ),
    ...inPieces(parts, (piece) =>
      tx.insert(attachments).values(piece).returning({ id: attachments.id }),
    ),
  ]
}

function assessmentWrites(tx: Db, arrivals: readonly Arrival[]): Write[] {
  const rows = arrivals.flatMap(assessmentRows)
  return inPieces(rows, (piece) =>
    tx.insert(assessments).values(piece).returning({ id: assessments.messageId }),
  )
}

export function eventWrites(tx: Db, event: Event): Write[] {
  if (event.kind === 'alert_raised') return [alertWrite(tx, event)]
  if (event.kind !== 'measure_not_announced') return []
  return [
    tx
      .update(measures)
      .set({ state: 'not_announced' })
      .where(and(eq(measures.id, event.measureId), eq(measures.state, 'in_force')))
      .returning({ id: measures.id }),
  ]
}

/** One row, or none where the rules did not look at the mail. */
export function assessmentRows({ id, threadId, revision, mutedBy, assessed }: Arrival) {
  if (!assessed) return []
  const { result, read } = assessed
  const { ruleSet, severity } = result
  const row = { messageId: id, threadId, revision, muted: mutedBy !== null, ruleSet, severity }
  return [{ ...row, read: [...read], result }]
}

function cursorWrite(tx: Db, { mailboxId, cursor }: Batch): Write[] {
  if (cursor === null) return []
  const { from, to } = cursor
  return [
    tx
      .update(mailboxes)
      .set({ uid: to.uid })
      .where(
        and(
          eq(mailboxes.id, mailboxId),
          eq(mailboxes.uidValidity, from.uidValidity),
          eq(mailboxes.uid, from.uid),
        ),
      )
      .returning({ id: mailboxes.id }),
  ]
}
