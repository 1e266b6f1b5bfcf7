import { dirname } from 'node:path'
import { restore as restoreInto } from '../backup/backup.ts'
import { backupKeyOf } from '../config.backup.ts'
import { verifyIn } from './backup.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

/** `restore FILE --data DIR`: a backup into an empty folder; verified when it is there. */
export async function restore(args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean' } })
  const [file, ...others] = positionals
  const url = io.env.DATABASE_URL ?? ''
  if (!file || others.length > 0 || !url.startsWith('file:') || !url.endsWith('/mamori.db')) {
    throw new UsageError('usage: restore FILE --data DIR [--json]')
  }
  const folder = dirname(url.slice('file:'.length))
  const { madeAt, files } = await restoreInto(file, folder, backupKeyOf(io.env))
  const { events, messages: mails, flaws } = await verifyIn(folder)
  if (values.json) printJson(io, { folder, madeAt, files: files.length, events, mails, flaws })
  else if (flaws.length === 0) {
    io.stdout.write(
      `${folder}: as of ${madeAt}, ${events} events and ${mails} mails verified: nothing was changed\n`,
    )
  }
  if (flaws.length > 0) throw new CommandError(`the record does not hold: ${flaws.join('; ')}`)
}
