import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { reveal } from '../../src/flow/care.ts'
import {
  endCareTask,
  handCareTask,
  makeCareTask,
  noteOnTask,
  openTask,
  resealCare,
  takeCareTask,
} from '../../src/flow/care-tasks.ts'
import type { House } from '../../src/flow/house.ts'
import { recordIncident, reviewIncident } from '../../src/flow/incidents.ts'
import { review, settle } from '../../src/flow/review.ts'
import { nameTarget } from '../../src/flow/target.ts'
import { tell, tellOfDates } from '../../src/flow/told.ts'
import { verify } from '../../src/flow/verify.ts'
import { newKey, openVault } from '../../src/vault.ts'
import { engines } from '../support/database.ts'
import { threadHolding } from '../support/found.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const words = '眠れない日が続いていると話してくれた'

describe.each(engines)('care tasks on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  let house: House
  let named: (name: string) => Person
  let threadId: string

  beforeEach(async () => {
    site = await openSite(engine, { MAMORI_ENCRYPTION_KEY: newKey() })
    house = site.house
    for (const name of ['target', 'third']) await site.hire(name, ['reviewer'])
    named = await staffOf(site)
    await site.deliver(testMail({ subject: '件', body: '名指しだ。お前はゴミだ。' }))
    threadId = (await threadHolding(house.store, '名指し')) ?? ''
    await nameTarget(house, threadId, named('target').id, named('reviewer'))
    const messageId = (await house.store.threads.find(threadId))?.messages[0]?.id ?? ''
    const passage = { threadId, messageId, categories: [], severity: 2 as const }
    await reveal(house, { ...passage, passage: '0-3' }, named('second'))
  })
  afterEach(async () => {
    expect((await verify(house.store)).flaws).toEqual([])
    await site.close()
  })

  const decided = async (opinion = harassment()) => {
    for (const name of ['reviewer', 'second']) {
      await review(house, threadId, { revision: 1, opinion }, named(name))
    }
  }
  const of = (name: string) => house.store.careTasks.ofPerson(named(name).id)
  const kindsOf = async (name: string) => (await of(name)).map(({ kind }) => kind).toSorted()

  it('come of a decision: for who is attacked, for who opened it, and for nobody else', async () => {
    await decided()
    expect(await kindsOf('target')).toEqual(['contact', 'month', 'stress_check', 'talk', 'week'])
    expect(await kindsOf('second')).toEqual(['contact', 'month', 'week'])
    for (const name of ['reviewer', 'third', 'supervisor']) expect(await of(name)).toEqual([])
    const supervisor = named('supervisor').id
    expect((await of('target')).every(({ assignee }) => assignee === supervisor)).toBe(true)
    const log = (await Array.fromAsync(house.store.log.all())).flat()
    const made = log.filter(({ event }) => event.kind === 'care_task_made')
    expect(made).toHaveLength(8)
    for (const { content } of made) {
      expect(content).not.toContain(named('target').id)
      expect(content).not.toContain(threadId)
    }
  })

  it('come of no decision that it was ordinary, and of a settled dispute', async () => {
    await review(house, threadId, { revision: 1, opinion: ordinary }, named('reviewer'))
    await review(house, threadId, { revision: 1, opinion: harassment() }, named('second'))
    expect(await of('target')).toEqual([])
    const { verdict } = harassment({ severity: 3 })
    if (verdict.kind === 'unsure') throw new Error('no verdict')
    await settle(house, threadId, verdict, '記録を確認', named('supervisor'))
    expect(await kindsOf('target')).toContain('referral')
  })

  it('come of an incident by hand, at once, for who took it, and once only', async () => {
    const mailboxId = (await house.store.mailboxes.find('support'))?.id ?? ''
    const incidentId = house.newId()
    const none = { minutes: 5, picture: null, recording: '', postUrl: '' }
    const given = {
      ...{ incidentId, sender: { name: '黒岩', label: '' }, mailboxId, kind: 'phone' as const },
      ...{ occurredAt: house.now(), takenBy: named('third').id, account: '怒鳴られた', ...none },
    }
    await recordIncident(house, given, harassment(), named('reviewer'))
    expect(await kindsOf('third')).toEqual(['contact', 'month', 'stress_check', 'talk', 'week'])
    await recordIncident(house, given, harassment(), named('reviewer'))
    await reviewIncident(house, incidentId, harassment(), named('second'))
    expect(await of('third')).toHaveLength(5)
    expect(await of('reviewer')).toEqual([])
  })

  it('hold words that are sealed, read by the two and by nobody else', async () => {
    await decided()
    const [task] = await of('target')
    const id = task?.id ?? ''
    expect(await noteOnTask(house, id, words, named('supervisor'))).toEqual({ kind: 'done' })
    expect(await noteOnTask(house, id, 'ありがとうございます', named('target'))).toEqual({
      kind: 'done',
    })
    for (const name of ['target', 'supervisor']) {
      const opened = await openTask(house, id, named(name))
      expect(opened?.notes.map((note) => note.words)).toEqual([words, 'ありがとうございます'])
    }
    await site.hire('boss', ['supervisor'])
    named = await staffOf(site)
    for (const name of ['second', 'boss', 'auditor', 'admin']) {
      expect(await openTask(house, id, named(name)), name).toBeNull()
      await expect(noteOnTask(house, id, 'x', named(name)), name).rejects.toThrow('no task')
      await expect(endCareTask(house, id, 'done', named(name)), name).rejects.toThrow('no task')
    }
    const kept = await site.database.sql('select words from care_notes')
    expect(kept).toHaveLength(2)
    expect(JSON.stringify(kept)).not.toContain('眠れない')
    const log = (await Array.fromAsync(house.store.log.all())).flat()
    const written = log.filter(({ event }) => event.kind === 'care_note_written')
    expect(written.map(({ event }) => event.by)).toEqual([named('supervisor').id, null])
    expect(JSON.stringify(written)).not.toContain('眠れない')
  })

  it('change hands, and what was written goes with them', async () => {
    await site.hire('boss', ['supervisor'])
    named = await staffOf(site)
    await decided()
    const [task] = await of('target')
    const id = task?.id ?? ''
    const has = task?.assignee === named('boss').id ? 'boss' : 'supervisor'
    const other = has === 'boss' ? 'supervisor' : 'boss'
    await noteOnTask(house, id, words, named(has))
    expect(await takeCareTask(house, id, named(other))).toMatchObject({ reason: 'care_taken' })
    expect(await handCareTask(house, id, named(other).id, named(has))).toEqual({ kind: 'done' })
    expect(await openTask(house, id, named(has))).toBeNull()
    expect((await openTask(house, id, named(other)))?.notes[0]?.words).toBe(words)
    await house.store.people.disable(named(other).id, house.now(), null)
    expect(await takeCareTask(house, id, named(has))).toEqual({ kind: 'done' })
  })

  it('are made by hand, and not twice', async () => {
    const wish = { personId: named('third').id, kind: 'referral' as const }
    expect(await makeCareTask(house, wish, named('reviewer'))).toMatchObject({
      reason: 'not_allowed',
    })
    expect(await makeCareTask(house, wish, named('supervisor'))).toEqual({ kind: 'done' })
    expect(await makeCareTask(house, wish, named('supervisor'))).toMatchObject({
      reason: 'care_there',
    })
    const [task] = await of('third')
    await endCareTask(house, task?.id ?? '', 'declined', named('third'))
    expect((await of('third'))[0]).toMatchObject({ state: 'declined' })
    expect(await makeCareTask(house, wish, named('supervisor'))).toEqual({ kind: 'done' })
  })

  it('remind by kind and way alone: given, offered, due, and late', async () => {
    await tell(house)
    await decided()
    await tell(house)
    await tellOfDates(house)
    site.stopClock()
    for (const days of [8, 1]) {
      site.pass(days * 86_400_000)
      await tellOfDates(house)
      await tellOfDates(house)
    }
    const rows = await site.database.sql(
      "select kind, person_id, path, thread_id from notifications where kind like 'care%'",
    )
    const kinds = (name: string) =>
      rows.filter((row) => row.person_id === named(name).id).map(({ kind }) => kind)
    expect(kinds('supervisor').filter((kind) => kind === 'care_given')).toHaveLength(1)
    expect(kinds('supervisor').filter((kind) => kind === 'care_due').length).toBeGreaterThan(3)
    expect(kinds('target')).toEqual(['care_offered'])
    expect(rows.every(({ thread_id, path }) => !thread_id && /^.care/.test(`${path}`))).toBe(true)
    for (const name of ['auditor', 'admin', 'third']) expect(kinds(name)).toEqual([])
  })

  it('are sealed anew with a new key, and refuse words without one', async () => {
    await decided()
    const [task] = await of('target')
    const id = task?.id ?? ''
    await noteOnTask(house, id, words, named('target'))
    const [before] = await house.store.careTasks.notesOf(id)
    const old = house.vault
    const fresh = openVault([newKey()])
    const both = { ...fresh, open: (text: string, purpose: string) => old.open(text, purpose) }
    expect(await resealCare({ ...house, vault: both })).toBe(1)
    const [after] = await house.store.careTasks.notesOf(id)
    expect(after?.words).not.toBe(before?.words)
    const opened = await openTask({ ...house, vault: fresh }, id, named('target'))
    expect(opened?.notes[0]?.words).toBe(words)
    const none = { ...house, vault: openVault([]) }
    expect(await noteOnTask(none, id, 'x', named('target'))).toMatchObject({
      reason: 'no_encryption_key',
    })
    expect(after?.at).toBe(before?.at)
  })
})
