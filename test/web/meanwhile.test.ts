import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asInFiles } from '../../src/domain/rule-change.ts'
import { openParser, type Parser } from '../../src/flow/parse.ts'
import { reassess } from '../../src/flow/reassess.ts'
import { approveRuleChange, proposeRuleChange } from '../../src/flow/rule-changes.ts'
import { tryProposals } from '../../src/flow/rule-trial.ts'
import { verify } from '../../src/flow/verify.ts'
import { testMail } from '../support/office.ts'
import { tanaka, watanabe } from '../support/people.ts'
import { type PolicyFolder, smallPolicy } from '../support/policy-folder.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const going = new AbortController().signal

/** What happens to somebody's page while they look at it. */
describe('meanwhile', { timeout: 60_000 }, () => {
  let site: TestSite
  let policy: PolicyFolder
  let parser: Parser
  let reviewer: Visitor
  let second: Visitor

  beforeEach(async () => {
    policy = smallPolicy()
    site = await openSite(undefined, { MAMORI_POLICY_DIR: policy.path })
    parser = openParser({ workers: 1, timeoutMs: 20_000 })
    await site.house.rulebook.announce()
    reviewer = await site.as('reviewer')
    second = await site.as('second')
    await site.deliver(testMail({ subject: '返品', body: '返品したい。死ね。' }))
  })
  afterEach(async () => {
    await parser.close()
    await site.close()
    policy.remove()
  })

  async function opened(): Promise<string> {
    const [thread] = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 1 })
    return `/threads/${thread?.id}`
  }

  const hidden = async (visitor: Visitor, path: string, name: string) => {
    const html = await (await visitor.get(path)).text()
    return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? 'missing'
  }

  async function formOf(visitor: Visitor, path: string): Promise<Record<string, string>> {
    const judgement = await hidden(visitor, path, 'judgement')
    return { revision: '1', judgement, verdict: 'unsure', reason: '私の考えをここに書いた' }
  }

  async function otherRules(): Promise<void> {
    const overlay = { ...asInFiles('abuse.death-wish'), off: true }
    const wish = { kind: 'change', overlay } as const
    const outcome = await proposeRuleChange(site.house, wish, '試し', tanaka)
    if (outcome.kind !== 'proposed') throw new Error(JSON.stringify(outcome))
    await tryProposals(site.house, going)
    await approveRuleChange(site.house, outcome.proposalId, 'よい', watanabe)
    await reassess(site.house, parser, going)
  }

  it('other rules may judge the thread differently: the reviewer is told and keeps their words', async () => {
    const path = await opened()
    const form = await formOf(reviewer, path)
    await otherRules()
    const answer = await reviewer.post(`${path}/reviews`, form)
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('自動判定が変わりました')
    expect(page).toContain('私の考えをここに書いた')
    expect(page).toContain(`href="${path}"`)

    const anew = await formOf(reviewer, path)
    expect(anew.judgement).not.toBe(form.judgement)
    expect((await reviewer.post(`${path}/reviews`, anew)).status).toBe(303)
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('a first review may be on record: rules that judge differently leave it standing', async () => {
    const path = await opened()
    await reviewer.post(`${path}/reviews`, await formOf(reviewer, path))
    await otherRules()
    expect((await second.post(`${path}/reviews`, await formOf(second, path))).status).toBe(303)
    const id = path.split('/').at(-1) ?? ''
    const loaded = await site.house.store.matters.find(id)
    expect(loaded?.matter.thread.reviews).toHaveLength(2)
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('the reviewer may be disabled: nothing of theirs is taken, and what they gave before stays', async () => {
    const path = await opened()
    await second.post(`${path}/reviews`, await formOf(second, path))
    const form = await formOf(reviewer, path)
    const people = await site.house.store.people.list()
    const leaver = people.find(({ name }) => name === 'reviewer')
    await site.house.store.people.disable(leaver?.id ?? '', site.house.now(), null)
    const answer = await reviewer.post(`${path}/reviews`, form)
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('私の考えをここに書いた')
    const id = path.split('/').at(-1) ?? ''
    const loaded = await site.house.store.matters.find(id)
    expect(loaded?.matter.thread.reviews.map(({ place }) => place)).toEqual([1])
    const supervisor = await site.as('supervisor')
    const last = await supervisor.post(`${path}/reviews`, await formOf(supervisor, path))
    expect(last.status).toBe(303)
  })
})
