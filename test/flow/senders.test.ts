import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { move } from '../../src/commands/move.ts'
import type { Person } from '../../src/domain/person.ts'
import { writeReply } from '../../src/flow/review.ts'
import {
  confirmJoin,
  declineJoin,
  dismissJoin,
  noteSender,
  proposeJoin,
  separateSenders,
} from '../../src/flow/senders.ts'
import { suggestJoins } from '../../src/flow/suggest.ts'
import { lift } from '../../src/flow/suspend.ts'
import { verify } from '../../src/flow/verify.ts'
import { openStore } from '../../src/store/store.ts'
import { suspendSomebody } from '../support/affair.ts'
import { engines, openDatabase } from '../support/database.ts'
import { staffOf } from '../support/notices.ts'
import { type TestMail, testMail } from '../support/office.ts'
import { openIo } from '../support/program.ts'
import { openSite, type TestSite } from '../support/site.ts'

const other = 'kuroiwa.kenji@mailbox.example'
const third = 'kk@phone.example'

describe('senders that are one person', { timeout: 120_000 }, () => {
  let site: TestSite
  let named: (name: string) => Person

  beforeEach(async () => {
    site = await openSite()
    named = await staffOf(site)
  })
  afterEach(() => site.close())

  const mail = (over: Partial<TestMail> = {}) =>
    site.deliver(testMail({ from: other, subject: '別の件', body: '返金の件です。', ...over }))

  async function senderAt(address: string): Promise<string> {
    return (await site.house.store.arrivals.senders([address])).get(address) ?? ''
  }

  async function newest(address: string) {
    const senderId = await senderAt(address)
    const states = ['new', 'muted', 'second_review', 'done'] as const
    const [thread] = await site.house.store.queue.list(
      { states, senderId },
      { offset: 0, limit: 1 },
    )
    const record = await site.house.store.threads.find(thread?.id ?? '')
    return { threadId: record?.id ?? '', mutedBy: record?.messages.at(-1)?.mutedBy ?? null }
  }

  async function joinOf(a: string, b: string, by = named('reviewer')): Promise<string> {
    const outcome = await proposeJoin(
      site.house,
      [a, b],
      { reasons: ['by_hand'], reason: '同じ電話番号' },
      by,
    )
    expect(outcome).toEqual({ kind: 'done' })
    const records = await site.house.store.joins.about([a])
    return records.find(({ state }) => state === 'proposed')?.id ?? ''
  }

  async function joined(a: string, b: string): Promise<string> {
    const id = await joinOf(a, b)
    expect(await confirmJoin(site.house, id, '', named('supervisor'))).toEqual({ kind: 'done' })
    return id
  }

  const flaws = async () => (await verify(site.house.store)).flaws

  it('are muted at every address, by mail that is proven to be theirs, until separated', async () => {
    const { senderId } = await suspendSomebody(site)
    await mail()
    expect((await newest(other)).mutedBy).toBeNull()
    const otherId = await senderAt(other)
    const id = await joinOf(senderId, otherId)
    expect(await confirmJoin(site.house, id, '', named('second'))).toMatchObject({
      reason: 'join_needs_supervisor',
    })
    expect(await confirmJoin(site.house, id, '同じ署名', named('supervisor'))).toEqual({
      kind: 'done',
    })

    const [suspension] = await site.house.store.measures.list(['in_force'], 1)
    await mail({ subject: '三通目', body: '無視するな。' })
    expect((await newest(other)).mutedBy).toBe(suspension?.id)
    await mail({ subject: '名乗るだけ', body: '返せ。', authenticated: false })
    expect((await newest(other)).mutedBy).toBeNull()
    const { threadId } = await newest(other)
    const reply = { letterId: null, revision: 1, subject: 'Re', body: 'はい' }
    expect(await writeReply(site.house, threadId, reply, named('reviewer'))).toMatchObject({
      reason: 'sender_muted',
    })
    expect(await flaws()).toEqual([])

    expect(await separateSenders(site.house, id, '別人と分かった', named('second'))).toMatchObject({
      reason: 'not_allowed',
    })
    await separateSenders(site.house, id, '別人と分かった', named('supervisor'))
    await mail({ subject: '分離後', body: 'こんにちは。' })
    expect((await newest(other)).mutedBy).toBeNull()
    expect(await flaws()).toEqual([])

    await joined(senderId, otherId)
    await mail({ subject: '再び', body: 'おい。' })
    expect((await newest(other)).mutedBy).toBe(suspension?.id)
    expect(await flaws()).toEqual([])
  })

  it('are free at every address once the suspension of one is lifted', async () => {
    const { senderId } = await suspendSomebody(site)
    await mail()
    await joined(senderId, await senderAt(other))
    const [suspension] = await site.house.store.measures.list(['in_force'], 1)
    const boss = await site.hire('boss', ['supervisor'])
    await lift(site.house, suspension?.id ?? '', '話し合えた', boss)
    await mail({ subject: '解除後', body: 'ありがとう。' })
    expect((await newest(other)).mutedBy).toBeNull()
    expect(await flaws()).toEqual([])
  })

  it('share one history, with its decisions and departments', async () => {
    const { senderId } = await suspendSomebody(site)
    await mail()
    const otherId = await senderAt(other)
    const historyOf = async () =>
      (await site.house.store.senders.histories([otherId], site.house.now()))(otherId, 'none')
    expect(await historyOf()).toMatchObject({ decisions: 0 })
    const id = await joined(senderId, otherId)
    expect(await historyOf()).toMatchObject({ decisions: 1, otherThreads: 2 })
    expect((await site.house.store.senders.find(otherId))?.muted).toHaveLength(1)
    await separateSenders(site.house, id, '別人', named('supervisor'))
    expect(await historyOf()).toMatchObject({ decisions: 0 })
  })

  it('stay one in a chain where only one link of it is undone', async () => {
    await mail()
    await mail({ from: third, subject: '三', body: 'x' })
    await mail({ from: 'kuroiwa@gouriki.example', subject: '一', body: 'x' })
    const [a, b, c] = [
      await senderAt('kuroiwa@gouriki.example'),
      await senderAt(other),
      await senderAt(third),
    ]
    const first = await joined(a, b)
    await joined(b, c)
    const members = async () => (await site.house.store.joins.members([a, b, c]))(c)
    expect(await members()).toEqual([a, b, c].sort())
    expect(
      await proposeJoin(site.house, [a, c], { reasons: ['by_hand'], reason: 'x' }, named('second')),
    ).toMatchObject({ reason: 'already_joined' })
    await separateSenders(site.house, first, '別人', named('supervisor'))
    expect(await members()).toEqual([b, c].sort())
    expect(await flaws()).toEqual([])
  })

  it('are joined once where two confirm at once, and nothing is half done', async () => {
    await mail()
    await mail({ from: third, subject: '三', body: 'x' })
    const id = await joinOf(await senderAt(other), await senderAt(third))
    const boss = await site.hire('boss', ['supervisor'])
    const outcomes = await Promise.all([
      confirmJoin(site.house, id, '', named('supervisor')),
      confirmJoin(site.house, id, '', boss),
    ])
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toEqual([
      { kind: 'refused', reason: 'join_closed' },
    ])
    expect(await flaws()).toEqual([])
  })

  it('are suggested with reasons, and no more once declined', async () => {
    const card = '\n-- \n黒岩 健司\n株式会社ゴウリキ\nTEL 03-1234-5678'
    const story =
      '先月そちらで購入した加湿器が三日で壊れました。修理に出しても直らず、返金をお願いしたいのですが、窓口で断られました。納得できる説明を書面でください。'
    await mail({ from: 'kuroiwa@gouriki.example', subject: '一', body: `${story}${card}` })
    await mail({ from: 'kuroiwa+2@gouriki.example', subject: '二', body: '二通目です。' })
    await mail({ from: 'kenji@other.example', subject: '三', body: `別の用件です。${card}` })
    await mail({ from: 'copy@third.example', name: '別名', subject: '四', body: story })
    await mail({ from: 'aoki@calm.example', name: '青木', subject: '五', body: '納期の確認です。' })
    const me = await senderAt('kuroiwa@gouriki.example')
    const suggested = async (id = me) =>
      (await suggestJoins(site.house, id, named('reviewer'))).map(({ member, reasons }) => [
        member.addresses[0],
        reasons.join(),
      ])
    const all = await suggested()
    expect(all.toSorted()).toEqual([
      ['copy@third.example', 'similar_text'],
      ['kenji@other.example', 'same_signature'],
      ['kuroiwa+2@gouriki.example', 'same_address'],
    ])

    await dismissJoin(site.house, [me, await senderAt('copy@third.example')], named('reviewer'))
    const pair = [me, await senderAt('kenji@other.example')] as const
    const wish = { reasons: ['same_signature'], reason: '' } as const
    await proposeJoin(site.house, pair, wish, named('reviewer'))
    const [open] = await site.house.store.joins.about([pair[1]])
    await declineJoin(site.house, open?.id ?? '', '家族だった', named('second'))
    expect(await suggested()).toEqual([['kuroiwa+2@gouriki.example', 'same_address']])
    expect(await suggested(pair[1])).not.toContainEqual([
      'kuroiwa@gouriki.example',
      'same_signature',
    ])
    expect(await flaws()).toEqual([])
  })

  it('are suggested where one wrote in the other’s thread', async () => {
    await site.deliver(
      testMail({
        subject: '共同の件',
        body: '夫にも写しを送ります。',
        messageId: '<a@gouriki.example>',
        headers: [`Cc: ${other}`],
      }),
    )
    await mail({
      subject: 'Re: 共同の件',
      body: '夫です。',
      headers: ['In-Reply-To: <a@gouriki.example>'],
    })
    const me = await senderAt('kuroiwa@gouriki.example')
    const [suggestion] = await suggestJoins(site.house, me, named('reviewer'))
    expect(suggestion).toMatchObject({ reasons: ['same_thread'], member: { addresses: [other] } })
    await joined(me, await senderAt(other))
    expect(await flaws()).toEqual([])
  })

  it('bear notes that nobody changes, and everything moves to another database', async () => {
    const { senderId } = await suspendSomebody(site)
    await mail()
    await joined(senderId, await senderAt(other))
    const mailboxId = (await site.house.store.mailboxes.find('support'))?.id ?? ''
    const note = { senderId, mailboxId, text: '電話は夕方に多い', corrects: null }
    expect(await noteSender(site.house, note, named('reviewer'))).toEqual({ kind: 'done' })
    expect(await noteSender(site.house, { ...note, text: ' ' }, named('reviewer'))).toMatchObject({
      reason: 'text_missing',
    })
    expect(await noteSender(site.house, note, named('auditor'))).toMatchObject({
      reason: 'not_allowed',
    })
    const there = await openDatabase(engines.at(-1))
    await move(['--from', site.database.url, '--to', there.url], openIo().io)
    const copy = await openStore(there.url, () => undefined)
    expect((await verify(copy)).flaws).toEqual([])
    await copy.close()
    await there.close()
  })

  it('are missed where somebody changes the record past the product', async () => {
    await mail()
    await mail({ from: third, subject: '三', body: 'x' })
    const [a, b] = [await senderAt(other), await senderAt(third)]
    await joined(a, b)
    await site.database.sql(`update sender_members set head = sender_id`)
    const [later] = [a, b].sort().slice(1)
    expect(await flaws()).toContain(`sender ${later} is not one with whom its events say`)
    await expect(site.database.sql(`update sender_joins set decider = proposer`)).rejects.toThrow()
  })
})
