import { and, asc, eq, isNull, lt, or } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Tx, Write } from './engine.ts'
import { added, endedBy, type FactorAct, removed, type Swap } from './factors.ts'
import { endings, insertion, openedEvent, type Session } from './sessions.ts'
import { passkeys } from './tables.ts'

export type Passkey = {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly createdAt: Instant
  /** When it was last asked for: an older question is not answered any more. */
  readonly lastUsedAt: Instant | null
}

export type Use = { readonly counter: number; readonly askedAt: Instant }

export type Passkeys = {
  of(personId: string): Promise<Passkey[]>
  find(id: string): Promise<Passkey | null>
  /** Throws `StaleWrite` where there is such a passkey already. */
  add(passkey: Passkey, swap: Swap, act: FactorAct): Promise<void>
  /** Lets somebody in; `old` is what they had shown before. Throws `StaleWrite` for an old answer. */
  use(passkey: Passkey, use: Use, next: Session, old: Session | null): Promise<void>
  remove(some: readonly Passkey[], act: FactorAct): Promise<void>
}

export function passkeysIn(core: Core): Passkeys {
  return {
    of(personId) {
      const own = eq(passkeys.personId, personId)
      const rows = core.db.select().from(passkeys).where(own).orderBy(asc(passkeys.createdAt))
      return Promise.resolve(rows)
    },
    async find(id) {
      const [row] = await core.db.select().from(passkeys).where(eq(passkeys.id, id))
      return row ?? null
    },
    add(passkey, { old, next }, act) {
      const { id, personId, transports } = passkey
      const row = { ...passkey, transports: [...transports] }
      const events = [added(personId, 'passkey', id, act), openedEvent(next), ...endedBy(act)]
      return core.commit(events, (tx) => [
        tx.insert(passkeys).values(row).returning({ id: passkeys.id }),
        ...endings(tx, [old, ...act.ends]),
        insertion(tx, next),
      ])
    },
    use(passkey, use, next, old) {
      return core.commit([openedEvent(next)], (tx) => [
        useWrite(tx, passkey, use),
        ...(old ? endings(tx, [old]) : []),
        insertion(tx, next),
      ])
    },
    async remove(some, act) {
      const gone: Event[] = some.map(({ id, personId }) => removed(personId, 'passkey', id, act))
      await core.commit([...gone, ...endedBy(act)], (tx) => [
        ...some.map(({ id }) =>
          tx.delete(passkeys).where(eq(passkeys.id, id)).returning({ id: passkeys.id }),
        ),
        ...endings(tx, act.ends),
      ])
    },
  }
}

function useWrite(tx: Tx, { id }: Passkey, { counter, askedAt }: Use): Write {
  const newer = or(isNull(passkeys.lastUsedAt), lt(passkeys.lastUsedAt, askedAt))
  return tx
    .update(passkeys)
    .set({ counter, lastUsedAt: askedAt })
    .where(and(eq(passkeys.id, id), newer))
    .returning({ id: passkeys.id })
}
