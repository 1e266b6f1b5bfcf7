import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { addMailbox } from '../../src/flow/mailboxes.ts'
import { referenceFor } from '../../src/flow/reference.ts'
import { writeReply } from '../../src/flow/review.ts'
import { verify } from '../../src/flow/verify.ts'
import type { Smtp } from '../../src/mail/smtp.ts'
import { approveShown } from '../support/approving.ts'
import { engines } from '../support/database.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { type TestMail, testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const day = 86_400_000
let count = 0

const accepting: Smtp = {
  send: () => Promise.resolve({ kind: 'accepted', response: '250 OK' }),
  check: () => Promise.resolve(),
  close: () => undefined,
}

/** Every way in which a mail finds its thread, or must not, through the real pipeline. */
describe.each(engines)('on %s a mail', (engine) => {
  let site: TestSite
  let sato: Person
  let suzuki: Person

  beforeAll(async () => {
    site = await openSite(engine)
    const people = await site.house.store.people.list()
    sato = people.find(({ name }) => name === 'reviewer') as Person
    suzuki = people.find(({ name }) => name === 'second') as Person
    const department = { ja: '経理', en: 'Billing' }
    const box = { name: 'billing', address: 'billing@hinata-kurashi.example', department }
    await addMailbox(site.house, mailboxSettings({ ...box, folders: ['Billing'] }), {}, null)
  })
  afterAll(() => site.close())

  /** Somebody new each time, at a domain of their own. */
  const somebody = () => {
    count += 1
    return `a${count}@p${count}.example`
  }
  const idOf = (name: string) => `<${name}-${count}@x.example>`
  const mail = (over: TestMail) => site.deliver(testMail(over))

  async function threadOf(messageId: string): Promise<string> {
    const found = await site.database.sql(
      `select thread_id from messages where message_id = '${messageId}'`,
    )
    expect(found).toHaveLength(1)
    return String(found[0]?.thread_id)
  }
  const together = async (...ids: string[]) =>
    new Set(await Promise.all(ids.map(threadOf))).size === 1

  /** A first mail, and the letter of ours that answered it. */
  async function answered(from: string, subject = '返品について') {
    const first = idOf('first')
    await mail({ from, subject, messageId: first, body: '返品の方法を教えてください。' })
    const threadId = await threadOf(first)
    const reply = { letterId: null, revision: 1, subject: '', body: 'ご案内いたします。' }
    await writeReply(site.house, threadId, reply, sato)
    const waiting = (await site.house.store.letters.list(['awaiting_approval'], 50)).find(
      (one) => one.threadId === threadId,
    )
    await approveShown(site.house, waiting?.id ?? '', suzuki)
    const queued = await site.house.store.letters.find(waiting?.id ?? '')
    if (!queued) throw new Error('nothing was queued')
    await deliver(site.house, accepting, queued)
    return { first, threadId, letter: queued }
  }

  describe('that names others', () => {
    it.each<[string, (first: string) => string[]]>([
      ['only In-Reply-To', (first) => [`In-Reply-To: ${first}`]],
      ['only References', (first) => [`References: ${first}`]],
      [
        'References in the wrong order',
        (first) => [`References: <z@other.example> ${first} <y@other.example>`],
      ],
      ['References twice over', (first) => [`References: ${first} ${first} ${first}`]],
      ['References that are folded', (first) => [`References: <z@other.example>\r\n\t${first}`]],
      [
        'References that were cut in the middle',
        (first) => [`References: <never-ends@other.exam\r\n ${first}`],
      ],
      ['In-Reply-To with words around it', (first) => [`In-Reply-To: Your mail ${first} of today`]],
    ])('joins their thread by %s', async (_, headers) => {
      const from = somebody()
      const [first, second] = [idOf('first'), idOf('second')]
      await mail({ from, subject: '見積もり', messageId: first, body: 'a' })
      await mail({
        from,
        subject: 'Re: 価格の件',
        messageId: second,
        headers: headers(first),
        body: 'b',
      })
      expect(await together(first, second)).toBe(true)
    })

    it('joins the nearest of several threads that it names', async () => {
      const from = somebody()
      const [one, two, answer] = [idOf('one'), idOf('two'), idOf('answer')]
      await mail({ from, subject: '契約', messageId: one, body: 'a' })
      await mail({ from, subject: '配送', messageId: two, body: 'b' })
      await mail({
        from,
        subject: 'Re: 契約と配送',
        messageId: answer,
        headers: [`References: ${one} ${two}`],
        body: 'c',
      })
      expect(await together(two, answer)).toBe(true)
    })

    it('opens a new thread where an old mail was only taken for its References', async () => {
      const from = somebody()
      const [first, other] = [idOf('first'), idOf('other')]
      await mail({ from, subject: '請求書', messageId: first, body: 'a' })
      await mail({
        from,
        subject: '社員旅行のご案内',
        messageId: other,
        headers: [`References: ${first}`],
        body: 'b',
      })
      expect(await together(first, other)).toBe(false)
    })

    it('joins what it answers by In-Reply-To, also under an edited subject', async () => {
      const from = somebody()
      const [first, second] = [idOf('first'), idOf('second')]
      await mail({ from, subject: '請求書', messageId: first, body: 'a' })
      await mail({
        from,
        subject: '請求書の再送のお願い',
        messageId: second,
        headers: [`In-Reply-To: ${first}`],
        body: 'b',
      })
      expect(await together(first, second)).toBe(true)
    })

    it('is found by its answer that came before it, in one batch or two', async () => {
      for (const batches of [1, 2]) {
        const from = somebody()
        const [parent, child] = [idOf('parent'), idOf('child')]
        const raws = [
          testMail({
            from,
            subject: 'その後の件',
            messageId: child,
            headers: [`In-Reply-To: ${parent}`],
            body: 'b',
          }),
          testMail({ from, subject: '最初の件', messageId: parent, body: 'a' }),
        ]
        if (batches === 1) await site.deliver(...raws)
        else for (const raw of raws) await site.deliver(raw)
        expect(await together(parent, child)).toBe(true)
      }
    })

    it('is not captured by a stranger who said to await it', async () => {
      const from = somebody()
      const [trap, mine] = [idOf('trap'), idOf('mine')]
      await mail({
        from: 'evil@other.example',
        messageId: trap,
        subject: '罠',
        headers: [`In-Reply-To: ${mine}`],
        body: 'x',
      })
      await mail({ from, messageId: mine, subject: '相談', body: 'a' })
      expect(await together(trap, mine)).toBe(false)
    })

    it('joins years later by References, by subject only within 30 days', async () => {
      const from = somebody()
      const [old, byReference, bySubject, late] = ['old', 'ref', 'sub', 'late'].map(idOf) as [
        string,
        string,
        string,
        string,
      ]
      const ago = (days: number) => ({ receivedAt: new Date(Date.now() - days * day) })
      const raw = (messageId: string, headers: string[] = []) =>
        testMail({ from, subject: '保証の延長', messageId, headers, body: messageId })
      await site.deliverAs(ago(700), raw(old))
      await site.deliverAs(ago(300), raw(byReference, [`In-Reply-To: ${old}`]))
      expect(await together(old, byReference)).toBe(true)
      await site.deliverAs(ago(280), raw(bySubject))
      expect(await together(old, bySubject)).toBe(true)
      await site.deliverAs(ago(249), raw(late))
      expect(await together(old, late)).toBe(false)
    })
  })

  describe('of somebody else', () => {
    it('joins neither by a forged In-Reply-To nor by the same subject', async () => {
      const from = somebody()
      const [first, forged] = [idOf('first'), idOf('forged')]
      await mail({ from, subject: '請求', messageId: first, body: 'a' })
      await mail({
        from: 'stranger@other.example',
        subject: 'Re: 請求',
        messageId: forged,
        headers: [`In-Reply-To: ${first}`, `References: ${first}`],
        body: 'b',
      })
      expect(await together(first, forged)).toBe(false)
    })

    it('joins nothing by claiming our own address', async () => {
      const from = somebody()
      const [first, forged] = [idOf('first'), idOf('forged')]
      await mail({ from, subject: '請求', messageId: first, body: 'a' })
      await mail({
        from: 'support@hinata-kurashi.example',
        authenticated: false,
        subject: 'Re: 請求',
        messageId: forged,
        headers: [`In-Reply-To: ${first}`],
        body: 'b',
      })
      expect(await together(first, forged)).toBe(false)
    })

    it('captures no answer by bearing a Message-ID that we know', async () => {
      const from = somebody()
      const [first, answer] = [idOf('first'), idOf('answer')]
      await mail({ from, subject: '返金', messageId: first, body: 'a' })
      const theirs = await threadOf(first)
      for (const n of [1, 2, 3, 4]) {
        const copy = { messageId: first, subject: `罠${n}`, headers: [`Cc: ${from}`] }
        await mail({ ...copy, from: `evil${n}@other.example`, body: `${n}` })
      }
      await mail({
        from,
        subject: 'Re: 返金の続き',
        messageId: answer,
        headers: [`In-Reply-To: ${first}`],
        body: 'b',
      })
      expect(await threadOf(answer)).toBe(theirs)
    })

    it('joins where the sender had copied them in, and is marked as another person', async () => {
      const from = somebody()
      const [first, copied] = [idOf('first'), idOf('copied')]
      const boss = `boss${count}@elsewhere.example`
      await mail({ from, subject: '工事', messageId: first, headers: [`Cc: ${boss}`], body: 'a' })
      await mail({
        from: boss,
        subject: 'Re: 工事',
        messageId: copied,
        headers: [`In-Reply-To: ${first}`],
        body: 'b',
      })
      expect(await together(first, copied)).toBe(true)
      const loaded = await site.house.store.matters.find(await threadOf(first))
      expect(loaded?.matter.thread.assessed?.flags).toContain('other_sender')
    })

    it('joins from another address that is known to be the sender’s', async () => {
      const from = somebody()
      const [first, second] = [idOf('first'), idOf('second')]
      await mail({ from, subject: '点検', messageId: first, body: 'a' })
      const { senderId } = (await site.house.store.matters.find(await threadOf(first)))!.matter
        .thread
      const other = `private${count}@home.example`
      await site.database.sql(
        `insert into sender_addresses (address, sender_id) values ('${other}', '${senderId}')`,
      )
      await mail({
        from: other,
        subject: 'Re: 点検日の変更',
        messageId: second,
        headers: [`In-Reply-To: ${first}`],
        body: 'b',
      })
      expect(await together(first, second)).toBe(true)
      const loaded = await site.house.store.matters.find(await threadOf(first))
      expect(loaded?.matter.thread.assessed?.flags).not.toContain('other_sender')
    })

    it('is the same mail in two of our mailboxes, and one thread', async () => {
      const from = somebody()
      const messageId = idOf('both')
      const raw = testMail({ from, subject: 'お問い合わせ', messageId, body: '両方へ' })
      await site.deliver(raw)
      await site.deliverAs({ mailbox: 'billing' }, raw)
      const rows = await site.database.sql(
        `select thread_id from messages where message_id = '${messageId}'`,
      )
      expect(rows).toHaveLength(2)
      expect(new Set(rows.map((row) => row.thread_id)).size).toBe(1)
    })
  })

  describe('that names nobody', () => {
    it.each([
      ['修理代の件', '修理代の件', true],
      ['修理代の件', 'Re: 修理代の件', true],
      ['お問い合わせ', 'お問い合わせ', false],
      ['お問い合わせ', 'Re: お問い合わせ', true],
      ['【重要】', '【重要】', false],
      ['【至急】見積もりの件', '【至急】見積もりの件', true],
      ['Re:', 'Re:', false],
      ['', '', false],
      ['ホームページからのお問い合わせ', 'ホームページからのお問い合わせ', false],
      ['Contact form submission', 'Contact form submission', false],
      ['ご質問', 'ご質問', false],
    ])('under %j and then %j goes on with the matter: %s', async (before, after, joins) => {
      const from = somebody()
      const [first, second] = [idOf('first'), idOf('second')]
      await mail({ from, subject: before, messageId: first, body: 'a' })
      await mail({ from, subject: after, messageId: second, body: 'b' })
      expect(await together(first, second)).toBe(joins)
    })

    it('from a form that nobody answers is another customer’s each time', async () => {
      count += 1
      const from = `no-reply@form${count}.example`
      const [first, second] = [idOf('first'), idOf('second')]
      await mail({ from, subject: '修理申し込み（Web）', messageId: first, body: 'a' })
      await mail({ from, subject: '修理申し込み（Web）', messageId: second, body: 'b' })
      expect(await together(first, second)).toBe(false)
    })
  })

  describe('that answers a letter of ours', () => {
    it('finds its thread by the code in the subject, from months ago, with no reference', async () => {
      const from = somebody()
      const { threadId, letter } = await answered(from)
      const code = referenceFor(site.house, threadId)
      expect(letter.subject).toBe(`Re: 返品について [受付番号 ${code}]`)
      expect(letter.body).toContain(code)
      const answer = idOf('answer')
      const raw = testMail({ from, subject: `RE: ${letter.subject}`, messageId: answer, body: 'b' })
      await site.deliverAs({ receivedAt: new Date(Date.now() + 200 * day) }, raw)
      expect(await threadOf(answer)).toBe(threadId)
    })

    it.each<[string, (code: string, messageId: string) => string]>([
      ['the code in the quoted foot', (code) => `はい。\n> 受付番号: ${code}`],
      ['the code as people write it', (code) => `番号は${wide(code.toLowerCase())}です`],
      ['our Message-ID in the quoted head', (_, id) => `ok\n----\nMessage-ID: ${id}\n`],
    ])('finds its thread by %s', async (_, body) => {
      const from = somebody()
      const { threadId, letter } = await answered(from)
      const answer = idOf('answer')
      const words = body(referenceFor(site.house, threadId), letter.messageId ?? '')
      await mail({ from, subject: '別の件名で失礼します', messageId: answer, body: words })
      expect(await threadOf(answer)).toBe(threadId)
    })

    it('brings in somebody to whom it was passed on, as another person, and our answer goes to the sender', async () => {
      const from = somebody()
      const { threadId } = await answered(from)
      const passed = idOf('passed')
      const code = referenceFor(site.house, threadId)
      await mail({ from: 'lawyer@law.example', subject: code, messageId: passed, body: '代理です' })
      expect(await threadOf(passed)).toBe(threadId)
      const { thread } = (await site.house.store.matters.find(threadId))!.matter
      expect(thread.assessed?.flags).toContain('other_sender')

      const reply = { letterId: null, revision: 2, subject: '', body: '承知しました。' }
      await writeReply(site.house, threadId, reply, sato)
      const [draft] = await site.house.store.letters.list(['awaiting_approval'], 1)
      expect(draft?.toAddress).toBe(from)
    })

    it('joins nothing by a code that we did not give out', async () => {
      const from = somebody()
      const { threadId } = await answered(from)
      const code = referenceFor(site.house, threadId)
      const last = code.at(-1) === 'A' ? 'B' : 'A'
      const forged = idOf('forged')
      await mail({
        from: 'evil@other.example',
        subject: `Re: [受付番号 ${code.slice(0, -1)}${last}]`,
        messageId: forged,
        body: 'x',
      })
      expect(await threadOf(forged)).not.toBe(threadId)
    })

    it('carries one code, however often it goes back and forth', async () => {
      const from = somebody()
      const { threadId, letter } = await answered(from)
      const again = idOf('again')
      await mail({ from, subject: `RE: ${letter.subject}`, messageId: again, body: letter.body })
      expect(await threadOf(again)).toBe(threadId)
      const reply = { letterId: null, revision: 2, subject: '', body: `${letter.body}\n追記` }
      await writeReply(site.house, threadId, reply, sato)
      const draft = (await site.house.store.letters.list(['awaiting_approval'], 50)).find(
        (one) => one.threadId === threadId,
      )
      expect(draft?.subject.match(/受付番号/g)).toHaveLength(1)
      expect(draft?.body.match(/受付番号/g)).toHaveLength(1)
    })
  })

  describe('with a partner’s ticket number', () => {
    it.each([
      ['[Ticket#12345] 障害のご報告', 'RE: 復旧のお知らせ [Ticket#12345]'],
      ['【案件No.123】着手', '完了しました【案件No.123】'],
      ['Outage (ID:ABC-1234)', 'Closed (ID:ABC-1234)'],
      ['[OPS-77] opened', '[OPS-77] resolved'],
      ['［＃881］受付', '[#881] 完了'],
    ])('in %j and in %j is one thread, whoever of theirs writes', async (before, after) => {
      const from = somebody()
      const domain = from.slice(from.indexOf('@') + 1)
      const [first, second, third] = [idOf('first'), idOf('second'), idOf('third')]
      await mail({ from, subject: before, messageId: first, body: 'a' })
      await mail({ from: `desk@${domain}`, subject: after, messageId: second, body: 'b' })
      await mail({ from: 'desk@rival.example', subject: after, messageId: third, body: 'c' })
      expect(await together(first, second)).toBe(true)
      expect(await together(first, third)).toBe(false)
    })

    it('ties no two people of a mail provider together, and nobody who is not verified', async () => {
      const from = somebody()
      const domain = from.slice(from.indexOf('@') + 1)
      const ids = ['one', 'two', 'three', 'four'].map(idOf) as [string, string, string, string]
      const number = `[Ticket#${count}77]`
      await mail({ from: `x${count}@gmail.com`, subject: number, messageId: ids[0], body: 'a' })
      await mail({ from: `y${count}@gmail.com`, subject: number, messageId: ids[1], body: 'b' })
      expect(await together(ids[0], ids[1])).toBe(false)
      await mail({ from, subject: number, messageId: ids[2], body: 'c' })
      await mail({
        from: `evil@${domain}`,
        authenticated: false,
        subject: number,
        messageId: ids[3],
        body: 'd',
      })
      expect(await together(ids[2], ids[3])).toBe(false)
    })

    it('stays in one thread while the subject grows, and nothing of ours goes out', async () => {
      const from = somebody()
      const ids: string[] = []
      let subject = '修理依頼'
      for (let n = 1; n <= 8; n += 1) {
        subject = `[#${count}${n}] Ticket Received - ${subject}`
        ids.push(idOf(`loop${n}`))
        await mail({ from, subject, messageId: ids.at(-1) ?? '', body: `${n}` })
      }
      expect(await together(...ids)).toBe(true)
      const due = await site.house.store.letters.due('2099', 10)
      expect(due.filter(({ toAddress }) => toAddress === from)).toEqual([])
    })

    it('opens no thread after thread where a machine answers without end', async () => {
      const from = somebody()
      const ids = Array.from({ length: 40 }, (_, n) => idOf(`auto${n}`))
      for (const [n, messageId] of ids.entries()) {
        await mail({
          from,
          subject: `Automatic answer ${'x'.repeat(n + 1)}`,
          messageId,
          headers: ['Auto-Submitted: auto-replied'],
          body: `${n}`,
        })
      }
      const threads = new Set(await Promise.all(ids.map(threadOf)))
      expect(threads.size).toBe(5)
      const states = await Promise.all(
        [...threads].map(async (id) => (await site.house.store.matters.find(id))?.matter),
      )
      expect(states.every((matter) => matter?.thread.filed)).toBe(true)
    })
  })

  it('finds older threads too: what brings them up to date makes the same places of codes', async () => {
    const tail = engine === 'SQLite' ? 'substr' : 'right'
    const place = `upper(${tail}(replace(id, '-', ''), ${engine === 'SQLite' ? '-8' : '8'}))`
    const other = await site.database.sql(`select id from threads where reference <> ${place}`)
    expect(other).toEqual([])
  })

  it('leaves a record that holds', async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
  })
})

/** As a Japanese keyboard writes letters and digits by default. */
function wide(text: string): string {
  return text.replace(/[0-9a-z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
}
