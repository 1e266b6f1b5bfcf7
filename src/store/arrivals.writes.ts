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
    ...batch.senders.flatMap((sender) => senderWrites(tx, sender)),
    ...batch.threads.map((touched) => threadWrite(tx, touched)),
    ...rawWrites(tx, arrivals),
    ...arrivals.map((arrival) => messageWrite(tx, batch.mailboxId, arrival)),
    ...arrivals.flatMap((arrival) => partWrites(tx, arrival)),
    ...batch.events.flatMap((event) => eventWrites(tx, event)),
    ...cursorWrite(tx, batch),
  ]
}

function senderWrites(tx: Db, { id, name, address, createdAt }: NewSender): Write[] {
  const writes: Write[] = [
    tx.insert(senders).values({ id, name, proof: '', createdAt }).returning({ id: senders.id }),
  ]
  if (address !== '') {
    const row = { address, senderId: id }
    writes.push(tx.insert(senderAddresses).values(row).returning({ of: senderAddresses.address }))
  }
  return writes
}

function threadWrite(tx: Db, touched: TouchedThread): Write {
  const { matter, version, subject, subjectKey, messageCount, waitingSince, lastAt } = touched
  const { subjectShielded } = touched
  const { id, mailboxId, senderId } = matter.thread
  const columns = { ...threadColumns(matter), gist: [...touched.gist], waitingSince, lastAt }
  if (version === null) {
    const fixed = { id, mailboxId, senderId, subject, subjectKey, subjectShielded }
    return tx
      .insert(threads)
      .values({ ...fixed, ...columns, version: 1, messageCount })
      .returning({ id: threads.id })
  }
  return tx
    .update(threads)
    .set({ ...columns, version: version + 1, messageCount })
    .where(and(eq(threads.id, id), eq(threads.version, version)))
    .returning({ id: threads.id })
}

function rawWrites(tx: Db, arrivals: readonly Arrival[]): Write[] {
  return arrivals.flatMap(({ rawSha256: sha256, rawSize: size, packed: bytes }) =>
    bytes === null
      ? []
      : [tx.insert(raws).values({ sha256, size, bytes }).returning({ sha256: raws.sha256 })],
  )
}

function messageWrite(tx: Db, mailboxId: string, arrival: Arrival): Write {
  const { id, threadId, direction, mail, fromAddress, fromName } = arrival
  const { sentAt, receivedAt, mutedBy, rawSha256 } = arrival
  const { messageId, subject, text, html, identity, nature, unreadable } = mail
  const row = { id, threadId, mailboxId, direction, messageId, fromAddress, fromName, subject }
  return tx
    .insert(messages)
    .values({
      ...row,
      inReplyTo: [...mail.inReplyTo],
      references: [...mail.references],
      to: [...mail.to],
      cc: [...mail.cc],
      sentAt,
      receivedAt,
      text,
      html,
      identity,
      nature,
      unreadable,
      mutedBy,
      rawSha256,
    })
    .returning({ id: messages.id })
}

function partWrites(tx: Db, arrival: Arrival): Write[] {
  const { id: messageId, threadId, mail, assessed, revision, mutedBy } = arrival
  const terms = termsOf([mail.subject, arrival.fromName, arrival.fromAddress, mail.text].join('\n'))
  const writes: Write[] = [
    tx
      .insert(searchTexts)
      .values({ messageId, threadId, terms })
      .returning({ id: searchTexts.messageId }),
  ]
  for (const { index: place, ...part } of mail.attachments) {
    const row = { id: `${messageId}/${place}`, messageId, place, ...part }
    writes.push(tx.insert(attachments).values(row).returning({ id: attachments.id }))
  }
  if (assessed) {
    const { result, read } = assessed
    const { ruleSet, severity } = result
    const row = { messageId, threadId, revision, muted: mutedBy !== null, ruleSet, severity }
    writes.push(
      tx
        .insert(assessments)
        .values({ ...row, read: [...read], result })
        .returning({ id: assessments.messageId }),
    )
  }
  return writes
}

function eventWrites(tx: Db, event: Event): Write[] {
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
