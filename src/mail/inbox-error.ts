import type { TroubleKind } from '../domain/mailbox.ts'

/** A mailbox that cannot be read, in words of what to do. Never holds a password or a token. */
export class InboxError extends Error {
  readonly trouble: TroubleKind

  constructor(trouble: TroubleKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'InboxError'
    this.trouble = trouble
  }
}

export type Server = { readonly host: string; readonly port: number; readonly user: string }

type Failure = Error & {
  readonly authenticationFailed?: boolean
  readonly serverResponseCode?: string
  readonly code?: string
  readonly responseText?: string
}

/** RFC 5530: the server itself says that this is not about the password. */
const notCredentials = /^(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)$/

/** Whether the server's refusal is about itself, not about what was asked for. */
export function saysWhy(error: unknown): boolean {
  return notCredentials.test((error as Failure).serverResponseCode ?? '')
}

/** Why no connection came about. */
export function troubleOf(error: unknown, { host, port, user }: Server): InboxError {
  const failed = error as Failure
  const at = `${host}:${port}`
  const answer = failed.serverResponseCode ?? ''
  if (notCredentials.test(answer)) {
    return new InboxError(
      'unreachable',
      `${at} cannot serve ${user} now (${answer}): it is tried again; ask the server's administrator if it stays so`,
    )
  }
  if (failed.authenticationFailed) {
    return new InboxError(
      'credentials',
      `${at} refuses the sign-in of ${user}: check the user and the password of the mailbox (IMAP_USER and IMAP_PASSWORD where the settings name it)`,
    )
  }
  const code = failed.code ?? ''
  const certificate = certificateAdvice(code)
  if (certificate) {
    const words = `${at} shows a certificate that cannot be trusted (${code}): ${certificate}`
    return new InboxError('certificate', words)
  }
  return new InboxError(
    'unreachable',
    `${at} cannot be reached (${code || failed.message}): check host, port and security (TLS, STARTTLS) of the mailbox`,
  )
}

/** What to do about a certificate, by the code that OpenSSL gives; null for other failures. */
function certificateAdvice(code: string): string | null {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'it has expired; the server’s administrator must renew it'
    case 'CERT_NOT_YET_VALID':
      return 'it is not valid yet; check the clocks of both machines'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'it is for another name; use the host name that it names'
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'nobody we know has signed it; name your own authority’s certificate in NODE_EXTRA_CA_CERTS, or have the server send its whole chain'
    case 'CERT_REVOKED':
      return 'it was revoked; the server’s administrator must replace it'
    default:
      return /^(?:CERT_|ERR_TLS_CERT)/.test(code) ? 'the server’s administrator must mend it' : null
  }
}
