import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Core } from './core.ts'
import type { Tx, Write } from './engine.ts'
import { mutedMoves } from './tables.ts'

/** A mail on the mail server that waits to be moved, as its sender is muted. */
export type MutedMove = {
  readonly folderId: string
  readonly uidValidity: string
  readonly uid: number
}

export type MutedMoves = {
  /** UIDs of the folder that wait, in ascending order. */
  waiting(folderId: string, uidValidity: string): Promise<number[]>
  /** They were moved, or are gone. */
  done(folderId: string, uidValidity: string, uids: readonly number[]): Promise<void>
}

export function mutedMovesIn(core: Core): MutedMoves {
  return {
    async waiting(folderId, uidValidity) {
      const here = and(eq(mutedMoves.folderId, folderId), eq(mutedMoves.uidValidity, uidValidity))
      const rows = await core.db
        .select({ uid: mutedMoves.uid })
        .from(mutedMoves)
        .where(here)
        .orderBy(asc(mutedMoves.uid))
      return rows.map(({ uid }) => uid)
    },
    done(folderId, uidValidity, uids) {
      const ids = uids.map((uid) => idOf({ folderId, uidValidity, uid }))
      return core.write((tx) => [
        tx.delete(mutedMoves).where(inArray(mutedMoves.id, ids)).returning({ id: mutedMoves.id }),
      ])
    },
  }
}

export function mutedMoveWrites(tx: Tx, moves: readonly MutedMove[]): readonly Write[] {
  return tx.add(
    mutedMoves,
    moves.map((move) => ({ id: idOf(move), ...move })),
  )
}

function idOf({ folderId, uidValidity, uid }: MutedMove): string {
  return `${folderId}/${uidValidity}/${uid}`
}
