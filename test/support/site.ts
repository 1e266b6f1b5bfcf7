import { readConfig } from '../../src/config.ts'
import { mailboxes } from '../../src/demo/cast.ts'
import { type Role, roles } from '../../src/domain/person.ts'
import type { House } from '../../src/flow/house.ts'
import { openParser } from '../../src/flow/parse.ts'
import { receive } from '../../src/flow/receive.ts'
import { openSignIns } from '../../src/flow/sign-in.ts'
import { openHouse, openLog } from '../../src/house.ts'
import { addMailboxes } from '../../src/parts.ts'
import { hashPassword } from '../../src/password.ts'
import { openApp } from '../../src/web/app.tsx'
import type { Route } from '../../src/web/routes.ts'
import { openDatabase, type TestDatabase, type TestEngine } from './database.ts'
import { authservId, password } from './office.ts'

/** The pages on a real store, asked without a network. */
export type TestSite = {
  readonly database: TestDatabase
  readonly house: House
  readonly routes: readonly Route[]
  /** Somebody signed in: their cookie, their form token, and requests in their name. */
  as(role: Role | 'second'): Promise<Visitor>
  readonly stranger: Visitor
  /** Stores mails as if they had been fetched. */
  deliver(...raws: Buffer[]): Promise<void>
  /** The same at another time, to another mailbox, or as old mail that somebody vouches for. */
  deliverAs(how: Arriving, ...raws: Buffer[]): Promise<void>
  /** Leaves the database as it is, for others to open. */
  leave(): Promise<void>
  close(): Promise<void>
}

export type Arriving = {
  readonly receivedAt?: Date
  readonly mailbox?: string
  readonly trust?: 'live' | 'archive'
}

export type Visitor = {
  readonly cookie: string
  readonly csrf: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(
    path: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>
}

export async function openSite(
  engine?: TestEngine,
  settings: NodeJS.ProcessEnv = {},
): Promise<TestSite> {
  const database = await openDatabase(engine)
  const config = readConfig({
    DATABASE_URL: database.url,
    MAMORI_TRUSTED_AUTHSERV_IDS: authservId,
    ...settings,
  })
  const house = await openHouse(config, openLog('silent'))
  const passwordHash = await hashPassword(password)
  for (const role of [...roles, 'second'] as const) {
    const held: Role[] = [role === 'second' ? 'reviewer' : role]
    const person = {
      id: house.newId(),
      name: role,
      email: `${role}@mamori.example`,
      roles: held,
      language: 'ja' as const,
    }
    await house.store.people.add({ ...person, passwordHash }, house.now(), null)
  }
  await addMailboxes(house, { ...config, mailboxes: mailboxes.slice(0, 1) })
  const demo = { sent: () => [], accounts: [] }
  const baseUrl = 'http://mamori.test'
  const parser = openParser({ workers: 1, timeoutMs: 20_000 })
  const site = { baseUrl, secure: false, demo, parser }
  const { app, list } = openApp(house, await openSignIns(house), site)
  const env = {
    incoming: { socket: { remoteAddress: '127.0.0.1', remotePort: 1, remoteFamily: 'IPv4' } },
  }

  function visitor(cookie: string, csrf: string): Visitor {
    const ask = (path: string, init: RequestInit) =>
      Promise.resolve(app.request(`${baseUrl}${path}`, init, env))
    return {
      cookie,
      csrf,
      get: (path, headers = {}) => ask(path, { headers: { cookie, ...headers } }),
      post: (path, fields = {}, headers = {}) =>
        ask(path, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
          body: new URLSearchParams({ csrf, ...fields }).toString(),
        }),
    }
  }

  async function deliverAs(how: Arriving, ...raws: Buffer[]): Promise<void> {
    const mailbox = await house.store.mailboxes.find(how.mailbox ?? 'support')
    if (!mailbox) throw new Error('no mailbox')
    const receivedAt = how.receivedAt ?? new Date()
    const delivery = { mails: raws.map((raw) => ({ raw, receivedAt })), step: null }
    const trust = how.trust ?? 'live'
    await Array.fromAsync(receive(house, parser, [delivery], { mailbox, trust }))
  }

  async function leave(): Promise<void> {
    await parser.close()
    await house.store.close()
  }

  return {
    database,
    house,
    routes: list,
    stranger: visitor('', ''),
    async as(role) {
      const answer = await visitor('', '').post('/sign-in', {
        email: `${role}@mamori.example`,
        password,
      })
      const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      const page = await (await visitor(cookie, '').get('/settings')).text()
      return visitor(cookie, /name="csrf" content="([^"]+)"/.exec(page)?.[1] ?? '')
    },
    deliver: (...raws) => deliverAs({}, ...raws),
    deliverAs,
    leave,
    async close() {
      await leave()
      await database.close()
    },
  }
}
