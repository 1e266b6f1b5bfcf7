import { backUpDaily } from '../backup/nightly.ts'
import type { House } from '../flow/house.ts'
import { every } from './every.ts'

/** Makes a backup each day, and lets the oldest ones go. */
export function backUpEachDay(
  house: House,
  folder: string,
  make: (out: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { log, now } = house
  const rhythm = { name: 'backups', pauseMs: 600_000, pauseMsMax: 3_600_000, log, signal }
  return every(rhythm, async () => {
    const file = await backUpDaily(folder, now(), make)
    if (file) log.info({ file }, 'the backup of the day was made')
  })
}
