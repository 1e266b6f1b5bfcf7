import { abandon, deliver } from '../flow/deliver.ts'
import type { House } from '../flow/house.ts'
import { sendStaffMail } from '../flow/staff-mail.ts'
import type { Smtp } from '../mail/smtp.ts'
import { every } from './every.ts'
import { ifFree } from './held.ts'

/** Letters taken at a time: one slow conversation must not hold up the list for long. */
const letterBatch = 20

/** So long after a postman is gone, nobody waits for the answer to a letter any more. */
const leaseSeconds = 30

/**
 * Sends what is approved and due, one after the other, and names what was left half done. Each
 * letter is under a lease of its own: several processes share the list.
 */
export function carry(house: House, smtp: Smtp, signal: AbortSignal): Promise<void> {
  const { log } = house
  const rhythm = { name: 'postman', pauseMs: 500, pauseMsMax: 60_000, log, signal }
  return every(rhythm, async () => {
    const toStaff = await house.store.staffMails.due(house.now(), letterBatch)
    await eachAlone(house, toStaff, (mail) => sendStaffMail(house, smtp, mail))
    const begun = await house.store.letters.begun()
    await eachAlone(house, begun, (letter) => abandon(house, letter))
    const due = await house.store.letters.due(house.now(), letterBatch)
    await eachAlone(house, due, async (letter) => {
      if (!signal.aborted) await deliver(house, smtp, letter)
    })
  })
}

/** A letter that fails holds up no other; the first failure is told when all had their turn. */
async function eachAlone<Mail extends { readonly id: string }>(
  house: House,
  letters: readonly Mail[],
  work: (letter: Mail) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = []
  for (const letter of letters) {
    try {
      await ifFree(house, { name: `send:${letter.id}`, seconds: leaseSeconds }, () => work(letter))
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
