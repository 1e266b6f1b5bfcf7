import { dayOf, hourOf } from '../domain/business-day.ts'
import { carryOutDeletions } from '../flow/deletion.ts'
import type { House } from '../flow/house.ts'
import { runRetention } from '../flow/retention.ts'

/** While no other process does it; longer than one thread takes to erase. */
const leaseSeconds = 300

const night = { from: 2, to: 5 }

/** Whether it is between two and five in the morning in Japan. */
function isNight(at: string): boolean {
  const hour = hourOf(at)
  return hour >= night.from && hour < night.to
}

/** Erases what is due, once a night and by one process. */
export function openNightly(): (house: House) => Promise<void> {
  let lastDay = ''
  return async (house) => {
    const at = house.now()
    const day = dayOf(at)
    if (!isNight(at) || day === lastDay) return
    const lease = { name: 'retention', holder: house.holder, seconds: leaseSeconds }
    if (!(await house.store.claim(lease))) return
    try {
      await carryOutDeletions(house)
      const run = await runRetention(house)
      if (run.erased + run.lapsed + run.senders > 0)
        house.log.info(run, 'what was past its period is erased')
      lastDay = day
    } finally {
      await house.store.release(lease)
    }
  }
}
