import { ApiProblem } from './problems.ts'

/** A place in a list as programs hold it: opaque, so that it may mean something else one day. */
export function cursorOf(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The parts of a cursor of ours; throws `ApiProblem` for anything else. */
export function partsOfCursor(cursor: string, length: number): readonly string[] {
  const parts = read(cursor)
  if (Array.isArray(parts) && parts.length === length && parts.every(isString)) return parts
  const message = 'is not a cursor that an answer of this list gave'
  throw new ApiProblem('request-invalid', `cursor ${message}.`, {
    errors: [{ parameter: 'cursor', message }],
  })
}

/** The id behind which a list goes on; null at its beginning. */
export function idIn(cursor: string | undefined): string | null {
  return cursor === undefined ? null : (partsOfCursor(cursor, 1)[0] ?? null)
}

/** A page of a list, and where the next one begins: one row more than shown is asked for. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursor: (last: Row) => string,
): { readonly shown: readonly Row[]; readonly next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, next: rows.length > limit && last ? cursor(last) : null }
}

function read(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch (error) {
    // Not JSON: as wrong as any other words.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}
