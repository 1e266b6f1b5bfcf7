import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { simpleParser } from 'mailparser'
import type { ImapAccount } from '../src/config.imap.ts'

/** Every source fetched and thrown away. Returns seconds. */
export async function bareFetch(account: ImapAccount): Promise<number> {
  const { host, port, credentials } = account
  const { user, password } = credentials
  const auth = { user, pass: password }
  const client = new ImapFlow({ host, port, secure: false, auth, logger: false })
  await client.connect()
  await client.mailboxOpen('INBOX', { readOnly: true })
  const began = performance.now()
  for await (const { source } of client.fetch('1:*', { uid: true, source: true })) {
    if (!source) throw new Error('the server gave a mail without its bytes')
  }
  const seconds = (performance.now() - began) / 1000
  await client.logout()
  return seconds
}

/** Every mail parsed by mailparser as its documentation shows it, one after the other. */
export async function bareParse(mails: Iterable<Buffer>): Promise<number> {
  const began = performance.now()
  for (const mail of mails) await simpleParser(mail)
  return (performance.now() - began) / 1000
}

export const hasMbsync = ['/usr/bin/mbsync', '/usr/local/bin/mbsync'].some(existsSync)

/** The mailbox copied into a Maildir by mbsync, with its fsync on. Returns seconds. */
export function mbsync(account: ImapAccount, folder: string): number {
  for (const name of ['mail', 'state']) mkdirSync(join(folder, name), { recursive: true })
  const file = join(folder, 'mbsyncrc')
  writeFileSync(file, configurationOf(account, folder), { mode: 0o600 })
  const began = performance.now()
  const { status, stderr } = spawnSync('mbsync', ['-c', file, '-q', 'copy'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mbsync ends with ${status}: ${stderr.slice(0, 500)}`)
  return (performance.now() - began) / 1000
}

function configurationOf({ host, port, credentials }: ImapAccount, folder: string): string {
  const { user, password } = credentials
  return `
FSync yes
IMAPAccount bench
Host ${host}
Port ${port}
User ${user}
Pass ${password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account bench

MaildirStore near
Path ${folder}/mail/
Inbox ${folder}/mail/INBOX
SubFolders Verbatim

Channel copy
Far :far:
Near :near:
Patterns INBOX
Create Near
Expunge None
SyncState ${folder}/state/
`
}
