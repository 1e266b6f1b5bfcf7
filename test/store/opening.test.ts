import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { temporaryFolder } from '../support/folder.ts'

describe('opening the database', () => {
  it('brings a new file up to date and says so, and is silent the second time', async () => {
    using folder = temporaryFolder()
    const url = `file:${join(folder.path, 'deep', 'x.db')}`
    const said: string[] = []
    await (await openStore(url, (words) => said.push(words))).close()
    await (await openStore(url, (words) => said.push(words))).close()

    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/schema brought up to date/)
  })

  it('runs with WAL, foreign keys and full synchronisation', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'x.db')
    const store = await openStore(`file:${path}`, () => undefined)
    const sql = new Database(path)

    expect(sql.pragma('journal_mode', { simple: true })).toBe('wal')
    sql.close()
    await store.close()
    expect(readFileSync('src/store/engine.sqlite.ts', 'utf8')).toMatch(/synchronous = FULL/)
  })

  it('refuses a file that a newer version has written, and leaves it as it is', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'x.db')
    await (await openStore(`file:${path}`, () => undefined)).close()
    const sql = new Database(path)
    sql.exec(
      `insert into __drizzle_migrations (hash, created_at) values ('future', 99999999999999)`,
    )
    sql.close()

    await expect(openStore(`file:${path}`, () => undefined)).rejects.toThrow(
      /newer version of Mamori/,
    )
  })

  it('names a database that it cannot open, without its password', async () => {
    const wrong = [
      openStore('mysql://me:hush@db/x', () => undefined),
      openStore('postgres://me:hush@127.0.0.1:1/x', () => undefined),
    ]
    for (const opening of wrong) {
      const error = await opening.catch((failure: Error) => failure)
      expect(String(error)).toMatch(/DATABASE_URL=\w+:\/\/…@/)
      expect(String(error)).not.toMatch(/hush/)
    }
  })
})
