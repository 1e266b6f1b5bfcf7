import type { Config } from '../config.ts'
import { openHouse, openLog } from '../house.ts'
import { openStore } from '../store/store.ts'

/** What is well, but should not stay so. */
export type Warned = { readonly words: string; readonly warns: true }

const dayMs = 86_400_000

/** A backup older than this is told. */
const backupDaysMax = 7

/** When the last backup was made, as the log says. */
export async function backupWords(config: Config): Promise<string | Warned> {
  const { databaseUrl } = config
  if (!databaseUrl.startsWith('file:')) {
    return 'PostgreSQL is backed up by pg_dump, which is not seen from here (docs/backup.md)'
  }
  const { store, now } = await openHouse(config, openLog('silent'))
  const last = await store.log.lastOf('backup_made').finally(() => store.close())
  if (last?.event.kind !== 'backup_made') {
    return { words: 'none was made yet: mamori backup --out FILE', warns: true }
  }
  const { at, bytes } = last.event
  const days = Math.floor((Date.parse(now()) - Date.parse(at)) / dayMs)
  const words = `the last one was made ${at} (${bytes} bytes)`
  return days < backupDaysMax ? words : { words: `${words}, ${days} days ago`, warns: true }
}

/** Where signed checkpoints go; one that lies beside the record alone proves little. */
export async function checkpointWords(config: Config): Promise<string | Warned> {
  if (config.checkpointKeyFile === null) {
    return { words: 'none is signed: set MAMORI_CHECKPOINT_KEY_FILE', warns: true }
  }
  const to = config.told.checkpointTo
  if (to === null) {
    const words =
      'nobody outside gets them: set MAMORI_CHECKPOINT_TO, or keep what `checkpoints` prints'
    return { words, warns: true }
  }
  if (!config.smtp || config.encryptionKeys.length === 0) {
    const words = `they cannot go to ${to}: set SMTP_HOST and MAMORI_ENCRYPTION_KEY`
    return { words, warns: true }
  }
  const store = await openStore(config.databaseUrl, () => undefined)
  const last = await store.log.lastOf('checkpoint_signed').finally(() => store.close())
  const mailed = last?.event.kind === 'checkpoint_signed' && last.event.mailedTo === to
  return `each goes to ${to}${mailed ? `, the last one of ${last.event.at}` : ''}`
}
