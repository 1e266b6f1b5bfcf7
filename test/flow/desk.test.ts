import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueStates } from '../../src/domain/matter.ts'
import type { Person } from '../../src/domain/person.ts'
import { daysAfter, hoursAfter } from '../../src/domain/time.ts'
import { assignThread, releaseThread, setAbsence, setAutomatic } from '../../src/flow/assignment.ts'
import { reveal } from '../../src/flow/care.ts'
import { fileTogether } from '../../src/flow/filing.ts'
import { addNote, takeBackNote } from '../../src/flow/notes.ts'
import { withdraw } from '../../src/flow/reply.ts'
import { review, writeReply } from '../../src/flow/review.ts'
import { snoozeThread, wakeThread } from '../../src/flow/snooze.ts'
import { nameTarget } from '../../src/flow/target.ts'
import { verify } from '../../src/flow/verify.ts'
import { waitingFor } from '../../src/flow/waiting.ts'
import { withdrawReview } from '../../src/flow/withdrawal.ts'
import { openStore } from '../../src/store/store.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { type TestMail, testMail, until } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe('the desk', { timeout: 180_000 }, () => {
  let site: TestSite
  let reviewer: Person
  let second: Person
  let admin: Person

  beforeAll(async () => {
    site = await openSite()
    const all = await site.house.store.people.list()
    const named = (name: string) => all.find((one) => one.name === name) as Person
    ;[reviewer, second, admin] = [named('reviewer'), named('second'), named('admin')]
  }, 180_000)
  afterAll(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  }, 180_000)

  const queue = () => site.house.store.queue
  const page = { offset: 0, limit: 100 }
  const all = () => queue().list({ states: queueStates }, page)
  const matter = async (id: string) => (await site.house.store.matters.find(id))!.matter
  const say = async (outcome: Promise<{ kind: string; reason?: string }>) => {
    const { kind, reason } = await outcome
    return kind === 'refused' ? reason : kind
  }

  async function newThread(mail: Partial<TestMail> = {}): Promise<string> {
    const before = new Set((await all()).map(({ id }) => id))
    const from = `c${before.size}@kaigara.example`
    await site.deliver(testMail({ from, subject: `件${before.size}`, body: 'お願い', ...mail }))
    return (await all()).find(({ id }) => !before.has(id))?.id ?? ''
  }

  const machine = () => newThread({ headers: ['Auto-Submitted: auto-generated'], body: '完了' })

  it('keeps who works on a thread, and lists mine, nobody’s and everybody’s', async () => {
    const [mine, free] = [await newThread(), await newThread()]
    const { house } = site
    const given = { to: reviewer.id, remark: '', from: null }
    expect(await say(assignThread(house, mine, given, reviewer))).toBe('done')
    const listed = async (assignee: string) =>
      (await queue().list({ states: 'open', assignee }, page)).map(({ id }) => id)
    expect(await listed(reviewer.id)).toEqual([mine])
    expect(await listed('')).toEqual([free])
    expect((await all()).find(({ id }) => id === mine)?.assigneeName).toBe('reviewer')

    const handed = { to: second.id, remark: '専門の方へ', from: reviewer.id }
    expect(await say(assignThread(house, mine, handed, reviewer))).toBe('done')
    expect(await say(assignThread(house, mine, handed, reviewer))).toBe('assigned_meanwhile')
    const forMe = await house.store.forMe.handed(second.id)
    expect(forMe).toMatchObject([{ threadId: mine, assignment: { remark: '専門の方へ' } }])
    expect(await house.store.forMe.handed(reviewer.id)).toEqual([])
    expect(await say(releaseThread(house, mine, second.id, reviewer))).toBe('done')
    expect(await listed('')).toEqual([mine, free])
  })

  it('gives new threads to who has least and saw least harm, where the mailbox asks for it', async () => {
    const { house } = site
    const { store } = house
    const mailboxId = (await store.mailboxes.find('support'))?.id ?? ''
    const untouched = await newThread()
    expect((await matter(untouched)).thread.assignment).toBeNull()
    expect(await say(setAutomatic(house, mailboxId, true, admin))).toBe('done')
    expect(await say(setAutomatic(house, mailboxId, true, admin))).toBe('done')
    expect(await say(setAutomatic(house, mailboxId, false, reviewer))).toBe('not_allowed')

    const holder = async (id: string) => (await matter(id)).thread.assignment?.to
    const two = [await holder(await newThread()), await holder(await newThread())]
    expect(two.toSorted()).toEqual([reviewer.id, second.id].toSorted())
    expect((await matter(untouched)).thread.assignment).toBeNull()

    const { id: messageId } = (await store.threads.find(untouched))!.messages[0]!
    const passage = { threadId: untouched, messageId, passage: '0-1', categories: [] }
    for (const severity of [2, 2, 2] as const) {
      await reveal(house, { ...passage, severity }, second)
    }
    for (let n = 0; n < 3; n += 1) expect(await holder(await newThread())).toBe(reviewer.id)

    expect(await say(setAbsence(house, true, reviewer))).toBe('done')
    expect(await holder(await newThread())).toBe(second.id)
    expect(await say(setAbsence(house, true, second))).toBe('done')
    expect(await holder(await newThread())).toBeUndefined()
    expect(await say(setAbsence(house, false, reviewer))).toBe('done')
    const last = await newThread()
    expect(await holder(last)).toBe(reviewer.id)
    // What attacks somebody is theirs no more, and new mail in it finds somebody else.
    await setAbsence(house, false, second)
    await nameTarget(house, last, reviewer.id, second)
    expect(await holder(last)).toBeUndefined()
    expect(await holder(await machine())).toBeUndefined()
    expect(await say(setAutomatic(house, mailboxId, false, admin))).toBe('done')
  })

  it('puts a thread off until its time, and brings it back by itself or with new mail', async () => {
    const { house } = site
    const from = 'later@kaigara.example'
    const id = await newThread({ from, subject: 'あとで' })
    const tomorrow = daysAfter(house.now(), 1)
    expect(await say(snoozeThread(house, id, tomorrow, reviewer))).toBe('done')
    const listed = async (only: boolean) =>
      (await queue().list({ states: 'open', snoozed: { at: house.now(), only } }, page))
        .map((one) => one.id)
        .filter((one) => one === id)
    const before = await queue().counts(house.now())
    expect(before.get('snoozed')).toBe(1)
    expect([await listed(false), await listed(true)]).toEqual([[], [id]])
    site.pass(25 * 3_600_000)
    expect([await listed(false), await listed(true)]).toEqual([[id], []])
    const then = await queue().counts(house.now())
    expect([then.get('snoozed'), then.get('new')]).toEqual([0, (before.get('new') ?? 0) + 1])

    await snoozeThread(house, id, daysAfter(house.now(), 7), reviewer)
    expect(await say(wakeThread(house, id, second))).toBe('done')
    expect(await listed(false)).toEqual([id])
    await snoozeThread(house, id, daysAfter(house.now(), 7), reviewer)
    await site.deliver(testMail({ from, subject: 'Re: あとで', body: '追加です' }))
    expect(await listed(false)).toEqual([id])
  })

  it('lets nobody put off what is urgent', async () => {
    const id = await newThread({ body: 'お前の家に行って刺し殺してやる。' })
    expect((await matter(id)).thread.assessed?.severity).toBe(3)
    const when = hoursAfter(site.house.now(), 20)
    expect(await say(snoozeThread(site.house, id, when, reviewer))).toBe('urgent_waits_not')
  })

  it('takes a first review back with everything that shows it, until the second is given', async () => {
    const { house } = site
    const id = await newThread()
    const given = { revision: 1, opinion: harassment() }
    await review(house, id, given, reviewer)
    expect(await say(withdrawReview(house, id, second))).toBe('review_not_open')
    expect(await say(withdrawReview(house, id, reviewer))).toBe('done')
    expect((await matter(id)).thread.reviews).toEqual([])
    expect((await all()).find((one) => one.id === id)?.state).toBe('new')
    // As if it had not been: both may review, also the same one again.
    await review(house, id, { revision: 1, opinion: ordinary }, second)
    await review(house, id, { revision: 1, opinion: ordinary }, reviewer)
    expect((await matter(id)).thread.decisions).toHaveLength(1)
    expect(await say(withdrawReview(house, id, second))).toBe('review_not_open')
  })

  it('takes the review along with the reply that it was given by', async () => {
    const { house } = site
    const id = await newThread()
    const reply = { letterId: null, revision: 1, subject: '', body: '承知しました' }
    await writeReply(house, id, reply, reviewer)
    expect(await say(withdrawReview(house, id, reviewer))).toBe('reply_stands_for_review')
    const letterId = (await matter(id)).letters[0]?.id ?? ''
    expect(await say(withdraw(house, letterId, reviewer))).toBe('done')
    expect((await matter(id)).thread.reviews).toEqual([])
    expect(await say(writeReply(house, id, reply, second))).toBe('done')
  })

  it('decides one way where the second review and the withdrawal come at once', async () => {
    const { house } = site
    const id = await newThread()
    await review(house, id, { revision: 1, opinion: ordinary }, reviewer)
    const both = await Promise.all([
      say(withdrawReview(house, id, reviewer)),
      say(review(house, id, { revision: 1, opinion: ordinary }, second)),
    ])
    const { reviews, decisions } = (await matter(id)).thread
    if (both[0] === 'done') expect([reviews.length, decisions.length]).toEqual([1, 0])
    else expect([both[0], decisions.length]).toEqual(['review_not_open', 1])
    expect(both[1]).toBe('done')
  })

  it('keeps notes for colleagues alone: hash and ids in the log, words on the page only', async () => {
    const { house } = site
    const { store } = house
    const id = await newThread()
    const words = '＠second さん、折り返しは済んでいます'
    const note = { body: words, mentions: [admin.id] }
    expect(await say(addNote(house, id, note, reviewer))).toBe('mention_unknown')
    expect(await say(addNote(house, id, { ...note, mentions: [] }, reviewer))).toBe('done')
    const [written] = await store.notes.of(id)
    expect(written).toMatchObject({ body: words, mentions: [second.id], author: reviewer.id })
    const logged = await store.log.list({ threadId: id }, 10)
    expect(logged.map(({ content }) => content).join()).not.toContain('折り返し')
    expect(logged[0]?.event).toMatchObject({ kind: 'note_written', mentions: [second.id] })

    const calls = async (who: Person) => (await waitingFor(house, who)).calls
    expect(await calls(second)).toBe(1)
    expect(await calls({ ...second, within: { reviewer: ['elsewhere'] } })).toBe(0)
    expect(await store.within([]).forMe.called(second.id)).toEqual([])
    expect(await store.forMe.called(second.id)).toMatchObject([{ threadId: id, body: words }])
    await store.notes.markRead(written!.id, second.id, house.now())
    expect(await calls(second)).toBe(0)

    expect(await say(takeBackNote(house, written!.id, second))).toBe('not_author')
    expect(await say(takeBackNote(house, written!.id, reviewer))).toBe('done')
    expect(await say(takeBackNote(house, written!.id, reviewer))).toBe('done')
    expect((await store.notes.of(id))[0]?.withdrawnAt).not.toBeNull()
  })

  it('files mail of machines by two people, and says of each what was refused', async () => {
    const { house } = site
    const ids = [await machine(), await machine(), await machine()]
    const human = await newThread()
    const picks = [...ids, human].map((threadId) => ({ threadId, revision: 1 }))
    const stale = { threadId: ids[2]!, revision: 7 }
    const first = await fileTogether(house, [picks[0]!, picks[1]!, stale, picks[3]!], reviewer)
    expect(first).toEqual({
      first: 2,
      decided: 0,
      disputed: 0,
      refused: [
        { threadId: ids[2], reason: 'stale_revision' },
        { threadId: human, reason: 'not_filed' },
      ],
    })
    const again = await fileTogether(house, picks.slice(0, 2), reviewer)
    expect(again.refused.map(({ reason }) => reason)).toEqual([
      'already_reviewed',
      'already_reviewed',
    ])
    const filed = await queue().list({ states: ['filed_second'] }, page)
    const waiting = filed.filter(({ id }) => ids.includes(id))
    expect(waiting.map(({ id }) => id).toSorted()).toEqual(ids.slice(0, 2).toSorted())
    const reviewers = await queue().firstReviewers(waiting.map(({ id }) => id))
    expect([...reviewers.values()]).toEqual([reviewer.id, reviewer.id])
    const both = await fileTogether(house, picks.slice(0, 3), second)
    expect(both).toEqual({ first: 1, decided: 2, disputed: 0, refused: [] })
    for (const id of ids.slice(0, 2)) {
      expect((await matter(id)).thread.decisions[0]).toMatchObject({ needsReply: false })
    }
    const doubtful = await machine()
    await review(house, doubtful, { revision: 1, opinion: harassment() }, reviewer)
    const otherwise = await fileTogether(house, [{ threadId: doubtful, revision: 1 }], second)
    expect(otherwise).toEqual({ first: 0, decided: 0, disputed: 1, refused: [] })
  })

  it('files at most 200 at a time, and says so of the rest', async () => {
    const id = await machine()
    const picks = Array.from({ length: 201 }, () => ({ threadId: id, revision: 1 }))
    const { first, refused } = await fileTogether(site.house, picks, reviewer)
    expect([first, refused.length]).toEqual([1, 200])
    expect(refused.at(-1)?.reason).toBe('too_many_filed')
  })

  it('knows who is at a thread in all processes, until they leave or fall silent', async () => {
    const { house, database } = site
    const id = await newThread()
    const other = await openStore(database.url, () => undefined)
    let told = 0
    const leave = other.presences.onChange(id, () => {
      told += 1
    })
    const seat = { threadId: id, personId: reviewer.id, tab: 'a' }
    await house.store.presences.note(seat, 'reading', 45)
    await until('the news of who reads', async () => told === 1)
    await house.store.presences.note({ ...seat, tab: 'b' }, 'writing', 45)
    await until('the news of who writes', async () => told === 2)
    expect(await other.presences.at(id)).toEqual([{ personId: reviewer.id, doing: 'writing' }])
    await house.store.presences.leave({ ...seat, tab: 'b' })
    await house.store.presences.leave({ ...seat, tab: 'b' })
    expect(await other.presences.at(id)).toEqual([{ personId: reviewer.id, doing: 'reading' }])
    // By the database's clock: nobody's own clock makes them stay.
    await database.sql(`update presences set until = '2020-01-01T00:00:00.000Z'`)
    expect(await other.presences.at(id)).toEqual([])
    expect(await house.store.log.list({ threadId: id }, 50)).toHaveLength(2)
    leave()
    await other.close()
  })
})
