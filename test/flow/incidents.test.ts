import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import {
  type GivenIncident,
  recordIncident,
  reviewIncident,
  settleIncident,
} from '../../src/flow/incidents.ts'
import { verify } from '../../src/flow/verify.ts'
import { engineOfRun } from '../support/database.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
  Buffer.from('IHDR and the rest'),
])

describe('an incident', { timeout: 120_000 }, () => {
  let site: TestSite
  let named: (name: string) => Person
  let mailboxId: string

  beforeEach(async () => {
    site = await openSite()
    named = await staffOf(site)
    mailboxId = (await site.house.store.mailboxes.find('support'))?.id ?? ''
  })
  afterEach(() => site.close())

  const hoursAgo = (hours: number) =>
    new Date(Date.parse(site.house.now()) - hours * 3_600_000).toISOString()

  function given(over: Partial<GivenIncident> = {}): GivenIncident {
    return {
      incidentId: site.house.newId(),
      sender: { name: '黒岩', label: '03-1234-5678' },
      mailboxId,
      kind: 'phone',
      occurredAt: hoursAgo(1),
      minutes: 180,
      takenBy: null,
      account: '三時間、同じ話を繰り返し、切らせなかった。',
      recording: '録音 2026-11-26-03',
      postUrl: '',
      picture: null,
      ...over,
    }
  }

  async function recorded(over: Partial<GivenIncident> = {}, opinion = harassment()) {
    const outcome = await recordIncident(site.house, given(over), opinion, named('reviewer'))
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
    return outcome.incidentId
  }

  const found = async (id: string) => {
    const record = await site.house.store.incidents.find(id)
    if (!record) throw new Error('no incident')
    return record
  }
  const flaws = async () => (await verify(site.house.store)).flaws

  it('of a caller without an address makes a sender, and is judged by two people', async () => {
    const id = await recorded()
    const { incident, senderName } = await found(id)
    expect(senderName).toBe('黒岩')
    expect(await reviewIncident(site.house, id, harassment(), named('reviewer'))).toMatchObject({
      reason: 'already_reviewed',
    })
    expect(await reviewIncident(site.house, id, harassment(), named('second'))).toEqual({
      kind: 'done',
    })
    expect((await found(id)).incident.decision).toMatchObject({ outcome: 'harassment' })
    const { members } = await site.house.store.profiles.find(incident.senderId, [])
    expect(members).toEqual([
      { id: incident.senderId, name: '黒岩', addresses: [], label: '03-1234-5678' },
    ])
    expect(await flaws()).toEqual([])
  })

  it('is settled by a supervisor where the two differ', async () => {
    const id = await recorded()
    await reviewIncident(site.house, id, ordinary, named('second'))
    const { verdict } = harassment()
    if (verdict.kind !== 'harassment') throw new Error('no verdict')
    const settled = (who: Person) => settleIncident(site.house, id, verdict, '録音を確認', who)
    expect(await settled(named('reviewer'))).toMatchObject({ reason: 'not_allowed' })
    expect(await settled(named('supervisor'))).toEqual({ kind: 'done' })
    expect((await found(id)).incident.decision?.how).toBe('settled')
    expect(await flaws()).toEqual([])
  })

  it('counts for repetition and for time only once two people confirmed it', async () => {
    await site.deliver(testMail({ subject: '修理', body: '修理してください。' }))
    const sender = (await site.house.store.arrivals.senders(['kuroiwa@gouriki.example'])).get(
      'kuroiwa@gouriki.example',
    )
    const historyOf = async () =>
      (await site.house.store.senders.histories([sender ?? ''], site.house.now()))(
        sender ?? '',
        'none',
      )
    const id = await recorded({ sender: sender ?? '' })
    expect((await historyOf()).incidents).toEqual([])
    await reviewIncident(site.house, id, harassment(), named('second'))
    expect((await historyOf()).incidents).toEqual([{ at: expect.any(String), minutes: 180 }])
    const visit = await recorded({ sender: sender ?? '', kind: 'visit', minutes: null })
    await reviewIncident(site.house, visit, ordinary, named('second'))
    expect((await historyOf()).incidents).toHaveLength(1)
  })

  it('that is sent twice is one incident', async () => {
    const once = given()
    const both = await Promise.all([
      recordIncident(site.house, once, harassment(), named('reviewer')),
      recordIncident(site.house, once, harassment(), named('reviewer')),
    ])
    expect(both).toEqual([
      { kind: 'recorded', incidentId: once.incidentId },
      { kind: 'recorded', incidentId: once.incidentId },
    ])
    const all = await site.house.store.incidents.list({}, { offset: 0, limit: 9 })
    expect(all).toHaveLength(1)
    expect(await recordIncident(site.house, once, harassment(), named('supervisor'))).toMatchObject(
      { reason: 'changed_meanwhile' },
    )
  })

  it('keeps the picture of a post with its hash, and takes nothing that is none', async () => {
    const post = { kind: 'post', minutes: null, postUrl: 'https://sns.example/1' } as const
    const id = await recorded({ ...post, picture: png })
    const picture = await site.house.store.incidents.picture(id)
    expect(picture).toMatchObject({ contentType: 'image/png', size: png.length, bytes: png })
    expect((await found(id)).incident.pictureSha256).toBe(picture?.sha256)
    const hostile = [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      Buffer.from('<!doctype html><script>alert(1)</script>'),
      Buffer.from('GIF89a'),
      Buffer.from('RIFF....AVI LIST'),
      png.subarray(0, 8),
    ]
    for (const bytes of hostile) {
      expect(
        await recordIncident(
          site.house,
          given({ ...post, picture: bytes }),
          harassment(),
          named('reviewer'),
        ),
      ).toMatchObject({ reason: 'picture_unusable' })
    }
    const large = Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)])
    expect(
      await recordIncident(
        site.house,
        given({ ...post, picture: large }),
        harassment(),
        named('reviewer'),
      ),
    ).toMatchObject({ reason: 'picture_too_large' })
    expect(await flaws()).toEqual([])
  })

  it('is missed where somebody changes its words or its picture past the product', async () => {
    const post = { kind: 'post', minutes: null, postUrl: 'https://sns.example/1' } as const
    const id = await recorded({ ...post, picture: png })
    await expect(
      site.database.sql(`update incidents set account = 'なにもなかった'`),
    ).rejects.toThrow(/never changes/)
    await expect(site.database.sql(`delete from incidents`)).rejects.toThrow()
    await expect(site.database.sql(`update incidents set recording = 'x'`)).rejects.toThrow(
      /never changes/,
    )
    const guard = 'drop trigger incidents_keep_their_facts'
    await site.database.sql(engineOfRun === 'SQLite' ? guard : `${guard} on incidents`)
    await site.database.sql(`update incidents set recording = 'x', state = 'decided'`)
    expect(await flaws()).toEqual([`incident ${id} does not have the words that were recorded`])
  })
})
