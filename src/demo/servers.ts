import { randomBytes } from 'node:crypto'
import type { AddressInfo, Server, Socket } from 'node:net'
import hoodiecrow from 'hoodiecrow-imap'
import { ImapFlow } from 'imapflow'
import { SMTPServer } from 'smtp-server'

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
  const account = {
    host,
    port,
    secure: false,
    auth: { user, pass: password },
    logger: false,
  } as const
  let poster: ImapFlow | null = null

  async function posting(): Promise<ImapFlow> {
    if (poster?.usable) return poster
    const made = new ImapFlow(account)
    made.on('error', () => made.close())
    await made.connect()
    poster = made
    return made
  }

  return {
    host,
    port,
    user,
    password,
    async append(raw, folder = 'INBOX', date = new Date()) {
      try {
        await (await posting()).append(folder, raw, [], date)
      } catch {
        // The connection was cut meanwhile: once more on a new one.
        poster = null
        await (await posting()).append(folder, raw, [], date)
      }
    },
    dropConnections() {
      for (const socket of sockets) socket.destroy()
    },
    async stop() {
      poster?.close()
      await closed(crow.server, sockets)
    },
  }
}

/** Starts an SMTP server that keeps what it gets, on a free port of this machine. */
export async function startSmtp(): Promise<DemoSmtp> {
  const received: ReceivedMail[] = []
  const listeners: ((mail: ReceivedMail) => unknown)[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const mail: ReceivedMail = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks),
          at: new Date(),
        }
        received.push(mail)
        if (received.length > receivedMax) received.shift()
        for (const listener of listeners) listener(mail)
        callback()
      })
    },
  })
  smtp.on('error', () => undefined)
  const sockets = track(smtp.server as unknown as Server)
  await new Promise<void>((resolve) => smtp.listen(0, host, resolve))
  const { port } = smtp.server.address() as AddressInfo
  return {
    host,
    port,
    received,
    onMail: (listener) => void listeners.push(listener),
    stop: () => closed(smtp.server as unknown as Server, sockets),
  }
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
