import { abandon, deliver } from '../flow/deliver.ts'
import type { House } from '../flow/house.ts'
import type { Smtp } from '../mail/smtp.ts'
import { every } from './every.ts'

/** Letters taken at a time: one slow conversation must not hold up the list for long. */
const letterBatch = 20

/** Sends what is approved and due, one after the other, and names what was left half done. */
export function carry(house: House, smtp: Smtp, signal: AbortSignal): Promise<void> {
  const { log } = house
  const rhythm = { name: 'postman', pauseMs: 500, pauseMsMax: 60_000, log, signal }
  return every(rhythm, async () => {
    for (const letter of await house.store.letters.abandoned(house.now())) {
      await abandon(house, letter)
    }
    for (const letter of await house.store.letters.due(house.now(), letterBatch)) {
      if (signal.aborted) return
      await deliver(house, smtp, letter)
    }
  })
}
