import type { InboxSettings } from './inbox.ts'

export type InboxTrouble =
  | 'credentials'
  | 'certificate'
  | 'unreachable'
  | 'folder'
  | 'lost'
  | 'protocol'

/** A mailbox that cannot be read, in words of what to do. Never holds the password. */
export class InboxError extends Error {
  readonly trouble: InboxTrouble

  constructor(trouble: InboxTrouble, message: string) {
    super(message)
    this.name = 'InboxError'
    this.trouble = trouble
  }
}

/** Why no connection came about. */
export function troubleOf(error: unknown, { host, port, user }: InboxSettings): InboxError {
  const failed = error as Error & { authenticationFailed?: boolean; code?: string }
  const at = `${host}:${port}`
  if (failed.authenticationFailed) {
    return new InboxError(
      'credentials',
      `${at} refuses the password of ${user}: check IMAP_USER and IMAP_PASSWORD`,
    )
  }
  const code = failed.code ?? ''
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code)) {
    return new InboxError(
      'certificate',
      `${at} shows a certificate that cannot be trusted (${code}): mend the certificate, or check IMAP_HOST`,
    )
  }
  return new InboxError(
    'unreachable',
    `${at} cannot be reached (${code || failed.message}): check IMAP_HOST, IMAP_PORT and IMAP_TLS`,
  )
}
