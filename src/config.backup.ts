import { readFileSync } from 'node:fs'
import { backupKeyIn } from './backup/sealed.ts'

/** The key of backups: MAMORI_BACKUP_KEY, or the file that MAMORI_BACKUP_KEY_FILE names. */
export function backupKeyOf(env: NodeJS.ProcessEnv): string {
  const { MAMORI_BACKUP_KEY: key, MAMORI_BACKUP_KEY_FILE: file } = env
  if (key) return backupKeyIn(key)
  return backupKeyIn(file ? readFileSync(file, 'utf8') : '')
}
