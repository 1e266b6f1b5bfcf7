import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

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
}

/** What became of a mail. Only `temporary` may be tried again by itself. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  | { readonly kind: 'temporary'; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string }
  | { readonly kind: 'uncertain'; readonly reason: string }

export type Smtp = {
  send(envelope: { readonly from: string; readonly to: string }, raw: Buffer): Promise<SendOutcome>
  /** Connects and signs in; throws with words of what to mend. */
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

type Envelope = { readonly from: string; readonly to: string }

/** A sender that opens one connection a mail: what it knows of one says nothing of another. */
export function openSmtp(settings: SmtpSettings): Smtp {
  const open = new Set<SMTPConnection>()

  function connection(): SMTPConnection {
    const made = new SMTPConnection({
      host: settings.host,
      port: settings.port,
      secure: settings.secure,
      requireTLS: settings.requireTls ?? false,
      connectionTimeout: connectTimeoutMs,
      greetingTimeout: connectTimeoutMs,
      socketTimeout: settings.responseTimeoutMs ?? responseTimeoutMs,
      logger: false,
    })
    open.add(made)
    made.once('end', () => open.delete(made))
    return made
  }

  return {
    send: (envelope, raw) => converse(connection(), settings, envelope, raw),
    async check() {
      const made = connection()
      try {
        await connect(made, settings)
        made.quit()
      } catch (error) {
        made.close()
        throw new Error(`SMTP ${settings.host}:${settings.port}: ${wordsOf(error)}`)
      }
    },
    close() {
      for (const made of open) made.close()
    },
  }
}

/** One conversation. The final dot divides what may be repeated from what nobody can know. */
async function converse(
  connection: SMTPConnection,
  settings: SmtpSettings,
  envelope: Envelope,
  raw: Buffer,
): Promise<SendOutcome> {
  try {
    await connect(connection, settings)
  } catch (error) {
    connection.close()
    // Nothing was said of the mail yet: a wrong password refuses us, not the mail.
    return { kind: 'temporary', reason: reasonOf(error) }
  }
  let dotWritten = false
  const body = Readable.from(pieces(raw))
  // The last byte is handed over: from here on the dot may be on its way.
  body.once('end', () => {
    dotWritten = true
  })
  try {
    const response = await send(connection, envelope, body)
    connection.quit()
    return { kind: 'accepted', response: response.slice(0, responseLengthMax) }
  } catch (error) {
    connection.close()
    return failure(error, dotWritten)
  }
}

function* pieces(raw: Buffer): Iterable<Buffer> {
  for (let at = 0; at < raw.length; at += pieceBytes) yield raw.subarray(at, at + pieceBytes)
}

function failure(error: unknown, dotWritten: boolean): SendOutcome {
  const reason = reasonOf(error)
  const code = codeOf(error)
  if (code >= 500) return { kind: 'refused', code, reason }
  if (code >= 400) return { kind: 'temporary', reason }
  if (isOwnRefusal(error)) return { kind: 'refused', code: 0, reason }
  return dotWritten ? { kind: 'uncertain', reason } : { kind: 'temporary', reason }
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
function send(connection: SMTPConnection, { from, to }: Envelope, body: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject)
    connection.send({ from, to: [to] }, body, (error, info) => {
      if (error) reject(error)
      else resolve(info?.response ?? '')
    })
  })
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
