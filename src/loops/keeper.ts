import { makeDigests } from '../flow/digest.ts'
import type { House } from '../flow/house.ts'
import { answerMuted } from '../flow/mute-answer.ts'
import type { Parser } from '../flow/parse.ts'
import { reread } from '../flow/reread.ts'
import { grantDue } from '../flow/staff.ts'
import { expire } from '../flow/suspend.ts'
import { remindOfReviews } from '../flow/suspension.ts'
import { every } from './every.ts'
import { openNightly } from './nightly.ts'

/** Mail read again in one run: after an upgrade everything else goes on meanwhile. */
const rereadsPerRun = 50

/** Figures and answers that suspensions ask for while they are in force. */
async function lookAfterMuted(house: House): Promise<void> {
  const digests = await makeDigests(house)
  const answers = await answerMuted(house)
  if (digests + answers > 0) house.log.info({ digests, answers }, 'muted mail looked after')
}

/**
 * Ends suspensions whose time has come (a mute ends with its date even before this has run), and
 * reads mail again that an older version could not read; sessions that are over are forgotten. At night
 * what is past its period is erased.
 */
export function keep(house: House, parser: Parser, signal: AbortSignal): Promise<void> {
  const { log } = house
  const rhythm = { name: 'keeper', pauseMs: 60_000, pauseMsMax: 600_000, log, signal }
  const eraseAtNight = openNightly()
  return every(rhythm, async () => {
    const ended = await expire(house)
    if (ended > 0) log.info({ ended }, 'suspensions ended by their date')
    const reminded = await remindOfReviews(house)
    if (reminded > 0) log.info({ reminded }, 'reminded of reviews that come near')
    await lookAfterMuted(house)
    const granted = await grantDue(house)
    if (granted > 0) log.info({ granted }, 'roles hold now that their day has come')
    await eraseAtNight(house)
    await house.store.sessions.forget(house.now())
    const again = await reread(house, parser, { again: false, limit: rereadsPerRun })
    if (again.tried > 0) log.info(again, 'unreadable mail was read again')
  })
}
