import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { answerDeletion, askForDeletion, carryOutDeletions } from '../../src/flow/deletion.ts'
import { hold, lift } from '../../src/flow/holds.ts'
import type { House } from '../../src/flow/house.ts'
import { recordIncident, reviewIncident } from '../../src/flow/incidents.ts'
import { addMailbox } from '../../src/flow/mailboxes.ts'
import { addNote } from '../../src/flow/notes.ts'
import { approvePeriods, dueNow, periodsHash, runRetention } from '../../src/flow/retention.ts'
import { review, writeReply } from '../../src/flow/review.ts'
import { noteSender } from '../../src/flow/senders.ts'
import { verify } from '../../src/flow/verify.ts'
import { engines } from '../support/database.ts'
import { threadHolding } from '../support/found.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const day = 86_400_000
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
const insulting = 'お前はゴミだ。'

describe.each(engines)('keeping and erasing on %s', { timeout: 120_000 }, (engine) => {
  let site: TestSite
  let house: House
  let named: (name: string) => Person
  let threadId: string
  const insult = testMail({ subject: '折返しの件', body: '名指しだ。お前はゴミだ。' })

  beforeEach(async () => {
    site = await openSite(engine)
    site.stopClock()
    house = site.house
    await site.hire('boss', ['supervisor'])
    named = await staffOf(site)
    await site.deliver(insult)
    threadId = (await threadHolding(house.store, '名指し')) ?? ''
  })
  afterEach(() => site.close())

  const decided = async (opinion = harassment()) => {
    for (const name of ['reviewer', 'second']) {
      await review(house, threadId, { revision: 1, opinion }, named(name))
    }
  }
  const letPeriodsRun = async () => {
    const shown = periodsHash(house.policy.retention)
    for (const name of ['supervisor', 'boss']) {
      expect(await approvePeriods(house, shown, named(name))).toEqual({ kind: 'done' })
    }
  }
  const pastFiveYears = async () => {
    await decided()
    await addNote(house, threadId, { body: '電話で伝えた', mentions: [] }, named('reviewer'))
    site.pass(5 * 366 * day)
  }
  const flaws = async () => (await verify(house.store)).flaws

  it('erases harassment five years after the last act, and the record still verifies', async () => {
    await pastFiveYears()
    await letPeriodsRun()
    expect(await runRetention(house)).toMatchObject({ approved: true, erased: 1, lapsed: 0 })
    const thread = await house.store.threads.find(threadId)
    expect(thread).toMatchObject({ subject: '', messages: [{ text: '', fromName: '', to: [] }] })
    const mail = thread?.messages[0]
    expect(await house.store.raws.find(mail?.rawSha256 ?? '')).toBeNull()
    expect(await threadHolding(house.store, '名指し')).toBeUndefined()
    const left = await site.database.sql('select body from notes')
    expect(left).toEqual([{ body: '' }])
    expect(await site.database.sql('select terms from search_texts')).toEqual([])
    const [result] = await site.database.sql('select result from assessments')
    expect(JSON.stringify(result)).not.toContain('ゴミ')
    expect(await flaws()).toEqual([])
    expect(await runRetention(house)).toMatchObject({ erased: 0, blocked: 0 })
    const gone = { kind: 'refused', reason: 'thread_erased' }
    const words = { letterId: null, revision: 1, subject: 'Re:', body: 'お返事します' }
    expect(await writeReply(house, threadId, words, named('reviewer'))).toEqual(gone)
    const note = { body: '電話あり', mentions: [] }
    expect(await addNote(house, threadId, note, named('reviewer'))).toEqual(gone)
    const given = { revision: 1, opinion: harassment() }
    expect(await review(house, threadId, given, named('supervisor'))).toEqual(gone)
    const headers = [`In-Reply-To: ${mail?.messageId}`]
    await site.deliver(testMail({ subject: 'Re: 折返しの件', body: '新しい相談です。', headers }))
    expect(await addNote(house, threadId, note, named('reviewer'))).toEqual({ kind: 'done' })
    expect(await flaws()).toEqual([])
  })

  it.runIf(engine === 'SQLite')('leaves no letter of it on the disk', async () => {
    await site.deliver(testMail({ subject: '件', body: `${insulting} qzxsecretword` }))
    threadId = (await threadHolding(house.store, 'qzxsecretword')) ?? ''
    const [main] = await site.database.sql('pragma database_list')
    const onDisk = () => {
      const folder = dirname(String(main?.file))
      return readdirSync(folder).some((name) =>
        readFileSync(join(folder, name)).includes('qzxsecretword'),
      )
    }
    expect(onDisk()).toBe(true)
    await pastFiveYears()
    await letPeriodsRun()
    expect(await runRetention(house)).toMatchObject({ erased: 1 })
    expect(onDisk()).toBe(false)
  })

  it('does nothing before two people have let these very periods run', async () => {
    await pastFiveYears()
    const shown = periodsHash(house.policy.retention)
    expect(await approvePeriods(house, shown, named('supervisor'))).toEqual({ kind: 'done' })
    const again = await approvePeriods(house, shown, named('supervisor'))
    expect(again).toMatchObject({ reason: 'own_retention' })
    expect(await approvePeriods(house, 'other', named('boss'))).toMatchObject({
      reason: 'changed_meanwhile',
    })
    expect(await runRetention(house)).toMatchObject({ approved: false, erased: 0 })
    expect(await threadHolding(house.store, '名指し')).toBe(threadId)
    expect(await flaws()).toEqual([])
  })

  it('erases nothing that is held, of the thread or of its sender, until another lifts it', async () => {
    await pastFiveYears()
    await letPeriodsRun()
    const senderId = (await house.store.matters.find(threadId))?.matter.sender.id ?? ''
    expect(await hold(house, 'sender', senderId, '', named('boss'))).toMatchObject({
      reason: 'reason_missing',
    })
    await hold(house, 'sender', senderId, '訴訟の準備', named('boss'))
    expect(await runRetention(house)).toMatchObject({ erased: 0, blocked: 1 })
    expect(await lift(house, 'sender', senderId, '終結', named('boss'))).toMatchObject({
      reason: 'own_hold',
    })
    await lift(house, 'sender', senderId, '終結', named('supervisor'))
    expect(await runRetention(house)).toMatchObject({ erased: 1 })
    expect(await flaws()).toEqual([])
  })

  it('lets what nobody confirmed lapse after 90 days, and what was cleared after 30', async () => {
    await letPeriodsRun()
    site.pass(91 * day)
    expect(await dueNow(house)).toMatchObject([{ act: 'lapse', rule: 'unconfirmed' }])
    await decided(ordinary)
    expect(await dueNow(house)).toEqual([])
    site.pass(31 * day)
    expect(await runRetention(house)).toMatchObject({ lapsed: 1, erased: 0 })
    const thread = await house.store.threads.find(threadId)
    expect((await house.store.matters.find(threadId))?.matter.thread.assessed).toEqual({
      severity: 0,
      categories: [],
      flags: [],
    })
    expect(thread?.messages[0]?.text).toContain('名指し')
    expect(await flaws()).toEqual([])
  })

  it('erases what a person asks for, where two agree, but not what is held or, unsaid, confirmed', async () => {
    await decided()
    const senderId = (await house.store.matters.find(threadId))?.matter.sender.id ?? ''
    const asked = { senderId, receivedOn: house.now().slice(0, 10), reason: '本人から書面で' }
    const later = { ...asked, receivedOn: '2999-01-01' }
    expect(await askForDeletion(house, later, named('boss'))).toMatchObject({
      reason: 'request_date_wrong',
    })
    expect(await askForDeletion(house, asked, named('boss'))).toEqual({ kind: 'done' })
    const [request] = await house.store.deletions.list(1)
    const answer = (who: string, words: string) =>
      answerDeletion(house, request?.id ?? '', 'approved', words, named(who))
    expect(await answer('boss', 'はい')).toMatchObject({ reason: 'own_request' })
    expect(await answer('supervisor', '')).toMatchObject({ reason: 'deletion_confirmed' })
    await hold(house, 'thread', threadId, '訴訟の準備', named('boss'))
    expect(await answer('supervisor', '和解した')).toMatchObject({ reason: 'deletion_held' })
    await lift(house, 'thread', threadId, '終結', named('supervisor'))
    expect(await answer('supervisor', '和解した')).toEqual({ kind: 'done' })
    expect(await threadHolding(house.store, '名指し')).toBeUndefined()
    expect(await house.store.deletions.list(1)).toMatchObject([{ state: 'approved' }])
    site.pass(day)
    await site.deliver(testMail({ subject: 'Re: 折返しの件', body: '請求の後の新しい相談です。' }))
    expect(await carryOutDeletions(house)).toBe(0)
    expect(await threadHolding(house.store, '新しい相談')).not.toBeUndefined()
    expect(await flaws()).toEqual([])
  })

  const senderOfThread = async () =>
    (await house.store.matters.find(threadId))?.matter.sender.id ?? ''
  /** A note on the sender, and a call with a picture that two people found to be harassment. */
  async function writeDown(senderId: string) {
    const [box] = await house.store.mailboxes.list()
    const mailboxId = box?.id ?? ''
    const note = { senderId, mailboxId, text: '常連の方', corrects: null }
    expect(await noteSender(house, note, named('reviewer'))).toEqual({ kind: 'done' })
    const call = { kind: 'phone', minutes: 40, account: '怒鳴られた', recording: 'r-1' } as const
    const incidentId = house.newId()
    const what = { incidentId, mailboxId, occurredAt: house.now(), takenBy: null, postUrl: '' }
    const picture = Buffer.concat([pngHead, Buffer.from('IHDR')])
    const given = { ...call, ...what, sender: senderId, picture }
    const recorded = await recordIncident(house, given, harassment(), named('reviewer'))
    expect(recorded.kind).toBe('recorded')
    await reviewIncident(house, incidentId, harassment(), named('second'))
  }
  const textsLeft = async () => {
    const [notes, calls] = [
      await site.database.sql('select text from sender_notes'),
      await site.database.sql('select account, recording from incidents'),
    ]
    const pictures = await site.database.sql('select length(bytes) as n from incident_pictures')
    const names = await site.database.sql("select name from senders where name <> ''")
    return JSON.stringify([notes, calls, names, pictures.map(({ n }) => Number(n))])
  }
  const allGone = JSON.stringify([[{ text: '' }], [{ account: '', recording: '' }], [], [0]])

  it('erases what was written down of the sender, too, when its time is over and nothing holds it', async () => {
    const senderId = await senderOfThread()
    await writeDown(senderId)
    await pastFiveYears()
    await letPeriodsRun()
    await hold(house, 'thread', threadId, '訴訟の準備', named('boss'))
    expect(await runRetention(house)).toMatchObject({ erased: 0, senders: 0, blocked: 2 })
    await lift(house, 'thread', threadId, '終結', named('supervisor'))
    for (const bend of ["update sender_notes set text = ''", "update incidents set account = ''"]) {
      await expect(site.database.sql(bend)).rejects.toThrow(/names it/)
    }
    expect(await runRetention(house)).toMatchObject({ erased: 1, senders: 1, blocked: 0 })
    expect(await textsLeft()).toBe(allGone)
    expect(
      await house.store.incidents.picture(
        (await house.store.dossiers.incidentIds([senderId]))[0] ?? '',
      ),
    ).toBeNull()
    expect(await flaws()).toEqual([])
    expect(await runRetention(house)).toMatchObject({ erased: 0, senders: 0 })
    const of = (table: string) => (engine === 'SQLite' ? '' : ` on ${table}`)
    await site.database.sql(`drop trigger sender_notes_never_change${of('sender_notes')}`)
    await site.database.sql(`drop trigger incidents_keep_their_facts${of('incidents')}`)
    await site.database.sql("update sender_notes set text = 'x'")
    await site.database.sql("update incidents set recording = 'x'")
    expect(await flaws()).toEqual([
      expect.stringMatching(/^note \S+ is not as its event says$/),
      expect.stringMatching(/^incident \S+ was erased, and has words or a picture$/),
    ])
  })

  it('erases what was written down of a person with their mail where they ask for it', async () => {
    const senderId = await senderOfThread()
    await writeDown(senderId)
    const asked = { senderId, receivedOn: house.now().slice(0, 10), reason: '本人から書面で' }
    await askForDeletion(house, asked, named('boss'))
    const [request] = await house.store.deletions.list(1)
    site.pass(day)
    const id = request?.id ?? ''
    expect(await answerDeletion(house, id, 'approved', '和解した', named('supervisor'))).toEqual({
      kind: 'done',
    })
    expect(await textsLeft()).toBe(allGone)
    expect(await carryOutDeletions(house)).toBe(0)
    expect(await flaws()).toEqual([])
  })

  it('finds a mail that went without an erasure, which the database refuses besides', async () => {
    const gone = engine === 'SQLite' ? "x''" : "''::bytea"
    const empty = `update raws set bytes = ${gone}`
    await expect(site.database.sql(empty)).rejects.toThrow(/erasure/)
    const erase = "update messages set text = '', subject = '', html = null, erased_at = 'x'"
    await expect(site.database.sql(erase)).rejects.toThrow(/erased by an event/)
    const of = (table: string) => (engine === 'SQLite' ? '' : ` on ${table}`)
    await site.database.sql(`drop trigger raws_never_change${of('raws')}`)
    await site.database.sql(`drop trigger messages_are_erased_on_record${of('messages')}`)
    await site.database.sql(empty)
    await site.database.sql(erase)
    expect(await flaws()).toEqual([
      expect.stringMatching(/^mail \S+ is gone, and no erasure names it$/),
      expect.stringMatching(/^message \S+ is not as the events say$/),
      expect.stringMatching(/^message \S+ does not show what was read from its bytes$/),
    ])
  })

  it.each([
    ['a name put back', "update messages set from_name = 'x'", /was erased, and shows words/],
    ['a header put back', "update messages set header = 'x'", /was erased, and shows words/],
    ['marks taken away', 'update messages set erased_at = null', /is not as the events say/],
    ['a note put back', "update notes set body = 'x'", /note \S+ is not as/],
  ])('finds what was bent after an erasure: %s', async (_, bend, flaw) => {
    await pastFiveYears()
    await letPeriodsRun()
    await runRetention(house)
    const of = (table: string) => (engine === 'SQLite' ? '' : ` on ${table}`)
    await site.database.sql(`drop trigger messages_are_erased_on_record${of('messages')}`)
    await site.database.sql(`drop trigger notes_never_change${of('notes')}`)
    await site.database.sql(bend)
    expect(await flaws()).toEqual([expect.stringMatching(flaw)])
  })

  it('fetches erased mail never again, but takes the same mail in another mailbox', async () => {
    await pastFiveYears()
    await letPeriodsRun()
    await runRetention(house)
    const department = { ja: '請求', en: 'Billing' }
    const box = { name: 'billing', address: 'billing@hinata-kurashi.example', department }
    await addMailbox(house, mailboxSettings({ ...box, folders: ['Billing'] }), {}, null)
    await site.deliver(insult)
    expect(await threadHolding(house.store, '名指し')).toBeUndefined()
    await site.deliverAs({ mailbox: 'billing' }, insult)
    expect(await threadHolding(house.store, '名指し')).not.toBeUndefined()
    expect(await flaws()).toEqual([])
  })
})
