import { text } from 'node:stream/consumers'
import { newBackupKey } from '../backup/sealed.ts'
import { readConfig } from '../config.ts'
import type { House } from '../flow/house.ts'
import { rotateSecrets } from '../flow/mailboxes.ts'
import { openHouse, openLog, signingPurpose } from '../house.ts'
import { openSigning } from '../mail/sign.ts'
import { newKey, openVault } from '../vault.ts'
import { CommandError, type Io, UsageError } from './command.ts'

/**
 * `keys new|backup|rotate|seal`: prints a fresh key for the settings, or one for backups; seals every secret in the database
 * with the key that stands there now; or seals a DKIM key that comes in, for the settings.
 */
export async function keys(args: readonly string[], io: Io): Promise<void> {
  switch (args[0]) {
    case 'new':
      io.stdout.write(`${newKey()}\n`)
      return
    case 'backup':
      io.stdout.write(`${await newBackupKey()}\n`)
      return
    case 'rotate': {
      const house = await openHouse(readConfig(io.env), openLog('warn'))
      try {
        return await rotate(house, io)
      } finally {
        await house.store.close()
      }
    }
    case 'seal':
      return seal(io)
    default:
      throw new UsageError('usage: keys new | backup | rotate | seal < key.pem')
  }
}

async function rotate(house: House, io: Io): Promise<void> {
  if (house.vault.trouble) throw new CommandError(house.vault.trouble)
  const count = await rotateSecrets(house)
  io.stdout.write(`${count} sealed anew; MAMORI_ENCRYPTION_KEYS_OLD is not needed any more\n`)
}

async function seal(io: Io): Promise<void> {
  const vault = openVault(readConfig(io.env).encryptionKeys)
  if (vault.trouble) throw new CommandError(vault.trouble)
  const privateKey = await text(io.stdin)
  // One that signs nothing is found out here, not when the first letter waits.
  openSigning({ domain: 'example', selector: 'x', privateKey })
  io.stdout.write(`${vault.seal(privateKey, signingPurpose)}\n`)
}
