import type { House } from '../flow/house.ts'
import type { Received } from '../flow/receive.ts'

/** Fewer mails than this are everyday mail: nobody needs to hear how far they are. */
const worthSaying = 500

/** Tells the log how far a long synchronisation is: count, rate and what remains. */
export function openProgress(house: House, mailbox: string, folder: string) {
  const began = performance.now()
  const log = house.log.child({ mailbox, folder })
  let stored = 0
  return {
    note(figures: Received, remaining: number): void {
      stored += figures.read
      if (stored + remaining < worthSaying) {
        log.info(figures, 'mail received')
        return
      }
      const seconds = (performance.now() - began) / 1000
      const perSecond = Math.round(stored / Math.max(seconds, 0.001))
      log.info({ ...figures, sum: stored, remaining, perSecond }, 'synchronising')
    },
  }
}
