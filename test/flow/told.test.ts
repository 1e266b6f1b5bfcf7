import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { plainChoices, seenBy, type ToldKind } from '../../src/domain/told.kinds.ts'
import { assignThread } from '../../src/flow/assignment.ts'
import type { House } from '../../src/flow/house.ts'
import { addNote } from '../../src/flow/notes.ts'
import { giveBack } from '../../src/flow/reply.ts'
import { review, writeReply } from '../../src/flow/review.ts'
import { tell, tellOfDates } from '../../src/flow/told.ts'
import { mailTold } from '../../src/flow/told-mail.ts'
import { verify } from '../../src/flow/verify.ts'
import { StaleWrite } from '../../src/store/engine.ts'
import type { Store } from '../../src/store/store.ts'
import { newKey } from '../../src/vault.ts'
import { suspendSomebody } from '../support/affair.ts'
import { engines } from '../support/database.ts'
import { threadHolding } from '../support/found.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const threat = '刺してやるから覚悟しろ。'
const hourMs = 3_600_000

describe.each(engines)('what people are told on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  let house: House
  let named: (name: string) => Person
  beforeEach(async () => {
    site = await openSite(engine, {
      MAMORI_ENCRYPTION_KEY: newKey(),
      SMTP_HOST: 'localhost',
      MAMORI_BASE_URL: 'http://mamori.test',
    })
    house = site.house
    named = await staffOf(site)
  })
  afterEach(() => site.close())

  async function toldTo(name: string): Promise<ToldKind[]> {
    const who = (await house.store.people.find(named(name).id)) as Person
    const all = await house.store.notifications.list(who.id, seenBy(who), '', 100)
    return all.map(({ kind }) => kind)
  }

  async function newThread(body = '住所を変えてください。'): Promise<string> {
    await site.deliver(testMail({ subject: '件名の言葉', body }))
    return (await threadHolding(house.store, body.slice(0, 4))) ?? ''
  }

  it('goes to those whom it concerns, with codes and a link and no word of the customer’s', async () => {
    const id = await newThread(threat)
    await tell(house)

    for (const name of ['reviewer', 'second', 'supervisor']) {
      expect(await toldTo(name), name).toEqual(['urgent'])
    }
    expect(await toldTo('auditor')).toEqual([])
    expect(await toldTo('admin')).toEqual([])
    const [row] = await house.store.notifications.list(
      named('supervisor').id,
      seenBy(named('supervisor')),
      '',
      9,
    )
    expect(row).toMatchObject({ severity: 3, path: `/threads/${id}`, readAt: null })
    const all = JSON.stringify(await site.database.sql('select * from notifications'))
    expect(all).not.toMatch(/刺して|件名の言葉|黒岩|gouriki/)
  })

  it('says again nothing that is unread, and nothing at all of muted mail but what must be read', async () => {
    await newThread(threat)
    await tell(house)
    await site.deliver(testMail({ subject: '件名の言葉', body: threat }))
    await tell(house)
    expect(await toldTo('reviewer')).toEqual(['urgent'])
  })

  it('tells supervisors alone of an alert in muted mail, by what that mail says', async () => {
    await suspendSomebody(site)
    await tell(house)
    const before = await toldTo('supervisor')
    const calm = await toldTo('reviewer')
    await site.deliver(testMail({ subject: '返品', body: threat }))
    await tell(house)
    expect(await toldTo('supervisor')).toEqual(['alert', ...before])
    expect(await toldTo('auditor')).toEqual([])
    expect(await toldTo('reviewer')).toEqual(calm)
  })

  it('tells an author what became of their reply, and others that it waits', async () => {
    const id = await newThread()
    const words = { letterId: null, revision: 1, subject: '住所', body: '承りました。' }
    await writeReply(house, id, words, named('reviewer'))
    await tell(house)
    expect(await toldTo('second')).toEqual(['approval_wanted'])
    expect(await toldTo('reviewer')).toEqual([])
    const [letter] = await house.store.letters.list(['awaiting_approval'], 1)
    await giveBack(house, letter?.id ?? '', '丁寧に', named('second'))
    await tell(house)
    expect(await toldTo('reviewer')).toEqual(['reply_returned'])
  })

  it('reaches whom a note calls and who gets a thread, and nobody else', async () => {
    const id = await newThread()
    const body = '@second さん、在庫を見てください。'
    const note = await addNote(
      house,
      id,
      { body, mentions: [named('second').id] },
      named('reviewer'),
    )
    expect(note).toEqual({ kind: 'done' })
    expect(
      await assignThread(
        house,
        id,
        { to: named('second').id, remark: '頼みます', from: null },
        named('reviewer'),
      ),
    ).toEqual({
      kind: 'done',
    })
    await tell(house)
    await tell(house)
    expect((await toldTo('second')).toSorted()).toEqual(['handed_over', 'mentioned'])
    expect(await toldTo('reviewer')).toEqual([])
    expect(await toldTo('supervisor')).toEqual([])
    const all = JSON.stringify(await site.database.sql('select * from notifications'))
    expect(all).not.toMatch(/在庫|頼みます/)
    expect(all).toContain(`/threads/${id}#n-`)
  })

  it('tells of a dispute only who can settle it', async () => {
    const id = await newThread()
    await review(house, id, { revision: 1, opinion: ordinary }, named('reviewer'))
    await review(house, id, { revision: 1, opinion: harassment() }, named('second'))
    await tell(house)
    expect(await toldTo('supervisor')).toEqual(['dispute'])
    expect(await toldTo('reviewer')).toEqual([])
  })

  it('brings a second review to mind once it has waited for too long, once', async () => {
    const id = await newThread()
    await tellOfDates(house)
    await review(house, id, { revision: 1, opinion: ordinary }, named('reviewer'))
    site.pass(23 * hourMs)
    await tellOfDates(house)
    expect(await toldTo('second')).toEqual([])
    site.pass(2 * hourMs)
    await tellOfDates(house)
    await tellOfDates(house)
    expect(await toldTo('second')).toEqual(['second_review_late'])
    expect(await toldTo('supervisor')).toEqual(['second_review_late'])
    expect(await toldTo('reviewer')).toEqual([])
  })

  it('brings the review date of a suspension to mind a week ahead', async () => {
    await suspendSomebody(site)
    const [measure] = await house.store.measures.list(['in_force'], 1)
    await tellOfDates(house)
    expect(await toldTo('supervisor')).toEqual([])
    site.pass(Date.parse(measure?.reviewAt ?? '') - Date.parse(house.now()) - 6 * 24 * hourMs)
    await tellOfDates(house)
    await tellOfDates(house)
    expect(await toldTo('supervisor')).toEqual(['review_due'])
  })

  it('is gone for who lost the role or the mailbox, also where they were told before', async () => {
    const other = await site.hire('mori', ['supervisor'])
    await newThread(threat)
    await tell(house)
    expect(await toldTo('supervisor')).toEqual(['urgent'])
    const held = { ...other, within: { supervisor: ['another'] } }
    expect(await house.store.notifications.list(other.id, seenBy(other), '', 9)).toHaveLength(1)
    expect(await house.store.notifications.list(other.id, seenBy(held), '', 9)).toEqual([])
    expect(await house.store.notifications.unread(other.id, seenBy(held))).toBe(0)
    const out = { ...other, disabledAt: new Date() }
    expect(await house.store.notifications.unread(other.id, seenBy(out))).toBe(0)
  })

  it('is told exactly once, whoever crashes and whoever is at it together', async () => {
    await newThread(threat)
    const before = await house.store.told.desk()
    expect(before).toBeNull()

    const dying = withTold(house, { tell: () => Promise.reject(new Error('killed')) })
    await expect(tell(dying)).rejects.toThrow('killed')
    expect(await toldTo('reviewer')).toEqual([])

    const { told } = house.store
    const late = withTold(house, {
      async tell(...args) {
        await told.tell(...args)
        throw new Error('killed after it')
      },
    })
    await expect(tell(late)).rejects.toThrow('killed after it')
    expect(await toldTo('reviewer')).toEqual(['urgent'])

    const id = await threadHolding(house.store, '刺して')
    await review(house, id ?? '', { revision: 1, opinion: ordinary }, named('reviewer'))
    await review(house, id ?? '', { revision: 1, opinion: harassment() }, named('second'))
    const many = await Promise.allSettled([tell(house), tell(house), tell(house)])
    const failures = many.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    for (const failure of failures) expect(failure).toBeInstanceOf(StaleWrite)
    expect(await toldTo('supervisor')).toEqual(['dispute', 'urgent'])
    await tell(house)
    expect(await toldTo('supervisor')).toEqual(['dispute', 'urgent'])
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('goes by mail in one mail a person, once, and not where it was read meanwhile', async () => {
    await house.store.mailboxes.list()
    await newThread(threat)
    await tell(house)
    await house.store.notifications.read(named('second').id, 'all', house.now())
    expect(await mailTold(house)).toBe(2)
    expect(await mailTold(house)).toBe(0)
    const mails = await house.store.staffMails.due(house.now(), 50)
    expect(mails.map(({ toAddress }) => toAddress).toSorted()).toEqual([
      'reviewer@mamori.example',
      'supervisor@mamori.example',
    ])
    const [mail] = mails
    const words = JSON.parse(house.vault.open(mail?.content ?? '', `staff-mail:${mail?.id}`))
    expect(words.subject).toBe('【Mamori】お知らせ1件')
    expect(words.text).toMatch(/緊急のメール[\s\S]*程度：重大|緊急のメール[\s\S]*程度：/)
    expect(words.text).toContain('http://mamori.test/threads/')
    expect(words.text).not.toMatch(/刺して|件名の言葉|黒岩/)
  })

  it('waits for the end of quiet hours and for the others that it is gathered with', async () => {
    const me = named('reviewer').id
    const choices = { ...plainChoices, gatherMinutes: 60, pressingAnyway: false }
    await house.store.notifications.choose(me, choices)
    await house.store.notifications.choose(named('supervisor').id, {
      ...plainChoices,
      by: { urgent: { mail: false, webhook: false } },
    })
    await newThread(threat)
    await tell(house)
    await mailTold(house)
    const due = () => house.store.staffMails.due(house.now(), 50)
    expect((await due()).map(({ toAddress }) => toAddress)).toEqual(['second@mamori.example'])
    site.pass(hourMs)
    await mailTold(house)
    expect((await due()).map(({ toAddress }) => toAddress).toSorted()).toEqual([
      'reviewer@mamori.example',
      'second@mamori.example',
    ])
  })
})

/** The same house with a part of its store that behaves otherwise. */
function withTold(house: House, over: Partial<Store['told']>): House {
  const told = { ...house.store.told, ...over }
  return { ...house, policy: house.policy, rules: house.rules, store: { ...house.store, told } }
}
