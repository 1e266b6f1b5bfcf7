import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkPackage } from '../../src/evidence/check.ts'
import { suspendSomebody } from '../support/affair.ts'
import { engines } from '../support/database.ts'
import { temporaryFolder } from '../support/folder.ts'
import { made } from '../support/made.ts'
import { testMail, until } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

/** Folders that exports made and did not take away. */
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('mamori-case-'))

describe.each(engines)('cases, on %s', { timeout: 120_000 }, (engine) => {
  let site: TestSite
  let supervisor: Visitor
  let senderId: string
  let keys: ReturnType<typeof temporaryFolder>
  beforeAll(async () => {
    keys = temporaryFolder()
    const file = join(keys.path, 'key.pem')
    site = await openSite(engine, { MAMORI_CHECKPOINT_KEY_FILE: file })
    senderId = (await suspendSomebody(site)).senderId
    await site.deliver(testMail({ from: 'calm@cases.example', name: '静か', body: 'はい' }))
    supervisor = await site.as('supervisor')
  }, 120_000)
  afterAll(async () => {
    await site.close()
    keys[Symbol.dispose]()
  })

  const textOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()

  const exported = async (id: string | null, form: Record<string, string> = {}) =>
    made(supervisor, await supervisor.post(`/cases/${id}/package`, form))

  it('lists who was found to harass, with what was found and what holds now', async () => {
    const page = await textOf(supervisor, '/cases')
    expect(page).toContain(`/cases/${senderId}`)
    expect(page).toMatch(/スレッド1件.*対応停止：/s)
    expect(page).not.toContain('静か')
    const [line] = await site.house.store.cases.list({ before: null, limit: 9 })
    expect(line).toMatchObject({ senderId, threads: 1, incidents: 0 })
    expect(
      await site.house.store.cases.list({
        before: { at: line?.lastAt ?? '', id: senderId },
        limit: 9,
      }),
    ).toEqual([])
  })

  it('tells the course of one in order, without a word of the customer’s', async () => {
    const page = await textOf(supervisor, `/cases/${senderId}`)
    const at = (words: string) => page.indexOf(words)
    expect(at('カスタマーハラスメントと判断</a>')).toBeGreaterThan(0)
    expect(at('対応停止を提案')).toBeGreaterThan(at('カスタマーハラスメントと判断</a>'))
    expect(at('対応停止を通知')).toBeGreaterThan(at('対応停止を提案'))
    const record = await site.house.store.senders.find(senderId)
    const mails = await site.database.sql('select text from messages')
    expect(record?.mails).toBeGreaterThan(0)
    for (const { text } of mails) {
      if (String(text).length > 8) expect(page).not.toContain(String(text).slice(0, 12))
    }
  })

  it('goes out as a package by a supervisor’s hand, on record, and leaves no file behind', async () => {
    const before = left()
    const answer = await exported(senderId)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain(`mamori-case-${senderId}.zip`)
    using folder = temporaryFolder()
    const file = join(folder.path, 'case.zip')
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    expect((await checkPackage(file)).flaws).toEqual([])
    expect(left()).toEqual(before)
    const last = await site.house.store.log.lastOf('case_exported')
    const people = await site.house.store.people.list()
    expect(people.find(({ id }) => id === last?.event.by)?.name).toBe('supervisor')
    const auditor = await site.as('auditor')
    expect(await textOf(supervisor, `/cases/${senderId}`)).toContain('事案の資料を書き出す')
    expect(await textOf(auditor, `/cases/${senderId}`)).not.toContain('事案の資料を書き出す')
    expect((await auditor.post(`/cases/${senderId}/package`)).status).toBe(403)
    expect((await supervisor.post('/cases/nobody/package')).status).toBe(404)
  })

  it('shows how far a long one is, to whoever asked for it, and then gives the file', async () => {
    const from = 'long@cases.example'
    await site.deliver(testMail({ from, body: '田中さんにも伝えてください。' }))
    const { dossiers } = site.house.store
    const id = await dossiers.sender({ id: '', address: from })
    const gate = Promise.withResolvers<void>()
    // A case that takes long: its mails are not read before somebody looked.
    const read = dossiers.mails
    const slow = vi.spyOn(dossiers, 'mails').mockImplementation(async (ids) => {
      await gate.promise
      return read(ids)
    })
    const answer = await supervisor.post(`/cases/${id}/package`)
    expect(answer.status).toBe(303)
    const place = answer.headers.get('location') ?? ''
    expect(await textOf(supervisor, place)).toContain('資料を作っています')
    expect((await supervisor.get(`${place}/file`)).status).toBe(404)
    await site.hire('other', ['supervisor'])
    expect((await (await site.as('other')).get(place)).status).toBe(404)
    gate.resolve()
    slow.mockRestore()
    await until('the file', async () => (await textOf(supervisor, place)).includes('保存する'))
    for (const _ of [1, 2]) {
      const saved = await supervisor.get(`${place}/file`)
      expect((await saved.arrayBuffer()).byteLength).toBe(
        Number(saved.headers.get('content-length')),
      )
    }
  })

  it('hides whom the form names, and says what cannot be hidden', async () => {
    const id = await site.house.store.dossiers.sender({ id: '', address: 'long@cases.example' })
    const answer = await exported(id, { hidden: '田中\n', others: 'yes' })
    using folder = temporaryFolder()
    const file = join(folder.path, 'masked.zip')
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    expect(await checkPackage(file)).toMatchObject({ flaws: [], masked: 1 })
    const refused = await supervisor.post(`/cases/${id}/package`, { hidden: 'x' })
    expect(await refused.text()).toContain('伏せる語句は1行に1つ')
  })

  it('gives an error page and no half file where nothing can be signed', async () => {
    await site.deliver(testMail({ from: 'late@cases.example', body: 'あとから' }))
    const other = await site.house.store.dossiers.sender({ id: '', address: 'late@cases.example' })
    const before = left()
    const { checkpointKey } = site.house
    Object.assign(site.house, { checkpointKey: () => null })
    const answer = await exported(other)
    Object.assign(site.house, { checkpointKey })
    expect(answer.status).toBe(500)
    expect(await answer.text()).toContain('資料を書き出せませんでした')
    expect(left()).toEqual(before)
    expect((await exported(other)).status).toBe(200)
  })

  it('is for supervisors and auditors, each in their mailboxes', async () => {
    expect((await (await site.as('reviewer')).get('/cases')).status).toBe(403)
    expect((await (await site.as('auditor')).get(`/cases/${senderId}`)).status).toBe(200)
    await site.hire('elsewhere', ['supervisor'], { supervisor: ['nowhere'] })
    const elsewhere = await site.as('elsewhere')
    expect(await textOf(elsewhere, '/cases')).not.toContain(senderId)
    expect((await elsewhere.get(`/cases/${senderId}`)).status).toBe(404)
  })
})
