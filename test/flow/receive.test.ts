import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { queueStates } from '../../src/domain/matter.ts'
import { verify } from '../../src/flow/verify.ts'
import { newMessageId } from '../../src/mail/message-id.ts'
import { type Office, openOffice, testMail, until } from '../support/office.ts'

describe('receiving mail', () => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice()
  })
  afterEach(() => office.close())

  const threads = () =>
    office.house.store.queue.list({ states: queueStates }, { offset: 0, limit: 50 })
  const received = (n: number) =>
    until(`${n} mails`, async () => {
      const all = await threads()
      return all.reduce((sum, { messageCount }) => sum + messageCount, 0) === n && all
    })

  it('brings what was there and what comes, once, also after the connection breaks', async () => {
    await office.imap.append(testMail({ subject: 'one', body: 'a' }))
    await office.imap.append(testMail({ subject: 'two', body: 'b' }), 'Billing')
    await received(2)
    office.imap.dropConnections()
    await until('the loss to be noticed', async () => {
      const boxes = await office.house.store.mailboxes.list()
      return boxes.flatMap((box) => box.folders).every(({ trouble }) => trouble !== null)
    })
    await office.imap.append(testMail({ subject: 'three', body: 'c' }))
    await received(3)

    expect((await verify(office.house.store)).flaws).toEqual([])
  })

  it('keeps the original bytes unchanged', async () => {
    const raw = testMail({ subject: '原本', body: 'そのまま' })
    await office.imap.append(raw)
    const [thread] = await received(1)
    const record = await office.house.store.threads.find(thread?.id ?? '')
    const kept = await office.house.store.raws.find(record?.messages[0]?.rawSha256 ?? '')
    expect(kept?.equals(raw)).toBe(true)
  })

  it('stores the same bytes once', async () => {
    const raw = testMail({ body: 'twice' })
    await office.imap.append(raw)
    await office.imap.append(raw)
    await office.imap.append(testMail({ subject: 'after', body: 'x' }))
    await received(2)
  })

  it('joins answers by References, and mail on the same subject from the same sender', async () => {
    await office.imap.append(
      testMail({ messageId: '<q1@gouriki.example>', subject: '請求', body: 'a' }),
    )
    await office.imap.append(
      testMail({
        subject: 'Re: 別の件名',
        headers: ['In-Reply-To: <q1@gouriki.example>'],
        body: 'b',
      }),
    )
    await office.imap.append(testMail({ subject: 'RE： 請求', body: 'c' }))
    const all = await received(3)
    expect(all).toHaveLength(1)
  })

  it('lets no stranger into a thread by subject or by a forged In-Reply-To', async () => {
    await office.imap.append(
      testMail({ messageId: '<q1@gouriki.example>', subject: '請求', body: 'a' }),
    )
    await office.imap.append(
      testMail({
        from: 'stranger@other.example',
        subject: 'Re: 請求',
        headers: ['In-Reply-To: <q1@gouriki.example>'],
        body: 'b',
      }),
    )
    expect(await received(2)).toHaveLength(2)
  })

  it('lets in whoever answers our own Message-ID, and nobody who forges one', async () => {
    await office.imap.append(testMail({ subject: '一通目', body: 'a' }))
    const [thread] = await received(1)
    const parts = { threadId: thread?.id ?? '', domain: 'x.example', unique: '1' }
    const ours = newMessageId({ ...parts, secret: office.house.messageIdSecret })
    const forged = newMessageId({ ...parts, secret: 'guessed' })
    await office.imap.append(
      testMail({
        from: 'boss@gouriki.example',
        subject: 'x',
        headers: [`In-Reply-To: ${ours}`],
        body: 'b',
      }),
    )
    await office.imap.append(
      testMail({
        from: 'evil@other.example',
        subject: 'y',
        headers: [`In-Reply-To: ${forged}`],
        body: 'c',
      }),
    )
    const all = await received(3)
    expect(all.map(({ messageCount }) => messageCount).sort()).toEqual([1, 2])
  })

  it('never takes a mail that claims our own address for ours', async () => {
    await office.imap.append(
      testMail({
        from: 'support@hinata-kurashi.example',
        subject: 'x',
        body: 'a',
        authenticated: false,
      }),
    )
    const [thread] = await received(1)
    expect(thread?.state).toBe('new')
    expect(thread?.flags).toContain('unverified_sender')
  })

  it('files machines apart and keeps an unreadable mail in view', async () => {
    await office.imap.append(
      testMail({ subject: 'auto', headers: ['Auto-Submitted: auto-replied'], body: 'away' }),
    )
    const [filed] = await received(1)
    expect(filed?.state).toBe('filed')

    const nested = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n`.repeat(1_500)
    await office.imap.append(Buffer.from(`From: deep@nest.example\r\nSubject: deep\r\n${nested}`))
    const all = await received(2)
    expect(all.find(({ subject }) => subject === 'deep')?.state).toBe('new')
  })
})
