import { afterEach, describe, expect, it } from 'vitest'
import { startSmtp } from '../../src/demo/servers.ts'
import { openSmtp } from '../../src/mail/smtp.ts'
import {
  type Reply,
  type SmtpScript,
  type Stage,
  startScriptedSmtp,
} from '../support/scripted-smtp.ts'

const raw = Buffer.from('Subject: x\r\n\r\n.dot\r\nbody\r\n')
const envelope = { from: 'a@mamori.example', to: 'b@customer.example', archive: null }
const nothing = () => Promise.resolve()

/** Says one thing at one stage, and else what a server says. */
const at = (stage: Stage, reply: Reply | string): SmtpScript => ({
  script: (heard) => {
    if (heard.stage !== stage) return undefined
    return typeof reply === 'string' ? { say: reply } : reply
  },
})

describe('handing a letter to the SMTP server', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  const sending = async (told: SmtpScript, archive: string | null = null) => {
    const server = await startScriptedSmtp(told)
    closing.push(server.stop)
    const smtp = openSmtp({
      host: '127.0.0.1',
      port: server.port,
      secure: false,
      responseTimeoutMs: 1_000,
    })
    const outcome = await smtp.send({ ...envelope, archive }, raw, nothing)
    return { outcome, server }
  }

  it('reports what a real server accepted, and the server has it byte by byte', async () => {
    const server = await startSmtp()
    closing.push(server.stop)
    const outcome = await openSmtp({ ...server, secure: false }).send(envelope, raw, nothing)

    expect(outcome).toMatchObject({ kind: 'accepted' })
    expect(server.received).toHaveLength(1)
    expect(server.received[0]?.raw.equals(raw)).toBe(true)
  })

  it.each<[string, SmtpScript, string]>([
    ['a server that is busy at the greeting', at('greeting', '421 later'), 'temporary'],
    ['greylisting', at('rcpt', '451 greylisted'), 'temporary'],
    ['a full disk at DATA', at('data', '452 no space'), 'temporary'],
    ['a temporary no after the dot', at('dot', '451 try again'), 'temporary'],
    ['an unknown recipient', at('rcpt', '550 no such user'), 'refused'],
    ['a refused sender', at('mail', '550 not you'), 'refused'],
    ['a permanent no after the dot', at('dot', '554 spam'), 'refused'],
    ['an accepted mail', at('dot', { say: '250 queued as 1', accept: true }), 'accepted'],
    ['a connection that is lost before the mail', at('data', { afterwards: 'drop' }), 'temporary'],
    ['an answer that is lost', at('dot', { accept: true, afterwards: 'drop' }), 'uncertain'],
    ['a server that falls silent at the end', at('dot', { afterwards: 'silence' }), 'uncertain'],
  ])('calls %s what it is', async (_, told, kind) => {
    expect((await sending(told)).outcome).toMatchObject({ kind })
  })

  const refusing = (who: string, reply: string): SmtpScript => ({
    script: ({ stage, argument }) =>
      stage === 'rcpt' && argument === who ? { say: reply } : undefined,
  })

  it('sends a copy to the archive that the customer does not see', async () => {
    const { outcome, server } = await sending({}, 'archive@mamori.example')
    expect(outcome).toMatchObject({ kind: 'accepted' })
    expect(server.accepted).toMatchObject([{ to: [envelope.to, 'archive@mamori.example'], raw }])
  })

  it.each([
    ['550 no such user', 'refused'],
    ['451 greylisted', 'temporary'],
  ])('sends nothing to the archive alone, where the customer gets a %s', async (reply, kind) => {
    const told = refusing(envelope.to, reply)
    const { outcome, server } = await sending(told, 'archive@mamori.example')
    expect(outcome).toMatchObject({ kind, reason: expect.stringContaining(reply) })
    expect(server.dots()).toBe(0)
  })

  it('reaches the customer where the archive is refused', async () => {
    const told = refusing('archive@mamori.example', '550 full')
    const { outcome, server } = await sending(told, 'archive@mamori.example')
    expect(outcome).toMatchObject({ kind: 'accepted' })
    expect(server.accepted).toMatchObject([{ to: [envelope.to] }])
  })

  it('says before it hands over the end, and sends nothing where that cannot be noted', async () => {
    const server = await startScriptedSmtp()
    closing.push(server.stop)
    const smtp = openSmtp({ host: '127.0.0.1', port: server.port, secure: false })
    const full = () => Promise.reject(new Error('the disk is full'))
    const outcome = await smtp.send(envelope, raw, full)
    expect(outcome).toMatchObject({ kind: 'temporary', reason: 'the disk is full' })
    expect(server.dots()).toBe(0)
  })

  it('may try again when nobody listens, and says where', async () => {
    const server = await startScriptedSmtp()
    await server.stop()
    const smtp = openSmtp({ host: '127.0.0.1', port: server.port, secure: false })

    expect(await smtp.send(envelope, raw, nothing)).toMatchObject({ kind: 'temporary' })
    await expect(smtp.check()).rejects.toThrow(`127.0.0.1:${server.port}`)
  })
})
