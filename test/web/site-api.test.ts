import { createHash, randomUUID } from 'node:crypto'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Scope, scopes } from '../../src/domain/token.ts'
import { recordIncident, reviewIncident } from '../../src/flow/incidents.ts'
import { review } from '../../src/flow/review.ts'
import { verify } from '../../src/flow/verify.ts'
import { nameOf } from '../../src/web/api/openapi.ts'
import { callsPerMinute } from '../../src/web/api/rate.ts'
import { apiBase, apiRoutes } from '../../src/web/api/table.ts'
import { suspendSomebody } from '../support/affair.ts'
import { type Program, programOf } from '../support/api.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { harassment } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** Everything that a path can name: a whole affair in one mailbox, and one thread in another. */
type Things = Readonly<Record<'thread' | 'sender' | 'measure' | 'letter' | 'incident', string>>

const insult = 'お前は無能だ。'
const mutedWords = 'また書いている。返金しろ。'
const account = '四十分にわたり怒鳴られた。'

let site: TestSite
let support: string
let billing: string
let things: Things
let billed: { thread: string; sender: string }
let all: Program

beforeAll(async () => {
  site = await openSite()
  const { senderId } = await suspendSomebody(site)
  await site.deliver(testMail({ subject: '別の件', body: mutedWords }))
  const { store, now } = site.house
  billing = randomUUID()
  const settings = mailboxSettings({ name: 'billing', address: 'billing@hinata-kurashi.example' })
  const act = { at: now(), by: null, newId: randomUUID }
  await store.mailboxes.add(billing, { ...settings, folders: [] }, null, act)
  support = (await store.mailboxes.find('support'))?.id ?? ''
  const incident = await recordCall(senderId)
  await site.deliverAs(
    { mailbox: 'billing' },
    testMail({ from: 'aoki@kaigara.example', subject: '請求', body: '請求書をください。' }),
  )
  const [measure] = await store.measures.list(['in_force'], 1)
  const [letter] = await store.letters.list(['sent'], 1)
  const ids = { thread: measure?.threadId, measure: measure?.id, letter: letter?.id, incident }
  things = { ...ids, sender: senderId } as Things
  const open = await store.queue.list({ states: 'open' }, { offset: 0, limit: 9 })
  const other = open.find(({ subject }) => subject === '請求')
  billed = { thread: other?.id ?? '', sender: other?.senderId ?? '' }
  all = await programOf(site, scopes)
}, 180_000)
afterAll(() => site.close())

async function recordCall(sender: string): Promise<string> {
  const { now, newId } = site.house
  const incidentId = newId()
  const occurredAt = new Date(Date.parse(now()) - 3_600_000).toISOString()
  const call = { incidentId, sender, mailboxId: support, kind: 'phone', minutes: 40 } as const
  const words = { account, recording: '', postUrl: '', takenBy: null, picture: null, occurredAt }
  const named = await staffOf(site)
  const opinion = { ...harassment(), reason: '電話の一人目' }
  await recordIncident(site.house, { ...call, ...words }, opinion, named('reviewer'))
  return incidentId
}

function concrete({ path, thing }: (typeof apiRoutes)[number]): string {
  return path.replace(':id', (thing && things[thing as keyof Things]) ?? 'none')
}

describe('who may read by a program', () => {
  it('is said of every route that the router knows, by the scope it needs', () => {
    const routed = site.routed.filter(({ path }) => path.startsWith(apiBase))
    const said = apiRoutes.map(({ path }) => `GET ${apiBase}${path}`)
    expect(routed.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(said.sort())
    expect(said.length).toBeGreaterThan(12)
    const told = site.routes.filter(({ path }) => path.startsWith(apiBase))
    expect(told.map(({ caller }) => caller)).toEqual(apiRoutes.map(({ needs }) => `token:${needs}`))
  })

  it.each(scopes)('is a token with %s for its own routes and no other', async (scope) => {
    // Scopes of words go along with another one; health says nothing of anybody.
    const held: Scope[] = scope === 'health:read' ? [scope] : [scope, 'health:read']
    const program = await programOf(site, held)
    for (const route of apiRoutes) {
      const { status } = await program.get(concrete(route))
      const may = route.needs === 'any' || held.includes(route.needs)
      expect(status, `${scope} at ${route.path}`).toBe(may ? 200 : 403)
    }
    const refused = await program.get(scope === 'threads:read' ? '/senders' : '/threads')
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope')
  })

  it('is nobody without a token of ours, in its header and nowhere else', async () => {
    const visitor = await site.as('reviewer')
    const cut = all.secret.slice(0, -1)
    const forged = `${all.secret.slice(0, -1)}${all.secret.endsWith('0') ? '1' : '0'}`
    for (const { path } of apiRoutes) {
      const ask = `${apiBase}${path.replace(':id', 'none')}`
      expect((await site.stranger.get(ask)).status).toBe(401)
      expect((await visitor.get(ask)).status).toBe(401)
      expect((await site.stranger.get(`${ask}?access_token=${all.secret}`)).status).toBe(401)
      for (const secret of [cut, forged, 'x', '']) {
        const answer = await site.stranger.get(ask, { authorization: `Bearer ${secret}` })
        expect(answer.status).toBe(401)
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="mamori"/)
      }
      const basic = { authorization: `Basic ${btoa(`x:${all.secret}`)}` }
      expect((await site.stranger.get(ask, basic)).status).toBe(401)
    }
  })

  it('can do nothing but read', async () => {
    const headers = { authorization: `Bearer ${all.secret}` }
    for (const path of ['/threads', `/threads/${things.thread}/reviews`, '/nothing']) {
      const answer = await site.stranger.post(`${apiBase}${path}`, {}, headers)
      expect(answer.status).toBe(405)
      expect(await answer.json()).toMatchObject({ code: 'read-only', status: 405 })
    }
  })
})

describe('the document', () => {
  it('is OpenAPI 3.1 by its own rules, for programs and for the people who write them', async () => {
    const document = await all.json('/openapi.json')
    const { valid, errors } = await new Validator().validate(document)
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    expect(Object.keys(document.paths)).toHaveLength(apiRoutes.length)
    const visitor = await site.as('reviewer')
    expect(await (await visitor.get('/api/docs/openapi.json')).json()).toEqual(document)
    for (const language of ['ja', 'en']) {
      const page = await visitor.get('/api/docs', { cookie: `${visitor.cookie}; lang=${language}` })
      const words = await page.text()
      for (const { path } of apiRoutes) expect(words).toContain(path.replace(':id', '{id}'))
    }
  })

  it('is what every route answers, and what its examples show', async () => {
    const document = await all.json('/openapi.json')
    const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }))
    ajv.addSchema(document, 'document')
    for (const route of apiRoutes) {
      const check = ajv.getSchema(`document#/components/schemas/${nameOf(route)}`)
      const shown = { answer: await all.json(concrete(route)), example: route.example }
      for (const [what, value] of Object.entries(shown)) {
        const fine = check?.(value)
        expect(check?.errors ?? [], `${route.path}: ${what}`).toEqual([])
        expect(fine).toBe(true)
        // Whatever a shape does not name is left out by it: nothing is answered beyond the document.
        expect(route.answer.parse(value), route.path).toEqual(value)
      }
    }
    const problem = ajv.getSchema('document#/components/schemas/Problem')
    for (const path of ['/threads?colour=red', '/threads/none', '/letters?limit=x']) {
      const answer = await all.get(path)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(problem?.(await answer.json())).toBe(true)
    }
  })
})

describe('what a program asks', () => {
  it('is refused where it cannot be, with every parameter named', async () => {
    const answer = await all.get(
      '/threads?limit=500&colour=red&since=yesterday&state=new&state=done',
    )
    expect(answer.status).toBe(400)
    const { code, type, errors } = await answer.json()
    expect(code).toBe('request-invalid')
    expect(type).toBe('http://mamori.test/api/docs#request-invalid')
    const names = errors.map(({ parameter }: { parameter: string }) => parameter)
    expect(names.sort()).toEqual(['colour', 'limit', 'since', 'state'])
    for (const path of ['/threads?cursor=x', '/senders?cursor=WzFd', '/measures?cursor=bnVsbA']) {
      expect((await all.get(path)).status, path).toBe(400)
    }
  })

  it('goes on page by page, without a gap and without anything twice', async () => {
    for (const list of ['/threads', '/senders', '/letters', '/events']) {
      const whole = (await all.json(`${list}?limit=200`)).items
      const seen: unknown[] = []
      let path: string | undefined = `${list}?limit=1`
      while (path) {
        const answer = await all.get(path)
        seen.push(...(await answer.json()).items)
        path = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
      }
      expect(seen, list).toEqual(whole)
      expect(whole.length, list).toBeGreaterThan(list === '/letters' ? 0 : 1)
    }
  })

  it('leaves muted threads out of lists but for a token that is good for them', async () => {
    const plain = await programOf(site, ['threads:read'])
    const ids = async (program: Program) =>
      (await program.json('/threads')).items.map((one: { id: string }) => one.id)
    expect(await ids(plain)).not.toContain(await mutedId())
    expect(await ids(all)).toContain(await mutedId())
  })

  it('narrows by what its parameters say', async () => {
    const ids = async (query: string) =>
      (await all.json(`/threads?${query}`)).items.map((one: { id: string }) => one.id)
    expect(await ids(`mailbox=${billing}`)).toEqual([billed.thread])
    expect(await ids(`sender=${billed.sender}`)).toEqual([billed.thread])
    expect(await ids('severity=2')).not.toContain(billed.thread)
    expect(await ids('since=2099-01-01T00:00:00Z')).toEqual([])
    expect((await all.json('/letters?kind=suspension')).items).toHaveLength(1)
    expect((await all.json('/letters?kind=reply')).items).toEqual([])
    expect((await all.json(`/measures?state=in_force&sender=${things.sender}`)).items).toHaveLength(
      1,
    )
  })

  it('is answered shortly where nothing changed, and never kept on the way', async () => {
    const first = await all.get('/senders')
    expect(first.headers.get('cache-control')).toBe('no-store')
    expect(first.headers.get('access-control-allow-origin')).toBeNull()
    const known = { 'if-none-match': `W/${first.headers.get('etag')}` }
    const again = await all.get('/senders', known)
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect((await all.get('/letters', known)).status).toBe(200)
  })

  it('is slowed down by its own token alone, and told when to go on', async () => {
    const [busy, calm] = [
      await programOf(site, ['health:read']),
      await programOf(site, ['health:read']),
    ]
    site.stopClock()
    const statuses: number[] = []
    for (let n = 0; n < callsPerMinute + 1; n += 1) {
      statuses.push((await busy.get('/mailboxes')).status)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(callsPerMinute)
    const refused = await busy.get('/mailboxes')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit')).toMatch(/^"token";r=0;t=\d+$/)
    expect((await calm.get('/mailboxes')).headers.get('ratelimit')).toContain('r=299;')
    site.pass(1_000)
    expect((await busy.get('/mailboxes')).status).toBe(200)
  })
})

describe('a token of one mailbox', () => {
  it('finds nothing of another one: not in lists, not by id, not in the record', async () => {
    const program = await programOf(site, scopes, [billing])
    const secret = [...Object.values(things), support]
    for (const route of apiRoutes.filter(({ thing }) => thing)) {
      const answer = await program.get(concrete(route))
      expect(answer.status, route.path).toBe(404)
      expect(await answer.json()).toMatchObject({ code: 'not-found' })
    }
    for (const route of apiRoutes.filter(({ thing }) => !thing)) {
      const answer = await (await program.get(route.path)).text()
      for (const id of secret) expect(answer, route.path).not.toContain(id)
    }
    expect((await program.json('/threads')).items).toMatchObject([{ id: billed.thread }])
    expect((await program.json('/senders')).items).toMatchObject([{ id: billed.sender }])
    expect((await program.json('/mailboxes')).items).toMatchObject([{ name: 'billing' }])
    expect((await program.json(`/threads/${billed.thread}`)).messages).toHaveLength(1)
    expect((await program.json(`/measures?sender=${things.sender}`)).items).toEqual([])
  })

  it('can follow the whole chain, and checks the hashes of what it may see', async () => {
    const program = await programOf(site, ['events:read'], [billing])
    const { items, head } = await wholeChain(program)
    expect(flawsOf(items, head)).toEqual([])
    const seen = items.filter(({ content }) => content !== null)
    expect(seen.map(({ content }) => JSON.parse(content ?? '').kind)).toContain('message_received')
    expect(items.filter(({ withheld }) => withheld === 'mailbox').length).toBeGreaterThan(5)

    const changed = items.map((one) =>
      one === seen[0]
        ? { ...one, content: one.content?.replace('billing', 'others') ?? null }
        : one,
    )
    const gone = items.filter(({ seq }) => seq !== 3)
    expect(flawsOf(changed, head)).toHaveLength(1)
    expect(flawsOf(gone, head).length).toBeGreaterThan(0)
  })
})

describe('words that people are shielded from', () => {
  it('are not in any answer to a token without their scope, and no reading is noted', async () => {
    const plain = scopes.filter((scope) => !['shielded:read', 'muted:read'].includes(scope))
    const program = await programOf(site, plain)
    const before = await readings()
    for (const route of apiRoutes) {
      const text = await (await program.get(concrete(route))).text()
      for (const words of [insult, '無能', mutedWords, account])
        expect(text, route.path).not.toContain(words)
    }
    const { messages } = await program.json(`/threads/${things.thread}`)
    expect(messages[0].parts).toContainEqual(
      expect.objectContaining({ kind: 'shielded', categories: ['verbal_abuse'], text: null }),
    )
    expect(messages[0].parts).toContainEqual({ kind: 'text', text: '返品したい。' })
    expect(await program.json(`/threads/${await mutedId()}`)).toMatchObject({ subject: null })
    const muted = await mutedMailOf(program)
    expect(muted).toMatchObject({ muted: true, subject: null })
    expect(muted.parts).toEqual([expect.objectContaining({ kind: 'muted', text: null })])
    expect(await readings()).toEqual(before)
  })

  it('are given by scope, each reading on record before it, and not where nothing is sent', async () => {
    const shielded = await programOf(site, ['threads:read', 'shielded:read'])
    const answer = await shielded.get(`/threads/${things.thread}`)
    const text = await answer.text()
    expect(text).toContain('無能')
    expect(text).not.toContain(mutedWords)
    const own = async () => (await readings()).filter(({ tokenId }) => tokenId === shielded.tokenId)
    expect(await own()).toMatchObject([{ threadId: things.thread, by: null }])
    expect((await own())[0]?.passages.map(({ passage }) => passage)).toEqual([
      expect.stringMatching(/^\d+-\d+$/),
    ])
    const etag = answer.headers.get('etag') ?? ''
    const again = await shielded.get(`/threads/${things.thread}`, { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(await own()).toHaveLength(1)

    const muted = await programOf(site, ['threads:read', 'muted:read'])
    expect((await mutedMailOf(muted)).parts).toEqual([
      expect.objectContaining({ kind: 'muted', text: expect.stringContaining('返金しろ') }),
    ])
    const said = (await readings()).filter(({ tokenId }) => tokenId === muted.tokenId)
    expect(said[0]?.passages.map(({ passage }) => passage)).toEqual(['subject', 'muted'])
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('are of an incident what somebody wrote of it, on record as well', async () => {
    const plain = await programOf(site, ['incidents:read'])
    const [line] = (await plain.json(`/incidents?sender=${things.sender}&kind=phone`)).items
    expect(line).toMatchObject({ id: things.incident, minutes: 40, decision: null })
    expect(line.mailboxId).toBe(support)
    expect((await plain.json('/incidents?state=decided')).items).toEqual([])
    expect((await plain.json(`/incidents/${things.incident}`)).account).toBeNull()
    const shielded = await programOf(site, ['incidents:read', 'shielded:read'])
    expect((await shielded.json(`/incidents/${things.incident}`)).account).toBe(account)
    const logged = (await Array.fromAsync(site.house.store.log.all())).flat()
    const read = logged.filter(({ event }) => event.kind === 'incident_read_by_token')
    expect(read.at(-1)?.event).toMatchObject({
      tokenId: shielded.tokenId,
      incidentId: things.incident,
      by: null,
    })
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('leave no trace of who among the staff read them', async () => {
    const visitor = await site.as('reviewer')
    const page = await (await visitor.get(`/threads/${things.thread}`)).text()
    const [, place = ''] = /name="place" value="([^"]+)"/.exec(page) ?? []
    const [, id = ''] = /action="\/messages\/([^/]+)\/reveal"/.exec(page) ?? []
    expect((await visitor.post(`/messages/${id}/reveal`, { place })).status).toBe(303)
    const { items } = await wholeChain(all)
    const last = items.at(-1)
    expect(last).toMatchObject({ content: null, withheld: 'exposure' })
  })
})

describe('a first review', () => {
  it('is told to no program before the second one is given', async () => {
    await site.deliver(
      testMail({ from: 'k@umi.example', subject: '苦情', body: `遅い。${insult}` }),
    )
    const { store } = site.house
    const open = await store.queue.list({ states: 'open' }, { offset: 0, limit: 9 })
    const id = open.find(({ subject }) => subject === '苦情')?.id ?? ''
    const named = await staffOf(site)
    const given = { revision: 1, opinion: { ...harassment(), reason: '一人目の理由' } }
    await review(site.house, id, given, named('reviewer'))
    expect(await all.json(`/threads/${id}/reviews`)).toEqual({ reviews: [], decisions: [] })
    const seq = (await store.log.head()).seq
    const link = async () => (await all.json(`/events?after=${seq - 1}&limit=1`)).items[0]
    expect(await link()).toMatchObject({ seq, content: null, withheld: 'open_review' })

    await review(site.house, id, { revision: 1, opinion: harassment() }, named('second'))
    const told = await all.json(`/threads/${id}/reviews`)
    expect(told.reviews).toMatchObject([{ reason: '一人目の理由' }, { place: 2 }])
    expect(told.decisions).toMatchObject([{ outcome: 'harassment', threadId: id }])
    expect((await link()).content).toContain('一人目の理由')
    expect((await all.json('/decisions?limit=1')).items).toMatchObject([{ threadId: id }])
  })
})

describe('a first review of an incident', () => {
  it('is told to no program before the second one is given', async () => {
    const kinds = async () => {
      const { items } = await wholeChain(all)
      return { open: items.filter(({ withheld }) => withheld === 'open_review').length, items }
    }
    const before = await kinds()
    expect(before.open).toBe(1)
    expect(JSON.stringify(before.items)).not.toContain('電話の一人目')
    const named = await staffOf(site)
    await reviewIncident(site.house, things.incident, harassment(), named('second'))
    const after = await kinds()
    expect(after.open).toBe(0)
    expect(JSON.stringify(after.items)).toContain('電話の一人目')
    const [line] = (await all.json('/incidents?state=decided')).items
    expect(line.decision).toMatchObject({ outcome: 'harassment', how: 'agreed' })
  })
})

type Link = {
  readonly seq: number
  readonly previousHash: string
  readonly hash: string
  readonly content: string | null
  readonly withheld: string | null
}

/** As a receiver reads it, page after page. */
async function wholeChain(program: Program) {
  const items: Link[] = []
  for (let after: number | null = 0; after !== null; ) {
    const page = await program.json(`/events?after=${after}&limit=20`)
    items.push(...page.items)
    after = page.next
    if (after === null) return { items, head: page.head }
  }
  throw new Error('the chain has no end')
}

/** What a receiver finds with nothing of ours but what the documentation says. */
function flawsOf(items: readonly Link[], head: { seq: number; hash: string }): string[] {
  const flaws: string[] = []
  let last = { seq: 0, hash: '' }
  for (const { seq, previousHash, hash, content } of items) {
    if (seq !== last.seq + 1) flaws.push(`${seq} follows ${last.seq}`)
    if (previousHash !== last.hash) flaws.push(`${seq} is not tied to the one before`)
    const made = createHash('sha256').update(`${previousHash}\n${seq}\n${content}`).digest('hex')
    if (content !== null && made !== hash) flaws.push(`${seq} does not have its hash`)
    last = { seq, hash }
  }
  if (last.seq !== head.seq || last.hash !== head.hash) flaws.push('the end is not the head')
  return flaws
}

/** What is on record of programs that read shielded words. */
async function readings() {
  const logged = (await Array.fromAsync(site.house.store.log.all())).flat()
  return logged.flatMap(({ event }) => (event.kind === 'passages_read_by_token' ? [event] : []))
}

async function mutedId(): Promise<string> {
  const { queue } = site.house.store
  const [thread] = await queue.list({ states: ['muted'] }, { offset: 0, limit: 1 })
  return thread?.id ?? 'none'
}

async function mutedMailOf(program: Program) {
  const { messages } = await program.json(`/threads/${await mutedId()}`)
  return messages.find((one: { muted: boolean }) => one.muted)
}
