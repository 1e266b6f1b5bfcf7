import Database from 'better-sqlite3'

/** All pages at once: in steps, a commit of another process between two would begin the copy anew. */
const pagesPerStep = 0x7fffffff

/** Copies an embedded database as it is at one moment, while others write to it. */
export async function copySqlite(from: string, to: string): Promise<void> {
  const connection = new Database(from, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    await connection.backup(to, { progress: () => pagesPerStep })
  } finally {
    connection.close()
  }
}
