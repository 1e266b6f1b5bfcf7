import type { IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'

/** What came in: everything that a receiver could see. */
export type Heard = {
  readonly path: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What it answers: a status, or nothing at all. */
export type Answering = {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
  readonly silent?: boolean
}

/** A real HTTPS server on loopback, with certificates of an authority that this process trusts. */
export type Receiver = {
  readonly port: number
  readonly heard: Heard[]
  /** By the place of the request, from 1; without it everything is 200. */
  answer: (nth: number) => Answering
  close(): Promise<void>
}

/** The names that its certificate holds for. */
export const receiverNames = ['hooks.example.org', 'localhost']

/** Starts one that answers everything with 200, and these bytes. */
export async function startReceiver(body: string | Buffer = ''): Promise<Receiver> {
  const known = getCACertificates('default')
  const authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', keyCertSign: true },
    ],
  })
  setDefaultCACertificates([...known, authority.cert])
  const own = await generate([{ name: 'commonName', value: receiverNames[0] ?? '' }], {
    keySize: 2048,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      {
        name: 'subjectAltName',
        altNames: receiverNames.map((value) => ({ type: 2 as const, value })),
      },
    ],
  })
  const heard: Heard[] = []
  const server = createServer({ key: own.private, cert: own.cert }, (asked, reply) => {
    const parts: Buffer[] = []
    asked.on('data', (part: Buffer) => parts.push(part))
    asked.on('end', () => {
      const { url: path = '', method = '', headers } = asked
      heard.push({ path, method, headers, body: Buffer.concat(parts).toString() })
      const { status, headers: said = {}, body: words = '', silent } = receiver.answer(heard.length)
      if (silent) return
      reply.writeHead(status, said)
      reply.end(words)
    })
  })
  // Who breaks off is of no interest here.
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    port: (server.address() as AddressInfo).port,
    heard,
    answer: () => ({ status: 200, body }),
    close() {
      setDefaultCACertificates(known)
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return receiver
}
