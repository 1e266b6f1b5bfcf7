import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSmtp } from '../../src/demo/servers.ts'
import { isFileName } from '../../src/domain/attachment.ts'
import type { Person } from '../../src/domain/person.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { leavingMail } from '../../src/flow/outgoing.ts'
import { change } from '../../src/flow/reply.ts'
import { approve, writeReply } from '../../src/flow/review.ts'
import { attachFiles, detachFile, dropTyped, saveTyped } from '../../src/flow/typed.ts'
import { verify } from '../../src/flow/verify.ts'
import { dropSnippet, snippetText, writeSignature, writeSnippet } from '../../src/flow/wordings.ts'
import { readMail } from '../../src/mail/read.ts'
import { openSmtp } from '../../src/mail/smtp.ts'
import { sha256 } from '../../src/store/sealing.ts'
import type { WrittenLetter } from '../../src/store/threads.ts'
import { checkWording, snippetVariables } from '../../src/templates.snippets.ts'
import { approveShown } from '../support/approving.ts'
import { engines } from '../support/database.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const pdf = Buffer.from('%PDF-1.7\n請求書の中身')

describe.each(engines)('a reply on %s', (engine) => {
  let site: TestSite
  let threadId: string
  let author: Person
  let second: Person
  let supervisor: Person

  beforeAll(async () => {
    site = await openSite(engine)
    const named = await staffOf(site)
    author = named('reviewer')
    second = named('second')
    supervisor = named('supervisor')
  }, 120_000)
  afterAll(() => site.close())
  beforeEach(async () => {
    threadId = await threadOf({ name: '山田 太郎', body: '返品したいです。' })
  })

  /** A thread of a customer of its own. */
  let customers = 0
  async function threadOf(mail: { name: string; body: string }): Promise<string> {
    customers += 1
    const subject = `返品 ${customers}`
    const from = `customer${customers}@aozora.example`
    await site.deliver(testMail({ ...mail, from, subject }))
    const list = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 99 })
    return list.find((one) => one.subject === subject)?.id ?? ''
  }
  async function sign(content: string): Promise<void> {
    const mailbox = (await site.house.store.mailboxes.find('support'))?.id ?? ''
    const version = (await site.house.store.wordings.signature(mailbox))?.version ?? 0
    const outcome = await writeSignature(site.house, mailbox, { content, version }, supervisor)
    expect(reasonOf(outcome)).toBe('done')
  }

  const text = (over: object = {}) => ({
    letterId: null,
    revision: 1,
    subject: 'Re: 返品',
    body: 'ご案内します。',
    ...over,
  })
  const reasonOf = (outcome: { kind: string; reason?: string }) => outcome.reason ?? outcome.kind
  async function handedIn(over: object = {}): Promise<WrittenLetter> {
    expect(reasonOf(await writeReply(site.house, threadId, text(over), author))).toBe('done')
    const [letter] = await site.house.store.letters.list(['awaiting_approval'], 1)
    if (!letter) throw new Error('nothing waits')
    return letter
  }
  async function shownNow(letter: WrittenLetter) {
    const mail = await leavingMail(site.house, letter, site.house.now())
    if (!mail) throw new Error('it cannot be sent')
    return mail
  }
  const typed = (body: string, over: number) =>
    ({ threadId, kind: 'reply', words: { replyBody: body }, over }) as const
  const draftOf = (who: Person) =>
    site.house.store.drafts.find({ personId: who.id, threadId, kind: 'reply' })

  describe('as it is typed', () => {
    it('is kept for its author alone, without an event', async () => {
      const before = await site.house.store.log.head()
      for (const [n, body] of ['ご', 'ご案', 'ご案内'].entries()) {
        expect(await saveTyped(site.house, typed(body, n), author)).toMatchObject({ kind: 'saved' })
      }
      expect(await draftOf(author)).toMatchObject({ version: 3, words: { replyBody: 'ご案内' } })
      expect(await draftOf(second)).toBeNull()
      expect(await site.house.store.log.head()).toEqual(before)
      expect((await site.house.store.letters.list(['draft'], 5)).length).toBe(0)
    })

    it('tells an older page what the newer one saved, and loses neither', async () => {
      await saveTyped(site.house, typed('一つ目の画面', 0), author)
      await saveTyped(site.house, typed('二つ目の画面', 1), author)
      const told = await saveTyped(site.house, typed('一つ目の続き', 1), author)
      expect(told).toMatchObject({
        kind: 'older',
        draft: { version: 2, words: { replyBody: '二つ目の画面' } },
      })
      const kept = await saveTyped(site.house, typed('一つ目の続き', 2), author)
      expect(kept).toMatchObject({ kind: 'saved', draft: { version: 3 } })
    })

    it('lets one of two pages win that save at the same moment', async () => {
      const both = await Promise.all([
        saveTyped(site.house, typed('甲', 0), author),
        saveTyped(site.house, typed('乙', 0), author),
      ])
      expect(both.map(({ kind }) => kind).sort()).toEqual(['older', 'saved'])
    })

    it('is no draft any more once it is handed in, and a late save says so', async () => {
      await saveTyped(site.house, typed('ご案内します。', 0), author)
      await handedIn()
      expect(await draftOf(author)).toBeNull()
      expect(await saveTyped(site.house, typed('ご案内します。！', 1), author)).toEqual({
        kind: 'gone',
      })
    })

    it('is for who may write there, and thrown away with its files', async () => {
      const auditor = (await staffOf(site))('auditor')
      expect(reasonOf(await saveTyped(site.house, typed('x', 0), auditor))).toBe('not_allowed')
      await saveTyped(site.house, typed('x', 0), author)
      const file = { filename: '請求書.pdf', bytes: pdf }
      await attachFiles(site.house, { threadId, letterId: null }, [file], author)
      await dropTyped(site.house, { personId: author.id, threadId, kind: 'reply' })
      expect(await draftOf(author)).toBeNull()
      expect(await site.house.store.uploads.pending(threadId, author.id, null)).toEqual([])
    })
  })

  describe('as it is approved', () => {
    it('leaves byte for byte as it was shown, files and formatting and signature', async () => {
      const { house } = site
      await sign('{{ department }}\n{{ company }}')
      const to = { threadId, letterId: null }
      const files = [
        { filename: '請求書（最終）.pdf', bytes: pdf },
        {
          filename: 'long name of a file which needs more than one line in a header.txt',
          bytes: Buffer.from('a'),
        },
      ]
      expect(reasonOf(await attachFiles(house, to, files, author))).toBe('done')
      const letter = await handedIn({ body: '**重要** です。\n\n- 一\n- 二', formatted: true })
      const mail = await shownNow(letter)
      expect(reasonOf(await approve(house, letter.id, mail, second))).toBe('done')
      // What happens afterwards changes nothing of what was approved.
      await sign('別の署名')
      site.pass(3_600_000)

      const server = await startSmtp()
      const smtp = openSmtp({ host: server.host, port: server.port, secure: false })
      const due = await house.store.letters.due(house.now(), 50)
      const queued = due.find(({ id }) => id === letter.id)
      if (!queued) throw new Error('nothing is queued')
      await deliver(house, smtp, queued)
      smtp.close()
      await server.stop()
      const [arrived] = server.received
      expect(sha256(arrived?.raw ?? '')).toBe(mail.sha256)
      const read = await readMail(arrived?.raw ?? Buffer.from(''), [])
      expect(read.subject).toBe(mail.subject)
      expect(read.text.trim()).toBe(mail.text.trim())
      expect(read.text).toContain('重要 です。')
      expect(read.text).toContain('-- \nお客様')
      expect(read.html).toContain('<strong>重要</strong>')
      expect(read.attachments.map(({ filename, sha256: hash }) => [filename, hash])).toEqual(
        files.map(({ filename, bytes }) => [filename, sha256(bytes)]),
      )
      expect((await verify(house.store)).flaws).toEqual([])
    })

    it.each([
      ['nothing is formatted', { formatted: true }],
      ['nobody asked for formatting', { body: '**そのまま**' }],
    ])('is plain text alone where %s', async (_, over) => {
      const mail = await shownNow(await handedIn(over))
      expect(mail.html).toBeNull()
      expect(mail.raw.toString()).not.toContain('multipart')
    })

    it.each([
      ['the signature changed', async () => sign(`署名 ${customers}`)],
      [
        'somebody changed the words',
        async (letter: WrittenLetter) => {
          const words = { subject: letter.subject, body: '別の文', before: letter.contentSha256 }
          await change(site.house, letter.id, words, supervisor)
        },
      ],
      ['the page is a day old', async () => site.pass(24 * 3_600_000)],
    ])('is refused where %s meanwhile', async (_, meanwhile) => {
      const letter = await handedIn()
      const mail = await shownNow(letter)
      await meanwhile(letter)
      expect(reasonOf(await approve(site.house, letter.id, mail, second))).toBe('mail_changed')
      expect((await site.house.store.letters.find(letter.id))?.state).toBe('awaiting_approval')
      expect(reasonOf(await approveShown(site.house, letter.id, second))).toBe('done')
    })

    it('goes to its author again when the approver changes it, version by version', async () => {
      const letter = await handedIn()
      const words = {
        subject: letter.subject,
        body: 'ご案内いたします。',
        before: letter.contentSha256,
      }
      expect(reasonOf(await change(site.house, letter.id, words, second))).toBe('done')
      expect(reasonOf(await approveShown(site.house, letter.id, second))).toBe('own_reply')
      const versions = await site.house.store.letterVersions.of(letter.id)
      expect(versions.map((one) => one.author)).toEqual([author.id, second.id])
      expect(reasonOf(await approveShown(site.house, letter.id, author))).toBe('done')
      expect((await verify(site.house.store)).flaws).toEqual([])
    })
  })

  describe('with files', () => {
    const put = (filename: string, bytes = pdf, who = author) =>
      attachFiles(site.house, { threadId, letterId: null }, [{ filename, bytes }], who)

    it('takes as many and as large ones as mail servers take', async () => {
      expect(reasonOf(await put('a.pdf', Buffer.alloc(0)))).toBe('file_empty')
      expect(reasonOf(await put('a.pdf', Buffer.alloc(5 * 1024 * 1024 + 1)))).toBe('file_too_large')
      const large = Buffer.alloc(5 * 1024 * 1024)
      expect(reasonOf(await put('a.pdf', large))).toBe('done')
      expect(reasonOf(await put('b.pdf', large))).toBe('done')
      expect(reasonOf(await put('c.pdf'))).toBe('file_too_large')
    })

    it('keeps them the uploader’s own until they are handed in, and in the hash from then on', async () => {
      await put('a.pdf')
      await put('b.pdf')
      const [first] = await site.house.store.uploads.pending(threadId, author.id, null)
      expect(await site.house.store.uploads.pending(threadId, second.id, null)).toEqual([])
      await expect(detachFile(site.house, threadId, first?.id ?? '', second)).rejects.toThrow()
      await detachFile(site.house, threadId, first?.id ?? '', author)
      const letter = await handedIn()
      expect(letter.files.map(({ filename }) => filename)).toEqual(['b.pdf'])
      const bare = { ...letter, files: [] }
      expect((await shownNow(bare)).sha256).not.toBe((await shownNow(letter)).sha256)
      expect(await site.house.store.uploads.pending(threadId, author.id, null)).toEqual([])
    })
  })

  describe('with snippets', () => {
    const snippet = (over: object = {}) => ({
      mailboxId: null,
      title: 'お礼',
      content: '{{ customer }} 様\nお問い合わせありがとうございます（{{ reference }}）。',
      version: 0,
      ...over,
    })
    const only = async () => {
      const [one] = await site.house.store.wordings.snippets('all')
      if (!one) throw new Error('no snippet')
      return one
    }

    it('has the customer’s own data in it, as data', async () => {
      const id = await threadOf({ name: '{{ company }}\n<b>', body: 'はい。' })
      expect(reasonOf(await writeSnippet(site.house, null, snippet(), supervisor))).toBe('done')
      const record = await site.house.store.threads.find(id)
      if (!record) throw new Error('no thread')
      const words = await snippetText(site.house, record, (await only()).id, author)
      await dropSnippet(site.house, (await only()).id, supervisor)
      expect(words).toMatch(
        /^\{\{ company \}\} ?<b> 様\nお問い合わせありがとうございます（[\w-]{12,}）。$/,
      )
    })

    it('is changed by supervisors, each version over the one that they saw', async () => {
      expect(reasonOf(await writeSnippet(site.house, null, snippet(), author))).toBe('not_allowed')
      await writeSnippet(site.house, null, snippet(), supervisor)
      const { id, version } = await only()
      const next = snippet({ content: '別の文', version })
      expect(reasonOf(await writeSnippet(site.house, id, next, supervisor))).toBe('done')
      expect(reasonOf(await writeSnippet(site.house, id, next, supervisor))).toBe(
        'wording_changed_meanwhile',
      )
      expect((await verify(site.house.store)).flaws).toEqual([])
      expect(reasonOf(await dropSnippet(site.house, id, supervisor))).toBe('done')
      expect(await site.house.store.wordings.snippets('all')).toEqual([])
      expect((await verify(site.house.store)).flaws).toEqual([])
    })
  })

  describe('when somebody goes past the product', () => {
    it('is not changed by anybody past the product, and what is missing is found', async () => {
      const letter = await handedIn()
      await approveShown(site.house, letter.id, second)
      const refused = (statement: string) => expect(site.database.sql(statement)).rejects.toThrow()
      await refused(`update letters set body = 'x' where id = '${letter.id}'`)
      await refused(`update letter_versions set words = '{}' where letter_id = '${letter.id}'`)
      await site.database.sql(`delete from letter_versions where letter_id = '${letter.id}'`)
      expect((await verify(site.house.store)).flaws.join()).toMatch(/version .* is missing/)
      await site.database.sql(`update snippets set content = 'x'`)
      await site.database.sql(`update snippets set removed = ${engine === 'SQLite' ? 0 : 'false'}`)
      expect((await verify(site.house.store)).flaws.join()).toContain('snippet')
    })
  })
})

const vectors = '../shared/vectors'

describe.skipIf(!existsSync(vectors))('the vectors kept beside the project', () => {
  const cases = <T>(name: string): T[] =>
    existsSync(vectors) ? JSON.parse(readFileSync(`${vectors}/${name}.json`, 'utf8')).cases : []
  const fine = ['att-20', 'att-21', 'att-22']

  it.each(
    cases<{ id: string; filename: string }>('attachment_names').map((c) => [c.id, c.filename]),
  )('let no file leave under a name that is not plain: %s', (id, name) =>
    expect(isFileName(name)).toBe(fine.includes(id)),
  )

  it.each(
    cases<{ id: string; field: string; value: string }>('header_injection')
      .filter(({ field }) => field === 'attachmentName')
      .map((c) => [c.id, c.value]),
  )('let no header in by a file’s name: %s', (_, name) => expect(isFileName(name)).toBe(false))

  it.each(
    cases<{ id: string; template: string }>('template_injection').map((c) => [c.id, c.template]),
  )('run nothing from a snippet: %s', (_, template) => {
    const flaws = checkWording(template, snippetVariables)
    // What is taken is words alone: it asks for nothing, or escapes what stands there.
    if (flaws.length === 0)
      expect(template).not.toMatch(/\{%(?! (?:end)?(?:raw|comment))|\{\{(?!7)[^{}]*\.|\|/)
    else expect(flaws[0]?.kind).toMatch(/^(syntax|unknown_variable|unsendable)$/)
  })
})
