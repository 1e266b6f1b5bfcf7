import type { TestProject } from 'vitest/node'
import { openStore } from '../../src/store/store.ts'
import { startEmbedded } from './embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's own database; null where PostgreSQL does not start on this machine. */
    readonly postgres: string | null
    /** The name of an empty database there that a test's own can be copied from. */
    readonly postgresTemplate: string
  }
}

const template = 'mamori_template'

/** One PostgreSQL for all tests; each test makes a database of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('postgresTemplate', template)
  try {
    // What is lost when the machine stops is a test's.
    const server = await startEmbedded(['fsync=off', 'max_connections=200'])
    await server.createDatabase(template)
    await (await openStore(server.url(template), () => undefined)).close()
    project.provide('postgres', server.url('postgres'))
    return () => server.stop()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    process.stderr.write(`PostgreSQL does not start here (${why}): its tests are left out\n`)
    project.provide('postgres', null)
    return async () => undefined
  }
}
