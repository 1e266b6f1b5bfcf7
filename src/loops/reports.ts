import type { House } from '../flow/house.ts'
import { rememberReports } from '../flow/reports.ts'
import { every, pause } from './every.ts'

/** The first pages after a start have the machine to themselves. */
const firstPauseMs = 3_000

/** Each day brings one day more that is over. */
const pauseMs = 600_000

/** Keeps this process ready for the page of reports. */
export async function countAhead(house: House, signal: AbortSignal): Promise<void> {
  const { log } = house
  await pause(firstPauseMs, signal)
  const rhythm = { name: 'reports', pauseMs, pauseMsMax: pauseMs, log, signal }
  await every(rhythm, () => rememberReports(house, signal))
}
