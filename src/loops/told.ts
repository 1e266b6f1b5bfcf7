import type { House } from '../flow/house.ts'
import { forgetTold, tell, tellOfDates } from '../flow/told.ts'
import { mailTold } from '../flow/told-mail.ts'
import { postDue } from '../flow/webhook-post.ts'
import { every } from './every.ts'

/** Tells people of what happened, in the page and by mail, and of dates that come near. */
export async function tellPeople(house: House, signal: AbortSignal): Promise<void> {
  const { log } = house
  const quickly = { name: 'told', pauseMs: 500, pauseMsMax: 60_000, log, signal }
  const slowly = { name: 'dates', pauseMs: 60_000, pauseMsMax: 600_000, log, signal }
  // Both move the same desk: they take turns.
  let turn: Promise<unknown> = Promise.resolve()
  const alone = (work: () => Promise<unknown>) => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  await Promise.all([
    every(quickly, () =>
      alone(async () => {
        await tell(house, signal)
        await mailTold(house)
      }),
    ),
    every(slowly, () =>
      alone(async () => {
        await tellOfDates(house)
        await forgetTold(house)
      }),
    ),
  ])
}

/** Posts to webhooks: a receiver that is slow holds up nobody but the others. */
export function postOut(house: House, signal: AbortSignal): Promise<void> {
  const { log } = house
  const rhythm = { name: 'webhooks', pauseMs: 1_000, pauseMsMax: 60_000, log, signal }
  return every(rhythm, () => postDue(house, signal))
}
