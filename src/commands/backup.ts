import { backUp } from '../backup/backup.ts'
import { backupKeyOf } from '../config.backup.ts'
import { readConfig } from '../config.ts'
import type { House } from '../flow/house.ts'
import { verify } from '../flow/verify.ts'
import { openStore } from '../store/store.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

const forPostgres = `the database is on PostgreSQL: its own tool makes the backup, for instance
  pg_dump --format=custom --serializable-deferrable --file=mamori.dump "$DATABASE_URL"
and pg_restore brings it back; then run verify. See docs/backup.md`

/**
 * `backup --out FILE`: database, policy and templates in one sealed file, while the product runs.
 * It is restored aside and verified before it has its name; `--no-verify` leaves that out.
 */
export async function backup(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, {
    out: { type: 'string' },
    'no-verify': { type: 'boolean' },
    json: { type: 'boolean' },
  })
  if (!values.out) throw new UsageError('usage: backup --out FILE [--no-verify] [--json]')
  const { databaseUrl, policyFolder, templatesFolder } = readConfig(io.env)
  if (!databaseUrl.startsWith('file:')) throw new CommandError(forPostgres)
  const { out } = values
  const key = backupKeyOf(io.env)
  const at = house.now()
  const { seq: upTo } = await house.store.log.head()
  const database = databaseUrl.slice('file:'.length)
  const wanted = { database, policyFolder, templatesFolder, out, key, at }
  const made = await backUp(wanted, values['no-verify'] ? null : verifyIn)
  const { bytes, sha256: fileSha256 } = made.sealed
  const event = { kind: 'backup_made', at: house.now(), by: null, upTo, bytes, fileSha256 } as const
  await house.store.record([event])
  const looked = made.looked && { events: made.looked.events, mails: made.looked.messages }
  if (values.json) printJson(io, { out, bytes, sha256: fileSha256, verified: looked })
  else {
    const held = looked ? `, ${looked.events} events and ${looked.mails} mails verified` : ''
    io.stdout.write(`${out}: ${bytes} bytes${held}\n`)
  }
  // A backup of a record that does not hold is kept: there is no better one.
  const flaws = made.looked?.flaws ?? []
  if (flaws.length > 0)
    throw new CommandError(`the record in it does not hold: ${flaws.join('; ')}`)
}

/** What verify says of a database that was restored there. */
export async function verifyIn(folder: string) {
  const store = await openStore(`file:${folder}/mamori.db`, () => undefined)
  try {
    return await verify(store)
  } finally {
    await store.close()
  }
}
