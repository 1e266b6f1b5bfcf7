import type { House } from '../flow/house.ts'
import { expire } from '../flow/suspend.ts'
import { every } from './every.ts'

/** Ends suspensions whose time has come. A mute ends with its date even before this has run. */
export function keep(house: House, signal: AbortSignal): Promise<void> {
  const { log } = house
  const rhythm = { name: 'keeper', pauseMs: 60_000, pauseMsMax: 600_000, log, signal }
  return every(rhythm, async () => {
    const ended = await expire(house)
    if (ended > 0) log.info({ ended }, 'suspensions ended by their date')
  })
}
