import { and, desc, eq, isNull, lt, or } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Token, TokenState } from '../domain/token.ts'
import type { Core } from './core.ts'
import { StaleWrite } from './engine.ts'
import { apiTokens } from './tables.ts'

export type TokenRecord = Token & {
  readonly createdAt: Instant
  readonly endedBy: string | null
  readonly endedAt: Instant | null
  /** The day (UTC, YYYY-MM-DD) of its last use; null for one that was never used. */
  readonly lastUsedOn: string | null
}

export type ApiTokens = {
  /** All there ever were, the newest first. */
  list(): Promise<TokenRecord[]>
  find(id: string): Promise<TokenRecord | null>
  bySha256(sha256: string): Promise<TokenRecord | null>
  /** Adds it with its event; throws `StaleWrite` where a living one has its name. */
  add(token: Token, event: Event): Promise<void>
  /** Moves it on to another state; throws `StaleWrite` where it is not in the one it was in. */
  move(token: Token, next: Token, event: Event): Promise<void>
  /** Notes the day of a use. Whoever comes second on the same day changes nothing. */
  used(id: string, day: string): Promise<void>
}

const over: readonly TokenState[] = ['declined', 'revoked']

export function apiTokensIn(core: Core): ApiTokens {
  const { db } = core
  const returning = { id: apiTokens.id }
  return {
    list: () => Promise.resolve(db.select().from(apiTokens).orderBy(desc(apiTokens.id))),
    async find(id) {
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id))
      return row ?? null
    },
    async bySha256(sha256) {
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.sha256, sha256))
      return row ?? null
    },
    add({ scopes, mailboxes, ...token }, event) {
      const lists = { scopes: [...scopes], mailboxes: mailboxes && [...mailboxes] }
      const row = { ...token, ...lists, createdAt: event.at }
      return core.commit([event], (tx) => [tx.insert(apiTokens).values(row).returning(returning)])
    },
    move({ id, state: before }, { state, approver }, event) {
      const ended = over.includes(state) ? { endedBy: event.by, endedAt: event.at } : {}
      return core.commit([event], (tx) => [
        tx
          .update(apiTokens)
          .set({ state, approver, ...ended })
          .where(and(eq(apiTokens.id, id), eq(apiTokens.state, before)))
          .returning(returning),
      ])
    },
    async used(id, day) {
      const earlier = or(isNull(apiTokens.lastUsedOn), lt(apiTokens.lastUsedOn, day))
      try {
        await core.write((tx) => [
          tx
            .update(apiTokens)
            .set({ lastUsedOn: day })
            .where(and(eq(apiTokens.id, id), earlier))
            .returning(returning),
        ])
      } catch (error) {
        // Another request of the same day was faster: the day is noted.
        if (!(error instanceof StaleWrite)) throw error
      }
    },
  }
}
