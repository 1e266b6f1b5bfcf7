import type { Category, Severity } from '../../src/domain/category.ts'
import type { QueueState } from '../../src/domain/matter.ts'
import type { Engine } from '../../src/store/engine.ts'
import {
  attachments,
  mailboxes,
  messages,
  raws,
  searchTexts,
  senders,
  threads,
} from '../../src/store/tables.ts'
import { termsOf } from '../../src/store/terms.ts'

/** A mail as it lies in the store; what a test does not name is ordinary. */
export type StoredMail = {
  readonly id: string
  readonly threadId: string
  readonly subject: string
  readonly fromName: string
  readonly fromAddress: string
  readonly to: readonly { readonly name: string; readonly address: string }[]
  readonly text: string
  readonly sentAt: string
  readonly muted: boolean
  readonly filenames: readonly string[]
}

export type StoredThread = {
  readonly id: string
  readonly mailboxId: string
  readonly state: QueueState
  readonly severity: Severity
  readonly categories: readonly Category[]
  readonly lastAt: string
  readonly muted: boolean
}

const department = { ja: '窓口', en: 'Desk' }

/** Puts mailboxes, threads and mails straight into the tables, in the order given. */
export async function storeRows(
  engine: Engine,
  kept: { mailboxIds: string[]; threads: StoredThread[]; mails: StoredMail[] },
): Promise<void> {
  if (kept.mailboxIds.length > 0) await storeMailboxes(engine, kept.mailboxIds)
  for (const some of pieces(kept.threads, 500)) {
    await engine.atomically((tx) => [
      tx.insert(threads).values(some.map(threadRow)).returning({ id: threads.id }),
    ])
  }
  for (const some of pieces(kept.mails, 500)) await storeMails(engine, some)
}

async function storeMailboxes(engine: Engine, ids: string[]): Promise<void> {
  const box = { department, uidValidity: '', uid: 0 }
  await engine.atomically((tx) => [
    tx
      .insert(senders)
      .values({ id: 's', name: '誰か', proof: '', createdAt: '2026-01-01T00:00:00.000Z' })
      .returning({ id: senders.id }),
    tx
      .insert(mailboxes)
      .values(ids.map((id) => ({ ...box, id, name: id, address: `${id}@x.example`, folder: id })))
      .returning({ id: mailboxes.id }),
  ])
}

async function storeMails(engine: Engine, mails: StoredMail[]): Promise<void> {
  const parts = mails.flatMap(({ id, filenames }) =>
    filenames.map((filename, place) => ({
      ...{ id: `${id}/${place}`, messageId: id, place, filename },
      ...{ contentType: 'text/plain', size: 1, sha256: '' },
    })),
  )
  await engine.atomically((tx) => [
    tx
      .insert(raws)
      .values(mails.map(({ id }) => ({ sha256: id, size: 1, bytes: Buffer.from(id) })))
      .returning({ sha256: raws.sha256 }),
    tx.insert(messages).values(mails.map(messageRow)).returning({ id: messages.id }),
    tx
      .insert(searchTexts)
      .values(mails.map((mail) => ({ messageId: mail.id, terms: termsOf(mail) })))
      .returning({ id: searchTexts.messageId }),
    ...(parts.length === 0
      ? []
      : [tx.insert(attachments).values(parts).returning({ id: attachments.id })]),
  ])
}

function threadRow({ categories, ...thread }: StoredThread) {
  return {
    ...thread,
    categories: [...categories],
    ...{ senderId: 's', subject: thread.id, subjectKey: '', subjectShielded: false, version: 1 },
    ...{ revision: 1, rank: 3, urgent: false, disputed: false, filed: false, unverified: 0 },
    ...{ flags: [], gist: [], messageCount: 1, waitingSince: thread.lastAt },
  }
}

function messageRow({ muted, filenames: _, to, ...mail }: StoredMail) {
  return {
    ...mail,
    to: [...to],
    ...{ mailboxId: mail.id, direction: 'in' as const, messageId: null, inReplyTo: [] },
    ...{ references: [], cc: [], receivedAt: mail.sentAt, html: null, unreadable: null },
    ...{ identity: 'verified' as const, nature: 'person' as const, rawSha256: mail.id },
    mutedBy: muted ? 'measure' : null,
  }
}

function pieces<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
    all.slice(n * size, (n + 1) * size),
  )
}
