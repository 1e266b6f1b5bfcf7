import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Event } from '../../src/domain/event.ts'
import { actions, may, type Person, type Role, roles } from '../../src/domain/person.ts'
import { asInFiles, proposeRules } from '../../src/domain/rule-change.ts'
import { proposeTemplate } from '../../src/domain/template-change.ts'
import { scopes } from '../../src/domain/token.ts'
import { seenBy } from '../../src/domain/told.kinds.ts'
import { recordIncident } from '../../src/flow/incidents.ts'
import { addNote } from '../../src/flow/notes.ts'
import { createToken } from '../../src/flow/tokens.ts'
import { tell } from '../../src/flow/told.ts'
import { writeSnippet } from '../../src/flow/wordings.ts'
import { sha256 } from '../../src/store/sealing.ts'
import type { WebhookSettings } from '../../src/store/webhooks.ts'
import type { Caller } from '../../src/web/env.ts'
import type { Route } from '../../src/web/routes.ts'
import { suspendSomebody } from '../support/affair.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { harassment } from '../support/matters.ts'
import { testMail, until } from '../support/office.ts'
import { person } from '../support/people.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** Everything that a path can name, all of it in one mailbox. */
type Things = Readonly<Record<string, string>>

describe('who may do what', () => {
  let site: TestSite
  let things: Things
  let url: string
  let elsewhere: Person

  beforeAll(async () => {
    site = await openSite()
    const { senderId } = await suspendSomebody(site)
    await site.deliver(testMail({ subject: '返品', body: '刺してやるから覚悟しろ。' }))
    const act = { at: site.house.now(), by: null, newId: randomUUID }
    const billing = mailboxSettings({ name: 'billing', address: 'billing@hinata-kurashi.example' })
    await site.house.store.mailboxes.add('billing', { ...billing, folders: [] }, null, act)
    await site.deliver(
      testMail({ from: 'aoki@kaigara.example', subject: '住所変更', body: 'はい。' }),
    )
    things = await thingsOf(site, senderId)
    elsewhere = await site.hire('elsewhere', roles, here('billing'))
    url = await site.listen()
  }, 180_000)
  afterAll(() => site.close())

  it('is said by every route that the router knows', () => {
    const said = site.routes.map(({ method, path }) => `${method} ${path}`)
    const routed = site.routed.map(({ method, path }) => `${method} ${path}`)
    expect(routed.filter((one) => !said.includes(one))).toEqual([])
    expect(said.length).toBeGreaterThan(50)
    for (const { caller, path } of site.routes) {
      expect([...openCallers, ...Object.keys(actions), ...ofPrograms], path).toContain(caller)
    }
  })

  /** Calls every route in the person's name, over a socket, with things that exist. */
  async function tryAll(cookie: string, csrf: string, expected: (route: ForPeople) => Expected) {
    const wrong: string[] = []
    for (const route of site.routes) {
      const { method, path } = route
      const wanted = isForPeople(route) ? expected(route) : 401
      // Coming and leaving is no matter of roles, and who leaves tries nothing more.
      if (/^.sign-(?:in|out)/.test(path) || (path === '/events' && wanted === 'allowed')) continue
      const answer = await fetch(url + concrete(path, things), {
        method,
        redirect: 'manual',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        ...(method === 'POST' ? { body: new URLSearchParams({ csrf }) } : {}),
      })
      await answer.body?.cancel()
      const place = answer.headers.get('location') ?? ''
      const got = place.startsWith('/sign-in') ? 401 : answer.status
      const fine = wanted === 'allowed' ? ![401, 403, 500].includes(got) : got === wanted
      if (!fine) wrong.push(`${method} ${path}: ${got}, not ${wanted}`)
    }
    return wrong
  }

  it.each(roles)('is for a %s as the table says, on every route', async (role) => {
    const visitor = await site.as(role)
    const wrong = await tryAll(visitor.cookie, visitor.csrf, ({ caller }) =>
      isOpen(caller) || may(person('x', role), caller) ? 'allowed' : 403,
    )
    expect(wrong).toEqual([])
  })

  it('is nothing for a stranger, and nothing any more for who was disabled', async () => {
    const expected = ({ caller }: ForPeople) => (caller === 'public' ? 'allowed' : 401)
    expect(await tryAll('', '', expected)).toEqual([])
    const leaver = await site.hire('leaver', roles)
    const visitor = await site.as('leaver')
    expect((await visitor.get('/queue')).status).toBe(200)
    await site.house.store.people.disable(leaver.id, site.house.now(), null)
    expect(await tryAll(visitor.cookie, '', expected)).toEqual([])
  })

  it('is nothing for who has every role, but in another mailbox', async () => {
    const visitor = await site.as('elsewhere')
    const wrong = await tryAll(visitor.cookie, visitor.csrf, ({ path, caller }) => {
      if (/^\/(threads|letters|messages|measures|alerts|senders|incidents|notes)\/:/.test(path))
        return 404
      // What the check of the log finds names threads of any mailbox.
      if (path === '/log/verification') return 403
      return isOpen(caller) || may(elsewhere, caller) ? 'allowed' : 403
    })
    expect(wrong).toEqual([])
  })

  it('shows no identifier of another mailbox in any list, search or record', async () => {
    const visitor = await site.as('elsewhere')
    // What belongs to the whole house is not of another mailbox.
    const ofAll = [
      'mailboxes',
      'rules',
      'settings',
      'snippets',
      'webhooks',
      '/rules/proposals/',
      '/templates/proposals/',
    ]
    const secret = Object.keys(things).flatMap((one) => (ofAll.includes(one) ? [] : [things[one]]))
    expect(secret).not.toContain('')
    expect(secret.length).toBeGreaterThan(5)
    const support = (await site.house.store.mailboxes.find('support'))?.id
    const lists = [
      '/queue',
      '/queue?view=done',
      '/queue?view=filed',
      '/queue?view=snoozed',
      '/for-me',
      `/queue?mailbox=${support}`,
      `/outbox?view=sent&mailbox=${support}`,
      `/measures?view=in_force&mailbox=${support}`,
      `/disputes?mailbox=${support}`,
      '/measures',
      '/measures?view=in_force',
      '/measures?view=due',
      '/measures?view=objections',
      '/alerts',
      '/disputes',
      '/snippets',
      '/outbox?view=sent',
      '/outbox?view=waiting',
      '/senders',
      '/incidents',
      '/incidents?view=all',
      '/log',
      `/log?thread=${things.threads}`,
      `/rules/${rule}`,
      `/rules/proposals/${things['/rules/proposals/']}`,
      '/search?q=返品',
      '/search?q=住所',
      '/search?q=severity:1..3',
      '/search?q=before:2099-01-01',
      '/notifications',
    ]
    for (const path of lists) {
      const page = await (await visitor.get(path)).text()
      for (const id of secret) expect(page, path).not.toContain(id)
    }
    const supervisor = await site.as('supervisor')
    const found = await (await supervisor.get('/search?q=返品')).text()
    expect(found).toContain(things.threads)
  })

  it('narrows what waits, is in force or was sent to one mailbox, view after view', async () => {
    const supervisor = await site.as('supervisor')
    const box = async (name: string) => (await site.house.store.mailboxes.find(name))?.id ?? ''
    const [support, billing] = [await box('support'), await box('billing')]
    const read = async (path: string) => (await supervisor.get(path)).text()
    for (const [path, thing] of [
      ['/measures?view=in_force', `/measures/${things.measures}`],
      ['/outbox?view=sent', `/letters/${things.letters}`],
    ] as const) {
      expect(await read(path)).toContain(thing)
      const page = await read(`${path}&mailbox=${support}`)
      expect(page).toContain(thing)
      expect(page).toMatch(new RegExp(`href="/\\w+\\?view=past|failed&amp;mailbox=${support}"`))
      expect(await read(`${path}&mailbox=${billing}`)).not.toContain(thing)
      expect(await read(`${path}&mailbox=nowhere`)).toContain(thing)
    }
  })

  it('refuses to move mail into a thread that the person does not read', async () => {
    await site.hire('here', ['reviewer'], here('billing', 'reviewer'))
    await site.deliverAs(
      { mailbox: 'billing' },
      testMail({ from: 'aoki@kaigara.example', subject: '請求', body: '請求書です。' }),
    )
    const inBilling = await newestIn(site, '請求')
    const visitor = await site.as('here')
    expect((await visitor.get(`/threads/${inBilling}`)).status).toBe(200)
    const fields = { into: things.threads ?? '', revision: '1', looked: 'yes', intoRevision: '1' }
    const answer = await visitor.post(`/threads/${inBilling}/join`, fields)
    expect(answer.status).toBe(409)
    expect(await answer.text()).not.toContain(things.threads)
  })

  it('tells live of nothing in other mailboxes, and falls silent when a session ends', async () => {
    await site.hire('listener', ['reviewer'], here('billing', 'reviewer'))
    const visitor = await site.as('listener')
    const answer = await fetch(`${url}/events`, { headers: { cookie: visitor.cookie } })
    const heard = listenTo(answer)
    await until('the greeting', async () => heard.text().includes('hello'))
    await site.deliver(testMail({ from: 'aoki@kaigara.example', subject: '別の窓口', body: 'a' }))
    await site.deliverAs(
      { mailbox: 'billing' },
      testMail({ from: 'aoki@kaigara.example', subject: '自分の窓口', body: 'b' }),
    )
    const own = await newestIn(site, '自分の窓口')
    await until('news of one’s own mailbox', async () => heard.text().includes(own))
    expect(heard.text()).not.toContain(await newestIn(site, '別の窓口'))

    await visitor.post('/sign-out')
    await until('the end', async () => heard.ended())
  })
})

describe('a person under attack', () => {
  it('decides nothing in that thread until somebody else takes it back', {
    timeout: 120_000,
  }, async () => {
    const site = await openSite()
    await site.deliver(testMail({ subject: '名指し', body: '佐藤は無能だ。' }))
    const id = await newestIn(site, '名指し')
    const [reviewer, second] = [await site.as('reviewer'), await site.as('second')]
    const staff = await site.house.store.people.list()
    const target = staff.find(({ name }) => name === 'second')?.id ?? ''
    const opinion = { revision: '1', verdict: 'ordinary' }

    expect((await reviewer.post(`/threads/${id}/targets`, { person: target })).status).toBe(303)
    const page = await (await second.get(`/threads/${id}`)).text()
    expect(page).toContain('攻撃を受けている方は')
    expect(page).not.toContain('/reviews')
    for (const [path, fields] of [
      ['reviews', opinion],
      ['replies', { revision: '1', replyBody: 'はい', how: 'submit' }],
    ] as const) {
      expect((await second.post(`/threads/${id}/${path}`, fields)).status, path).toBe(409)
    }
    const clearing = `/threads/${id}/targets/clearing`
    expect((await second.post(clearing, { person: target, reason: 'x' })).status).toBe(403)
    const supervisor = await site.as('supervisor')
    expect((await supervisor.post(clearing, { person: target, reason: '' })).status).toBe(409)
    expect((await supervisor.post(clearing, { person: target, reason: '別人' })).status).toBe(303)
    expect((await second.post(`/threads/${id}/reviews`, opinion)).status).toBe(303)
    await site.close()
  })
})

type Expected = 'allowed' | number
type ForPeople = Route & { readonly caller: Caller }

/** Routes that no person can call, whatever they may do: programs show a token. */
const ofPrograms = ['any' as const, ...scopes].map((scope) => `token:${scope}` as const)

function isForPeople(route: Route): route is ForPeople {
  return !ofPrograms.some((one) => one === route.caller)
}

const openCallers = ['public', 'half_signed_in', 'enrolling', 'signed_in'] as const

function isOpen(caller: Caller): caller is (typeof openCallers)[number] {
  return openCallers.some((one) => one === caller)
}

/** Roles that hold in one mailbox only. */
function here(mailboxId: string, ...some: readonly Role[]) {
  const wanted = some.length > 0 ? some : roles
  return Object.fromEntries(wanted.map((role) => [role, [mailboxId]]))
}

function concrete(path: string, things: Things): string {
  const [, first = ''] = path.split('/')
  const what = /^\/(?:rules|templates)\/proposals\//.exec(path)?.[0] ?? first
  return path
    .replace(':id', things[what] ?? 'none')
    .replace('/templates/:name', '/templates/warning.ja')
    .replace(/:\w+/g, 'none')
}

async function thingsOf({ house }: TestSite, senderId: string): Promise<Things> {
  const { store } = house
  const [measure] = await store.measures.list(['in_force'], 1)
  const threadId = measure?.threadId ?? ''
  const [letter] = await store.letters.list(['sent'], 1)
  const [alert] = await store.alerts.list('all', 1)
  const record = await store.threads.find(threadId)
  const mailbox = await store.mailboxes.find('support')
  return {
    threads: threadId,
    letters: letter?.id ?? '',
    measures: measure?.id ?? '',
    messages: record?.messages[0]?.id ?? '',
    alerts: alert?.id ?? '',
    senders: senderId,
    incidents: await incidentIn(house, senderId, mailbox?.id ?? ''),
    notes: await noteIn(house, threadId),
    mailboxes: mailbox?.id ?? '',
    rules: rule,
    webhooks: await webhookIn(house),
    notifications: await notificationIn(house, threadId),
    snippets: await snippetIn(house),
    '/rules/proposals/': await proposalIn(house),
    '/templates/proposals/': await templateProposalIn(house),
    settings: await tokenIn(house),
  }
}

/** A visit that waits for a second review, recorded by somebody whom no test signs in as. */
async function incidentIn(house: TestSite['house'], sender: string, mailboxId: string) {
  const none = { minutes: null, takenBy: null, picture: null, recording: '', postUrl: '' }
  const what = { kind: 'visit' as const, account: '窓口で怒鳴った', occurredAt: house.now() }
  const given = { incidentId: house.newId(), sender, mailboxId, ...what, ...none }
  const outcome = await recordIncident(house, given, harassment(), person('x', 'reviewer'))
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  return outcome.incidentId
}

/** A note that nobody whom a test signs in as has written. */
async function noteIn(house: TestSite['house'], threadId: string): Promise<string> {
  const who = person('x', 'supervisor')
  await addNote(house, threadId, { body: '折り返し済み', mentions: [] }, who)
  return (await house.store.notes.of(threadId))[0]?.id ?? ''
}

/** A place outside that is told of everything; nothing is ever sent there. */
async function webhookIn({ store, newId, now }: TestSite['house']): Promise<string> {
  const id = newId()
  const settings: WebhookSettings = {
    name: 'chat',
    format: 'slack',
    host: 'hooks.example.org',
    language: 'ja',
    kinds: [],
    mailboxes: null,
    secret: 'sealed',
  }
  await store.webhooks.add(id, null, settings, { at: now(), by: 'x' })
  return id
}

/** What a supervisor was told of that thread. */
async function notificationIn(house: TestSite['house'], threadId: string): Promise<string> {
  await tell(house)
  const people = await house.store.people.list()
  const who = people.find(({ name }) => name === 'supervisor') as Person
  const told = await house.store.notifications.list(who.id, seenBy(who), '', 50)
  return told.find((one) => one.threadId === threadId)?.id ?? ''
}

const rule = 'abuse.death-wish'

async function snippetIn(house: TestSite['house']): Promise<string> {
  const given = { mailboxId: null, title: 'お礼', content: 'ありがとうございます。', version: 0 }
  await writeSnippet(house, null, given, person('x', 'supervisor'))
  const [snippet] = await house.store.wordings.snippets('all')
  return snippet?.id ?? ''
}

/** A change of a rule that waits, by somebody whom no test signs in as. */
async function proposalIn({ store, newId, now }: TestSite['house']): Promise<string> {
  const wish = { kind: 'change', overlay: { ...asInFiles(rule), off: true } } as const
  const id = newId()
  const [proposer, at, reason] = [person('x', 'supervisor'), now(), '試し']
  const decision = proposeRules({ id, wish, sha256: 'x' }, reason, [], proposer, at)
  if (decision.kind === 'refused') throw new Error(decision.reason)
  const [event] = decision.events
  const proposal = { id, wish, base: '', reason, proposer: proposer.id, proposedAt: at }
  await store.ruleProposals.add(proposal, event as Event)
  return id
}

/** Other words for a notice that wait, in the same way. */
async function templateProposalIn({ store, templates, newId, now }: TestSite['house']) {
  const template = 'warning.ja' as const
  const over = templates.text(template)
  const content = `${over}\n`
  const base = sha256(over)
  const given = { id: newId(), template, contentSha256: sha256(content), base }
  const [proposer, at, reason] = [person('x', 'supervisor'), now(), '試し']
  const decision = proposeTemplate(given, reason, [], proposer, at)
  if (decision.kind === 'refused') throw new Error(decision.reason)
  const [event] = decision.events
  const record = { ...given, over, content, reason, proposer: proposer.id, proposedAt: at }
  await store.templateProposals.add(record, event as Event)
  return given.id
}

/** A token that waits for a second person. */
async function tokenIn(house: TestSite['house']): Promise<string> {
  const form = { name: 'x', scopes: ['threads:read'], mailboxes: null, days: 1 } as const
  const maker = { person: person('x', 'admin'), session: { createdAt: house.now() } }
  const made = await createToken(house, form, maker as Parameters<typeof createToken>[2])
  return made.kind === 'made' ? made.id : ''
}

async function newestIn({ house }: TestSite, subject: string): Promise<string> {
  const all = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 99 })
  return all.find((one) => one.subject === subject)?.id ?? ''
}

/** Reads a stream of events while the test goes on. */
function listenTo(answer: Response) {
  let text = ''
  let ended = false
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const read = async () => {
    for (;;) {
      const part = await reader?.read()
      if (!part || part.done) break
      text += part.value
    }
    ended = true
  }
  // However the stream ends, the test asks only whether it did.
  read().catch(() => {
    ended = true
  })
  return { text: () => text, ended: () => ended }
}
