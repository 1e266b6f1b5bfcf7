import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../src/domain/event.ts'
import { StaleWrite } from '../../src/store/engine.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { engines, openDatabase, type TestDatabase } from '../support/database.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { until } from '../support/office.ts'

const silent = () => undefined
const failedSignIn = (email: string): Event => ({
  kind: 'sign_in_failed',
  at: '2026-11-23T00:00:00.000Z',
  by: null,
  email,
})

/** What callers may rely on, whichever database it is. */
describe.each(engines)('a store on %s', (engine) => {
  let database: TestDatabase
  let one: Store
  let other: Store

  beforeEach(async () => {
    database = await openDatabase(engine)
    one = await openStore(database.url, silent)
    other = await openStore(database.url, silent)
  })

  afterEach(async () => {
    await one.close()
    await other.close()
    await database.close()
  })

  it('chains events of simultaneous commits, of one process and of two, without losing one', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? one : other).record([failedSignIn(`${n}`)]),
      ),
    )
    const events = (await Array.fromAsync(one.log.all())).flat()
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    expect(
      events.every(({ previousHash }, at) => previousHash === (events[at - 1]?.hash ?? '')),
    ).toBe(true)
  })

  it('writes nothing at all when one row was not as expected', async () => {
    const box = mailboxSettings({ name: 'a' })
    const act = { at: '2026', by: null, newId: randomUUID }
    await one.mailboxes.add('1', box, null, act)
    const twice = other.mailboxes.add('2', box, null, act)

    await expect(twice).rejects.toThrow(StaleWrite)
    expect(await one.log.head()).toMatchObject({ seq: 1 })
  })

  it('tells every listener of every event once and in order, whoever committed it', async () => {
    const heard: string[] = []
    one.onCommit((events) => {
      for (const event of events) if ('email' in event) heard.push(event.email)
    })
    for (let n = 0; n < 10; n += 1) {
      await Promise.all([
        one.record([failedSignIn(`${n}a`)]),
        other.record([failedSignIn(`${n}b`)]),
      ])
    }
    await until('all of them', async () => heard.length >= 20)

    const events = (await Array.fromAsync(one.log.all())).flat()
    expect(heard).toEqual(events.map(({ event }) => 'email' in event && event.email))
  })

  it('lends a lease to one at a time, and to the next when it is over or given back', async () => {
    const mine = { name: 'poll:a', holder: '0@elsewhere/1', seconds: 60 }
    const yours = { ...mine, holder: '0@elsewhere/2' }
    expect(await one.claim(mine)).toBe(true)
    expect(await other.claim(yours)).toBe(false)
    expect(await one.claim(mine)).toBe(true)
    await other.release(yours)
    expect(await other.claim(yours)).toBe(false)
    await one.release(mine)
    expect(await other.claim({ ...yours, seconds: -1 })).toBe(true)
    expect(await one.claim(mine)).toBe(true)
  })

  it('lends a lease to only one of many who ask at once', async () => {
    const asked = Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? one : other).claim({ name: 'x', holder: `0@elsewhere/${n}`, seconds: 60 }),
    )
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1)
  })
})
