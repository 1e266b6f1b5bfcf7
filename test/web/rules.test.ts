import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { review } from '../../src/flow/review.ts'
import { tallyRules } from '../../src/flow/rule-tally.ts'
import { tryProposals } from '../../src/flow/rule-trial.ts'
import { threadHolding } from '../support/found.ts'
import { harassment } from '../support/matters.ts'
import { testMail } from '../support/office.ts'
import { type PolicyFolder, smallPolicy } from '../support/policy-folder.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const rule = 'abuse.death-wish'
const harsh = 'さっさと辞めちまえ'
const customersWords = 'お前らさっさと死ね、この店'

describe('the rules in the pages', { timeout: 60_000 }, () => {
  let site: TestSite
  let policy: PolicyFolder
  let supervisor: Visitor
  let admin: Visitor
  let auditor: Visitor

  beforeAll(async () => {
    policy = smallPolicy()
    site = await openSite(undefined, { MAMORI_POLICY_DIR: policy.path })
    await site.house.rulebook.announce()
    const { house } = site
    await site.deliver(testMail({ subject: '返品の件', body: customersWords }))
    const [thread] = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 1 })
    const all = await house.store.people.list()
    for (const name of ['reviewer', 'second']) {
      const who = all.find((one) => one.name === name) as Person
      await review(house, thread?.id ?? '', { revision: 1, opinion: harassment() }, who)
    }
    await tallyRules(house)
    supervisor = await site.as('supervisor')
    admin = await site.as('admin')
    auditor = await site.as('auditor')
  })
  afterAll(async () => {
    await site.close()
    policy.remove()
  })

  const text = async (answer: Response | Promise<Response>) => (await answer).text()

  async function propose(who: Visitor, fields: Record<string, string> = {}): Promise<string> {
    const form = { use: 'yes', weight: '0.75', severity: '2', reason: '強すぎる', ...fields }
    const answer = await who.post(`/rules/${rule}/proposals`, form)
    expect(answer.status).toBe(303)
    return (answer.headers.get('location') ?? '').replace(/\?.*/, '')
  }

  const tried = () => tryProposals(site.house, new AbortController().signal)

  it('list every rule with its reason, hits and precision, without a harsh word', async () => {
    const page = await text(supervisor.get('/rules'))
    for (const { id } of site.house.rules.rules) expect(page).toContain(`/rules/${id}`)
    expect(page).toContain(site.house.rules.version)
    expect(page).toContain('対応中 0 件・判断済み 1 件')
    expect(page).toContain('1 件中 1 件。件数が少なく、まだ言えません')
    expect(page).not.toContain(harsh)
    expect(page).not.toContain(customersWords)
  })

  it('show one rule, its threads by a link, and its examples only when asked', async () => {
    const page = await text(supervisor.get(`/rules/${rule}`))
    expect(page).toMatch(/href="\/threads\/[\w-]+"/)
    expect(page).toContain('返品の件')
    expect(page).toContain('判断と一致')
    for (const words of [harsh, customersWords, '死ね']) expect(page).not.toContain(words)
    const shown = await text(supervisor.get(`/rules/${rule}?examples=shown`))
    expect(shown).toContain(harsh)
    expect((await supervisor.get('/rules/no.such-rule')).status).toBe(404)
  })

  it('name no thread to an administrator, and let nobody but those in charge change them', async () => {
    expect(await text(admin.get(`/rules/${rule}`))).not.toContain('返品の件')
    const reviewer = await site.as('reviewer')
    expect((await reviewer.get('/rules')).status).toBe(403)
    expect((await auditor.get(`/rules/${rule}`)).status).toBe(200)
    expect(await text(auditor.get(`/rules/${rule}`))).not.toContain('/change')
    expect((await auditor.get(`/rules/${rule}/change`)).status).toBe(403)
    expect((await auditor.post(`/rules/${rule}/proposals`, { weight: '0.1' })).status).toBe(403)
    const foreign = await supervisor.post(`/rules/${rule}/proposals`, { csrf: 'x', weight: '0.1' })
    expect(foreign.status).toBe(403)
    expect(await site.house.store.ruleProposals.list(['open'], 1)).toEqual([])
  })

  it('come back with every mistake, and with what was written', async () => {
    const wrong = { use: 'yes', weight: '7', severity: '2', reason: '理由です' }
    const page = await text(supervisor.post(`/rules/${rule}/proposals`, wrong))
    expect(page).toContain('change of abuse.death-wish: weight')
    expect(page).toContain('理由です')
    const yaml = 'id: abuse.new-one\nwhen: [no_such_part]\nmatches: [a]\npasses: [b]'
    const fresh = await text(supervisor.post('/rules/new', { yaml, reason: 'x' }))
    expect(fresh).toContain('change of abuse.new-one')
    expect(fresh).toContain('no_such_part')
    const nothing = { use: 'yes', weight: '0.75', severity: '2', reason: 'x' }
    expect((await supervisor.post(`/rules/${rule}/proposals`, nothing)).status).toBe(409)
  })

  it('change once another supervisor approves what was tried', async () => {
    const before = site.house.rules.version
    const path = await propose(supervisor, { weight: '0.2', severity: '1' })
    expect(await text(supervisor.get(path))).toContain('まもなく試し始めます')
    expect(await text(supervisor.get('/rules'))).toContain(path)
    await tried()
    const page = await text(supervisor.get(path))
    expect(page).toContain('結果が変わるスレッド 1 件')
    expect(page).toContain('判断から離れる')
    expect(page).not.toContain(customersWords)
    expect(page).not.toContain(`${path}/approval`)

    for (const [who, status] of [
      [supervisor, 409],
      [admin, 403],
      [auditor, 403],
    ] as const) {
      expect((await who.post(`${path}/approval`, { reason: 'よい' })).status).toBe(status)
      expect((await who.post(`${path}/refusal`, { reason: 'だめ' })).status).toBe(status)
    }
    expect((await supervisor.post(`${path}/withdrawal`)).status).toBe(303)
    expect(site.house.rules.version).toBe(before)

    const second = await propose(admin, { weight: '0.2', severity: '1' })
    expect((await supervisor.post(`${second}/approval`, { reason: 'よい' })).status).toBe(409)
    await tried()
    expect((await supervisor.post(`${second}/approval`, { reason: '' })).status).toBe(409)
    expect((await supervisor.post(`${second}/approval`, { reason: 'よい' })).status).toBe(303)
    const { version } = site.house.rules
    expect(version).not.toBe(before)
    expect(await text(auditor.get('/rules'))).toContain(version)
    const decided = await text(auditor.get(second))
    expect(decided).toContain(`/rules/versions/${version}`)
    expect(await text(supervisor.get('/log'))).toContain('ルールの変更を承認')
  })

  it('stay readable in earlier versions, which can be proposed to come back', async () => {
    const list = await text(auditor.get('/rules/versions'))
    const versions = [...list.matchAll(/\/rules\/versions\/([0-9a-f]{12})/g)].map(([, one]) => one)
    expect(new Set(versions).size).toBe(2)
    const [now, first] = versions
    const page = await text(auditor.get(`/rules/versions/${first}`))
    expect(page).toContain(rule)
    expect(page).not.toContain(harsh)
    expect(await text(auditor.get(`/rules/versions/${now}`))).toContain('重みを 0.2 にする')
    const file = await text(auditor.get(`/rules/versions/${first}?file=rules/verbal-abuse.yaml`))
    expect(file).toContain(harsh)
    expect(await text(auditor.get('/rules/versions/000000000000'))).toContain('保存されていません')

    const wish = { reason: '前の方がよい' }
    const answer = await admin.post(`/rules/versions/${first}/proposals`, wish)
    const path = (answer.headers.get('location') ?? '').replace(/\?.*/, '')
    await tried()
    expect((await supervisor.post(`${path}/approval`, { reason: 'よい' })).status).toBe(303)
    expect(site.house.rules.version).toBe(first)
  })

  it('are rewritten as YAML, and added, in the same way', async () => {
    const path = '/rules/threat.vague/change?text=shown'
    const source = /<textarea[^>]*name="yaml"[^>]*>([^<]*)</.exec(await text(admin.get(path)))?.[1]
    expect(source).toContain('when:')
    const yaml = (source ?? '').replace('- vague', '- vague|/ただでは済まない/').trim()
    const fields = { use: 'yes', yaml, addMatches: '', reason: '言い回しを足す' }
    const rewritten = await admin.post('/rules/threat.vague/proposals', fields)
    const added = await admin.post('/rules/new', {
      yaml: [
        'id: threat.added',
        'category: threat',
        'why: { ja: 試し, en: A try }',
        "when: ['/夜道/']",
        'matches: [夜道に気をつけろ]',
        'passes: [夜に着きました]',
      ].join('\n'),
      reason: '足りない',
    })
    await tried()
    for (const answer of [rewritten, added]) {
      const proposal = (answer.headers.get('location') ?? '').replace(/\?.*/, '')
      const shown = await text(supervisor.get(proposal))
      for (const words of ['ただでは済まない', '夜道']) expect(shown).not.toContain(words)
      expect(await text(supervisor.get(`${proposal}?words=shown`))).toMatch(/ただでは済まない|夜道/)
      await tried()
      expect((await supervisor.post(`${proposal}/approval`, { reason: 'よい' })).status).toBe(303)
    }
    await site.deliver(
      testMail({ subject: '脅し', body: 'ただでは済まないぞ。夜道に気をつけろ。' }),
    )
    const id = await threadHolding(site.house.store, '脅し')
    const record = await site.house.store.threads.find(id ?? '')
    const said = record?.latest?.result.categories.flatMap(({ evidence }) => evidence)
    expect(new Set(said?.map((one) => one.rule))).toEqual(new Set(['threat.vague', 'threat.added']))
    expect(await text(supervisor.get('/rules/threat.added'))).toContain('画面から追加されたルール')
  })

  it('name the version with every assessment', async () => {
    const [thread] = await site.house.store.queue.list(
      { states: ['to_act'] },
      { offset: 0, limit: 1 },
    )
    const record = await site.house.store.threads.find(thread?.id ?? '')
    const version = record?.latest?.result.ruleSet
    expect(await text(supervisor.get(`/threads/${thread?.id}`))).toContain(
      `href="/rules/versions/${version}"`,
    )
  })

  it('say in words what is wrong with the files', async () => {
    await site.house.store.ruleSets.note(['rules/threat.yaml, line 7: wrong'], site.house.now())
    const page = await text(supervisor.get('/rules'))
    expect(page).toContain('最後の正しい版を使い続けています')
    expect(page).toContain('rules/threat.yaml, line 7: wrong')
    expect((await supervisor.get('/rules/state')).status).toBe(200)
  })
})
