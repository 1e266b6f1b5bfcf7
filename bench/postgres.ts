import { startEmbedded } from '../test/support/embedded.ts'

export type Postgres = {
  /** Makes an empty database and says where it is. */
  database(name: string): Promise<string>
  stop(): Promise<void>
}

/** A PostgreSQL server of its own, with everything on that keeps data when the machine stops. */
export async function startPostgres(): Promise<Postgres> {
  const server = await startEmbedded(['shared_buffers=512MB', 'max_wal_size=2GB'])
  return {
    async database(name) {
      await server.createDatabase(name)
      return server.url(name)
    },
    stop: () => server.stop(),
  }
}
