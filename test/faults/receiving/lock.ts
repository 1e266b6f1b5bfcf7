import Database from 'better-sqlite3'
import pg from 'pg'

/** Somebody else who holds the database, so that nothing can be stored in it. */
export type Lock = { take(): Promise<void>; release(): Promise<void> }

export function openLock(url: string): Lock {
  return url.startsWith('file:') ? onFile(url.slice('file:'.length)) : onServer(url)
}

function onFile(path: string): Lock {
  let holder: Database.Database | null = null
  return {
    async take() {
      holder = new Database(path)
      holder.exec('begin immediate')
    },
    async release() {
      holder?.close()
      holder = null
    },
  }
}

function onServer(url: string): Lock {
  let holder: pg.Client | null = null
  return {
    async take() {
      holder = new pg.Client({ connectionString: url })
      await holder.connect()
      await holder.query('begin')
      await holder.query('lock table messages in access exclusive mode')
    },
    async release() {
      await holder?.end()
      holder = null
    },
  }
}
