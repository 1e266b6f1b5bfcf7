import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { readConfig } from '../../src/config.ts'
import { mailboxes } from '../../src/demo/cast.ts'
import { type Person, type Role, roles, type Within } from '../../src/domain/person.ts'
import type { House } from '../../src/flow/house.ts'
import { openParser } from '../../src/flow/parse.ts'
import { receive } from '../../src/flow/receive.ts'
import { openSignIns } from '../../src/flow/sign-in.ts'
import { openHouse, openLog } from '../../src/house.ts'
import { addMailboxes } from '../../src/parts.ts'
import { hashPassword } from '../../src/password.ts'
import { openPreviews } from '../../src/preview/preview.ts'
import { openApp } from '../../src/web/app.tsx'
import type { Route } from '../../src/web/routes.ts'
import { openMigrated, type TestDatabase, type TestEngine } from './database.ts'
import { authservId, password } from './office.ts'

/** The pages on a real store, asked without a network. */
export type TestSite = {
  readonly database: TestDatabase
  readonly house: House
  readonly routes: readonly Route[]
  /** Every handler that the router itself knows, middleware left out. */
  readonly routed: readonly { readonly method: string; readonly path: string }[]
  /** A person with roles in all mailboxes, or in those named. */
  hire(name: string, roles: readonly Role[], within?: Within): Promise<Person>
  /** Somebody signed in: their cookie, their form token, and requests in their name. */
  as(name: string): Promise<Visitor>
  /** The same pages over a real socket; gives their address. */
  listen(): Promise<string>
  readonly stranger: Visitor
  /** Somebody at an address of the network, with the cookies of a browser. */
  at(ip: string, cookie?: string): Visitor
  /** Lets time go by. */
  pass(ms: number): void
  /** From now on time goes by only where a test says so, however busy the machine is. */
  stopClock(): void
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
  /** A form with several values of one name; its token is the test's own matter. */
  postForm(path: string, body: URLSearchParams): Promise<Response>
}

/**
 * One reader and one hash of the password for all sites of a process: both take a second to make.
 * They end with it.
 */
const parser = openParser({ workers: 1, timeoutMs: 20_000 })
const previews = openPreviews({ atOnce: 1, timeoutMs: 20_000, failed: () => undefined })
const hashed = hashPassword(password)

export async function openSite(
  engine?: TestEngine,
  settings: NodeJS.ProcessEnv = {},
): Promise<TestSite> {
  const database = await openMigrated(engine)
  const config = readConfig({
    DATABASE_URL: database.url,
    MAMORI_TRUSTED_AUTHSERV_IDS: authservId,
    MAMORI_SECOND_FACTOR: 'nobody',
    ...settings,
  })
  let ahead = 0
  let stopped: number | null = null
  const opened = await openHouse(config, openLog('silent'))
  const house: House = {
    ...opened,
    get policy() {
      return opened.policy
    },
    get rules() {
      return opened.rules
    },
    now: () => new Date((stopped ?? Date.parse(opened.now())) + ahead).toISOString(),
  }
  const passwordHash = await hashed
  async function hire(name: string, held: readonly Role[], within: Within = {}): Promise<Person> {
    const email = `${name}@mamori.example`
    const person = { id: house.newId(), name, email, roles: held, within, language: 'ja' } as const
    await house.store.people.add({ ...person, passwordHash }, house.now(), null)
    return { ...person, disabledAt: null }
  }
  for (const role of roles) await hire(role, [role])
  await hire('second', ['reviewer'])
  await addMailboxes(house, { ...config, mailboxes: mailboxes.slice(0, 1) })
  const demo = { sent: () => [], accounts: [] }
  const baseUrl = settings.MAMORI_BASE_URL ?? 'http://mamori.test'
  const secure = baseUrl.startsWith('https:')
  const { trustedProxies } = config
  const site = { baseUrl, secure, demo, parser, previews, trustedProxies }
  const { app, list } = openApp(house, openSignIns(house), site)
  function visitor(cookie: string, csrf: string, ip = '127.0.0.1'): Visitor {
    const env = {
      incoming: { socket: { remoteAddress: ip, remotePort: 1, remoteFamily: 'IPv4' } },
    }
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
      postForm: (path, body) =>
        ask(path, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
          body: body.toString(),
        }),
    }
  }

  const servers: Server[] = []

  async function deliverAs(how: Arriving, ...raws: Buffer[]): Promise<void> {
    const mailbox = await house.store.mailboxes.find(how.mailbox ?? 'support')
    if (!mailbox) throw new Error('no mailbox')
    const receivedAt = how.receivedAt ?? new Date()
    const delivery = { mails: raws.map((raw) => ({ raw, receivedAt })), step: null }
    const trust = how.trust ?? 'live'
    await Array.fromAsync(receive(house, parser, [delivery], { mailbox, trust }))
  }

  async function leave(): Promise<void> {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
    await house.store.close()
  }

  return {
    database,
    house,
    routes: list,
    routed: app.routes.filter(({ method }) => method !== 'ALL'),
    hire,
    stranger: visitor('', ''),
    at: (ip, cookie = '') => visitor(cookie, '', ip),
    pass(ms) {
      ahead += ms
    },
    stopClock() {
      stopped = Date.parse(opened.now())
    },
    async listen() {
      const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server
      servers.push(server)
      await once(server, 'listening')
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    async as(name) {
      const answer = await visitor('', '').post('/sign-in', {
        email: `${name}@mamori.example`,
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
