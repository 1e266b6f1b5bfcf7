import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImapAccount } from '../src/config.imap.ts'
import { startImap } from '../src/demo/servers.ts'
import { hasDovecot, startDovecot } from '../test/support/dovecot.ts'

/** An IMAP server with the mails in its INBOX. */
export type MailServer = {
  readonly name: string
  readonly account: ImapAccount
  stop(): Promise<void>
}

/** Dovecot where it is installed: its speed is a real server's. Else the embedded one. */
export async function serveMails(mails: Iterable<Buffer>): Promise<MailServer> {
  return hasDovecot ? onDovecot(mails) : onEmbedded(mails)
}

async function onDovecot(mails: Iterable<Buffer>): Promise<MailServer> {
  const server = await startDovecot()
  const { host, port, user, password, mailFolder } = server
  const inbox = join(mailFolder, user)
  mkdirSync(inbox, { mode: 0o777 })
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(inbox, name), { mode: 0o777 })
  for (const name of ['', 'cur', 'new', 'tmp']) chmodSync(join(inbox, name), 0o777)
  let at = 0
  for (const mail of mails) {
    at += 1
    const file = join(inbox, 'cur', `1790000000.M${String(at).padStart(8, '0')}P1.bench:2,`)
    writeFileSync(file, mail, { mode: 0o666 })
  }
  const account = { host, port, security: 'none', credentials: { user, password } } as const
  return { name: 'Dovecot', account, stop: () => server.stop() }
}

async function onEmbedded(mails: Iterable<Buffer>): Promise<MailServer> {
  const server = await startImap()
  for (const mail of mails) await server.append(mail)
  const { host, port, user, password } = server
  const account = { host, port, security: 'none', credentials: { user, password } } as const
  return { name: 'hoodiecrow (embedded)', account, stop: () => server.stop() }
}
