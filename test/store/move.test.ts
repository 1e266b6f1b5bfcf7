import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { move } from '../../src/commands/move.ts'
import { asInFiles } from '../../src/domain/rule-change.ts'
import { approveRuleChange, proposeRuleChange } from '../../src/flow/rule-changes.ts'
import { tallyRules } from '../../src/flow/rule-tally.ts'
import { tryProposals } from '../../src/flow/rule-trial.ts'
import { verify } from '../../src/flow/verify.ts'
import { order } from '../../src/store/move.ts'
import { openStore } from '../../src/store/store.ts'
import * as tables from '../../src/store/tables.ts'
import { suspendSomebody } from '../support/affair.ts'
import { engines, openDatabase, type TestDatabase } from '../support/database.ts'
import { testMail } from '../support/office.ts'
import { tanaka, watanabe } from '../support/people.ts'
import { openIo } from '../support/program.ts'
import { openSite, type TestSite } from '../support/site.ts'

const { io } = openIo()

it('a move leaves no table behind but what belongs to processes', () => {
  expect([...order, 'chain', 'leases', 'presences'].toSorted()).toEqual(
    Object.keys(tables).toSorted(),
  )
})

describe.skipIf(engines.length < 2)('moving a database', () => {
  let site: TestSite
  let there: TestDatabase
  let back: TestDatabase

  beforeEach(async () => {
    site = await openSite('SQLite')
    there = await openDatabase('PostgreSQL')
    back = await openDatabase('SQLite')
  })
  afterEach(async () => {
    await site.close()
    await there.close()
    await back.close()
  })

  it('carries a whole affair to the other engine and back, and everything still holds', {
    timeout: 120_000,
  }, async () => {
    const { senderId } = await suspendSomebody(site)
    const reign = await changeRules(site)
    await move(['--from', site.database.url, '--to', there.url], io)
    await move(['--from', there.url, '--to', back.url], io)

    const [before, copy] = [site.house.store, await openStore(back.url, () => undefined)]
    expect(await copy.log.head()).toEqual(await before.log.head())
    expect(await copy.senders.find(senderId)).toEqual(await before.senders.find(senderId))
    expect((await copy.senders.find(senderId))?.muted).toHaveLength(1)
    expect(await copy.ruleSets.current()).toEqual(reign)
    expect(await copy.ruleSets.content(reign?.ruleSet ?? '')).toEqual(
      site.house.rulebook.current().content,
    )
    expect(await copy.ruleHits.figures()).toEqual(await before.ruleHits.figures())
    expect((await copy.ruleHits.figures()).size).toBeGreaterThan(0)
    expect((await verify(copy)).flaws).toEqual([])
    await copy.close()
  })

  it('refuses a target that holds something, and leaves it alone', async () => {
    await site.deliver(testMail({ body: 'x' }))
    const held = await openStore(there.url, () => undefined)
    await held.record([{ kind: 'sign_in_failed', at: '2026', by: null, email: 'x' }])
    await held.close()
    const wrong = move(['--from', site.database.url, '--to', there.url], io)

    await expect(wrong).rejects.toThrow(/not empty/)
    expect(await there.sql('select count(*) as n from messages')).toEqual([{ n: 0 }])
  })
})

/** Another rule set, proposed, tried and approved; and the figures of all rules. */
async function changeRules({ house }: TestSite) {
  await house.rulebook.announce()
  const rule = house.rules.rules[0]?.id ?? ''
  const wish = { kind: 'change', overlay: { ...asInFiles(rule), off: true } } as const
  const outcome = await proposeRuleChange(house, wish, '多すぎる', tanaka)
  if (outcome.kind !== 'proposed') throw new Error(JSON.stringify(outcome))
  await tryProposals(house, new AbortController().signal)
  await approveRuleChange(house, outcome.proposalId, 'よい', watanabe)
  await tallyRules(house)
  return house.store.ruleSets.current()
}
