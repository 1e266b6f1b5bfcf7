import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/store/store.ts'
import { engines, openDatabase, type TestDatabase } from '../support/database.ts'

describe.each(engines)('a lease on %s', (engine) => {
  let database: TestDatabase
  let store: Store
  beforeEach(async () => {
    database = await openDatabase(engine)
    store = await openStore(database.url, () => undefined)
  })
  afterEach(async () => {
    await store.close()
    await database.close()
  })

  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
  const held = (until: string) =>
    database.sql(`insert into leases values ('x', '1@elsewhere/gone', '${until}') returning name`)
  const mine = { name: 'x', holder: '1@here/me', seconds: 30 }

  it('is free where it ends later than any can: a clock was put back since', async () => {
    await held(inSeconds(3_600))
    expect(await store.claim(mine)).toBe(true)
    expect(await store.claim({ ...mine, holder: '1@elsewhere/other' })).toBe(false)
  })

  it('is kept where the clocks differ by a little', async () => {
    await held(inSeconds(120))
    expect(await store.claim(mine)).toBe(false)
  })
})
