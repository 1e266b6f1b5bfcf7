import { hostname } from 'node:os'
import { and, asc, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { Core } from './core.ts'
import { attachments, messages, searchState, searchTexts } from './tables.ts'
import { termsMake, termsOf } from './terms.ts'

/** Mails made searchable at a time. */
const batchSize = 500

/** A process that dies at it is followed by the next one to start. */
const leaseSeconds = 60

/**
 * Makes the terms of all mails again where they were made in another way than this program makes
 * them, oldest first; says so. One process does it, the others go on meanwhile.
 */
export async function bringTermsUpToDate(core: Core, say: (words: string) => void): Promise<void> {
  const [state] = await core.db.select().from(searchState)
  if (state?.termsMake === termsMake) return
  const lease = { name: 'search terms', holder: holder(), seconds: leaseSeconds }
  if (!(await core.claim(lease)))
    return say('search: another process prepares the words of all mails')
  let made = 0
  for (let after = ''; ; ) {
    const rows = await mailsAfter(core, after)
    const last = rows.at(-1)
    if (!last) break
    await core.write((tx) => [
      tx
        .insert(searchTexts)
        .values(rows.map(({ id, terms }) => ({ messageId: id, terms })))
        .onConflictDoUpdate({
          target: searchTexts.messageId,
          set: { terms: sql`excluded.terms` },
        })
        .returning({ place: searchTexts.place }),
    ])
    after = last.id
    made += rows.length
    await core.claim(lease)
  }
  await noteMade(core)
  await core.release(lease)
  if (made > 0) say(`search: the words of ${made} mails were prepared anew`)
}

async function mailsAfter({ db }: Core, after: string) {
  const { id, subject, fromName, fromAddress, to, cc, text, sentAt } = messages
  const rows = await db
    .select({ id, subject, fromName, fromAddress, to, cc, text, sentAt })
    .from(messages)
    .where(and(gt(id, after), isNull(messages.erasedAt)))
    .orderBy(asc(id))
    .limit(batchSize)
  const ids = rows.map((row) => row.id)
  const parts = await db
    .select({ messageId: attachments.messageId, filename: attachments.filename })
    .from(attachments)
    .where(inArray(attachments.messageId, ids))
    .orderBy(asc(attachments.messageId), asc(attachments.place))
  const byMessage = Map.groupBy(parts, ({ messageId }) => messageId)
  return rows.map((row) => {
    const filenames = (byMessage.get(row.id) ?? []).map(({ filename }) => filename)
    return { id: row.id, terms: termsOf({ ...row, to: [...row.to, ...row.cc], filenames }) }
  })
}

function noteMade(core: Core): Promise<void> {
  return core.write((tx) => [
    tx
      .insert(searchState)
      .values({ id: 1, termsMake })
      .onConflictDoUpdate({ target: searchState.id, set: { termsMake } })
      .returning({ id: searchState.id }),
  ])
}

function holder(): string {
  return `${process.pid}@${hostname()}/search`
}
