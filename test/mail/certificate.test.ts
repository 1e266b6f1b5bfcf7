import type { AddressInfo } from 'node:net'
import { createServer, getCACertificates, type Server, setDefaultCACertificates } from 'node:tls'
import pino from 'pino'
import { generate } from 'selfsigned'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startImap } from '../../src/demo/servers.ts'
import { openInbox } from '../../src/mail/inbox.ts'
import { settingsOf } from '../support/inbox.ts'

const log = pino({ level: 'silent' })
const day = 86_400_000
type Pems = Awaited<ReturnType<typeof generate>>

describe('a mail server’s certificate', () => {
  const known = getCACertificates('default')
  let authority: Pems
  let server: Server | undefined

  beforeAll(async () => {
    authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
      keySize: 2048,
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'keyUsage', keyCertSign: true },
      ],
    })
    setDefaultCACertificates([...known, authority.cert])
  })
  afterAll(() => setDefaultCACertificates(known))
  afterEach(() => {
    server?.close()
  })

  async function serve(pems: Pems): Promise<number> {
    const opened = createServer({ key: pems.private, cert: pems.cert }, (socket) => {
      socket.on('error', () => socket.destroy())
      socket.end('* BYE that is all\r\n')
    })
    opened.on('tlsClientError', () => undefined)
    await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
    server = opened
    return (opened.address() as AddressInfo).port
  }

  function certificate(name: string, from: number, until: number, signed = true): Promise<Pems> {
    const now = Date.now()
    return generate([{ name: 'commonName', value: name }], {
      keySize: 2048,
      notBeforeDate: new Date(now + from * day),
      notAfterDate: new Date(now + until * day),
      extensions: [
        {
          name: 'subjectAltName',
          altNames: [name === '127.0.0.1' ? { type: 7, ip: name } : { type: 2, value: name }],
        },
      ],
      ...(signed ? { ca: { key: authority.private, cert: authority.cert } } : {}),
    })
  }

  it.each([
    ['that nobody signed', '127.0.0.1', -1, 1, false, /SELF_SIGNED.*NODE_EXTRA_CA_CERTS/],
    ['that has expired', '127.0.0.1', -9, -2, true, /CERT_HAS_EXPIRED.*renew it/],
    ['that is not valid yet', '127.0.0.1', 3, 9, true, /CERT_NOT_YET_VALID.*clocks/],
    ['for another name', 'mail.other.example', -1, 9, true, /ALTNAME.*another name/],
  ])('%s is named, and the password never leaves', async (_, name, from, until, signed, words) => {
    const port = await serve(await certificate(name, from, until, signed))
    const known = { host: '127.0.0.1', port, user: 'u', password: 'canary-7351' }
    const failure = await openInbox(settingsOf({ ...known, security: 'tls' }), log).catch(
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ trouble: 'certificate', message: expect.stringMatching(words) })
    expect(String(failure)).not.toContain('canary-7351')
  })

  it('signed by an authority that we know is trusted', async () => {
    const port = await serve(await certificate('127.0.0.1', -1, 9))
    const known = { host: '127.0.0.1', port, user: 'u', password: 'p', security: 'tls' as const }
    await expect(openInbox(settingsOf(known), log)).rejects.toMatchObject({
      trouble: 'unreachable',
    })
  })

  it('is asked for by STARTTLS, or nothing is said at all', async () => {
    const imap = await startImap()
    try {
      const failure = openInbox(settingsOf({ ...imap, security: 'starttls' }), log)
      await expect(failure).rejects.toMatchObject({ message: expect.stringMatching(/STARTTLS/) })
    } finally {
      await imap.stop()
    }
  })
})
