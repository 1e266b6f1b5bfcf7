import { hostname } from 'node:os'
import pino, { type DestinationStream, type Logger } from 'pino'
import { v7 } from 'uuid'
import type { Config } from './config.ts'
import type { House } from './flow/house.ts'
import { loadPolicy } from './policy.ts'
import { databasesOwn } from './store/engine.ts'
import { openStore } from './store/store.ts'
import { loadTemplates } from './templates.ts'
import { openVault } from './vault.ts'

/** A log of one JSON line an event on stderr: stdout belongs to the commands' results. */
export function openLog(
  level: string,
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  const redact = ['password', '*.password', 'token', '*.token', 'cookie', '*.cookie']
  const err = (error: unknown) =>
    error instanceof Error ? pino.stdSerializers.err(databasesOwn(error)) : error
  return pino({ level, redact, serializers: { err } }, to)
}

/** Everything the flows work with, from the settings. Wrong policy or templates stop it here. */
export async function openHouse(config: Config, log: Logger): Promise<House> {
  const { policy, rules } = loadPolicy(config.policyFolder)
  const templates = loadTemplates(config.templatesFolder)
  const store = await openStore(config.databaseUrl, (words) => log.info(words))
  return {
    store,
    policy,
    rules,
    templates,
    log,
    now: () => new Date().toISOString(),
    newId: () => v7(),
    holder: `${process.pid}@${hostname()}/${v7()}`,
    vault: openVault(config.encryptionKeys),
    imap: config.imap,
    diskReserveBytes: config.diskReserveMb * 1024 * 1024,
    archiveAddress: config.archiveAddress,
    messageIdSecret: config.messageIdSecret,
    trustedAuthservIds: config.trustedAuthservIds,
    dkim: config.dkim,
  }
}
