import { signDaily } from '../flow/checkpoints.ts'
import type { House } from '../flow/house.ts'
import { every } from './every.ts'

/** Signs a checkpoint of the log each day. */
export function signCheckpoints(house: House, signal: AbortSignal): Promise<void> {
  const { log } = house
  if (house.checkpointKey() === null) {
    log.warn('no checkpoint of the record is signed: set MAMORI_CHECKPOINT_KEY_FILE')
  }
  const rhythm = { name: 'checkpoints', pauseMs: 600_000, pauseMsMax: 600_000, log, signal }
  return every(rhythm, async () => {
    const signed = await signDaily(house)
    if (signed) log.info({ events: signed.events, head: signed.head }, 'a checkpoint was signed')
  })
}
