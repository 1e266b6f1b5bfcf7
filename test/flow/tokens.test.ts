import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import type { Scope } from '../../src/domain/token.ts'
import { isTokenSecret, newTokenSecret } from '../../src/flow/token-secret.ts'
import {
  admitToken,
  createToken,
  endToken,
  refuseToken,
  secondToken,
  type TokenForm,
} from '../../src/flow/tokens.ts'
import { verify } from '../../src/flow/verify.ts'
import { engines } from '../support/database.ts'
import { openSite, type TestSite } from '../support/site.ts'

type Entry = Parameters<typeof createToken>[2]

describe('a secret', () => {
  it('is known by its beginning and its checksum, whatever a digit of it becomes', () => {
    const secret = newTokenSecret()
    expect(secret).toMatch(/^mamori_[0-9A-Za-z]{47}$/)
    expect(newTokenSecret()).not.toBe(secret)
    expect(isTokenSecret(secret)).toBe(true)
    for (let place = 7; place < secret.length; place += 1) {
      const other = secret[place] === 'a' ? 'b' : 'a'
      expect(isTokenSecret(secret.slice(0, place) + other + secret.slice(place + 1))).toBe(false)
    }
    for (const wrong of ['', 'mamori_', secret.slice(0, -1), `${secret}0`, ` ${secret}`]) {
      expect(isTokenSecret(wrong)).toBe(false)
    }
  })
})

describe.each(engines)('tokens of programs (%s)', (engine) => {
  let site: TestSite
  let admin: Entry
  let other: Entry
  let supervisor: Entry
  let reader: Entry
  let names = 0

  beforeAll(async () => {
    site = await openSite(engine)
    const people = await site.house.store.people.list()
    const find = (name: string) => people.find((one) => one.name === name) as Person
    admin = entryOf(find('admin'))
    supervisor = entryOf(find('supervisor'))
    other = entryOf(await site.hire('other', ['admin']))
    reader = entryOf(await site.hire('reader', ['admin', 'reviewer']))
  })
  afterAll(() => site.close())

  const entryOf = (person: Person, createdAt = site.house.now()) =>
    ({ person, session: { createdAt } }) as Entry

  async function made(by: Entry, scopes: readonly Scope[], over: Partial<TokenForm> = {}) {
    names += 1
    const form = { name: `token ${names}`, scopes, mailboxes: null, days: 30, ...over }
    const outcome = await createToken(site.house, form, by)
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
    return outcome
  }
  const admitted = async (secret: string) => {
    const outcome = await admitToken(site.house, secret)
    return outcome.kind === 'admitted' ? 'admitted' : outcome.why
  }

  it('work at once where their maker reads as much, and wait for another person where not', async () => {
    const cases: [Entry, Scope[], boolean][] = [
      [reader, ['threads:read', 'events:read'], false],
      [admin, ['health:read'], false],
      [admin, ['threads:read'], true],
      [reader, ['threads:read', 'shielded:read'], true],
      [reader, ['threads:read', 'muted:read'], true],
    ]
    for (const [by, scopes, waits] of cases) {
      const token = await made(by, scopes)
      expect(token.waits, scopes.join()).toBe(waits)
      expect(await admitted(token.secret)).toBe(waits ? 'waiting' : 'admitted')
    }
  })

  it('are approved by somebody else, an administrator or a supervisor, who has just signed in', async () => {
    const { id, secret } = await made(admin, ['threads:read', 'shielded:read'])
    const { house } = site
    const stale = entryOf(other.person, '2020-01-01T00:00:00.000Z')
    expect(await secondToken(house, id, stale)).toMatchObject({ reason: 'sign_in_again' })
    expect(await secondToken(house, id, admin)).toMatchObject({ reason: 'own_token' })
    const local = { ...supervisor.person, within: { supervisor: ['a'] } }
    expect(await secondToken(house, id, entryOf(local))).toMatchObject({ reason: 'not_allowed' })
    expect(await admitted(secret)).toBe('waiting')
    expect(await secondToken(house, id, supervisor)).toEqual({ kind: 'done' })
    expect(await admitted(secret)).toBe('admitted')
    expect(await secondToken(house, id, other)).toMatchObject({ reason: 'token_not_waiting' })
  })

  it('end for good by one word, and never work when declined', async () => {
    const [ends, never] = [
      await made(reader, ['threads:read']),
      await made(admin, ['threads:read']),
    ]
    expect(await endToken(site.house, ends.id, supervisor.person)).toMatchObject({
      reason: 'not_allowed',
    })
    expect(await endToken(site.house, ends.id, admin.person)).toEqual({ kind: 'done' })
    expect(await admitted(ends.secret)).toBe('over')
    expect(await endToken(site.house, ends.id, admin.person)).toMatchObject({
      reason: 'token_ended',
    })
    expect(await refuseToken(site.house, never.id, other.person)).toEqual({ kind: 'done' })
    expect(await admitted(never.secret)).toBe('over')
    expect(await secondToken(site.house, never.id, supervisor)).toMatchObject({
      reason: 'token_not_waiting',
    })
  })

  it('are refused where they cannot be, with the reason', async () => {
    const { house } = site
    const good = { name: 'good', scopes: ['threads:read'], mailboxes: null, days: 30 } as const
    const wrong: [Partial<TokenForm>, string][] = [
      [{ name: ' ' }, 'token_name_wrong'],
      [{ name: 'x'.repeat(81) }, 'token_name_wrong'],
      [{ scopes: [] }, 'token_scope_missing'],
      [{ scopes: ['shielded:read', 'muted:read'] }, 'token_scope_alone'],
      [{ mailboxes: [] }, 'token_mailbox_missing'],
      [{ mailboxes: ['none'] }, 'token_mailbox_missing'],
      [{ days: 0 }, 'token_days_wrong'],
      [{ days: 366 }, 'token_days_wrong'],
      [{ days: 1.5 }, 'token_days_wrong'],
    ]
    for (const [over, reason] of wrong) {
      expect(await createToken(house, { ...good, ...over }, admin)).toMatchObject({ reason })
    }
    const stale = entryOf(admin.person, '2020-01-01T00:00:00.000Z')
    expect(await createToken(house, good, stale)).toMatchObject({ reason: 'sign_in_again' })
    expect(await createToken(house, good, supervisor)).toMatchObject({ reason: 'not_allowed' })
  })

  it('have one living token a name, also where two are made at the same moment', async () => {
    const form = { name: 'twice', scopes: ['threads:read'], mailboxes: null, days: 30 } as const
    const both = await Promise.all([
      createToken(site.house, form, reader),
      createToken(site.house, form, reader),
    ])
    expect(both.map((one) => (one.kind === 'made' ? 'made' : one.reason)).sort()).toEqual([
      'made',
      'token_name_taken',
    ])
    const [first] = both.flatMap((one) => (one.kind === 'made' ? [one] : []))
    await endToken(site.house, first?.id ?? '', admin.person)
    expect(await createToken(site.house, form, reader)).toMatchObject({ kind: 'made' })
  })

  it('keep no secret: only its hash, and the day of the last use', async () => {
    const { id, secret } = await made(reader, ['health:read'])
    await admitted(secret)
    const token = await site.house.store.apiTokens.find(id)
    expect(token?.lastUsedOn).toBe(site.house.now().slice(0, 10))
    const everything = JSON.stringify([
      await site.database.sql('select * from api_tokens'),
      await site.database.sql('select content from events'),
    ])
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(secret.slice(7, 48))
  })

  it('cannot be made wider, revived, put in force on one word or removed by plain SQL', async () => {
    const { sql } = site.database
    const [works, waits, over] = [
      await made(reader, ['threads:read']),
      await made(admin, ['threads:read', 'muted:read']),
      await made(reader, ['threads:read']),
    ]
    await endToken(site.house, over.id, admin.person)
    const refused = (statement: string, id: string) =>
      expect(
        sql(`update api_tokens set ${statement} where id = '${id}'`),
        statement,
      ).rejects.toThrow()
    await refused(`scopes = '["muted:read"]'`, works.id)
    await refused(`mailboxes = '["a"]'`, works.id)
    await refused(`expires_at = '2099-01-01T00:00:00.000Z'`, works.id)
    await refused(`sha256 = 'x'`, works.id)
    await refused(`state = 'waiting'`, works.id)
    await refused(`state = 'active'`, over.id)
    await refused(`state = 'active'`, waits.id)
    await refused(`state = 'active', approver = '${admin.person.id}'`, waits.id)
    await refused(`state = 'active', needs_second = ${engine === 'SQLite' ? 0 : false}`, waits.id)
    await expect(sql(`delete from api_tokens where id = '${over.id}'`)).rejects.toThrow(/on record/)
  })

  it('are as their events say, and a swapped one is found', async () => {
    const { id } = await made(admin, ['threads:read'])
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.database.sql(
      `update api_tokens set state = 'active', approver = 'somebody' where id = '${id}'`,
    )
    expect((await verify(site.house.store)).flaws).toEqual([`token ${id} is not as its events say`])
    await site.database.sql(
      `update api_tokens set state = 'revoked', approver = null where id = '${id}'`,
    )
  })

  it('stop at their last day', async () => {
    const { secret } = await made(reader, ['threads:read'], { days: 1 })
    expect(await admitted(secret)).toBe('admitted')
    site.pass(24 * 3_600_000)
    expect(await admitted(secret)).toBe('expired')
  })
})
