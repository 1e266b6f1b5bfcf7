import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newMessageId } from '../../src/mail/message-id.ts'
import { openSentFolder } from '../../src/mail/sent-folder.ts'
import { type MailAccount, type MailServer, startMailServer } from '../support/mail-server.ts'

const log = pino({ level: 'silent' })
const idOf = (unique: string) =>
  newMessageId({
    threadId: '01a20a12-e592-7657-9282-3228469667a7',
    unique,
    domain: 'hinata.example',
    secret: 's'.repeat(32),
  })

describe('the Sent folder', () => {
  let server: MailServer
  let account: MailAccount
  beforeAll(async () => {
    server = await startMailServer()
    account = await server.account('sender', ['Sent', 'Kopien'])
  })
  afterAll(async () => {
    await account.leave()
    await server.stop()
  })

  const open = (folder: string) => {
    const { port, user, password } = account
    const security = 'none' as const
    const credentials = { user, password }
    return openSentFolder({ host: '127.0.0.1', port, security, credentials }, folder, log)
  }

  it.each(['', 'Kopien'])('keeps a copy, read already, and finds it again (%j)', async (name) => {
    const id = idOf('01a20a12-e592-7657-9282-3228469667a8')
    const raw = Buffer.from(`Message-ID: ${id}\r\nSubject: x\r\n\r\nwords\r\n`)
    const folder = await open(name)
    try {
      expect(await folder.has(id)).toBe(false)
      await folder.append(raw)
      expect(await folder.has(id)).toBe(true)
      expect(await folder.has(idOf('01a20a12-e592-7657-9282-3228469667a9'))).toBe(false)
    } finally {
      await folder.close()
    }
    const [kept] = await account.read(name || 'Sent')
    expect(kept).toMatchObject({ raw, seen: true })
  })

  it('is asked for nothing but Message-IDs of ours', async () => {
    const folder = await open('')
    try {
      await expect(folder.has('<a@b>"\r\nA1 DELETE INBOX')).rejects.toThrow(/only our own/)
    } finally {
      await folder.close()
    }
  })

  it('that is not there is named, with what to do', async () => {
    await expect(open('Gesendet')).rejects.toMatchObject({
      trouble: 'folder',
      message: expect.stringMatching(/no folder Gesendet: name one that exists/),
    })
  })
})
