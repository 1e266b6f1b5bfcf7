import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A mail on the scripted server. */
export type Lying = { readonly uid: number; readonly raw: Buffer; seen?: boolean }

export type Line = {
  readonly tag: string
  /** `LOGIN`, `UID FETCH` and so on. */
  readonly command: string
  readonly rest: string
  /** How often this command came, over all connections, from 1. */
  readonly nth: number
  send(text: string | Buffer): void
  /** Ends the connection after what was sent. */
  hangUp(): void
}

/**
 * An IMAP server that answers as it is told: for faults that real servers do not produce when
 * asked to. What no rule of a test's takes is answered as RFC 3501 wants it.
 */
export type ScriptedImap = {
  readonly port: number
  readonly mails: Lying[]
  uidValidity: number
  uidNext: number
  capabilities: string
  /** Every command so far, with its arguments. */
  readonly heard: string[]
  /** Answers a command in a way of its own; false leaves it to the server. */
  rule: (line: Line) => boolean
  /** Puts a mail there without telling anybody. */
  put(raw: Buffer): void
  /** Tells every client how many mails there are: at once while it idles, else when it next does. */
  announce(): void
  stop(): Promise<void>
}

type Session = {
  idleTag: string | null
  /** Something was announced while it was not listening. */
  owed: boolean
}

export async function startScriptedImap(): Promise<ScriptedImap> {
  const sockets = new Map<Socket, Session>()
  const counts = new Map<string, number>()
  const exists = () => `* ${imap.mails.length} EXISTS\r\n`
  const imap: ScriptedImap = {
    port: 0,
    mails: [],
    uidValidity: 1,
    uidNext: 1,
    capabilities: 'IMAP4rev1 IDLE UIDPLUS MOVE',
    heard: [],
    rule: () => false,
    put(raw) {
      imap.mails.push({ uid: imap.uidNext, raw })
      imap.uidNext += 1
    },
    announce() {
      for (const [socket, session] of sockets) {
        if (session.idleTag) socket.write(exists())
        else session.owed = true
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets.keys()) socket.destroy()
      }),
  }
  const server = createServer((socket) => {
    const session: Session = { idleTag: null, owed: false }
    sockets.set(socket, session)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    socket.write(`* OK [CAPABILITY ${imap.capabilities}] scripted\r\n`)
    let rest = ''
    socket.on('data', (bytes) => {
      const lines = (rest + bytes.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) hear(socket, session, line)
    })
  })

  function hear(socket: Socket, session: Session, text: string): void {
    if (text.toUpperCase() === 'DONE') {
      socket.write(`${session.idleTag} OK done\r\n`)
      session.idleTag = null
      return
    }
    const [, tag = '', command = '', rest = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/i.exec(text) ?? []
    const name = command.toUpperCase()
    imap.heard.push(`${name} ${rest}`.trim())
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    const line: Line = {
      ...{ tag, rest, nth, command: name },
      send: (answer) => socket.write(answer),
      hangUp: () => socket.end(),
    }
    if (imap.rule(line)) return
    if (name === 'IDLE') {
      session.idleTag = tag
      socket.write('+ idling\r\n')
      if (session.owed) socket.write(exists())
      session.owed = false
      return
    }
    for (const answer of answersTo(imap, line)) socket.write(answer)
    if (name === 'LOGOUT') socket.end()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(imap, { port: (server.address() as AddressInfo).port })
}

function answersTo(imap: ScriptedImap, { tag, command, rest }: Line): (string | Buffer)[] {
  const done = `${tag} OK done\r\n`
  switch (command) {
    case 'CAPABILITY':
      return [`* CAPABILITY ${imap.capabilities}\r\n`, done]
    case 'LIST':
      return ['* LIST () "/" INBOX\r\n', '* LIST () "/" Stored\r\n', done]
    case 'SELECT':
    case 'EXAMINE':
      return [
        `* FLAGS (\\Seen \\Deleted)\r\n* ${imap.mails.length} EXISTS\r\n`,
        `* OK [UIDVALIDITY ${imap.uidValidity}] \r\n* OK [UIDNEXT ${imap.uidNext}] \r\n`,
        `${tag} OK [READ-ONLY] opened\r\n`,
      ]
    case 'UID SEARCH': {
      const uids = named(imap, /UID (\S+)/.exec(rest)?.[1] ?? '1:*').map(({ uid }) => uid)
      return [`* SEARCH ${uids.join(' ')}\r\n`.replace(' \r', '\r'), done]
    }
    case 'UID FETCH': {
      const [set = '', items = ''] = rest.split(/ (.*)/)
      return [...named(imap, set).flatMap((mail) => rowOf(imap, mail, items)), done]
    }
    case 'LOGOUT':
      return ['* BYE\r\n', done]
    default:
      return [done]
  }
}

/** The answer for one mail. */
export function rowOf({ mails }: ScriptedImap, mail: Lying, items: string): (string | Buffer)[] {
  const head = `* ${mails.indexOf(mail) + 1} FETCH (UID ${mail.uid}`
  if (!items.includes('BODY')) return [`${head} RFC822.SIZE ${mail.raw.length})\r\n`]
  const date = 'INTERNALDATE "01-Nov-2026 10:00:00 +0000"'
  return [`${head} ${date} BODY[] {${mail.raw.length}}\r\n`, mail.raw, ')\r\n']
}

/** The mails that a sequence set of UIDs names. */
export function named({ mails }: ScriptedImap, set: string): Lying[] {
  const last = Math.max(0, ...mails.map(({ uid }) => uid))
  const ranges = set.split(',').map((part) => {
    const [from = 0, to = from] = part
      .split(':')
      .map((word) => (word === '*' ? last : Number(word)))
    return [Math.min(from, to), Math.max(from, to)] as const
  })
  return mails.filter(({ uid }) => ranges.some(([from, to]) => uid >= from && uid <= to))
}
