import { getSystemErrorName } from 'node:util'
import type { TroubleKind } from '../domain/mailbox.ts'

/** A mail server that cannot be used, in words of what to do. Never holds a password or a token. */
export class ServerError extends Error {
  readonly trouble: TroubleKind

  constructor(trouble: TroubleKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ServerError'
    this.trouble = trouble
  }
}

/** What Node and the two libraries for IMAP and SMTP say of a failure. */
type Failure = Error & {
  readonly code?: string
  readonly errno?: number
  readonly tlsFailed?: boolean
}

/** Why no connection came about, and what to do, before anybody signed in. */
export function connectingTrouble(error: unknown, at: string): ServerError {
  const failed = error as Failure
  const code = codeOf(failed)
  const said = code || failed.message
  const certificate = certificateAdvice(code, failed.message)
  if (certificate) {
    const words = `${at} shows a certificate that cannot be trusted (${said}): ${certificate}`
    return new ServerError('certificate', words)
  }
  switch (kindOf(code, failed)) {
    case 'host_unknown':
      return new ServerError(
        'host_unknown',
        `${at}: no server has this name (${said}): check how host is spelt`,
      )
    case 'port_closed':
      return new ServerError(
        'port_closed',
        `${at}: nothing listens there (${said}): check host, port`,
      )
    case 'no_answer':
      return new ServerError(
        'no_answer',
        `${at} does not answer (${said}): check host, port and security (TLS, STARTTLS), and whether a firewall is between`,
      )
    case 'encryption':
      return new ServerError(
        'encryption',
        `${at} speaks another encryption than was chosen (${said}): check port and security (TLS, STARTTLS)`,
      )
    default:
      return new ServerError(
        'unreachable',
        `${at} cannot be reached (${said}): check host, port and security (TLS, STARTTLS)`,
      )
  }
}

/** The system's own name of an error: nodemailer puts a code of its own over it. */
function codeOf({ code = '', errno }: Failure): string {
  if (errno === undefined) return code
  // getaddrinfo's answers are above the numbers of the system.
  return errno < -3000 && code !== 'EAI_AGAIN' ? 'ENOTFOUND' : getSystemErrorName(errno)
}

function kindOf(code: string, { message, tlsFailed }: Failure): TroubleKind {
  if (/^(?:ENOTFOUND|EAI_|EDNS)/.test(code)) return 'host_unknown'
  if (code === 'ECONNREFUSED') return 'port_closed'
  if (/^(?:ETIMEDOUT|ETIMEOUT|CONNECT_TIMEOUT|GREET\w*_TIMEOUT|UPGRADE_TIMEOUT)$/.test(code)) {
    return 'no_answer'
  }
  if (/^(?:EHOSTUNREACH|ENETUNREACH)$/.test(code)) return 'no_answer'
  const isTls = tlsFailed || code === 'ETLS' || /^(?:ERR_SSL|EPROTO)/.test(code)
  return isTls || /SSL routines|STARTTLS/.test(message) ? 'encryption' : 'unreachable'
}

/** What to do about a certificate, by OpenSSL's code or, where that is lost, its words. */
function certificateAdvice(code: string, message: string): string | null {
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
      return /^(?:CERT_|ERR_TLS_CERT)/.test(code) || /certificate/i.test(message)
        ? 'the server’s administrator must mend it, or name its authority in NODE_EXTRA_CA_CERTS'
        : null
  }
}
