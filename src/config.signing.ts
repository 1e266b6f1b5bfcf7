import { dirname, join } from 'node:path'

/** How what we send is signed (RFC 6376), and where the private key is. */
export type DkimSigning = {
  readonly domain: string
  readonly selector: string
  /** In a file, or sealed by `keys seal` in the settings themselves. */
  readonly key: { readonly file: string } | { readonly sealed: string }
}

type Settings = {
  readonly DKIM_SIGN_DOMAIN?: string | undefined
  readonly DKIM_SIGN_SELECTOR?: string | undefined
  readonly DKIM_SIGN_KEY_FILE?: string | undefined
  readonly DKIM_SIGN_KEY_SEALED?: string | undefined
}

/** All of it is set, or nothing. */
export function flawsOfSigning(s: Settings): string[] {
  const keys = [s.DKIM_SIGN_KEY_FILE, s.DKIM_SIGN_KEY_SEALED].filter((key) => key !== undefined)
  if (!s.DKIM_SIGN_DOMAIN && !s.DKIM_SIGN_SELECTOR && keys.length === 0) return []
  const flaws: string[] = []
  if (!s.DKIM_SIGN_DOMAIN) flaws.push('DKIM_SIGN_DOMAIN: must be set where mail is signed')
  if (!s.DKIM_SIGN_SELECTOR) flaws.push('DKIM_SIGN_SELECTOR: must be set where mail is signed')
  if (keys.length !== 1) {
    flaws.push('DKIM_SIGN_KEY_FILE: set it, or DKIM_SIGN_KEY_SEALED, where mail is signed')
  }
  return flaws
}

export function signingOf(s: Settings): DkimSigning | null {
  const { DKIM_SIGN_DOMAIN: domain, DKIM_SIGN_SELECTOR: selector } = s
  if (!domain || !selector) return null
  const { DKIM_SIGN_KEY_FILE: file, DKIM_SIGN_KEY_SEALED: sealed = '' } = s
  return { domain: domain.toLowerCase(), selector, key: file ? { file } : { sealed } }
}

/** The file of the key for checkpoints: the one that is set, else one beside the embedded database. */
export function checkpointKeyFileOf(s: {
  readonly DATABASE_URL: string
  readonly MAMORI_CHECKPOINT_KEY_FILE?: string | undefined
}): string | null {
  if (s.MAMORI_CHECKPOINT_KEY_FILE) return s.MAMORI_CHECKPOINT_KEY_FILE
  if (!s.DATABASE_URL.startsWith('file:')) return null
  return join(dirname(s.DATABASE_URL.slice('file:'.length)), 'checkpoint-key.pem')
}

/** The keys that seal secrets in the database: the one of now, then older ones. */
export function keysOf(s: {
  readonly MAMORI_ENCRYPTION_KEY?: string | undefined
  readonly MAMORI_ENCRYPTION_KEYS_OLD?: readonly string[] | undefined
}): string[] {
  const old = s.MAMORI_ENCRYPTION_KEYS_OLD ?? []
  return s.MAMORI_ENCRYPTION_KEY ? [s.MAMORI_ENCRYPTION_KEY, ...old] : []
}
