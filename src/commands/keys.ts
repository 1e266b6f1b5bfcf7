import { readConfig } from '../config.ts'
import type { House } from '../flow/house.ts'
import { rotateSecrets } from '../flow/mailboxes.ts'
import { openHouse, openLog } from '../house.ts'
import { newKey } from '../vault.ts'
import { CommandError, type Io, UsageError } from './command.ts'

/**
 * `keys new|rotate`: prints a fresh key for the settings; or seals every secret in the
 * database with the key that stands there now.
 */
export async function keys(args: readonly string[], io: Io): Promise<void> {
  switch (args[0]) {
    case 'new':
      io.stdout.write(`${newKey()}\n`)
      return
    case 'rotate': {
      const house = await openHouse(readConfig(process.env), openLog('warn'))
      try {
        return await rotate(house, io)
      } finally {
        await house.store.close()
      }
    }
    default:
      throw new UsageError('usage: keys new | rotate')
  }
}

async function rotate(house: House, io: Io): Promise<void> {
  if (house.vault.trouble) throw new CommandError(house.vault.trouble)
  const count = await rotateSecrets(house)
  io.stdout.write(`${count} sealed anew; MAMORI_ENCRYPTION_KEYS_OLD is not needed any more\n`)
}
