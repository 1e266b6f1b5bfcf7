import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { connectingTrouble, ServerError } from './connecting.ts'

export type SmtpSettings = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise STARTTLS where offered, or where it is required. */
  readonly secure: boolean
  readonly requireTls?: boolean
  readonly user?: string
  readonly password?: string
  /** How long the server may think about a mail after its final dot. */
  readonly responseTimeoutMs?: number
  /** How long it may take until it greets us; half a minute without it. */
  readonly connectTimeoutMs?: number
}

/** What became of a mail. Only `temporary` may be tried again by itself. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  | { readonly kind: 'temporary'; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string }
  | { readonly kind: 'uncertain'; readonly reason: string }

/** Who sends to whom; nothing of ours goes to a list (RFC 5321 section 2.3.1). */
export type Envelope = {
  readonly from: string
  readonly to: string
  /** Our own archive, which gets a copy unseen; null where there is none. */
  readonly archive: string | null
}

export type Smtp = {
  /**
   * Hands a mail over. `handingOver` is awaited right before the end of the mail goes out, and
   * nothing was accepted before it; where it fails, the mail was not sent.
   */
  send(envelope: Envelope, raw: Buffer, handingOver: () => Promise<void>): Promise<SendOutcome>
  /** Connects and signs in; rejects with `ServerError` in words of what to mend. */
  check(): Promise<void>
  close(): void
}

/** RFC 5321 section 4.5.3.2.6: ten minutes for the answer to the final dot. */
const responseTimeoutMs = 10 * 60_000
const connectTimeoutMs = 30_000

/** The longest answer of a server that is kept. */
const responseLengthMax = 500

/** The mail is handed over in pieces, so that a drop in the middle is known as one. */
const pieceBytes = 64 * 1024

/** A sender that opens one connection a mail: what it knows of one says nothing of another. */
export function openSmtp(settings: SmtpSettings): Smtp {
  const open = new Set<SMTPConnection>()

  function connection(): SMTPConnection {
    const { connectTimeoutMs: patienceMs = connectTimeoutMs } = settings
    const made = new SMTPConnection({
      host: settings.host,
      port: settings.port,
      secure: settings.secure,
      requireTLS: settings.requireTls ?? false,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: settings.responseTimeoutMs ?? responseTimeoutMs,
      logger: false,
    })
    open.add(made)
    made.once('end', () => open.delete(made))
    return made
  }

  return {
    send: (envelope, raw, handingOver) =>
      converse(connection(), settings, { envelope, raw, handingOver }),
    async check() {
      const made = connection()
      try {
        await connect(made, settings)
        made.quit()
      } catch (error) {
        made.close()
        throw troubleOf(error, settings)
      }
    },
    close() {
      for (const made of open) made.close()
    },
  }
}

type Handover = {
  readonly envelope: Envelope
  readonly raw: Buffer
  readonly handingOver: () => Promise<void>
}

/** One conversation. The final dot divides what may be repeated from what nobody can know. */
async function converse(
  connection: SMTPConnection,
  settings: SmtpSettings,
  { envelope, raw, handingOver }: Handover,
): Promise<SendOutcome> {
  try {
    await connect(connection, settings)
  } catch (error) {
    connection.close()
    // Nothing was said of the mail yet: a wrong password refuses us, not the mail.
    return { kind: 'temporary', reason: reasonOf(error) }
  }
  const { from, to, archive } = envelope
  const given: Given = { from, to: archive === null ? [to] : [to, archive] }
  let handedOver = false
  async function* body(): AsyncIterable<Buffer> {
    const refusal = refusalOf(given, to)
    if (refusal) throw refusal
    const last = Math.max(0, raw.length - pieceBytes)
    for (let at = 0; at < last; at += pieceBytes)
      yield raw.subarray(at, Math.min(last, at + pieceBytes))
    await handingOver()
    // From here on the dot may be on its way.
    handedOver = true
    yield raw.subarray(last)
  }
  try {
    const response = await send(connection, given, Readable.from(body()))
    connection.quit()
    return { kind: 'accepted', response: response.slice(0, responseLengthMax) }
  } catch (error) {
    connection.close()
    return failure(error, handedOver)
  }
}

/** What the library is given; it writes down in it whom the server refuses. */
type Given = { from: string; to: string[]; rejectedErrors?: (Error & { recipient?: string })[] }

/** A mail that only the archive would get is not sent at all. */
function refusalOf({ rejectedErrors = [] }: Given, to: string): Error | null {
  return rejectedErrors.find(({ recipient }) => recipient === to) ?? null
}

function failure(error: unknown, handedOver: boolean): SendOutcome {
  const reason = reasonOf(error)
  const code = codeOf(error)
  if (code >= 500) return { kind: 'refused', code, reason }
  if (code >= 400) return { kind: 'temporary', reason }
  if (isOwnRefusal(error)) return { kind: 'refused', code: 0, reason }
  return handedOver ? { kind: 'uncertain', reason } : { kind: 'temporary', reason }
}

function connect(connection: SMTPConnection, settings: SmtpSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    // For as long as the connection lives: an error that nobody listens to ends the process.
    connection.on('error', reject)
    connection.connect((error) => {
      if (error) return reject(error)
      const { user, password } = settings
      if (!user || !password) return resolve()
      connection.login({ user, pass: password }, (refusal) =>
        refusal ? reject(refusal) : resolve(),
      )
    })
  })
}

/** A connection that is lost, or an answer that does not come, ends here as an error as well. */
function send(connection: SMTPConnection, envelope: Given, body: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject)
    connection.send(envelope, body, (error, info) => {
      if (error) reject(error)
      else resolve(info?.response ?? '')
    })
  })
}

function troubleOf(error: unknown, { host, port, user }: SmtpSettings): ServerError {
  const at = `SMTP ${host}:${port}`
  if (!isSignIn(error)) return connectingTrouble(error, at)
  return new ServerError(
    'credentials',
    `${at} refuses the sign-in of ${user}: check SMTP_USER and SMTP_PASSWORD (${wordsOf(error)})`,
  )
}

function isSignIn(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAUTH'
}

function codeOf(error: unknown): number {
  const code = error instanceof Error && 'responseCode' in error ? error.responseCode : 0
  return typeof code === 'number' ? code : 0
}

/** What the library refuses by itself, before a byte is sent: sending it again changes nothing. */
function isOwnRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EENVELOPE'
}

function reasonOf(error: unknown): string {
  return wordsOf(error).slice(0, responseLengthMax)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
