import { randomBytes } from 'node:crypto'
import type { AddressInfo, Server, Socket } from 'node:net'
import hoodiecrow from 'hoodiecrow-imap'
import { ImapFlow } from 'imapflow'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

/** An embedded IMAP server that forgets everything when it stops. */
export type DemoImap = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** Puts a mail into a folder, as a receiving mail server does; waiting clients are told. */
  append(raw: Buffer, folder?: string, date?: Date): Promise<void>
  /** Cuts every connection, as a server that restarts does. */
  dropConnections(): void
  stop(): Promise<void>
}

export type ReceivedMail = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Buffer
  readonly at: Date
}

/** An embedded SMTP server that accepts everything and sends nothing on. */
export type DemoSmtp = {
  readonly host: string
  readonly port: number
  /** Oldest first. */
  readonly received: readonly ReceivedMail[]
  onMail(listener: (mail: ReceivedMail) => unknown): void
  stop(): Promise<void>
}

const host = '127.0.0.1'

/** Mails kept by the SMTP server: a demo that runs for days stays small. */
const receivedMax = 1_000

/** Larger mails are refused by the SMTP server (RFC 1870), as most real ones do. */
const mailBytesMax = 50 * 1024 * 1024

/** What works with imapflow; the server speaks plain IMAP without the rest. */
const plugins = [
  'ID',
  'UNSELECT',
  'IDLE',
  'UIDPLUS',
  'CONDSTORE',
  'LITERALPLUS',
  'ENABLE',
  'NAMESPACE',
]

/** Starts an IMAP server with INBOX and the given folders, on a free port of this machine. */
export async function startImap({
  folders = [],
}: {
  folders?: readonly string[]
} = {}): Promise<DemoImap> {
  const user = 'demo'
  const password = randomBytes(9).toString('base64url')
  const others = folders.filter((name) => name !== 'INBOX').map((name) => [name, {}])
  const crow = hoodiecrow({
    plugins,
    storage: { INBOX: {}, '': { separator: '/', folders: Object.fromEntries(others) } },
    users: { [user]: { password } },
  })
  const sockets = track(crow.server)
  await new Promise<void>((resolve) => crow.listen(0, host, resolve))
  const { port } = crow.server.address() as AddressInfo
  const poster = openPoster({ port, user, password })

  return {
    host,
    port,
    user,
    password,
    append: (raw, folder = 'INBOX', date = new Date()) => poster.post(raw, folder, date),
    dropConnections() {
      for (const socket of sockets) socket.destroy()
    },
    stop() {
      poster.close()
      return closed(crow.server, sockets)
    },
  }
}

type Account = { readonly port: number; readonly user: string; readonly password: string }

/**
 * Puts mail into folders through a client of its own: only what comes in by IMAP wakes the other
 * clients. One mail after the other, so that UIDs follow the order of the calls.
 */
function openPoster({ port, user, password }: Account) {
  let client: ImapFlow | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function connected(): Promise<ImapFlow> {
    if (client?.usable) return client
    const auth = { user, pass: password }
    const made = new ImapFlow({ host, port, secure: false, auth, logger: false })
    made.on('error', () => made.close())
    await made.connect()
    client = made
    return made
  }

  async function append(raw: Buffer, folder: string, date: Date): Promise<void> {
    const appended = await (await connected()).append(folder, raw, [], date)
    if (!appended) throw new Error(`the demo's IMAP server did not take a mail for ${folder}`)
  }

  return {
    post(raw: Buffer, folder: string, date: Date): Promise<void> {
      const posted = last.then(() => append(raw, folder, date))
      // A mail that failed is its caller's to hear of; the next one gets its own try.
      last = posted.catch(() => undefined)
      return posted
    },
    close(): void {
      client?.close()
    },
  }
}

/** Starts an SMTP server that keeps what it gets, on a free port of this machine. */
export async function startSmtp(): Promise<DemoSmtp> {
  const received: ReceivedMail[] = []
  const listeners: ((mail: ReceivedMail) => unknown)[] = []

  function keep(mail: ReceivedMail): void {
    received.push(mail)
    if (received.length > receivedMax) received.shift()
    for (const listener of listeners) listener(mail)
  }

  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: mailBytesMax,
    onData: (stream, session, answer) => take(stream, session, keep, answer),
  })
  // A client that breaks off in the middle is its own loss; the server goes on.
  smtp.on('error', () => undefined)
  const server = smtp.server as unknown as Server
  const sockets = track(server)
  await new Promise<void>((resolve) => smtp.listen(0, host, resolve))
  const { port } = smtp.server.address() as AddressInfo
  return {
    host,
    port,
    received,
    onMail: (listener) => void listeners.push(listener),
    stop: () => closed(server, sockets),
  }
}

/** Reads one mail to its final dot, keeps it and answers; a mail over the limit gets a 552. */
function take(
  stream: SMTPServerDataStream,
  { envelope: { mailFrom, rcptTo } }: SMTPServerSession,
  keep: (mail: ReceivedMail) => void,
  answer: (error?: Error) => void,
): void {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => {
    if (!stream.sizeExceeded) chunks.push(chunk)
  })
  stream.on('end', () => {
    if (stream.sizeExceeded) {
      const tooLarge = new Error(`a mail may have at most ${mailBytesMax} bytes`)
      answer(Object.assign(tooLarge, { responseCode: 552 }))
      return
    }
    keep({
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
      raw: Buffer.concat(chunks),
      at: new Date(),
    })
    answer()
  })
}

function track(server: Server): Set<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  return sockets
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}
