import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { startSmtp } from '../../src/demo/servers.ts'
import { openSmtp } from '../../src/mail/smtp.ts'

const raw = Buffer.from('Subject: x\r\n\r\n.dot\r\nbody\r\n')
const envelope = { from: 'a@mamori.example', to: 'b@customer.example', archive: null }
const nothing = () => Promise.resolve()

type Script = {
  readonly greeting?: string
  readonly mail?: string
  readonly rcpt?: string
  readonly data?: string
  /** The answer to the final dot; null drops the connection instead. */
  readonly dot?: string | null
  /** Drops the connection while the mail is still coming in. */
  readonly dropInBody?: boolean
}

/** An SMTP server that says exactly what the script says. */
async function scripted(
  script: Script,
): Promise<{ port: number; close(): Promise<void>; dots: () => number }> {
  let dots = 0
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    let body = false
    socket.write(`${script.greeting ?? '220 hello'}\r\n`)
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1')
      if (body) {
        if (script.dropInBody) return void socket.destroy()
        if (!text.endsWith('\r\n.\r\n')) return
        dots += 1
        body = false
        if (script.dot === null) return void socket.destroy()
        return void socket.write(`${script.dot ?? '250 queued'}\r\n`)
      }
      for (const line of text.split('\r\n').filter(Boolean)) {
        const verb = line.slice(0, 4).toUpperCase()
        if (verb === 'EHLO' || verb === 'HELO') socket.write('250 script\r\n')
        else if (verb === 'MAIL') socket.write(`${script.mail ?? '250 ok'}\r\n`)
        else if (verb === 'RCPT') socket.write(`${script.rcpt ?? '250 ok'}\r\n`)
        else if (verb === 'DATA') {
          body = (script.data ?? '354').startsWith('354')
          socket.write(`${script.data ?? '354 go on'}\r\n`)
        } else socket.write('221 bye\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    port,
    dots: () => dots,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

describe('handing a letter to the SMTP server', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  const sending = async (script: Script) => {
    const server = await scripted(script)
    closing.push(server.close)
    const smtp = openSmtp({
      host: '127.0.0.1',
      port: server.port,
      secure: false,
      responseTimeoutMs: 1_000,
    })
    return smtp.send(envelope, raw, nothing)
  }

  it('reports what a real server accepted, and the server has it byte by byte', async () => {
    const server = await startSmtp()
    closing.push(server.stop)
    const outcome = await openSmtp({ ...server, secure: false }).send(envelope, raw, nothing)

    expect(outcome).toMatchObject({ kind: 'accepted' })
    expect(server.received).toHaveLength(1)
    expect(server.received[0]?.raw.equals(raw)).toBe(true)
  })

  it.each<[string, Script, string]>([
    ['a server that is busy at the greeting', { greeting: '421 later' }, 'temporary'],
    ['greylisting', { rcpt: '451 greylisted' }, 'temporary'],
    ['a full disk at DATA', { data: '452 no space' }, 'temporary'],
    ['a temporary no after the dot', { dot: '451 try again' }, 'temporary'],
    ['an unknown recipient', { rcpt: '550 no such user' }, 'refused'],
    ['a refused sender', { mail: '550 not you' }, 'refused'],
    ['a permanent no after the dot', { dot: '554 spam' }, 'refused'],
    ['an accepted mail', { dot: '250 queued as 1' }, 'accepted'],
  ])('calls %s what it is', async (_, script, kind) => {
    expect(await sending(script)).toMatchObject({ kind })
  })

  it('is uncertain when the connection is lost after the final dot, and never sends by itself again', async () => {
    expect(await sending({ dot: null })).toMatchObject({ kind: 'uncertain' })
  })

  it('is uncertain when the server falls silent after the final dot', async () => {
    const server = await scripted({ dot: '' })
    closing.push(server.close)
    const smtp = openSmtp({
      host: '127.0.0.1',
      port: server.port,
      secure: false,
      responseTimeoutMs: 300,
    })
    expect(await smtp.send(envelope, raw, nothing)).toMatchObject({ kind: 'uncertain' })
    expect(server.dots()).toBe(1)
  })

  it('may try again when nobody listens, and says where', async () => {
    const server = await scripted({})
    await server.close()
    const smtp = openSmtp({ host: '127.0.0.1', port: server.port, secure: false })

    expect(await smtp.send(envelope, raw, nothing)).toMatchObject({ kind: 'temporary' })
    await expect(smtp.check()).rejects.toThrow(`127.0.0.1:${server.port}`)
  })
})
