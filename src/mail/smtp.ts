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
      } catch (error) {
        throw new Error(`SMTP ${settings.host}:${settings.port}: ${wordsOf(error)}`)
      } finally {
        made.close()
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
  envelope: { readonly from: string; readonly to: string },
  raw: Buffer,
): Promise<SendOutcome> {
  let dotWritten = false
  try {
    await connect(connection, settings)
    const body = Readable.from([raw])
    // The last byte is handed over: from here on the dot may be on its way.
    body.once('end', () => {
      dotWritten = true
    })
    const response = await send(connection, envelope, body)
    return { kind: 'accepted', response: response.slice(0, responseLengthMax) }
  } catch (error) {
    return failure(error, dotWritten)
  } finally {
    connection.close()
  }
}

function failure(error: unknown, dotWritten: boolean): SendOutcome {
  const reason = wordsOf(error).slice(0, responseLengthMax)
  const code = codeOf(error)
  if (code >= 500) return { kind: 'refused', code, reason }
  if (code >= 400) return { kind: 'temporary', reason }
  if (isOwnRefusal(error)) return { kind: 'refused', code: 0, reason }
  return dotWritten ? { kind: 'uncertain', reason } : { kind: 'temporary', reason }
}

function connect(connection: SMTPConnection, settings: SmtpSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
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

function send(
  connection: SMTPConnection,
  { from, to }: { readonly from: string; readonly to: string },
  body: Readable,
): Promise<string> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
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

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
