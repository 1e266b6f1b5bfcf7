import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { startImap } from '../../src/demo/servers.ts'
import { hasDovecot, startDovecot } from './dovecot.ts'

/** A real IMAP server: Dovecot where it is installed, the portable one elsewhere. */
export type MailServer = {
  readonly name: string
  readonly port: number
  /** A user with an empty INBOX and the given folders. */
  account(user: string, folders?: readonly string[]): Promise<MailAccount>
  stop(): Promise<void>
}

export type MailAccount = {
  readonly user: string
  readonly password: string
  readonly port: number
  append(raw: Buffer, folder?: string): Promise<void>
  /** Puts many mails into INBOX at once, as a delivery agent does. */
  fill(raws: readonly Buffer[]): Promise<void>
  /** What lies in a folder, in the order of arrival. */
  read(folder: string): Promise<{ readonly raw: Buffer; readonly seen: boolean }[]>
  readonly client: ImapFlow
  leave(): Promise<void>
}

/** `MAMORI_TEST_IMAP=portable` takes the portable one everywhere. */
export async function startMailServer(): Promise<MailServer> {
  const portable = process.env.MAMORI_TEST_IMAP === 'portable'
  return hasDovecot && !portable ? onDovecot() : onHoodiecrow()
}

async function onDovecot(): Promise<MailServer> {
  const dovecot = await startDovecot()
  const { port, password } = dovecot
  return {
    name: 'Dovecot',
    port,
    async account(user, folders = []) {
      const account = await signIn({ port, user, password })
      await account.client.status('INBOX', { messages: true })
      for (const folder of folders) await account.client.mailboxCreate(folder)
      return {
        ...account,
        async fill(raws) {
          for (const [n, raw] of raws.entries()) {
            const name = `${Date.now()}.${n + 1_000_000}.test`
            const file = join(dovecot.maildir(user), 'tmp', name)
            writeFileSync(file, raw, { mode: 0o666 })
            renameSync(file, join(dovecot.maildir(user), 'new', name))
          }
        },
      }
    },
    stop: dovecot.stop,
  }
}

/** Knows one user only: each account is a folder set of a server of its own. */
async function onHoodiecrow(): Promise<MailServer> {
  const servers: { stop(): Promise<void> }[] = []
  return {
    name: 'hoodiecrow',
    port: 0,
    async account(_, folders = []) {
      const server = await startImap({ folders })
      servers.push(server)
      return signIn(server)
    },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()))
    },
  }
}

type Login = { readonly port: number; readonly user: string; readonly password: string }

async function signIn({ port, user, password }: Login): Promise<MailAccount> {
  const auth = { user, pass: password }
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth, logger: false })
  await client.connect()
  async function append(raw: Buffer, folder = 'INBOX'): Promise<void> {
    if (!(await client.append(folder, raw))) throw new Error(`no mail was appended to ${folder}`)
  }
  return {
    user,
    password,
    port,
    client,
    append,
    async fill(raws) {
      for (const raw of raws) await append(raw)
    },
    async read(folder) {
      const { exists } = await client.mailboxOpen(folder, { readOnly: true })
      if (exists === 0) return []
      const found = await client.fetchAll('1:*', { source: true, flags: true })
      return found.map(({ source, flags }) => ({
        raw: source ?? Buffer.alloc(0),
        seen: flags?.has('\\Seen') ?? false,
      }))
    },
    async leave() {
      await client.logout().catch(() => client.close())
    },
  }
}
