import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../src/domain/event.ts'
import { asInFiles, type RuleContent } from '../../src/domain/rule-change.ts'
import { StaleWrite } from '../../src/store/engine.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { engines, openDatabase, type TestDatabase } from '../support/database.ts'

const at = '2026-11-23T05:00:00.000Z'
const silent = () => undefined
const content: RuleContent = {
  files: [{ name: 'policy.yaml', text: 'あ: い\n' }],
  overlays: [{ ...asInFiles('a.b'), weight: 0.25, matches: ['馬鹿'] }],
}
const overlay = { ...asInFiles('a.b'), off: true }
const wish = { kind: 'change', overlay } as const

const proposedEvent: Event = {
  ...{ kind: 'rule_change_proposed', at, by: 'tanaka', proposalId: 'p' },
  ...{ about: 'a.b', wishSha256: 'x', reason: 'r' },
}
const proposal = { id: 'p', wish, base: 'v1', reason: 'r', proposer: 'tanaka', proposedAt: at }

/** What the rooms of the store that keep rules promise, whichever database it is. */
describe.each(engines)('rules on %s', (engine) => {
  let database: TestDatabase
  let store: Store
  let other: Store

  beforeEach(async () => {
    database = await openDatabase(engine)
    store = await openStore(database.url, silent)
    other = await openStore(database.url, silent)
  })
  afterEach(async () => {
    await store.close()
    await other.close()
    await database.close()
  })

  const succession = (ruleSet: string, after: number) => {
    return { ruleSet, content, filesId: 'f', after, proposalId: null, by: null, at }
  }
  const deciding = { decider: 'watanabe', at, reason: 'よい' }
  const approved: Event = {
    ...{ kind: 'rule_change_approved', at, by: 'watanabe', proposalId: 'p', reason: 'よい' },
  }

  it('keeps a rule set once, and gives it back letter by letter', async () => {
    expect(await store.ruleSets.content('v1')).toBeNull()
    await Promise.all([
      store.ruleSets.keep('v1', content, at),
      other.ruleSets.keep('v1', content, at),
    ])
    await store.ruleSets.keep('v2', { ...content, overlays: [] }, at)
    expect(await other.ruleSets.content('v1')).toEqual(content)
    expect(await database.sql('select count(*) as n from rule_files')).toMatchObject([
      { n: expect.anything() },
    ])
    expect((await database.sql('select id from rule_files')).length).toBe(1)
  })

  it('lets one of two successions win, with its event', async () => {
    await store.ruleSets.succeed(succession('v1', 0))
    await expect(other.ruleSets.succeed(succession('v2', 0))).rejects.toThrow(StaleWrite)
    await other.ruleSets.succeed(succession('v2', 1))
    expect(await store.ruleSets.current()).toMatchObject({ place: 2, ruleSet: 'v2', total: 0 })
    expect((await store.ruleSets.reigns(9)).map(({ ruleSet }) => ruleSet)).toEqual(['v2', 'v1'])
    expect(await store.log.head()).toMatchObject({ seq: 2 })
  })

  it('has one open proposal about the same rule, decided once', async () => {
    await store.ruleProposals.add(proposal, proposedEvent)
    const again = other.ruleProposals.add({ ...proposal, id: 'q' }, proposedEvent)
    await expect(again).rejects.toThrow(StaleWrite)
    expect(await other.ruleProposals.find('p')).toMatchObject({ ...proposal, state: 'open' })
    expect(await store.ruleProposals.list(['open'], 2)).toHaveLength(1)

    const made = { ...succession('v2', 0), proposalId: 'p', by: 'watanabe' }
    await store.ruleProposals.enact('p', deciding, made, [approved])
    await expect(other.ruleProposals.end('p', 'declined', deciding, approved)).rejects.toThrow(
      StaleWrite,
    )
    expect(await store.ruleProposals.find('p')).toMatchObject({ state: 'approved', made: 'v2' })
    expect(await store.ruleSets.current()).toMatchObject({ ruleSet: 'v2', proposalId: 'p' })
  })

  it('writes neither the approval nor the rules where other rules came first', async () => {
    await store.ruleProposals.add(proposal, proposedEvent)
    await other.ruleSets.succeed(succession('v3', 0))
    const made = { ...succession('v2', 0), proposalId: 'p', by: 'watanabe' }
    await expect(store.ruleProposals.enact('p', deciding, made, [approved])).rejects.toThrow(
      StaleWrite,
    )
    expect(await store.ruleProposals.find('p')).toMatchObject({ state: 'open', made: null })
    expect(await store.ruleSets.content('v2')).toBeNull()
  })

  it('moves a trial on from where it is, and nowhere else', async () => {
    await store.ruleProposals.add(proposal, proposedEvent)
    const between = { before: 'v1', after: 'v2', trouble: null }
    await store.ruleProposals.beginTrial('p', between, at)
    const trial = await store.ruleProposals.trial('p')
    if (!trial) throw new Error('no trial')
    await store.ruleProposals.advanceTrial(trial, { cursor: 't', looked: 1 })
    await expect(other.ruleProposals.advanceTrial(trial, { looked: 5 })).rejects.toThrow(StaleWrite)
    await other.ruleProposals.beginTrial('p', { ...between, before: 'v5', trouble: ['no'] }, at)
    expect(await store.ruleProposals.trial('p')).toMatchObject({
      ...{ before: 'v5', cursor: '', looked: 0, trouble: ['no'], finishedAt: at },
    })
  })

  it('counts hits by rule, and takes away what is none any more', async () => {
    const hit = (threadId: string, open: boolean, upheld: boolean | null) => {
      return { id: `${threadId}:a.b`, threadId, rule: 'a.b', open, upheld, at }
    }
    const put = [hit('1', true, null), hit('2', false, true), hit('3', false, false)]
    await store.ruleHits.tally(0, 3, { put: [...put, hit('4', false, null)], drop: [] })
    expect((await other.ruleHits.figures()).get('a.b')).toEqual({
      ...{ open: 1, decided: 3, judged: 2, upheld: 1 },
    })
    await expect(other.ruleHits.tally(2, 9, { put, drop: [] })).rejects.toThrow(StaleWrite)
    await store.ruleHits.tally(3, 4, { put: [hit('1', false, true)], drop: ['3:a.b'] })
    expect((await other.ruleHits.figures()).get('a.b')).toEqual({
      ...{ open: 0, decided: 3, judged: 2, upheld: 2 },
    })
    expect(await store.ruleHits.threads('a.b', 2)).toHaveLength(2)
    expect(await store.ruleHits.place()).toBe(4)
  })

  it('notes what is wrong with the files, beside how far the log was read', async () => {
    await store.ruleHits.tally(0, 7, { put: [], drop: [] })
    await store.ruleSets.note(['threat.yaml, line 3: wrong'], at)
    expect(await other.ruleSets.trouble()).toEqual({ words: ['threat.yaml, line 3: wrong'], at })
    await store.ruleSets.note(null, at)
    expect(await other.ruleSets.trouble()).toBeNull()
    expect(await other.ruleHits.place()).toBe(7)
  })

  it.each([
    ['a rule set changed', `update rule_sets set overlays = '[]'`, /never changes/],
    ['a rule set deleted', 'delete from rule_sets', /never deleted/],
    ['files changed', `update rule_files set id = 'x'`, /never change/],
    ['history changed', `update rule_reigns set rule_set = 'v9'`, /never changes/],
    ['a proposal’s words changed', `update rule_proposals set reason = 'x'`, /keeps its words/],
    [
      'a proposal approved by its proposer',
      `update rule_proposals set state = 'approved', decider = 'tanaka'`,
      /nobody_decides_on_their_own_rules/,
    ],
    [
      'rules in force without an approval',
      `insert into rule_reigns (place, rule_set, files_id, proposal_id, "by", at, "cursor", total, looked, changed)
       values (2, 'v1', 'f', 'p', 'tanaka', '2026', '', 0, 0, 0)`,
      /rest on an approval/,
    ],
  ])('refuses by itself to have %s', async (_, statement, why) => {
    await store.ruleSets.succeed(succession('v1', 0))
    await store.ruleProposals.add(proposal, proposedEvent)
    await expect(database.sql(statement)).rejects.toThrow(why)
  })
})
