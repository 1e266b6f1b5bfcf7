import hoodiecrow from 'hoodiecrow-imap'
import { ImapFlow } from 'imapflow'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { Account } from '../../src/domain/mailbox.ts'
import type { House } from '../../src/flow/house.ts'
import { addMailbox, changeMailbox } from '../../src/flow/mailboxes.ts'
import { openParser } from '../../src/flow/parse.ts'
import { tryConnection } from '../../src/flow/trying.ts'
import { openHouse, openLog } from '../../src/house.ts'
import { pollAll } from '../../src/loops/pollers.ts'
import { newKey } from '../../src/vault.ts'
import { openDatabase, type TestDatabase } from '../support/database.ts'
import { hasDovecot, startDovecot } from '../support/dovecot.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { testMail, until } from '../support/office.ts'
import { startProvider, type TestProvider } from '../support/provider.ts'

const user = 'mamori'

/** A mail server that takes access tokens of the provider and nothing else. */
type TokenServer = { readonly port: number; stop(): Promise<void> }

const servers: [string, boolean, (provider: TestProvider) => Promise<TokenServer>][] = [
  ['Dovecot (left out where it is not installed)', hasDovecot, dovecot],
  ['the embedded server', true, embedded],
]

function dovecot({ introspection }: TestProvider): Promise<TokenServer> {
  return startDovecot(introspection)
}

async function embedded({ issued }: TestProvider): Promise<TokenServer> {
  // It knows one token at a time: the one that was issued last.
  const xoauth2 = {
    get accessToken() {
      return issued.at(-1)
    },
  }
  const crow = hoodiecrow({
    plugins: ['ID', 'IDLE', 'UIDPLUS', 'SASL-IR', 'XOAUTH2'],
    storage: { INBOX: {} },
    users: { [user]: { password: '', xoauth2 } } as never,
  })
  await new Promise<void>((resolve) => crow.listen(0, '127.0.0.1', resolve))
  const { port } = crow.server.address() as { port: number }
  return { port, stop: () => new Promise((resolve) => crow.server.close(() => resolve())) }
}

describe.each(servers)('signing in by OAuth 2.0 at %s', (_, here, start) => {
  let provider: TestProvider
  let server: TokenServer
  let database: TestDatabase
  let house: House

  beforeEach(async () => {
    if (!here) return
    provider = await startProvider(user, 600)
    server = await start(provider)
    database = await openDatabase()
    const settings = { DATABASE_URL: database.url, MAMORI_ENCRYPTION_KEY: newKey() }
    house = await openHouse(readConfig(settings), openLog('silent'))
  })
  afterEach(async () => {
    if (!here) return
    await house.store.close()
    await database.close()
    await server.stop()
    await provider.stop()
  })

  function account(grant: 'refresh_token' | 'client_credentials'): Account {
    const { issuer, clientId } = provider
    const scope = grant === 'client_credentials' ? '' : 'openid offline_access'
    const method = { kind: 'oauth', provider: 'other', issuer, clientId, scope, grant } as const
    return { host: '127.0.0.1', port: server.port, security: 'none', user, method }
  }

  async function added(grant: 'refresh_token' | 'client_credentials', refreshToken?: string) {
    const secret = {
      clientSecret: provider.clientSecret,
      ...(refreshToken ? { refreshToken } : {}),
    }
    const settings = mailboxSettings({ account: account(grant) })
    const outcome = await addMailbox(house, settings, secret, null)
    if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome))
    return (await house.store.mailboxes.byId(outcome.id)) ?? expect.fail('it was not kept')
  }

  it.runIf(here)('reads mail with the right of the application', async () => {
    const mailbox = await added('client_credentials')
    expect(await tryConnection(house, mailbox)).toMatchObject({ kind: 'connected', missing: [] })
  })

  it.runIf(here)('reads mail by consent, renews the tokens, and keeps the newest one', async () => {
    const first = await provider.refreshToken()
    const mailbox = await added('refresh_token', first)
    await post(provider, server, testMail({ subject: '許可', body: '届きました' }))
    const parser = openParser({ workers: 1, timeoutMs: 20_000 })
    const stop = new AbortController()
    const ended = pollAll(house, { parser }, stop.signal)
    try {
      const found = await until('the mail', async () => {
        const threads = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 5 })
        return threads.length === 1 && threads
      })
      expect(found[0]?.subject).toBe('許可')
      // The provider hands out another refresh token each time: the old one is worth nothing.
      const sealed = await until('the new refresh token', async () => {
        const now = await house.store.mailboxes.byId(mailbox.id)
        return now?.secret !== mailbox.secret && now?.secret
      })
      const secret = JSON.parse(house.vault.open(sealed, `mailbox:${mailbox.id}`))
      expect(secret.refreshToken).not.toBe(first)
      expect(secret.clientSecret).toBe(provider.clientSecret)
    } finally {
      stop.abort()
      await ended
      await parser.close()
    }
  })

  it.runIf(here)(
    'says what to do when the consent is missing, withdrawn, or the secret wrong',
    async () => {
      const mailbox = await added('refresh_token')
      const failure = await tryConnection(house, mailbox)
      expect(failure).toMatchObject({ kind: 'failed', trouble: 'token' })
      expect(JSON.stringify(failure)).toMatch(/authorise the mailbox/)

      const settings = mailboxSettings({ account: account('refresh_token') })
      const refreshToken = await provider.refreshToken()
      await changeMailbox(house, mailbox.id, settings, { refreshToken }, null)
      provider.withdraw()
      const withdrawn = await tryConnection(house, await again(house, mailbox.id))
      expect(JSON.stringify(withdrawn)).toMatch(/invalid_grant.*authorise the mailbox again/)
      for (const canary of [provider.clientSecret, refreshToken]) {
        expect(JSON.stringify([failure, withdrawn])).not.toContain(canary)
      }
    },
  )

  it.runIf(here)('names a wrong client secret', async () => {
    const settings = mailboxSettings({ account: account('client_credentials') })
    const outcome = await addMailbox(house, settings, { clientSecret: 'wrong' }, null)
    const mailbox = await again(house, outcome.kind === 'kept' ? outcome.id : '')
    const failure = await tryConnection(house, mailbox)
    expect(failure).toMatchObject({ kind: 'failed', trouble: 'token' })
    expect(JSON.stringify(failure)).toMatch(/invalid_client.*secret/)
  })
})

async function again(house: House, id: string) {
  const mailbox = await house.store.mailboxes.byId(id)
  return mailbox ?? expect.fail('the mailbox is gone')
}

/** Puts a mail into the INBOX with a token of its own. */
async function post(provider: TestProvider, { port }: TokenServer, raw: Buffer): Promise<void> {
  const accessToken = await until('a token', async () => provider.issued.at(-1))
  const auth = { user, accessToken }
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth, logger: false })
  await client.connect()
  await client.append('INBOX', raw)
  await client.logout()
}
