import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { move } from '../../src/commands/move.ts'
import { queueStates } from '../../src/domain/matter.ts'
import type { Person } from '../../src/domain/person.ts'
import { joinThread, splitThread, undoMove } from '../../src/flow/arrange.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { referenceFor } from '../../src/flow/reference.ts'
import { review, writeReply } from '../../src/flow/review.ts'
import { propose } from '../../src/flow/suspend.ts'
import { verify } from '../../src/flow/verify.ts'
import type { Smtp } from '../../src/mail/smtp.ts'
import { openStore } from '../../src/store/store.ts'
import { suspendSomebody } from '../support/affair.ts'
import { approveShown } from '../support/approving.ts'
import { engines, openDatabase } from '../support/database.ts'
import { threadHolding } from '../support/found.ts'
import { beside } from '../support/gates.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { type TestMail, testMail } from '../support/office.ts'
import { openIo } from '../support/program.ts'
import { openSite, type TestSite } from '../support/site.ts'

const accepting: Smtp = {
  send: () => Promise.resolve({ kind: 'accepted', response: '250 OK' }),
  check: () => Promise.resolve(),
  close: () => undefined,
}

describe.each(engines)('moving mails by hand on %s', (engine) => {
  let site: TestSite
  let people: Record<'reviewer' | 'second' | 'supervisor' | 'auditor', Person>

  beforeEach(async () => {
    site = await openSite(engine)
    const all = await site.house.store.people.list()
    const named = (name: string) => all.find((one) => one.name === name) as Person
    people = {
      reviewer: named('reviewer'),
      second: named('second'),
      supervisor: named('supervisor'),
      auditor: named('auditor'),
    }
  })
  afterEach(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  })

  const from = 'aoki@kaigara.example'
  const mail = (over: TestMail) => site.deliver(testMail({ from, ...over }))
  const matter = async (id: string) => (await site.house.store.matters.find(id))!.matter
  const record = async (id: string) => (await site.house.store.threads.find(id))!
  const revision = async (id: string) => (await matter(id)).thread.revision
  const listed = (states: 'open' | typeof queueStates = 'open') =>
    site.house.store.queue.list({ states }, { offset: 0, limit: 50 })
  const bodies = async (id: string) => (await record(id)).messages.map(({ text }) => text.trim())

  async function threadWith(words: string): Promise<string> {
    const id = await threadHolding(site.house.store, words)
    if (!id) throw new Error(`no thread with ${words}`)
    return id
  }
  async function messageWith(words: string): Promise<string> {
    const { messages } = await record(await threadWith(words))
    return messages.find(({ text }) => text.includes(words))?.id ?? ''
  }

  /** Two matters of one customer that came in under one subject. */
  async function twoMatters(): Promise<string> {
    await mail({ subject: '先日の件', messageId: '<a@k.example>', body: '返品をお願いします。' })
    await mail({ subject: '先日の件', messageId: '<b@k.example>', body: '領収書が届きません。' })
    return threadWith('返品')
  }

  async function splitOff(threadId: string, words: string, who = people.reviewer) {
    const given = {
      revision: await revision(threadId),
      messageIds: [await messageWith(words)],
    }
    return splitThread(site.house, threadId, given, who)
  }

  async function joined(fromId: string, into: string, who = people.reviewer) {
    const [own, other] = [await revision(fromId), await revision(into)]
    return joinThread(site.house, fromId, { revision: own, into, intoRevision: other }, who)
  }

  async function replyTo(threadId: string): Promise<string> {
    const reply = {
      letterId: null,
      revision: await revision(threadId),
      subject: '',
      body: 'はい。',
    }
    await writeReply(site.house, threadId, reply, people.reviewer)
    const [waiting] = await site.house.store.letters.list(['awaiting_approval'], 1)
    await approveShown(site.house, waiting?.id ?? '', people.second)
    return waiting?.id ?? ''
  }

  const threadIn = (outcome: Awaited<ReturnType<typeof splitThread>>) => {
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
    return outcome.threadId
  }
  const lastMove = async (threadId: string) =>
    (await site.house.store.arranging.moves(threadId))[0]?.event.moveId ?? ''

  it('splits a mail into a thread of its own, with everything that belongs to it', async () => {
    const id = await twoMatters()
    const other = threadIn(await splitOff(id, '領収書'))

    expect(await bodies(id)).toEqual(['返品をお願いします。'])
    expect(await bodies(other)).toEqual(['領収書が届きません。'])
    expect(await threadWith('領収書')).toBe(other)
    expect((await listed()).map((item) => [item.id, item.messageCount]).toSorted()).toEqual(
      [
        [id, 1],
        [other, 1],
      ].toSorted(),
    )
    for (const one of [id, other]) {
      const { latest, messages } = await record(one)
      expect(latest?.read).toEqual([messages[0]?.id])
    }
  })

  it('outdates open reviews, and leaves decisions where they were made', async () => {
    const id = await twoMatters()
    const given = { revision: 2, opinion: ordinary }
    await review(site.house, id, given, people.reviewer)
    await review(site.house, id, given, people.second)
    await mail({ subject: '先日の件', body: '保証書も同封してください。' })
    await review(site.house, id, { ...given, revision: 3 }, people.reviewer)
    const other = threadIn(await splitOff(id, '保証書'))

    const { thread } = await matter(id)
    expect([thread.revision, thread.reviews.length, thread.decisions.length]).toEqual([4, 0, 1])
    expect((await matter(other)).thread.decisions).toEqual([])
    const late = { revision: 3, opinion: ordinary }
    expect(await review(site.house, id, late, people.second)).toMatchObject({
      reason: 'stale_revision',
    })
  })

  it('lets a later answer follow the mail that was split off', async () => {
    const id = await twoMatters()
    const other = threadIn(await splitOff(id, '領収書'))
    const headers = ['In-Reply-To: <b@k.example>']
    await mail({ subject: 'Re: 先日の件', headers, body: '宛名は会社名です。' })
    expect(await threadWith('宛名')).toBe(other)
  })

  it('judges what is left and what went off by itself, so that neither bears the other', async () => {
    await mail({ subject: '先日の件', body: '領収書が届きません。' })
    await mail({ subject: '先日の件', body: 'お前はゴミだ。刺してやるから覚悟しろ。' })
    const id = await threadWith('領収書')
    expect((await matter(id)).thread.assessed?.severity).toBe(3)
    const other = threadIn(await splitOff(id, '刺して'))
    expect((await matter(id)).thread.assessed).toMatchObject({ severity: 0, categories: [] })
    expect((await matter(other)).thread.assessed?.severity).toBe(3)
    expect((await listed()).find((item) => item.urgent)?.id).toBe(other)
  })

  it('gives a mail of another person to a thread of theirs', async () => {
    await mail({
      subject: '工事',
      messageId: '<k@k.example>',
      headers: ['Cc: boss@elsewhere.example'],
      body: '工事の日程です。',
    })
    await mail({
      from: 'boss@elsewhere.example',
      subject: 'Re: 工事',
      headers: ['In-Reply-To: <k@k.example>'],
      body: '別件ですが採用について伺います。',
    })
    const id = await threadWith('工事の日程')
    const other = threadIn(await splitOff(id, '採用'))
    expect((await matter(id)).thread.assessed?.flags).not.toContain('other_sender')
    const theirs = (await matter(other)).thread.senderId
    expect(theirs).not.toBe((await matter(id)).thread.senderId)
    expect((await record(other)).senderAddresses).toEqual(['boss@elsewhere.example'])
    // Undone, it is again what it was: the one way in which two senders come together by hand.
    expect(await joined(other, id)).toMatchObject({ reason: 'other_sender' })
    threadIn(await undoMove(site.house, other, await lastMove(other), people.reviewer))
    expect((await matter(id)).thread.assessed?.flags).toContain('other_sender')
  })

  it('takes a split back, with the answers that followed', async () => {
    const id = await twoMatters()
    const other = threadIn(await splitOff(id, '領収書'))
    const headers = ['In-Reply-To: <b@k.example>']
    await mail({ subject: 'Re: 先日の件', headers, body: '宛名は会社名です。' })
    threadIn(await undoMove(site.house, other, await lastMove(other), people.second))

    expect(await bodies(id)).toHaveLength(3)
    expect((await matter(other)).thread.joinedInto).toBe(id)
    expect((await listed()).map((item) => item.id)).toEqual([id])
    const again = await undoMove(site.house, id, await lastMove(id), people.second)
    expect(again).toMatchObject({ reason: 'nothing_to_undo' })
  })

  async function twoThreads(): Promise<readonly [string, string]> {
    await mail({ subject: '返品', messageId: '<a@k.example>', body: '返品をお願いします。' })
    await mail({ subject: '返品の続き', messageId: '<b@k.example>', body: '色が違いました。' })
    return [await threadWith('返品をお願い'), await threadWith('色が違い')]
  }

  it('joins a thread into another one, which leads to where its mail is and waits for nobody', async () => {
    const [one, two] = await twoThreads()
    threadIn(await joined(two, one))

    expect(await bodies(one)).toEqual(['返品をお願いします。', '色が違いました。'])
    expect(await bodies(two)).toEqual([])
    expect((await matter(two)).thread.joinedInto).toBe(one)
    expect((await listed()).map((item) => item.id)).toEqual([one])
    expect((await listed(queueStates)).find((item) => item.id === two)?.state).toBe('joined')
    expect(await threadWith('色が違い')).toBe(one)
  })

  it('brings every later answer to where the mail is now: by subject, reference, code and letter', async () => {
    const [one, two] = await twoThreads()
    const letterId = await replyTo(two)
    const letter = await site.house.store.letters.find(letterId)
    if (!letter) throw new Error('no letter')
    await deliver(site.house, accepting, letter)
    threadIn(await joined(two, one))

    const answers: TestMail[] = [
      { subject: 'Re: 返品の続き', headers: ['In-Reply-To: <b@k.example>'], body: '参照' },
      { subject: 'Re: x', headers: [`In-Reply-To: ${letter.messageId}`], body: '手紙' },
      { subject: `y ${referenceFor(site.house, two)}`, body: '番号' },
    ]
    for (const answer of answers) await mail(answer)
    expect(await bodies(one)).toHaveLength(5)
    expect((await record(two)).letters.map(({ id }) => id)).toEqual([letterId])
  })

  it('takes a join back: what was joined returns, what came meanwhile stays', async () => {
    const [one, two] = await twoThreads()
    threadIn(await joined(two, one))
    await mail({ subject: '返品', body: '送料はどうなりますか。' })
    threadIn(await undoMove(site.house, one, await lastMove(one), people.reviewer))

    expect(await bodies(two)).toEqual(['色が違いました。'])
    expect(await bodies(one)).toEqual(['返品をお願いします。', '送料はどうなりますか。'])
    expect((await matter(two)).thread.joinedInto).toBeNull()
    expect((await listed()).map((item) => item.id).toSorted()).toEqual([one, two].toSorted())
    await mail({ subject: '返品の続き', body: 'もう一点あります。' })
    expect(await threadWith('もう一点')).toBe(two)
  })

  it('refuses threads of different senders, stale forms, all mails, and people who may not', async () => {
    const [one, two] = await twoThreads()
    await site.deliver(testMail({ from: 'x@other.example', subject: '返品', body: '別の客です。' }))
    const theirs = await threadWith('別の客')
    expect(await joined(two, theirs, people.supervisor)).toMatchObject({ reason: 'other_sender' })
    expect(await joined(two, two)).toMatchObject({ reason: 'same_thread' })
    expect(await joined(two, one, people.auditor)).toMatchObject({ reason: 'not_allowed' })
    const stale = { revision: 1, into: one, intoRevision: 9 }
    expect(await joinThread(site.house, two, stale, people.reviewer)).toMatchObject({
      reason: 'stale_revision',
    })
    expect(await splitOff(one, '返品をお願い')).toMatchObject({ reason: 'mails_all' })
    const foreign = { revision: 1, messageIds: [await messageWith('別の客')] }
    expect(await splitThread(site.house, one, foreign, people.reviewer)).toMatchObject({
      reason: 'mails_missing',
    })
  })

  it('does not empty a thread with a letter on its way, and does once it has left', async () => {
    const [one, two] = await twoThreads()
    const letterId = await replyTo(two)
    expect(await joined(two, one)).toMatchObject({ reason: 'letter_on_its_way' })
    const letter = await site.house.store.letters.find(letterId)
    if (letter) await deliver(site.house, accepting, letter)
    expect(await joined(two, one)).toMatchObject({ kind: 'arranged' })
  })

  it('does not empty a thread with a measure under way', async () => {
    const [one, two] = await twoThreads()
    const given = { revision: 1, opinion: harassment({ severity: 3 }) }
    await review(site.house, two, given, people.reviewer)
    await review(site.house, two, given, people.second)
    const wish = { measureKind: 'suspension', reason: '再三', ...beside } as const
    await propose(site.house, two, wish, people.reviewer)
    expect(await joined(two, one)).toMatchObject({ reason: 'measure_pending' })
    expect(await joined(one, two)).toMatchObject({ kind: 'arranged' })
  })

  it('lets muted mail move with its alert, but not at the hands of who may not read it', async () => {
    const { senderId } = await suspendSomebody(site)
    await site.deliver(testMail({ subject: '返品', body: 'もう死にたい。生きていたくない。' }))
    const [alert] = await site.house.store.alerts.list('open', 5)
    const id = alert?.threadId ?? ''
    const given = { revision: await revision(id), messageIds: [alert?.messageId ?? ''] }
    expect(await splitThread(site.house, id, given, people.reviewer)).toMatchObject({
      reason: 'not_allowed',
    })
    const other = threadIn(await splitThread(site.house, id, given, people.supervisor))
    expect((await matter(other)).thread).toMatchObject({ muted: true, senderId })
    expect((await site.house.store.alerts.list('open', 5)).map((one) => one.threadId)).toEqual([
      other,
    ])
  })

  it('starts over where a mail slips in between, and loses neither', async () => {
    const id = await twoMatters()
    const given = { revision: 2, messageIds: [await messageWith('領収書')] }
    const [outcome] = await Promise.all([
      splitThread(site.house, id, given, people.reviewer),
      mail({ subject: '先日の件', body: '急ぎでお願いします。' }),
    ])
    const all = await listed(queueStates)
    expect(all.reduce((sum, item) => sum + item.messageCount, 0)).toBe(3)
    expect(['arranged', 'refused']).toContain(outcome.kind)
  })

  it('is missed by whoever moves a mail past the product: verify says where it belongs', async () => {
    const [one, two] = await twoThreads()
    const { id } = (await record(two)).messages[0]!
    const put = (into: string) =>
      site.database.sql(`update messages set thread_id = '${into}' where id = '${id}'`)
    await put(one)
    const { flaws } = await verify(site.house.store)
    expect(flaws).toEqual([`message ${id} is in thread ${one}, its events say ${two}`])
    await put(two)
  })

  it('is carried to another database with everything else', async () => {
    const [one, two] = await twoThreads()
    threadIn(await joined(two, one))
    const there = await openDatabase(engines.at(-1))
    await move(['--from', site.database.url, '--to', there.url], openIo().io)
    const copy = await openStore(there.url, () => undefined)
    expect((await verify(copy)).flaws).toEqual([])
    expect((await copy.matters.find(two))?.matter.thread.joinedInto).toBe(one)
    await copy.close()
    await there.close()
  })
})
