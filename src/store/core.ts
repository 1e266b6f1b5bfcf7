import { eq } from 'drizzle-orm'
import { type ChainHead, type SealedEvent, seal } from '../domain/chain.ts'
import type { Event } from '../domain/event.ts'
import { type Db, type Engine, StaleWrite, type Tx, type Write } from './engine.ts'
import { followFrom, type Listener } from './follow.ts'
import { sealing } from './sealing.ts'
import { chain, events as eventRows } from './tables.ts'

/** What every room of the store works with. */
export type Core = {
  readonly db: Db
  /**
   * Writes rows and the events that explain them in one transaction, chained to the log.
   * Throws `StaleWrite` where a row was not as expected; then nothing was written.
   */
  commit(events: readonly Event[], writes: (tx: Tx) => readonly Write[]): Promise<void>
  /** Writes rows that are no event of their own: leases, cursors, sessions. */
  write(writes: (tx: Tx) => readonly Write[]): Promise<void>
  search: Engine['search']
  look: Engine['look']
  claim: Engine['claim']
  release: Engine['release']
  clock: Engine['clock']
  settle: Engine['settle']
  /** Tells who listens that another process may have written something, events or not. */
  onWake(listener: () => void): () => void
  /** Tells who listens what was committed, by this process or another one. */
  onCommit(listener: Listener): () => void
}

/** Another process may write between our reading of the chain's head and our commit. */
const attemptsMax = 20

/**
 * Builds the core over an engine. Commits of this process take turns; `say` gets what goes wrong
 * with the news of other processes.
 */
export async function coreOf(engine: Engine, say: (words: string) => void): Promise<Core> {
  const { db } = engine
  const follower = followFrom(db, (await headOf(db)).seq)
  const wakers = new Set<() => void>()
  engine.watch(() => {
    for (const waker of wakers) waker()
    follower.catchUp().catch((error: Error) => say(`news could not be read: ${error.message}`))
  })
  let turn: Promise<unknown> = Promise.resolve()

  return {
    db,
    search: engine.search,
    look: engine.look,
    claim: engine.claim,
    release: engine.release,
    clock: engine.clock,
    settle: engine.settle,
    onWake(listener) {
      wakers.add(listener)
      return () => wakers.delete(listener)
    },
    write: (writes) => engine.atomically(writes),
    commit(events, writes) {
      const mine = turn.then(() => commitChained(engine, events, writes))
      turn = mine.catch(() => undefined)
      return mine.then((sealed) => follower.committed(sealed))
    },
    onCommit: follower.listen,
  }
}

async function commitChained(
  engine: Engine,
  events: readonly Event[],
  writes: (tx: Tx) => readonly Write[],
): Promise<readonly SealedEvent[]> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await headOf(engine.db)
    const sealed = seal(head, events, sealing)
    try {
      await engine.atomically((tx) => [...eventWrites(tx, head, sealed), ...writes(tx)])
      return sealed
    } catch (error) {
      const chainMoved = error instanceof StaleWrite && error.write === 0 && sealed.length > 0
      if (!chainMoved || attempt === attemptsMax) throw error
    }
  }
}

async function headOf(db: Db): Promise<ChainHead> {
  const [head] = await db.select({ seq: chain.seq, hash: chain.hash }).from(chain)
  if (!head)
    throw new Error('the event chain has no head: the database is damaged, restore a backup')
  return head
}

/** The rows of sealed events, and the chain's head moved on to them. */
export function eventWrites(tx: Tx, head: ChainHead, sealed: readonly SealedEvent[]): Write[] {
  const last = sealed.at(-1)
  if (!last) return []
  const moved = tx
    .update(chain)
    .set({ seq: last.seq, hash: last.hash })
    .where(eq(chain.seq, head.seq))
    .returning({ id: chain.id })
  return [moved, ...tx.add(eventRows, sealed.map(rowOf))]
}

function rowOf({ seq, event, content, previousHash, hash }: SealedEvent) {
  return {
    seq,
    at: event.at,
    by: event.by,
    kind: event.kind,
    threadId: 'threadId' in event ? event.threadId : null,
    senderId: 'senderId' in event ? event.senderId : null,
    content,
    previousHash,
    hash,
  }
}
