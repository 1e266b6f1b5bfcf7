import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Assessment } from '../domain/assessment.ts'
import type { Event } from '../domain/event.ts'
import type { Tx, Write } from './engine.ts'
import type { ThreadContent } from './erasing.content.ts'
import { noBytes } from './packing.ts'
import {
  assessments,
  attachments,
  drafts,
  letters,
  letterVersions,
  messages,
  notes,
  raws,
  searchTexts,
  threads,
  uploads,
} from './tables.ts'

type Erased = Extract<Event, { kind: 'thread_erased' }>

/** Every row that loses its words. Mails come before their bytes: those go with the last of them. */
export function erasureWrites(tx: Tx, content: ThreadContent, { at, rule }: Erased): Write[] {
  return [
    tx
      .update(threads)
      .set({
        ...{ subject: '', subjectKey: `erased:${content.threadId}`, subjectShielded: false },
        ...{ gist: [], erased: true, erasedAt: at, version: content.version + 1 },
      })
      .where(and(eq(threads.id, content.threadId), eq(threads.version, content.version)))
      .returning({ id: threads.id }),
    ...content.messages.map(({ id }) =>
      tx
        .update(messages)
        .set({
          ...{ ...noWords, erasedAt: at, erasedUnder: rule },
          to: [...(content.wroteTo.get(id) ?? [])],
        })
        .where(and(eq(messages.id, id), isNull(messages.erasedAt)))
        .returning({ id: messages.id }),
    ),
    ...content.bytes.map((name) =>
      tx
        .update(raws)
        .set({ bytes: noBytes })
        .where(eq(raws.sha256, name))
        .returning({ id: raws.sha256 }),
    ),
    ...letterErasures(tx, content),
    ...restErasures(tx, content),
  ]
}

/** The address that it came from stays: by it the sender is known. */
const noWords = {
  ...{ fromName: '', to: [], cc: [], subject: '', text: '', html: null },
  ...{ header: null, unreadable: null, enclosures: [] },
}

/** What the rules said, without any of the words that they saw it in. */
function withoutEvidence(result: Assessment): Assessment {
  return {
    ...result,
    categories: result.categories.map((one) => ({ ...one, evidence: [] })),
    flags: result.flags.map((one) => ({ ...one, evidence: [] })),
    against: [],
  }
}

/** Nothing is said any more. */
export function lapsed(result: Assessment): Assessment {
  return { ...result, severity: 0, categories: [], flags: [], against: [] }
}

function letterErasures(tx: Tx, content: ThreadContent): Write[] {
  return [
    ...content.letters.map((id) =>
      tx
        .update(letters)
        .set({ subject: '', body: '', files: [] })
        .where(eq(letters.id, id))
        .returning({ id: letters.id }),
    ),
    ...content.versions.map(({ id, words }) =>
      tx
        .update(letterVersions)
        .set({ words: { ...words, subject: '', body: '', files: [] } })
        .where(eq(letterVersions.id, id))
        .returning({ id: letterVersions.id }),
    ),
    ...content.uploads.map((id) =>
      tx
        .update(uploads)
        .set({ bytes: noBytes, filename: '' })
        .where(eq(uploads.id, id))
        .returning({ id: uploads.id }),
    ),
  ]
}

function restErasures(tx: Tx, content: ThreadContent): Write[] {
  return [
    ...content.notes.map((id) =>
      tx.update(notes).set({ body: '' }).where(eq(notes.id, id)).returning({ id: notes.id }),
    ),
    ...content.assessments.map(({ messageId, result }) =>
      tx
        .update(assessments)
        .set({ result: withoutEvidence(result) })
        .where(eq(assessments.messageId, messageId))
        .returning({ id: assessments.messageId }),
    ),
    ...unlessNone(content.attachments, (ids) =>
      tx.delete(attachments).where(inArray(attachments.id, ids)).returning({ id: attachments.id }),
    ),
    ...unlessNone(content.drafts, (ids) =>
      tx.delete(drafts).where(inArray(drafts.id, ids)).returning({ id: drafts.id }),
    ),
    ...unlessNone(content.searched, (ids) =>
      tx
        .delete(searchTexts)
        .where(inArray(searchTexts.messageId, ids))
        .returning({ id: searchTexts.messageId }),
    ),
  ]
}

/** A write that touches no row would undo all. */
function unlessNone(ids: readonly string[], write: (ids: string[]) => Write): Write[] {
  return ids.length === 0 ? [] : [write([...ids])]
}
