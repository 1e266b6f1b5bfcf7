import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import pino, { type DestinationStream, type Logger } from 'pino'
import { v7 } from 'uuid'
import type { DkimSigning } from './config.signing.ts'
import type { Config } from './config.ts'
import { type CheckpointKey, openCheckpointKey } from './evidence/signature.ts'
import type { House } from './flow/house.ts'
import { openNoticebook } from './flow/noticebook.ts'
import { openRulebook, type Rulebook } from './flow/rulebook.ts'
import { openSigning, type Sign } from './mail/sign.ts'
import { databasesOwn } from './store/engine.ts'
import { openStore, type Store } from './store/store.ts'
import { readTemplates } from './templates.ts'
import { openVault, type Vault } from './vault.ts'

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
  const files = readTemplates(config.templatesFolder)
  const vault = openVault(config.encryptionKeys)
  const now = () => new Date().toISOString()
  const store = await openStore(config.databaseUrl, (words) => log.info(words))
  const rulebook = await rulebookOn(store, config.policyFolder, log, now)
  return {
    store,
    get policy() {
      return rulebook.current().policy
    },
    get rules() {
      return rulebook.current().rules
    },
    rulebook,
    templates: await openNoticebook({ files, store, log }),
    log,
    now,
    newId: () => v7(),
    holder: `${process.pid}@${hostname()}/${v7()}`,
    vault,
    checkpointKey: keyIn(config.checkpointKeyFile),
    imap: config.imap,
    secondFactor: config.secondFactor,
    openId: config.openId,
    smtp: config.smtp,
    baseUrl: config.web.baseUrl,
    diskReserveBytes: config.diskReserveMb * 1024 * 1024,
    sign: config.dkimSigning ? signingBy(config.dkimSigning, vault) : null,
    archiveAddress: config.archiveAddress,
    messageIdSecret: config.messageIdSecret,
    trustedAuthservIds: config.trustedAuthservIds,
    dkim: config.dkim,
    ...config.told,
  }
}

/** A database is not left open where the rules cannot be used. */
async function rulebookOn(
  store: Store,
  folder: string,
  log: Logger,
  now: () => string,
): Promise<Rulebook> {
  try {
    return await openRulebook({ folder, store, log, now })
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Opened, or made, when first needed: most commands sign nothing. */
function keyIn(file: string | null): () => CheckpointKey | null {
  let key: CheckpointKey | null = null
  return () => {
    if (file !== null) key ??= openCheckpointKey(file)
    return key
  }
}

/** What a key for signing is sealed for: it opens as nothing else. */
export const signingPurpose = 'dkim'

function signingBy({ domain, selector, key }: DkimSigning, vault: Vault): Sign {
  const privateKey =
    'file' in key ? readFileSync(key.file, 'utf8') : vault.open(key.sealed, signingPurpose)
  return openSigning({ domain, selector, privateKey })
}
