import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'

/** Where a conversation stands when the server speaks. */
export const stages = [
  'greeting',
  'ehlo',
  'starttls',
  'mail',
  'rcpt',
  'data',
  'body',
  'dot',
] as const
export type Stage = (typeof stages)[number]

export type Heard = {
  readonly stage: Stage
  /** Which conversation it is, from 1. */
  readonly conversation: number
  /** The rest of the command: for `rcpt` the address. */
  readonly argument: string
}

/** What the server does: what it says, whether the mail is its own now, how it goes on. */
export type Reply = {
  readonly say?: string
  readonly accept?: boolean
  readonly afterwards?: 'drop' | 'silence'
  /** A server that thinks for so long before it says anything. */
  readonly thinkMs?: number
}

/** How a test wants it; undefined leaves it to the server. */
export type Script = (heard: Heard) => Reply | undefined

export type Accepted = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Buffer
  readonly conversation: number
}

/** An SMTP server that says exactly what the script says, and else what RFC 5321 wants. */
export type ScriptedSmtp = {
  readonly port: number
  readonly accepted: readonly Accepted[]
  /** Final dots that came in, accepted or not. */
  dots(): number
  /** Called before each answer, and after one to the dot; the server waits for it. */
  onStage: (heard: Heard, when: 'before' | 'after') => Promise<void> | void
  onAccepted: (mail: Accepted) => Promise<void> | void
  stop(): Promise<void>
}

export type Certificate = { readonly key: string; readonly cert: string }

export type SmtpScript = {
  readonly script?: Script
  /** Which certificate a conversation is shown; without it STARTTLS is not offered. */
  readonly certificate?: (conversation: number) => Certificate | null
}

export async function startScriptedSmtp(told: SmtpScript = {}): Promise<ScriptedSmtp> {
  const accepted: Accepted[] = []
  const sockets = new Set<Socket>()
  let conversations = 0
  let dots = 0
  const hooks: Pick<ScriptedSmtp, 'onStage' | 'onAccepted'> = {
    onStage: () => undefined,
    onAccepted: () => undefined,
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    conversations += 1
    const conversation = conversations
    const desk: Desk = {
      script: told.script ?? (() => undefined),
      certificate: told.certificate?.(conversation) ?? null,
      conversation,
      mail: null,
      async take(mail) {
        accepted.push(mail)
        await hooks.onAccepted(mail)
      },
      noteDot() {
        dots += 1
      },
      onStage: (heard, when) => hooks.onStage(heard, when),
    }
    converse(socket, desk).catch((error: unknown) => {
      if (!(error instanceof Over)) socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(hooks, {
    port: (server.address() as AddressInfo).port,
    accepted,
    dots: () => dots,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  })
}

type Desk = {
  readonly script: Script
  readonly certificate: Certificate | null
  readonly conversation: number
  /** The mail whose end has come. */
  mail: Accepted | null
  take(mail: Accepted): Promise<void>
  noteDot(): void
  onStage(heard: Heard, when: 'before' | 'after'): Promise<void> | void
}

/** The connection is over, or nothing more is said on it. */
class Over extends Error {}

async function converse(plain: Socket, desk: Desk): Promise<void> {
  const { conversation } = desk
  const envelope = { from: '', to: [] as string[] }
  let on: Socket = plain
  let reader = readerOf(on)
  const say = (stage: Stage, argument: string, usual: Reply) =>
    answer(on, desk, { stage, conversation, argument }, usual)

  await say('greeting', '', { say: '220 scripted' })
  for (;;) {
    const line = await reader.line()
    const argument = /<([^>]*)>/.exec(line)?.[1] ?? line.slice(5)
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
      case 'HELO': {
        const offers = desk.certificate !== null && on === plain
        await say('ehlo', argument, { say: `${offers ? '250-STARTTLS\r\n' : ''}250 scripted` })
        break
      }
      case 'STAR':
        await say('starttls', '', { say: '220 go on' })
        reader.release()
        on = secured(plain, desk.certificate)
        reader = readerOf(on)
        break
      case 'MAIL':
        envelope.from = argument
        await say('mail', argument, { say: '250 ok' })
        break
      case 'RCPT': {
        const { say: given } = await say('rcpt', argument, { say: '250 ok' })
        if (given && /^25[01]/.test(given)) envelope.to.push(argument)
        break
      }
      case 'DATA': {
        const { say: given } = await say('data', '', { say: '354 go on' })
        if (!given?.startsWith('354')) break
        await reader.begun()
        await say('body', '', {})
        desk.mail = { ...envelope, raw: await reader.mail(), conversation }
        desk.noteDot()
        await say('dot', '', { say: `250 queued as ${conversation}`, accept: true })
        break
      }
      default:
        on.write('221 bye\r\n')
    }
  }
}

async function answer(on: Socket, desk: Desk, heard: Heard, usual: Reply): Promise<Reply> {
  const given = desk.script(heard) ?? usual
  if (given.accept && desk.mail) await desk.take(desk.mail)
  await desk.onStage(heard, 'before')
  if (given.thinkMs) await new Promise((resolve) => setTimeout(resolve, given.thinkMs))
  if (given.say !== undefined) on.write(`${given.say}\r\n`)
  await desk.onStage(heard, 'after')
  if (given.afterwards === 'drop') on.destroy()
  if (given.afterwards !== undefined) throw new Over()
  return given
}

function secured(plain: Socket, certificate: Certificate | null): Socket {
  const secureContext = createSecureContext(certificate ?? {})
  const socket = new TLSSocket(plain, { isServer: true, secureContext })
  return socket.on('error', () => plain.destroy())
}

/** Reads commands and mails; rejects with `Over` where the connection ends. */
function readerOf(socket: Socket) {
  let text = ''
  let ended = false
  let wake: () => void = () => undefined
  const take = (bytes: Buffer) => {
    text += bytes.toString('latin1')
    wake()
  }
  const end = () => {
    ended = true
    wake()
  }
  socket.on('data', take).on('close', end)

  /** Waits until the text has the mark; gives what is before it. */
  async function upTo(mark: string): Promise<string> {
    for (;;) {
      const at = text.indexOf(mark)
      if (at !== -1) {
        const before = text.slice(0, at)
        text = text.slice(at + mark.length)
        return before
      }
      await more()
    }
  }

  async function more(): Promise<void> {
    if (ended) throw new Over()
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }

  return {
    line: () => upTo('\r\n'),
    async begun(): Promise<void> {
      while (text === '') await more()
    },
    async mail(): Promise<Buffer> {
      const stuffed = await upTo('\r\n.\r\n')
      return Buffer.from(`${stuffed}\r\n`.replace(/^\.\./gm, '.'), 'latin1')
    },
    release(): void {
      socket.off('data', take).off('close', end)
    },
  }
}
