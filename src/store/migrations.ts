import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NewerSchema } from './engine.ts'

/** Where the migrations of an engine lie. */
export function migrationsOf(engine: 'sqlite' | 'postgres'): string {
  return fileURLToPath(new URL(`../../migrations/${engine}`, import.meta.url))
}

/**
 * How many migrations are still to be applied, of how many.
 * Throws `NewerSchema` where the database is ahead of this program.
 */
export function dueMigrations(
  folder: string,
  applied: readonly number[],
  where: string,
): { readonly due: number; readonly known: number } {
  const known = knownMigrations(folder)
  const newest = Math.max(0, ...applied)
  if (newest > (known.at(-1) ?? 0)) throw new NewerSchema(where)
  return { due: known.filter((when) => when > newest).length, known: known.length }
}

function knownMigrations(folder: string): number[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  return journal.entries.map(({ when }) => when).sort((a, b) => a - b)
}
