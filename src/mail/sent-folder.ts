import type { ImapFlow } from 'imapflow'
import type { Logger } from 'pino'
import { leave } from './idle.ts'
import { type InboxSettings, signedIn } from './inbox.ts'
import { InboxError, troubleOf } from './inbox-error.ts'
import { isOwnMessageId } from './message-id.ts'

/** The folder for sent mail of an account, for as long as it is open. */
export type SentFolder = {
  readonly name: string
  /** Whether a mail of that Message-ID, one of ours, lies there. */
  has(messageId: string): Promise<boolean>
  /** Puts a mail there, read already. */
  append(raw: Buffer): Promise<void>
  close(): Promise<void>
}

/**
 * Signs in and finds the folder of that name, or the one that the server marks as its own (RFC
 * 6154) where the name is empty. Rejects with `InboxError` in words of what to do.
 */
export async function openSentFolder(
  settings: Omit<InboxSettings, 'folder' | 'afterStoring' | 'mutedFolder'>,
  folder: string,
  log: Logger,
): Promise<SentFolder> {
  const client = await signedIn({ ...settings, folder }, log)
  const { host, port, credentials } = settings
  const server = { host, port, user: credentials.user }
  try {
    const name = await nameOf(client, folder, `${server.user} on ${host}`)
    await client.mailboxOpen(name, { readOnly: true })
    return sentFolderOn(client, name, server)
  } catch (error) {
    await leave(client)
    throw error instanceof InboxError ? error : troubleOf(error, server)
  }
}

async function nameOf(client: ImapFlow, folder: string, whose: string): Promise<string> {
  const all = await client.list()
  const found = all.find(({ path, specialUse }) =>
    folder === '' ? specialUse === '\\Sent' : path === folder,
  )
  if (found) return found.path
  const mend = folder === '' ? 'name the folder in the mailbox’s settings' : 'name one that exists'
  const what = folder === '' ? 'no folder marked for sent mail' : `no folder ${folder}`
  throw new InboxError('folder', `${whose} has ${what}: ${mend}`)
}

function sentFolderOn(
  client: ImapFlow,
  name: string,
  server: Parameters<typeof troubleOf>[1],
): SentFolder {
  return {
    name,
    async has(messageId) {
      // What stands in a command to the server is made by us, sign by sign.
      if (!isOwnMessageId(messageId)) throw new Error('only our own Message-IDs are searched for')
      const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
      if (!found) throw new InboxError('lost', `${server.host} did not search ${name}`)
      return found.length > 0
    },
    async append(raw) {
      const kept = await client.append(name, raw, ['\\Seen'])
      if (kept) return
      const words = `${server.user} on ${server.host} cannot put mail into ${name}`
      throw new InboxError('folder', `${words}: let the account write there, or keep no copies`)
    },
    close: () => leave(client),
  }
}
