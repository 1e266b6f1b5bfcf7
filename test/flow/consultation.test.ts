import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Wish } from '../../src/domain/consultation.ts'
import type { Person } from '../../src/domain/person.ts'
import { addToReport, openByCode, openReport, report } from '../../src/flow/consultation.ts'
import { actAtDesk, answerAtDesk, becameIncident } from '../../src/flow/consultation-desk.ts'
import { resealConsultations } from '../../src/flow/consultation-words.ts'
import type { House } from '../../src/flow/house.ts'
import { tellOfDates } from '../../src/flow/told.ts'
import { verify } from '../../src/flow/verify.ts'
import { newKey, openVault } from '../../src/vault.ts'
import { engines } from '../support/database.ts'
import { staffOf } from '../support/notices.ts'
import { openSite, type TestSite } from '../support/site.ts'

const words = '電話口で三十分、人格を否定された'

describe.each(engines)('the consultation desk on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  let house: House
  let named: (name: string) => Person

  beforeEach(async () => {
    site = await openSite(engine, { MAMORI_ENCRYPTION_KEY: newKey() })
    house = site.house
    await site.hire('boss', ['supervisor'])
    named = await staffOf(site)
    site.stopClock()
  })
  afterEach(async () => {
    expect((await verify(house.store)).flaws).toEqual([])
    await site.close()
  })

  const given = (over: Partial<Parameters<typeof report>[1]> = {}) => ({
    ...{ id: randomUUID(), words, wish: 'confidential' as Wish, hiddenFrom: [] },
    ...over,
  })
  async function reported(who: Person | null, over: Partial<Parameters<typeof report>[1]> = {}) {
    const outcome = await report(house, given(over), who)
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
    return { id: outcome.id, code: outcome.code ?? '' }
  }
  const log = async () => (await Array.fromAsync(house.store.log.all())).flat()
  const done = { kind: 'done' }

  it('keeps of an anonymous report nothing that leads to its person', async () => {
    const logged = (await log()).length
    const { id, code } = await reported(null)
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(await log()).toHaveLength(logged)
    const rows = [
      ...(await site.database.sql('select * from consultations')),
      ...(await site.database.sql('select * from consultation_words')),
    ]
    const kept = JSON.stringify(rows)
    for (const { id: personId, name } of await house.store.people.list()) {
      expect(kept).not.toContain(personId)
      expect(kept).not.toContain(`"${name}"`)
    }
    expect(kept).not.toContain('電話口')
    expect(kept).not.toContain(code)
    // Every time in it is a midnight in Japan, and no id is made from the time (UUID, version 7).
    const times = kept.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? []
    expect(times).toHaveLength(2)
    for (const time of times) expect(time).toMatch(/T15:00:00\.000Z$/)
    for (const uuid of kept.match(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}/g) ?? []) {
      expect(uuid).not.toMatch(/-7[\da-f]{3}$/)
    }
    const notices = await site.database.sql('select * from notifications')
    expect(JSON.stringify(notices)).not.toContain(id)
  })

  it('is come back to by its code, however that is typed, and by nothing else', async () => {
    const { id, code } = await reported(null)
    await actAtDesk(house, id, 'take', named('boss'))
    await answerAtDesk(house, id, '話してくれてありがとう', named('boss'))
    const typed = code.toLowerCase().replaceAll('-', ' ')
    expect((await openByCode(house, typed))?.words.map((one) => one.words)).toEqual([
      words,
      '話してくれてありがとう',
    ])
    expect(await addToReport(house, { code }, { words: 'もう一度ありました' })).toEqual(done)
    expect((await openReport(house, id, named('boss')))?.words).toHaveLength(3)
    for (const wrong of ['', 'AAAAA-AAAAA-AAAAA-AAAAA', code.slice(0, -1)]) {
      expect(await openByCode(house, wrong)).toBeNull()
    }
    for (const name of ['reviewer', 'supervisor', 'auditor', 'admin']) {
      expect((await openReport(house, id, named(name)))?.words ?? []).toEqual([])
    }
  })

  it('shows no words before a supervisor takes it, and then to that one alone', async () => {
    const { id } = await reported(named('reviewer'))
    const seen = async (name: string) => (await openReport(house, id, named(name)))?.side ?? null
    expect(await seen('supervisor')).toBe('free')
    expect((await openReport(house, id, named('supervisor')))?.words).toEqual([])
    expect(await answerAtDesk(house, id, 'x', named('supervisor'))).toMatchObject({
      reason: 'not_allowed',
    })
    expect(await actAtDesk(house, id, 'take', named('supervisor'))).toEqual(done)
    expect(await actAtDesk(house, id, 'take', named('boss'))).toMatchObject({
      reason: 'care_taken',
    })
    expect(await seen('supervisor')).toBe('desk')
    expect(await seen('boss')).toBe('taken')
    expect(await seen('reviewer')).toBe('reporter')
    for (const name of ['second', 'auditor', 'admin']) expect(await seen(name)).toBeNull()
    expect(await actAtDesk(house, id, 'give_back', named('supervisor'))).toEqual(done)
    expect(await seen('supervisor')).toBe('free')
    // Whoever leaves holds it up for nobody.
    await actAtDesk(house, id, 'take', named('boss'))
    expect(await seen('supervisor')).toBe('taken')
    await house.store.people.disable(named('boss').id, house.now(), null)
    expect(await seen('supervisor')).toBe('free')
    expect(await actAtDesk(house, id, 'take', named('supervisor'))).toEqual(done)
  })

  it('reaches nobody whom it names or hides, also where that is said later', async () => {
    const { id } = await reported(named('reviewer'), { words: 'bossさんのことです' })
    expect(await openReport(house, id, named('boss'))).toBeNull()
    await expect(actAtDesk(house, id, 'take', named('boss'))).rejects.toThrow('no consultation')
    const hidden = await reported(named('reviewer'), { hiddenFrom: [named('supervisor').id] })
    expect(await openReport(house, hidden.id, named('supervisor'))).toBeNull()
    await actAtDesk(house, hidden.id, 'take', named('boss'))
    const by = { id: hidden.id, who: named('reviewer') }
    expect(await addToReport(house, by, { words: '実はbossさんも' })).toMatchObject({
      reason: 'consultation_nobody',
    })
    await house.store.people.disable(named('boss').id, house.now(), null)
    const alone = given({ hiddenFrom: [named('supervisor').id] })
    expect(await report(house, alone, named('reviewer'))).toMatchObject({
      reason: 'consultation_nobody',
    })
  })

  it('loses its supervisor where later words name them', async () => {
    const { id } = await reported(named('reviewer'))
    await actAtDesk(house, id, 'take', named('boss'))
    const by = { id, who: named('reviewer') }
    expect(await addToReport(house, by, { words: '実はbossさんのことです' })).toEqual(done)
    expect(await openReport(house, id, named('boss'))).toBeNull()
    expect((await openReport(house, id, named('supervisor')))?.side).toBe('free')
  })

  it('becomes an incident only as its reporter wishes, which they may say later', async () => {
    const { id } = await reported(named('reviewer'))
    await actAtDesk(house, id, 'take', named('boss'))
    expect(await becameIncident(house, id, 'i', named('boss'))).toMatchObject({
      reason: 'consultation_confidential',
    })
    const by = { id, who: named('reviewer') }
    expect(await addToReport(house, by, { wish: 'incident' })).toEqual(done)
    expect(await becameIncident(house, id, 'i', named('boss'))).toEqual(done)
    expect(await addToReport(house, by, { wish: 'confidential' })).toMatchObject({
      reason: 'consultation_became',
    })
    const others = { id, who: named('second') }
    await expect(addToReport(house, others, { words: 'x' })).rejects.toThrow('no consultation')
  })

  it('logs what the desk does by its id, and neither the reporter nor a word', async () => {
    const { id } = await reported(named('reviewer'))
    await actAtDesk(house, id, 'take', named('boss'))
    await answerAtDesk(house, id, 'ありがとう', named('boss'))
    await actAtDesk(house, id, 'close', named('boss'))
    const acts = (await log()).filter(({ event }) => event.kind.startsWith('consultation'))
    expect(acts.map(({ event }) => event.kind)).toEqual([
      'consultation_taken',
      'consultation_answered',
      'consultation_closed',
    ])
    for (const { content } of acts) {
      expect(content).not.toContain(named('reviewer').id)
      expect(content).not.toMatch(/ありがとう|電話口/)
    }
  })

  it('is one report however often its form is sent', async () => {
    const same = given()
    expect(await report(house, same, null)).toMatchObject({ kind: 'reported' })
    expect(await report(house, same, null)).toMatchObject({ reason: 'consultation_there' })
    expect(await house.store.consultations.list(house.now())).toHaveLength(1)
  })

  it('is told of at once with a name, and without one from the next day on', async () => {
    const [open, hidden] = [await reported(named('reviewer')), await reported(null)]
    await tellOfDates(house)
    const told = async () =>
      (await site.database.sql('select person_id, path from notifications')).map(
        ({ person_id, path }) => `${person_id} ${path}`,
      )
    const at = (name: string, id: string) => `${named(name).id} /consultation/${id}`
    const desk = (id: string) => [at('supervisor', id), at('boss', id)]
    expect((await told()).toSorted()).toEqual(desk(open.id).toSorted())
    site.pass(86_400_000)
    await tellOfDates(house)
    await tellOfDates(house)
    expect((await told()).toSorted()).toEqual([...desk(open.id), ...desk(hidden.id)].toSorted())
    for (const { id } of [open, hidden]) {
      await actAtDesk(house, id, 'take', named('boss'))
      await answerAtDesk(house, id, 'はい', named('boss'))
    }
    await tellOfDates(house)
    const news = (await told()).filter((one) => one.startsWith(named('reviewer').id))
    expect(news).toEqual([at('reviewer', open.id)])
  })

  it('is sealed anew with a new key, and takes nothing where nothing can be sealed', async () => {
    const { id } = await reported(named('reviewer'))
    const fresh = openVault([newKey()])
    const old = house.vault
    const both = { ...fresh, open: (text: string, purpose: string) => old.open(text, purpose) }
    expect(await resealConsultations({ ...house, vault: both })).toBe(1)
    const opened = await openReport({ ...house, vault: fresh }, id, named('reviewer'))
    expect(opened?.words[0]?.words).toBe(words)
    const none = { ...house, vault: openVault([]) }
    expect(await report(none, given(), null)).toMatchObject({ reason: 'no_encryption_key' })
  })
})
