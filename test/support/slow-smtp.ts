import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** An SMTP server that takes its time over the mail for one address. */
export type SlowSmtp = {
  readonly port: number
  /** Message-IDs of what came in whole, in order. */
  readonly received: string[]
  /** Whether the mail for that address is here, and its sender still waits for our answer. */
  isHolding(): boolean
  stop(): Promise<void>
}

export async function startSlowSmtp(heldAddress: string): Promise<SlowSmtp> {
  const received: string[] = []
  let holding = false
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, answer) {
      let raw = ''
      stream.on('data', (bytes) => {
        raw += bytes
      })
      stream.on('end', () => {
        const unfolded = raw.replace(/\r\n[ \t]+/g, ' ')
        received.push(/^Message-ID: (.*)$/im.exec(unfolded)?.[1]?.trim() ?? '')
        if (session.envelope.rcptTo.some(({ address }) => address === heldAddress)) holding = true
        else answer()
      })
    },
  })
  // A client that is killed breaks off: the server goes on.
  smtp.on('error', () => undefined)
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  return {
    port: (smtp.server.address() as AddressInfo).port,
    received,
    isHolding: () => holding,
    stop: () => new Promise((resolve) => smtp.close(() => resolve())),
  }
}
