import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { Person } from '../../src/domain/person.ts'
import { asInFiles, type RuleOverlay } from '../../src/domain/rule-change.ts'
import { openParser, type Parser } from '../../src/flow/parse.ts'
import { reassess } from '../../src/flow/reassess.ts'
import { review } from '../../src/flow/review.ts'
import {
  approveRuleChange,
  declineRuleChange,
  proposeRuleChange,
  withdrawRuleChange,
} from '../../src/flow/rule-changes.ts'
import { readVersion } from '../../src/flow/rule-reading.ts'
import { tallyRules } from '../../src/flow/rule-tally.ts'
import { tryProposals } from '../../src/flow/rule-trial.ts'
import { verify } from '../../src/flow/verify.ts'
import { openHouse, openLog } from '../../src/house.ts'
import { threadHolding } from '../support/found.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { testMail, until } from '../support/office.ts'
import { tanaka, watanabe } from '../support/people.ts'
import { type PolicyFolder, smallPolicy } from '../support/policy-folder.ts'
import { openSite, type TestSite } from '../support/site.ts'

const going = new AbortController().signal
let customers = 0

describe('rules in the product', { timeout: 60_000 }, () => {
  let site: TestSite
  let parser: Parser
  let policy: PolicyFolder

  beforeEach(async () => {
    policy = smallPolicy()
    site = await openSite(undefined, { MAMORI_POLICY_DIR: policy.path })
    parser = openParser({ workers: 1, timeoutMs: 20_000 })
    await site.house.rulebook.announce()
  })
  afterEach(async () => {
    await parser.close()
    await site.close()
    policy.remove()
  })

  const version = () => site.house.rules.version

  async function staff(name: string): Promise<Person> {
    const all = await site.house.store.people.list()
    return all.find((one) => one.name === name) as Person
  }

  async function proposed(overlay: RuleOverlay, who = tanaka): Promise<string> {
    const wish = { kind: 'change', overlay } as const
    const outcome = await proposeRuleChange(site.house, wish, '多すぎる', who)
    if (outcome.kind !== 'proposed') throw new Error(JSON.stringify(outcome))
    return outcome.proposalId
  }

  async function inForce(overlay: RuleOverlay): Promise<string> {
    const id = await proposed(overlay)
    await tryProposals(site.house, going)
    expect(await approveRuleChange(site.house, id, 'よい', watanabe)).toEqual({ kind: 'done' })
    return id
  }

  async function threadOf(words: string): Promise<string> {
    const id = await threadHolding(site.house.store, words)
    if (!id) throw new Error(`no thread holds ${words}`)
    return id
  }

  async function decided(subject: string, body: string, opinion = harassment()): Promise<string> {
    customers += 1
    await site.deliver(testMail({ subject, body, from: `c${customers}@kaigara.example` }))
    const id = await threadOf(subject)
    for (const name of ['reviewer', 'second'])
      await review(site.house, id, { revision: 1, opinion }, await staff(name))
    return id
  }

  const off = (rule: string) => ({ ...asInFiles(rule), off: true })

  it('come into force by proposal, trial and another supervisor, in one chain', async () => {
    const before = version()
    const id = await proposed(off('abuse.death-wish'))
    expect(await approveRuleChange(site.house, id, 'よい', watanabe)).toMatchObject({
      reason: 'rule_trial_missing',
    })
    await tryProposals(site.house, going)
    expect(await approveRuleChange(site.house, id, 'よい', tanaka)).toMatchObject({
      reason: 'own_rule_proposal',
    })
    expect(version()).toBe(before)
    expect(await approveRuleChange(site.house, id, 'よい', watanabe)).toEqual({ kind: 'done' })

    expect(version()).not.toBe(before)
    await site.deliver(testMail({ subject: '新しい版', body: '死ね' }))
    const record = await site.house.store.threads.find(await threadOf('新しい版'))
    expect(record?.latest?.result).toMatchObject({ ruleSet: version(), categories: [] })
    const kinds = (await Array.fromAsync(site.house.store.log.all())).flat()
    expect(kinds.map(({ event }) => event.kind)).toEqual(
      expect.arrayContaining(['rule_change_proposed', 'rule_change_approved', 'rule_set_in_force']),
    )
    expect((await verify(site.house.store)).flaws).toEqual([])
    const read = await readVersion(site.house, before)
    expect(read?.written.find((one) => one.id === 'abuse.death-wish')?.overlay).toBeNull()
  })

  it('keep a customer’s words out of the log, whatever examples somebody pastes', async () => {
    const words = 'お前らさっさと死ね'
    await proposed({ ...asInFiles('abuse.death-wish'), matches: [words] })
    const all = (await Array.fromAsync(site.house.store.log.all())).flat()
    expect(all.some(({ content }) => content.includes('死ね'))).toBe(false)
  })

  it('are refused with every mistake where they are no rules', async () => {
    const overlay = { ...asInFiles('threat.vague'), matches: ['良い天気ですね'] }
    const outcome = await proposeRuleChange(site.house, { kind: 'change', overlay }, 'x', tanaka)
    expect(outcome).toEqual({
      kind: 'invalid',
      mistakes: [expect.stringMatching(/threat\.vague: does not match its example/)],
    })
    expect(await site.house.store.ruleProposals.list(['open'], 1)).toEqual([])
    const same = { kind: 'change', overlay: asInFiles('threat.vague') } as const
    expect(await proposeRuleChange(site.house, same, 'x', tanaka)).toMatchObject({
      reason: 'rule_unchanged',
    })
  })

  it('are tried on all decided threads, and say whether people would agree', async () => {
    const right = await decided('侮辱', 'お前らさっさと死ね')
    const wrong = await decided('苦情', 'もう辞めちまえ', ordinary)
    await decided('無関係', '住所を変えたいです', ordinary)
    const id = await proposed(off('abuse.death-wish'))
    await tryProposals(site.house, going)

    const trial = await site.house.store.ruleProposals.trial(id)
    expect(trial).toMatchObject({ looked: 3, total: 3, trouble: null })
    expect(trial?.finishedAt).not.toBeNull()
    const found = new Map(trial?.result.threads.map((one) => [one.threadId, one]))
    expect(found.size).toBe(2)
    expect(found.get(right)).toMatchObject({ lost: ['verbal_abuse'], agreement: 'farther' })
    expect(found.get(wrong)).toMatchObject({ lost: ['verbal_abuse'], agreement: 'nearer' })
    expect(trial?.result).toMatchObject({ changedThreads: 2, nearer: 1, farther: 1 })
    expect(trial?.result.examplesLooked).toBe(10)
    expect(
      trial?.result.examples.map(({ rule, kind, agreement }) => [rule, kind, agreement]),
    ).toEqual([
      ['abuse.death-wish', 'matches', 'farther'],
      ['abuse.death-wish', 'matches', 'farther'],
    ])
  })

  it('are tried anew once other rules are in force, and approved only then', async () => {
    const id = await proposed(off('abuse.death-wish'))
    await tryProposals(site.house, going)
    await inForce(off('threat.vague'))
    expect(await approveRuleChange(site.house, id, 'よい', watanabe)).toMatchObject({
      reason: 'rule_trial_missing',
    })
    await tryProposals(site.house, going)
    expect(await approveRuleChange(site.house, id, 'よい', watanabe)).toEqual({ kind: 'done' })
    const { overlays } = site.house.rulebook.current().content
    expect(overlays.map(({ rule }) => rule)).toEqual(['abuse.death-wish', 'threat.vague'])
  })

  it('go on with a trial where it stopped', async () => {
    for (let n = 0; n < 25; n += 1) await decided(`件 ${n} 番`, '死ね')
    const id = await proposed(off('abuse.death-wish'))
    const stop = new AbortController()
    const { ruleProposals } = site.house.store
    const stopping: typeof ruleProposals = {
      ...ruleProposals,
      async advanceTrial(...args) {
        await ruleProposals.advanceTrial(...args)
        stop.abort()
      },
    }
    const store = { ...site.house.store, ruleProposals: stopping }
    await tryProposals({ ...site.house, store }, stop.signal)
    expect(await ruleProposals.trial(id)).toMatchObject({ looked: 20, finishedAt: null })
    expect(await approveRuleChange(site.house, id, 'よい', watanabe)).toMatchObject({
      reason: 'rule_trial_missing',
    })

    await tryProposals(site.house, going)
    const trial = await ruleProposals.trial(id)
    expect(trial).toMatchObject({ looked: 25, total: 25, result: { changedThreads: 25 } })
    expect(new Set(trial?.result.threads.map(({ threadId }) => threadId)).size).toBe(25)
    await tryProposals(site.house, going)
    expect(await ruleProposals.trial(id)).toEqual(trial)
  })

  it('stay as they are where a proposal is declined or taken back, once', async () => {
    const before = version()
    const first = await proposed(off('abuse.death-wish'))
    expect(await declineRuleChange(site.house, first, '要る', watanabe)).toEqual({ kind: 'done' })
    expect(await declineRuleChange(site.house, first, '要る', watanabe)).toMatchObject({
      reason: 'rule_proposal_closed',
    })
    const second = await proposed(off('abuse.death-wish'))
    expect(await withdrawRuleChange(site.house, second, tanaka)).toEqual({ kind: 'done' })
    expect(version()).toBe(before)
  })

  it('come back as they were in an earlier version, in the same way', async () => {
    const before = version()
    await inForce(off('abuse.death-wish'))
    const wish = { kind: 'restore', version: before } as const
    const outcome = await proposeRuleChange(site.house, wish, '戻す', watanabe)
    if (outcome.kind !== 'proposed') throw new Error(outcome.kind)
    await tryProposals(site.house, going)
    expect(await approveRuleChange(site.house, outcome.proposalId, 'よい', tanaka)).toEqual({
      kind: 'done',
    })
    expect(version()).toBe(before)
    expect(await site.house.store.ruleSets.reigns(9)).toHaveLength(3)
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('assess open threads anew, and leave alone what people decided', async () => {
    const done = await decided('決まった', 'お前らさっさと死ね')
    await site.deliver(testMail({ subject: '開いた', body: 'お前らさっさと死ね' }))
    const open = await threadOf('開いた')
    const reviewer = await staff('reviewer')
    await review(site.house, open, { revision: 1, opinion: harassment() }, reviewer)
    const before = version()
    await inForce(off('abuse.death-wish'))
    await reassess(site.house, parser, going)

    const { store } = site.house
    expect((await store.threads.find(open))?.latest?.result).toMatchObject({ ruleSet: version() })
    expect((await store.threads.find(done))?.latest?.result).toMatchObject({ ruleSet: before })
    const matter = (await store.matters.find(open))?.matter
    expect(matter?.thread.reviews).toHaveLength(1)
    expect(matter?.thread.revision).toBe(1)
    const [item] = await store.queue.list({ states: 'open', ids: [open] }, { offset: 0, limit: 1 })
    expect(item?.categories).toEqual([])
    const reign = await store.ruleSets.current()
    expect(reign?.finishedAt).not.toBeNull()
    expect(reign).toMatchObject({ changed: 1 })
    expect((await verify(store)).flaws).toEqual([])
  })

  it('go on with open threads where they stopped', async () => {
    for (let n = 0; n < 25; n += 1) {
      await site.deliver(testMail({ subject: `件 ${n}`, from: `k${n}@a.example`, body: '死ね' }))
    }
    await inForce(off('abuse.death-wish'))
    const stop = new AbortController()
    const slow: Parser = {
      ...parser,
      assess(exchange, rules) {
        stop.abort()
        return parser.assess(exchange, rules)
      },
    }
    await reassess(site.house, slow, stop.signal)
    const half = await site.house.store.ruleSets.current()
    expect(half).toMatchObject({ looked: 20, total: 25, finishedAt: null })
    await reassess(site.house, parser, going)
    expect(await site.house.store.ruleSets.current()).toMatchObject({ looked: 25, changed: 25 })
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('count where they spoke and how often people upheld it', async () => {
    const upheld = await decided('侮辱', 'お前らさっさと死ね')
    await decided('苦情', 'もう辞めちまえ', ordinary)
    await site.deliver(testMail({ subject: '開いた', body: 'くたばれ' }))
    await tallyRules(site.house)
    const { ruleHits } = site.house.store
    expect((await ruleHits.figures()).get('abuse.death-wish')).toEqual({
      ...{ open: 1, decided: 2, judged: 2, upheld: 1 },
    })
    const hits = await ruleHits.threads('abuse.death-wish', 9)
    expect(hits.find(({ threadId }) => threadId === upheld)?.upheld).toBe(true)
    await tallyRules(site.house)
    expect(await ruleHits.threads('abuse.death-wish', 9)).toEqual(hits)

    await inForce(off('abuse.death-wish'))
    await reassess(site.house, parser, going)
    await tallyRules(site.house)
    expect((await ruleHits.figures()).get('abuse.death-wish')).toMatchObject({
      open: 0,
      decided: 2,
    })
  })

  it('follow the files, and stay with the last good ones where a file is broken', async () => {
    const before = version()
    policy.change('rules/threat.yaml', 'weight: 0.9', 'weight: 0.8')
    await site.house.rulebook.look()
    const good = version()
    expect(good).not.toBe(before)
    expect((await site.house.store.ruleSets.current())?.proposalId).toBeNull()

    policy.change('rules/threat.yaml', 'weight: 0.8', 'weight: eight')
    await site.house.rulebook.look()
    expect(version()).toBe(good)
    expect((await site.house.store.ruleSets.trouble())?.words).toEqual([
      expect.stringMatching(/^rules\/threat\.yaml, line \d+: rules\.\d+\.weight/),
    ])
    policy.change('rules/threat.yaml', 'weight: eight', 'weight: 0.8')
    await site.house.rulebook.look()
    expect(version()).toBe(good)
    expect(await site.house.store.ruleSets.trouble()).toBeNull()
  })

  it('keep people’s changes over new files, and say so where one does not fit any more', async () => {
    await inForce(off('threat.vague'))
    policy.change('rules/verbal-abuse.yaml', 'weight: 0.75', 'weight: 0.7')
    await site.house.rulebook.look()
    const fitting = version()
    expect(site.house.rulebook.current().content.overlays).toHaveLength(1)
    expect(site.house.rules.rules.some(({ id }) => id === 'threat.vague')).toBe(false)

    policy.change('rules/threat.yaml', '- id: threat.vague', '- id: threat.renamed')
    await site.house.rulebook.look()
    expect(version()).toBe(fitting)
    expect(site.house.rulebook.trouble()).toEqual([
      expect.stringMatching(/^change of threat\.vague: the files have no rule of that name/),
    ])

    await inForce(asInFiles('threat.vague'))
    await site.house.rulebook.look()
    expect(site.house.rulebook.trouble()).toBeNull()
    expect(site.house.rules.rules.some(({ id }) => id === 'threat.renamed')).toBe(true)
  })

  it('are the same in a process that starts later, and in one that runs beside', async () => {
    const settings = {
      DATABASE_URL: site.database.url,
      MAMORI_POLICY_DIR: policy.path,
    }
    const beside = await openHouse(readConfig(settings), openLog('silent'))
    await inForce(off('abuse.death-wish'))
    await until('the other process to follow', async () => beside.rules.version === version())
    await beside.store.close()

    const later = await openHouse(readConfig(settings), openLog('silent'))
    expect(later.rules.version).toBe(version())
    await later.store.close()

    policy.change('rules/verbal-abuse.yaml', '- id: abuse.death-wish', '- id: abuse.renamed')
    const conflicting = await openHouse(readConfig(settings), openLog('silent'))
    expect(conflicting.rules.version).toBe(version())
    expect(conflicting.rulebook.trouble()?.join()).toMatch(/^change of abuse\.death-wish/)
    await conflicting.store.close()

    policy.write('rules/threat.yaml', 'rules:\n  - id: "never closed\n')
    await expect(openHouse(readConfig(settings), openLog('silent'))).rejects.toThrow(
      /rules\/threat\.yaml, line \d+/,
    )
  })

  it('stay those of the machine whose files changed last, whoever looks', async () => {
    const elsewhere = smallPolicy()
    elsewhere.change('rules/threat.yaml', 'weight: 0.9', 'weight: 0.7')
    await site.house.rulebook.look()
    const settings = { DATABASE_URL: site.database.url, MAMORI_POLICY_DIR: elsewhere.path }
    const newer = await openHouse(readConfig(settings), openLog('silent'))
    await newer.rulebook.announce()
    const theirs = newer.rules.version
    await until('the first one to follow', async () => version() === theirs)
    await site.house.rulebook.look()
    expect(version()).toBe(theirs)
    expect(await site.house.store.ruleSets.trouble()).toBeNull()

    policy.change('rules/threat.yaml', 'weight: 0.9', 'weight: 0.65')
    await site.house.rulebook.look()
    expect(version()).not.toBe(theirs)
    await newer.store.close()
    elsewhere.remove()
  })

  it('assess each thread once where two processes are at it', async () => {
    for (let n = 0; n < 8; n += 1) {
      await site.deliver(testMail({ subject: `件 ${n}`, from: `k${n}@a.example`, body: '死ね' }))
    }
    await inForce(off('abuse.death-wish'))
    await Promise.allSettled([1, 2].map(() => reassess(site.house, parser, going)))
    await reassess(site.house, parser, going)
    const all = (await Array.fromAsync(site.house.store.log.all())).flat()
    const anew = all.flatMap(({ event }) =>
      event.kind === 'thread_assessed' && event.ruleSet === version() ? [event.threadId] : [],
    )
    expect(anew).toHaveLength(8)
    expect(new Set(anew).size).toBe(8)
    expect((await site.house.store.ruleSets.current())?.finishedAt).not.toBeNull()
  })

  it('are changed by one of two who approve at the same moment', async () => {
    const ids = [await proposed(off('abuse.death-wish')), await proposed(off('threat.vague'))]
    await tryProposals(site.house, going)
    const outcomes = await Promise.all(
      ids.map((id) => approveRuleChange(site.house, id, 'よい', watanabe)),
    )
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused'])
    expect(site.house.rulebook.current().content.overlays).toHaveLength(1)
  })
})
