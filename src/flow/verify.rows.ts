import type { Event } from '../domain/event.ts'
import type { RowOf, TableName } from '../store/kept.ts'
import { sealing } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'

/** What the log says of things, by their ids. */
export type Said = Map<string, unknown>

/** How the rows of one table are compared with what the log says of them. */
export type Book<Name extends TableName> = {
  readonly name: Name
  /** What one row is called in a flaw. */
  readonly what: string
  /** Takes down what an event says. */
  note(said: Said, event: Event): void
  /** A row's id, and the part of it that events say; null for a row that no event is about. */
  kept(row: RowOf<Name>): readonly [id: string, value: unknown] | null
}

/** A book as a witness of the log; kept apart by its table. */
export function keepBook<Name extends TableName>({ name, what, note, kept }: Book<Name>) {
  const said: Said = new Map()
  return {
    note: (event: Event) => note(said, event),
    async flaws(store: Store): Promise<string[]> {
      const rows: (readonly [string, unknown])[] = []
      for await (const row of store.kept.rows(name)) {
        const entry = kept(row)
        if (entry) rows.push(entry)
      }
      return differences(what, rows, said)
    },
  }
}

/** Adds to what is known of a thing; nothing where it is not known. */
export function amend(said: Said, id: string, more: Record<string, unknown>): void {
  const known = said.get(id)
  if (known) said.set(id, { ...known, ...more })
}

/** Rows that no event knows, that are gone, or that say something else, each in words. */
export function differences(
  what: string,
  rows: readonly (readonly [string, unknown])[],
  said: ReadonlyMap<string, unknown>,
): string[] {
  const ids = new Set<string>()
  const twice = rows.filter(([id]) => ids.has(id) || !ids.add(id))
  const missing = [...said.keys()].filter((id) => !ids.has(id))
  return [
    ...rows.flatMap(([id, value]) => {
      if (!said.has(id)) return [`${what} ${id} is in no event`]
      const same = sealing.canonical(value) === sealing.canonical(said.get(id))
      return same ? [] : [`${what} ${id} is not as the events say`]
    }),
    ...twice.map(([id]) => `${what} ${id} is there twice`),
    ...missing.map((id) => `${what} ${id} is in the log and not in the database`),
  ]
}
