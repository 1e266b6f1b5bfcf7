import { and, asc, eq, inArray, isNull, or, type SQL } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { signatures, snippets } from './tables.ts'

/** A text that one inserts into replies (定型文). */
export type Snippet = {
  readonly id: string
  /** Null for all mailboxes. */
  readonly mailboxId: string | null
  readonly title: string
  readonly content: string
  readonly contentSha256: string
  readonly version: number
  readonly removed: boolean
  readonly by: string
  readonly at: Instant
}

/** What stands below each reply of a mailbox (署名). */
export type Signature = Pick<Snippet, 'content' | 'contentSha256' | 'version' | 'by' | 'at'> & {
  /** The mailbox's. */
  readonly id: string
}

export type Wordings = {
  /** Those of all mailboxes and of these ones, by title. */
  snippets(reach: Reach): Promise<Snippet[]>
  snippet(id: string): Promise<Snippet | null>
  /** Throws `StaleWrite` where somebody else changed it meanwhile. */
  keepSnippet(snippet: Snippet, event: Event): Promise<void>
  signature(mailboxId: string): Promise<Signature | null>
  signatures(): Promise<Signature[]>
  keepSignature(signature: Signature, event: Event): Promise<void>
  /** Every snippet, also those that were removed. */
  allSnippets(): Promise<Snippet[]>
}

export function wordingsIn(core: Core): Wordings {
  const { db } = core
  const list = (where?: SQL) =>
    db.select().from(snippets).where(where).orderBy(asc(snippets.title), asc(snippets.id))
  return {
    async snippets(reach) {
      const inReach =
        reach === 'all'
          ? undefined
          : or(isNull(snippets.mailboxId), inArray(snippets.mailboxId, [...reach]))
      return list(and(eq(snippets.removed, false), inReach))
    },
    async allSnippets() {
      return list()
    },
    async snippet(id) {
      const [row] = await db.select().from(snippets).where(eq(snippets.id, id))
      return row ?? null
    },
    keepSnippet(snippet, event) {
      const { id, version, ...rest } = snippet
      return core.commit([event], (tx) => [
        version === 1
          ? tx.insert(snippets).values(snippet).returning({ id: snippets.id })
          : tx
              .update(snippets)
              .set({ ...rest, version })
              .where(and(eq(snippets.id, id), eq(snippets.version, version - 1)))
              .returning({ id: snippets.id }),
      ])
    },
    async signature(mailboxId) {
      const [row] = await db.select().from(signatures).where(eq(signatures.id, mailboxId))
      return row ?? null
    },
    async signatures() {
      return db.select().from(signatures).orderBy(asc(signatures.id))
    },
    keepSignature: (signature, event) => keepSignature(core, signature, event),
  }
}

function keepSignature(core: Core, signature: Signature, event: Event): Promise<void> {
  const { id, version, ...rest } = signature
  return core.commit([event], (tx) => [
    version === 1
      ? tx.insert(signatures).values(signature).returning({ id: signatures.id })
      : tx
          .update(signatures)
          .set({ ...rest, version })
          .where(and(eq(signatures.id, id), eq(signatures.version, version - 1)))
          .returning({ id: signatures.id }),
  ])
}
