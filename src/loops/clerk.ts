import type { Accounts } from '../flow/accounts.ts'
import type { House } from '../flow/house.ts'
import { keepCopies, settleBySentFolders } from '../flow/traces.ts'
import { settleByMail } from '../flow/uncertain.ts'
import { every } from './every.ts'

/**
 * Looks after what was sent: settles letters of unknown result where mail or the Sent folder says
 * what became of them, and keeps copies in the Sent folder.
 */
export function lookAfterSent(
  house: House,
  accounts: Accounts,
  signal: AbortSignal,
): Promise<void> {
  const { log } = house
  const rhythm = { name: 'clerk', pauseMs: 5_000, pauseMsMax: 300_000, log, signal }
  return every(rhythm, async () => {
    const byMail = await settleByMail(house)
    const byFolder = await settleBySentFolders(house, accounts)
    const copies = await keepCopies(house, accounts)
    if (byMail + byFolder + copies > 0) log.info({ byMail, byFolder, copies }, 'sent mail')
  })
}
