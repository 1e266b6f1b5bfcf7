import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { abandon, deliver } from '../../src/flow/deliver.ts'
import type { House } from '../../src/flow/house.ts'
import { previewNotice } from '../../src/flow/notice.ts'
import { review, writeReply } from '../../src/flow/review.ts'
import { confirm, propose } from '../../src/flow/suspend.ts'
import { settleUncertain } from '../../src/flow/uncertain.ts'
import { verify } from '../../src/flow/verify.ts'
import type { SendOutcome, Smtp } from '../../src/mail/smtp.ts'
import { approveShown } from '../support/approving.ts'
import { beside, wordOn } from '../support/gates.ts'
import { harassment } from '../support/matters.ts'
import { type Office, openOffice, testMail, until } from '../support/office.ts'

/** An SMTP server that gives the answers it is told to: faults that cannot be provoked at will. */
function answering(...outcomes: SendOutcome[]): Smtp & { readonly sent: Buffer[] } {
  const sent: Buffer[] = []
  return {
    sent,
    async send(_, raw) {
      sent.push(raw)
      return outcomes[sent.length - 1] ?? { kind: 'accepted', response: '250 OK' }
    },
    check: () => Promise.resolve(),
    close: () => undefined,
  }
}

describe('sending a letter', () => {
  let office: Office
  let house: House
  let people: Record<'sato' | 'suzuki' | 'tanaka', Person>
  let threadId: string

  beforeEach(async () => {
    // No postman of its own: the tests carry the letters.
    office = await openOffice({ smtp: null })
    house = office.house
    const all = await house.store.people.list()
    const named = (email: string) => all.find((one) => one.email.startsWith(email)) as Person
    people = { sato: named('sato'), suzuki: named('suzuki'), tanaka: named('tanaka') }
    await office.imap.append(testMail({ body: '返品したい' }))
    const [thread] = await until('the mail', async () => {
      const list = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 5 })
      return list.length === 1 && list
    })
    threadId = thread?.id ?? ''
  })
  afterEach(() => office.close())

  async function approvedReply() {
    const reply = { letterId: null, revision: 1, subject: 'Re: x', body: 'ご案内します。' }
    await writeReply(house, threadId, reply, people.sato)
    const [waiting] = await house.store.letters.list(['awaiting_approval'], 5)
    await approveShown(house, waiting?.id ?? '', people.suzuki)
    return queued()
  }

  async function queued() {
    const [letter] = await house.store.letters.due(house.now(), 5)
    if (!letter) throw new Error('nothing is queued')
    return letter
  }

  async function confirmedSuspension() {
    const given = { revision: 1, opinion: harassment({ severity: 3 }) }
    await review(house, threadId, given, people.sato)
    await review(house, threadId, given, people.suzuki)
    await propose(
      house,
      threadId,
      { measureKind: 'suspension', reason: 'r', ...beside },
      people.sato,
    )
    const [measure] = await house.store.measures.list(['proposed'], 5)
    const { sha256 } = await previewNotice(house, measure?.id ?? '', 'suspension')
    await confirm(house, measure?.id ?? '', wordOn(sha256), people.tanaka)
    return queued()
  }

  const stateOf = async (id: string) => (await house.store.letters.find(id))?.state
  const measureState = async () =>
    (await house.store.measures.list(['proposed', 'confirmed', 'in_force', 'not_announced'], 5))[0]
      ?.state

  it('sends what was approved, once, under the Message-ID of its approval', async () => {
    const letter = await approvedReply()
    const smtp = answering()
    await Promise.all([deliver(house, smtp, letter), deliver(house, smtp, letter)])

    expect(smtp.sent).toHaveLength(1)
    const unfolded = smtp.sent[0]?.toString().replace(/\r\n[ \t]+/g, ' ')
    expect(unfolded).toContain(`Message-ID: ${letter.messageId}`)
    expect(await stateOf(letter.id)).toBe('sent')
  })

  it('makes what was sent part of the conversation that rules read', async () => {
    await deliver(house, answering(), await approvedReply())
    const filed = (await house.store.threads.filed([threadId])).get(threadId)
    expect(filed?.mails.map(({ mail }) => [mail.dir, mail.body.trim()])).toEqual([
      ['in', '返品したい'],
      ['out', expect.stringMatching(/^ご案内します。\n\n受付番号：[0-9A-Z-]{24}$/)],
    ])
  })

  it('waits and tries again after a temporary failure, and gives up after many', async () => {
    const letter = await approvedReply()
    const busy: SendOutcome = { kind: 'temporary', reason: '451 later' }
    await deliver(house, answering(busy), letter)

    const delayed = await house.store.letters.find(letter.id)
    expect(delayed).toMatchObject({ state: 'queued', attempts: 1, answer: '451 later' })
    expect((delayed?.nextAttemptAt ?? '') > house.now()).toBe(true)
    expect(await house.store.letters.due(house.now(), 5)).toEqual([])

    const later = { ...house, now: () => '2027-06-01T00:00:00.000Z' }
    for (let n = 0; n < 10; n += 1) await deliver(later, answering(busy), letter)
    expect(await stateOf(letter.id)).toBe('refused')
  })

  it('never sends a letter again by itself whose result is unknown, until a supervisor says so', async () => {
    const letter = await approvedReply()
    await deliver(house, answering({ kind: 'uncertain', reason: 'lost after the dot' }), letter)
    const again = answering()
    await deliver(house, again, letter)
    expect(again.sent).toHaveLength(0)
    expect(await stateOf(letter.id)).toBe('uncertain')

    expect(await settleUncertain(house, letter.id, 'sent', 'x', people.sato)).toMatchObject({
      reason: 'not_allowed',
    })
    await settleUncertain(house, letter.id, 'queued', '相手に確認した', people.tanaka)
    await deliver(house, again, letter)
    expect(again.sent).toHaveLength(1)
  })

  it('keeps what the server answered until the database takes it', async () => {
    const letter = await approvedReply()
    let failures = 2
    const { matters } = house.store
    const commit: typeof matters.commit = (loaded, events, contents) => {
      const failing = events.some(({ kind }) => kind === 'letter_sent') && failures > 0
      if (!failing) return matters.commit(loaded, events, contents)
      failures -= 1
      return Promise.reject(new Error('the disk is full'))
    }
    const full = { ...house, store: { ...house.store, matters: { ...matters, commit } } }
    await deliver(full, answering(), letter)
    expect(failures).toBe(0)
    expect(await stateOf(letter.id)).toBe('sent')
  })

  it('sends again what its postman cannot have handed over, and nothing else', async () => {
    const letter = await approvedReply()
    const dying = (dies: 'before' | 'after'): Smtp => ({
      ...answering(),
      async send(_, __, handingOver) {
        if (dies === 'after') await handingOver()
        throw new Error('the process ends')
      },
    })
    await expect(deliver(house, dying('before'), letter)).rejects.toThrow('ends')
    await abandon(house, letter)
    expect(await house.store.letters.find(letter.id)).toMatchObject({
      state: 'queued',
      attempts: 1,
    })

    const later = { ...house, now: () => '2027-06-01T00:00:00.000Z' }
    await expect(deliver(later, dying('after'), letter)).rejects.toThrow('ends')
    await abandon(house, letter)
    expect(await stateOf(letter.id)).toBe('uncertain')
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('begins a suspension when the notice is accepted, never at the click', async () => {
    const letter = await confirmedSuspension()
    expect(await measureState()).toBe('confirmed')
    await deliver(house, answering(), letter)
    expect(await measureState()).toBe('in_force')
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('leaves a suspension without effect when its notice was refused or its result is unknown', async () => {
    const letter = await confirmedSuspension()
    await deliver(house, answering({ kind: 'uncertain', reason: 'lost' }), letter)
    expect(await measureState()).toBe('confirmed')
    await settleUncertain(house, letter.id, 'cancelled', '届いていない', people.tanaka)
    expect(await measureState()).toBe('not_announced')
  })

  it('cancels a reply whose sender was muted after its approval', async () => {
    await office.imap.append(testMail({ subject: '別件', body: 'もう一件' }))
    const second = await until('the second thread', async () => {
      const list = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 5 })
      return list.find(({ id }) => id !== threadId)
    })
    const notice = await confirmedSuspension()
    const reply = { letterId: null, revision: 1, subject: 'Re', body: '承知しました。' }
    await writeReply(house, second.id, reply, people.sato)
    const [waiting] = await house.store.letters.list(['awaiting_approval'], 5)
    await approveShown(house, waiting?.id ?? '', people.suzuki)
    await deliver(house, answering(), notice)
    const smtp = answering()
    await deliver(house, smtp, await queued())

    expect(smtp.sent).toHaveLength(0)
    expect(await stateOf(waiting?.id ?? '')).toBe('cancelled')
  })

  it('ends a suspension whose notice bounces: the sender was not told', async () => {
    const letter = await confirmedSuspension()
    await deliver(house, answering(), letter)
    const report = [
      'From: MAILER-DAEMON@mx.example',
      'Subject: Undelivered',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Status: 5.1.1',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: ${letter.messageId}`,
      '',
      '--b--',
      '',
    ]
    await office.imap.append(Buffer.from(report.join('\r\n')))
    await until('the bounce', async () => (await measureState()) === 'not_announced')
    const list = await house.store.queue.list({ states: ['filed', 'new'] }, { offset: 0, limit: 5 })
    expect(list).toEqual([])
  })

  it('brings an answer to the notice before a supervisor: it may be an objection', async () => {
    const letter = await confirmedSuspension()
    await deliver(house, answering(), letter)
    await office.imap.append(
      testMail({
        body: 'この決定には納得できません。',
        headers: [`In-Reply-To: ${letter.messageId}`],
      }),
    )
    const [alert] = await until('the alert', async () => {
      const open = await house.store.alerts.list('open', 5)
      return open.length > 0 && open
    })
    expect(alert?.reasons).toContain('objection')
  })

  it('takes the code of the notice for an answer to it, where the mail names nothing else', async () => {
    const letter = await confirmedSuspension()
    await deliver(house, answering(), letter)
    const [code] = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}/.exec(letter.body) ?? []
    await office.imap.append(testMail({ subject: '新しい件', body: `異議があります。${code}` }))
    const [alert] = await until('the alert', async () => {
      const open = await house.store.alerts.list('open', 5)
      return open.length > 0 && open
    })
    expect(alert).toMatchObject({ threadId, reasons: expect.arrayContaining(['objection']) })
  })

  it('lets one of two supervisors through who confirm at once, and sends one notice', async () => {
    const given = { revision: 1, opinion: harassment({ severity: 3 }) }
    await review(house, threadId, given, people.sato)
    await review(house, threadId, given, people.suzuki)
    await propose(house, threadId, { measureKind: 'warning', reason: 'r', ...beside }, people.sato)
    const [measure] = await house.store.measures.list(['proposed'], 5)
    const { sha256 } = await previewNotice(house, measure?.id ?? '', 'warning')
    const press = () => confirm(house, measure?.id ?? '', wordOn(sha256), people.tanaka)
    const outcomes = await Promise.all([press(), press()])

    expect(outcomes.map((one) => (one.kind === 'refused' ? one.reason : one.kind)).sort()).toEqual([
      'done',
      'not_proposed',
    ])
    expect(await house.store.letters.due(house.now(), 5)).toHaveLength(1)
  })
})
