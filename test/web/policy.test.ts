import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setAbsence } from '../../src/flow/assignment.ts'
import { confirmPolicy, hashOfPolicy, hasToRead } from '../../src/flow/policy.ts'
import { approveRuleChange, proposeRuleChange } from '../../src/flow/rule-changes.ts'
import { tryProposals } from '../../src/flow/rule-trial.ts'
import { verify } from '../../src/flow/verify.ts'
import { engines } from '../support/database.ts'
import { staffOf } from '../support/notices.ts'
import { type PolicyFolder, smallPolicy } from '../support/policy-folder.ts'
import { openSite, type TestSite } from '../support/site.ts'

const policyText = async (answer: Response) =>
  (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe.each(engines)('the policy made known on %s', { timeout: 120_000 }, (engine) => {
  let site: TestSite
  let folder: PolicyFolder
  beforeEach(async () => {
    folder = smallPolicy()
    site = await openSite(engine, { MAMORI_POLICY_DIR: folder.path })
    await site.house.rulebook.announce()
  })
  afterEach(async () => {
    await site.close()
    folder.remove()
  })

  const version = () => hashOfPolicy(site.house.policy)
  const kinds = async () => {
    const all = await site.house.store.log.list({}, 100)
    return all.map(({ event }) => event.kind).filter((kind) => kind.startsWith('policy_'))
  }

  it('is confirmed by one button, once, and asked for again when its words change', async () => {
    const reviewer = await site.as('reviewer')
    expect(await policyText(await reviewer.get('/for-me'))).toContain('まだ確認していません')
    const read = () => reviewer.post('/policy/confirmation', { version: version() })
    expect((await read()).headers.get('location')).toBe('/policy?done=policyRead')
    expect((await read()).status).toBe(303)
    expect(await kinds()).toEqual(['policy_confirmed', 'policy_published'])
    const page = await policyText(await reviewer.get('/policy'))
    expect(page).toContain('この版を読んだことを確認しました')
    expect(page).toMatch(/はじめに .* 具体例 .* セクハラ・つきまとい .* お客さまへのお願い/)
    expect(await policyText(await reviewer.get('/for-me'))).not.toContain('まだ確認していません')

    const [before] = await site.house.store.policies.versions()
    folder.change('policy.yaml', '一人の判断では決めず、', '')
    await site.house.rulebook.look()
    const [changed] = await site.house.store.policies.versions()
    expect(changed).toMatchObject({ place: 2, sha256: version(), by: null })
    expect(await policyText(await reviewer.get('/for-me'))).toContain('まだ確認していません')
    const late = await reviewer.post('/policy/confirmation', { version: before?.sha256 ?? '' })
    expect(late.status).toBe(409)
    const earlier = await policyText(await reviewer.get(`/policy?version=${before?.sha256}`))
    expect(earlier).toContain('一人の判断では決めず')
    expect(earlier).toContain('以前の版です')
    expect((await read()).status).toBe(303)
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('is the version that it was where two people put it back: who had read it need not again', async () => {
    const { house } = site
    const named = await staffOf(site)
    await confirmPolicy(house, version(), named('reviewer'))
    const [before, restored] = [version(), house.rules.version]
    folder.change('policy.yaml', '一人の判断では決めず、', '')
    await house.rulebook.look()
    const wish = { kind: 'restore', version: restored } as const
    const outcome = await proposeRuleChange(house, wish, '戻す', named('admin'))
    if (outcome.kind !== 'proposed') throw new Error(outcome.kind)
    await tryProposals(house, new AbortController().signal)
    const { id: by } = named('supervisor')
    await approveRuleChange(house, outcome.proposalId, 'よい', named('supervisor'))
    expect(await house.store.policies.current()).toMatchObject({ place: 3, sha256: before, by })
    expect(await hasToRead(house, named('reviewer'))).toBe(false)
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('counts as no other policy where only rules, figures or its address change', async () => {
    const before = version()
    folder.change('policy.yaml', "url: ''", "url: 'https://hinata.example/policy'")
    folder.change('policy.yaml', 'threshold: 0.3', 'threshold: 0.4')
    folder.change('rules/threat.yaml', 'ほのめかす脅し', 'ほのめかす言葉')
    await site.house.rulebook.look()
    expect(site.house.policy.url).toBe('https://hinata.example/policy')
    expect(version()).toBe(before)
    expect(await kinds()).toEqual(['policy_published'])
  })

  it('is confirmed once by two browsers at the same moment, and refused by the database for words never in force', async () => {
    const reviewer = (await staffOf(site))('reviewer')
    const both = [1, 2].map(() => confirmPolicy(site.house, version(), reviewer))
    expect(await Promise.all(both)).toEqual([{ kind: 'done' }, { kind: 'done' }])
    expect(await kinds()).toEqual(['policy_confirmed', 'policy_published'])
    const row = `'x', '${reviewer.id}', 'never', '2026-11-27T00:00:00.000Z'`
    const insert = `insert into policy_confirmations (id, person_id, sha256, at) values (${row})`
    await expect(site.database.sql(insert)).rejects.toThrow(/was in force/)
    for (const sql of [
      'delete from policy_confirmations',
      `update policy_versions set sha256 = 'x'`,
    ])
      await expect(site.database.sql(sql)).rejects.toThrow(/never/)
  })

  it('is listed by who has read it, who has not, who is away and who left, as a page and as CSV', async () => {
    const { house } = site
    await site.hire('=1+1', ['reviewer'])
    const named = await staffOf(site)
    for (const name of ['reviewer', 'second', '=1+1']) {
      await confirmPolicy(house, version(), named(name))
    }
    await setAbsence(house, true, named('auditor'))
    await house.store.people.disable(named('second').id, house.now(), null)
    const boss = await site.as('supervisor')
    const page = await policyText(await boss.get('/policy/readers'))
    expect(page).toContain('5人のうち2人が確認しました')
    expect(page).toMatch(/auditor 未確認（不在中）/)
    expect(page).toMatch(/second 確認済み（現在は利用していない）/)
    const csv = await (await boss.get('/policy/readers.csv')).text()
    expect(csv).toContain(`"'=1+1","確認済み"`)
    expect(csv).toContain(`"supervisor","未確認","","2024-10","${version()}"`)
    expect((await (await site.as('reviewer')).get('/policy/readers')).status).toBe(403)

    folder.change('policy.yaml', "version: '2024-10'", "version: '2026-12'")
    await house.rulebook.look()
    expect(await policyText(await boss.get('/policy/readers'))).toContain('5人のうち0人')
    const [, old] = await house.store.policies.versions()
    const earlier = await policyText(await boss.get(`/policy/readers?version=${old?.sha256}`))
    expect(earlier).toMatch(/reviewer 確認済み/)
    expect(earlier).not.toContain('未確認')
  })

  it('is open to customers without sign-in, the same for everybody, in both languages', async () => {
    const asked = await site.stranger.get('/policy/public', { 'accept-language': 'en-GB' })
    expect(asked.status).toBe(200)
    expect(asked.headers.get('cache-control')).toBe('public, max-age=300')
    expect(asked.headers.get('vary')).toContain('Accept-Language')
    expect(asked.headers.get('set-cookie')).toBeNull()
    const english = await policyText(asked)
    expect(english).toContain('What we ask of customers')
    expect(english.replace('日本語', '')).not.toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u)
    expect(english).not.toContain('tell a supervisor')
    const plain = await (await site.stranger.get('/policy/public?lang=ja')).text()
    expect(plain).toContain('お客さまへのお願い')
    const cookie = (await site.as('supervisor')).cookie
    const signedIn = await site.stranger.get('/policy/public?lang=ja', { cookie })
    expect(await signedIn.text()).toBe(plain)
    for (const { name } of await site.house.store.people.list()) expect(plain).not.toContain(name)
    const tag = asked.headers.get('etag') ?? ''
    const headers = { 'accept-language': 'en', 'if-none-match': tag }
    expect((await site.stranger.get('/policy/public', headers)).status).toBe(304)
    expect((await site.stranger.get('/policy/public?lang=ja', headers)).status).toBe(200)
    expect((await site.stranger.get('/policy')).headers.get('location')).toMatch(/^\/sign-in/)

    const footers = await (await (await site.as('supervisor')).get('/policy')).text()
    expect(footers).toContain('http://mamori.test/policy/public?lang=ja')
    expect(footers).toContain('adopted a “Basic policy on customer harassment”')
    expect(await (await (await site.as('reviewer')).get('/policy')).text()).not.toContain(
      'footer-ja',
    )
  })

  it('shows definition and examples where its file has no words of its own', async () => {
    const yaml = await import('yaml')
    const { readFileSync } = await import('node:fs')
    const file = yaml.parse(readFileSync(`${folder.path}/policy.yaml`, 'utf8'))
    delete file.prose
    folder.write('policy.yaml', yaml.stringify(file))
    await site.house.rulebook.look()
    const page = await policyText(await site.stranger.get('/policy/public?lang=ja'))
    expect(page).toContain('優越的な立場を利用した言動')
    expect(page).not.toContain('お客さまへのお願い')
    expect(await policyText(await (await site.as('admin')).get('/policy'))).toContain(
      '本文（prose）',
    )
  })
})
