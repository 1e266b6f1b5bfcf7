import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './folder.ts'
import { freePort } from './port.ts'

const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path))

/** Debian's Dovecot, where it is installed: a real IMAP server beside the portable one. */
export const hasDovecot = program !== undefined

export type Dovecot = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** A Maildir of the user's name in it is that user's INBOX. */
  readonly mailFolder: string
  /** Where the INBOX of a user lies, once they have signed in. */
  maildir(user: string): string
  stop(): Promise<void>
}

/** `introspection`: where it asks whether an access token is good, instead of for a password. */
export async function startDovecot(introspection?: string): Promise<Dovecot> {
  if (!program) throw new Error('Dovecot is not installed: apt-get install dovecot-imapd')
  const folder = temporaryFolder()
  // Its own user must reach the mail below.
  chmodSync(folder.path, 0o755)
  const port = await freePort()
  for (const name of ['base', 'state', 'mail']) mkdirSync(join(folder.path, name), { mode: 0o777 })
  chmodSync(join(folder.path, 'mail'), 0o777)
  const file = join(folder.path, 'dovecot.conf')
  if (introspection) {
    const lines = [`introspection_url = ${introspection}`, 'introspection_mode = auth']
    writeFileSync(join(folder.path, 'oauth2'), [...lines, 'username_attribute = email'].join('\n'))
  }
  writeFileSync(file, configuration(folder.path, port, introspection !== undefined))
  const server = spawn(program, ['-F', '-c', file], { stdio: 'ignore' })
  await answering(port, server)
  return {
    host: '127.0.0.1',
    port,
    user: 'mamori',
    password: 'dovecot-test',
    mailFolder: join(folder.path, 'mail'),
    maildir: (user) => join(folder.path, 'mail', user),
    stop: () =>
      new Promise((resolve) => {
        server.once('exit', () => {
          folder[Symbol.dispose]()
          resolve()
        })
        server.kill('SIGTERM')
      }),
  }
}

function configuration(folder: string, port: number, oauth: boolean): string {
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/base
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
namespace inbox {
  inbox = yes
  separator = /
}
${oauth ? tokenPassdb(folder) : passwordPassdb}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/mail/%u
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
}

const passwordPassdb = `
passdb {
  driver = static
  args = password=dovecot-test
}
`

const tokenPassdb = (folder: string) => `
auth_mechanisms = oauthbearer xoauth2
passdb {
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = ${folder}/oauth2
}
`

async function answering(port: number, server: ChildProcess): Promise<void> {
  const { connect } = await import('node:net')
  for (let tries = 0; tries < 400; tries += 1) {
    if (server.exitCode !== null) throw new Error(`Dovecot ended with code ${server.exitCode}`)
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('close', () => socket.destroy())
      socket.once('data', () => socket.end())
    })
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('Dovecot does not answer')
}
