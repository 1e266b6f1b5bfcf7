import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BackupError } from './error.ts'

/** Backups that stay; the oldest ones go once a new one is there. */
export const backupsKept = 14

/** A little less than a day, so that it does not come later from day to day. */
const dueAfterMs = 86_400_000 - 600_000

const named = /^mamori-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.backup$/

/**
 * Makes the day's backup into that folder, where the newest one there is a day old; gives its file.
 * `make` is asked to make it: it says whether it is good, by throwing where it is not.
 */
export async function backUpDaily(
  folder: string,
  now: string,
  make: (out: string) => Promise<void>,
): Promise<string | null> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const newest = backupsIn(folder).at(-1)
  if (newest && Date.parse(now) - timeOf(newest) < dueAfterMs) return null
  const out = join(folder, `mamori-${now.slice(0, 19).replaceAll(':', '-')}Z.backup`)
  await make(out)
  for (const old of backupsIn(folder).slice(0, -backupsKept)) rmSync(join(folder, old))
  return out
}

/** Ours alone, oldest first: whatever else lies there is left alone. */
function backupsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => named.test(name))
    .toSorted()
}

function timeOf(name: string): number {
  return Date.parse(name.replace(named, '$1T$2:$3:$4Z'))
}

/** Makes it by the command, in a process of its own: neither pages nor mail wait for it. */
export function byCommand(env: NodeJS.ProcessEnv): (out: string) => Promise<void> {
  const [, program = ''] = process.argv
  const args = (out: string) => [...process.execArgv, program, 'backup', '--out', out]
  return (out) =>
    new Promise((resolve, reject) => {
      execFile(process.execPath, args(out), { env }, (error, _, words) => {
        if (error) reject(new BackupError(`no backup of the day: ${words.trim() || error.message}`))
        else resolve()
      })
    })
}
