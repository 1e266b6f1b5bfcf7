import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliver } from '../../src/flow/deliver.ts'
import { verify } from '../../src/flow/verify.ts'
import type { Smtp } from '../../src/mail/smtp.ts'
import type { WrittenLetter } from '../../src/store/threads.ts'
import { approvedLetters } from '../support/letters.ts'
import { queueNotice } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { bounceOf } from '../support/reports.ts'
import { openSite, type TestSite } from '../support/site.ts'

const accepting: Smtp = {
  send: () => Promise.resolve({ kind: 'accepted', response: '250 OK' }),
  check: () => Promise.resolve(),
  close: () => undefined,
}

/** What an answering machine says to a letter, with or without the header of RFC 3834. */
function automatic(letter: WrittenLetter, over: { body?: string; headers?: string[] } = {}) {
  const { body = 'ただいま休暇中です。', headers = ['Auto-Submitted: auto-replied'] } = over
  return testMail({
    from: letter.toAddress,
    subject: `自動応答: ${letter.subject}`,
    body,
    headers: [`In-Reply-To: ${letter.messageId}`, ...headers],
  })
}

describe('what machines say of our letters', () => {
  let site: TestSite
  beforeEach(async () => {
    site = await openSite()
  })
  afterEach(() => site.close())

  const find = async (id: string) => {
    const letter = await site.house.store.letters.find(id)
    if (!letter) throw new Error('no such letter')
    return letter
  }

  async function sentReply(): Promise<WrittenLetter> {
    const [made] = await approvedLetters(site, 1)
    const letter = await find(made?.id ?? '')
    await deliver(site.house, accepting, letter)
    return find(letter.id)
  }

  async function sentNotice(): Promise<WrittenLetter> {
    await site.deliver(testMail({ body: '返品したい。お前は無能だ。' }))
    const [thread] = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 1 })
    await queueNotice(site, thread?.id ?? '', 'suspension')
    const [letter] = await site.house.store.letters.due(site.house.now(), 1)
    await deliver(site.house, accepting, await find(letter?.id ?? ''))
    return find(letter?.id ?? '')
  }

  const events = async (kind: string) =>
    (await site.house.store.log.list({}, 500))
      .map(({ event }) => event)
      .filter((event) => event.kind === kind)
  const revision = async ({ threadId }: WrittenLetter) =>
    (await site.house.store.matters.find(threadId))?.matter.thread.revision
  const isSound = async () => expect((await verify(site.house.store)).flaws).toEqual([])

  it('stays beside the letter: nobody has to review it, and nothing is answered', async () => {
    const letter = await sentReply()
    const before = await revision(letter)
    await site.deliver(automatic(letter))

    expect(await events('report_received')).toMatchObject([{ letterId: letter.id, report: 'away' }])
    expect(await revision(letter)).toBe(before)
    const open = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 5 })
    expect(open).toEqual([])
    const page = await (await site.as('reviewer')).get(`/letters/${letter.id}`)
    expect(await page.text()).toContain('不在の自動応答')
    await isSound()
  })

  it('reaches a supervisor where a person’s words in it must be read', async () => {
    const letter = await sentReply()
    await site.deliver(automatic(letter, { body: 'もう死にたい。生きていても仕方がない。' }))
    const [alert] = await site.house.store.alerts.list('open', 5)
    expect(alert?.reasons).toContain('self_harm')
    await isSound()
  })

  it('is no objection to a notice where it says that nobody is there, and may be one else', async () => {
    const letter = await sentNotice()
    await site.deliver(automatic(letter))
    expect(await site.house.store.alerts.list('open', 5)).toEqual([])
    await site.deliver(automatic(letter, { body: '納得できません。' }))
    const [alert] = await site.house.store.alerts.list('open', 5)
    expect(alert?.reasons).toContain('objection')
    await isSound()
  })

  it('finds the letter by our code, where it names no Message-ID', async () => {
    const letter = await sentNotice()
    const [code] = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}/.exec(letter.body) ?? []
    const words = [
      'Return-Path: <>',
      'From: Postmaster@ezweb.example',
      'Subject: Mail System Error - Returned Mail',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'The user(s) account is disabled. User unknown.',
      `件名（受付番号 ${code}）`,
    ]
    await site.deliver(Buffer.from(words.join('\r\n')))
    expect(await events('bounce_received')).toMatchObject([
      { letterId: letter.id, status: '5.1.1' },
    ])
    expect(await events('measure_not_announced')).toHaveLength(1)
    await isSound()
  })

  it('believes nobody who names letters of ours that there are none of', async () => {
    await sentReply()
    const bounce = { messageId: '<mamori.1.2.3@hinata.example>', toAddress: 'x@y.example' }
    await site.deliver(bounceOf(bounce))
    expect(await events('bounce_received')).toEqual([])
    await isSound()
  })

  it('keeps a report of a muted sender’s machine as the rest of what they write', async () => {
    const letter = await sentNotice()
    await site.deliver(automatic(letter))
    const [said] = await events('report_received')
    expect(said).toMatchObject({ report: 'away', mutedBy: letter.measureId })
    const page = await (await site.as('reviewer')).get(`/threads/${letter.threadId}`)
    expect(await page.text()).not.toContain('ただいま休暇中です')
    await isSound()
  })
})
