import type { TroubleKind } from '../domain/mailbox.ts'
import { connectingTrouble, ServerError } from './connecting.ts'

/** A mailbox that cannot be read. */
export class InboxError extends ServerError {
  constructor(trouble: TroubleKind, message: string, options?: ErrorOptions) {
    super(trouble, message, options)
    this.name = 'InboxError'
  }
}

export type Server = { readonly host: string; readonly port: number; readonly user: string }

type Failure = Error & {
  readonly authenticationFailed?: boolean
  readonly serverResponseCode?: string
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
  const { trouble, message } = connectingTrouble(error, at)
  return new InboxError(trouble, message)
}
