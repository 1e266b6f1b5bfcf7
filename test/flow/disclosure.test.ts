import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DisclosureAnswer } from '../../src/domain/disclosure.ts'
import type { Person } from '../../src/domain/person.ts'
import { checkPackage } from '../../src/evidence/check.ts'
import { report as reportToDesk } from '../../src/flow/consultation.ts'
import { answerDisclosure, discloseTo, requestDisclosure } from '../../src/flow/disclosure.ts'
import { hold } from '../../src/flow/holds.ts'
import type { House } from '../../src/flow/house.ts'
import { recordIncident } from '../../src/flow/incidents.ts'
import { addNote } from '../../src/flow/notes.ts'
import { openParser } from '../../src/flow/parse.ts'
import { noteSender } from '../../src/flow/senders.ts'
import { recordObjection } from '../../src/flow/suspension.ts'
import { saveTyped } from '../../src/flow/typed.ts'
import { verify } from '../../src/flow/verify.ts'
import { newKey } from '../../src/vault.ts'
import { suspendSomebody } from '../support/affair.ts'
import { engines } from '../support/database.ts'
import { temporaryFolder } from '../support/folder.ts'
import { harassment } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { filesOf } from '../support/packages.ts'
import { openSite, type TestSite } from '../support/site.ts'

const parser = openParser({ workers: 1, timeoutMs: 20_000 })
const folder = temporaryFolder()
afterAll(async () => {
  await parser.close()
  folder[Symbol.dispose]()
})

/** What nobody outside may read, wherever it was written down. */
const confidential = [
  ...['山吹', '静香', '内輪のメモ', '下書きの言葉', '相談の言葉', '一次意見', '訴訟の準備'],
  ...['再三の侮辱', '三通にわたり', '担当者への侮辱', '家族の手紙', 'ほかの客の言葉'],
]

describe.each(engines)('what a person is told on %s', { timeout: 180_000 }, (engine) => {
  let site: TestSite
  let house: House
  let named: (name: string) => Person
  let senderId: string
  const done = { kind: 'done' }

  beforeAll(async () => {
    site = await openSite(engine, {
      MAMORI_ENCRYPTION_KEY: newKey(),
      MAMORI_CHECKPOINT_KEY_FILE: join(folder.path, `${engine}.pem`),
    })
    house = site.house
    await site.hire('boss', ['supervisor'])
    await site.hire('山吹 静香', ['reviewer'])
    named = await staffOf(site)
    senderId = (await suspendSomebody(site)).senderId
    await keepMuchAboutThem()
  })
  afterAll(() => site.close())

  async function keepMuchAboutThem() {
    const shizuka = named('山吹 静香')
    const [box] = await house.store.mailboxes.list()
    const mailboxId = box?.id ?? ''
    const [thread] = await house.store.kept.of('threads', 'senderId', [senderId])
    const threadId = thread?.id ?? ''
    const [notice] = await house.store.kept.of('letters', 'threadId', [threadId])
    const note = { senderId, mailboxId, text: '山吹（静香）が折返した。常連。', corrects: null }
    expect(await noteSender(house, note, shizuka)).toEqual(done)
    expect(await addNote(house, threadId, { body: '内輪のメモ', mentions: [] }, shizuka)).toEqual(
      done,
    )
    const words = { subject: '', body: '下書きの言葉' }
    const typed = { threadId, kind: 'reply', words, over: 0 } as const
    expect((await saveTyped(house, typed as never, named('second'))).kind).toBe('saved')
    const call = {
      kind: 'phone',
      minutes: 40,
      account: '山吹に怒鳴った',
      recording: 'r-1',
    } as const
    const what = { incidentId: house.newId(), mailboxId, occurredAt: house.now(), takenBy: null }
    const given = { ...call, ...what, sender: senderId, postUrl: '', picture: null }
    const opinion = { ...harassment(), reason: '一次意見' }
    expect((await recordIncident(house, given, opinion, shizuka)).kind).toBe('recorded')
    expect(await hold(house, 'sender', senderId, '訴訟の準備', named('boss'))).toEqual(done)
    const [measure] = await house.store.kept.of('measures', 'senderId', [senderId])
    const objection = { way: 'phone', note: '納得できない（山吹が聞く）' } as const
    expect(await recordObjection(house, measure?.id ?? '', objection, shizuka)).toEqual(done)
    const wish = { wish: 'confidential', words: '相談の言葉', hiddenFrom: [] } as const
    await reportToDesk(house, { id: randomUUID(), ...wish }, shizuka)
    const headers = [`In-Reply-To: ${notice?.messageId}`]
    const family = { from: 'wife@gouriki.example', name: '妻', body: '家族の手紙', headers }
    await site.deliver(
      testMail(family),
      testMail({ from: 'else@other.example', body: 'ほかの客の言葉' }),
      // Their own address, as some program of theirs writes it.
      testMail({ from: 'Kuroiwa@Gouriki.example', body: '先日の者です。' }),
    )
  }

  const ask = (who: string, over: Record<string, string> = {}) =>
    requestDisclosure(
      house,
      {
        ...{ senderId, receivedOn: house.now().slice(0, 10), reason: 'すべて知りたい' },
        ...{ identityCheck: '免許証の写し（山吹が確認）', ...over },
      },
      named(who),
    )
  async function answer(who: string, given: Partial<DisclosureAnswer> = {}) {
    const [request] = await house.store.disclosures.list(1)
    const whole = { how: 'given', withheld: [], answer: '', ...given } as const
    return answerDisclosure(house, request?.id ?? '', whole, named(who))
  }
  const made = async (name: string, language: 'ja' | 'en' = 'ja') => {
    const out = join(folder.path, `${engine}-${name}.zip`)
    const disclosed = await discloseTo(house, parser.take, { senderId, language, by: null, out })
    const files = await filesOf(out)
    const root = `mamori-disclosure-${disclosed.senderId}`
    const text = (path: string) => String(files.get(`${root}/data/${path}`))
    return { out, disclosed, files, text, record: JSON.parse(text('record.json')) }
  }

  it('is asked for with a proof of who asks, and answered by another supervisor', async () => {
    await expect(made('early')).rejects.toThrow(/no request of this person was answered/)
    const nobody = { kind: 'refused', reason: 'not_allowed' }
    expect(await ask('reviewer')).toEqual(nobody)
    const missing = await ask('supervisor', { identityCheck: ' ' })
    expect(missing).toMatchObject({ reason: 'identity_check_missing' })
    expect(await ask('supervisor')).toEqual(done)
    expect(await ask('boss')).toMatchObject({ reason: 'request_open' })
    expect(await answer('supervisor')).toMatchObject({ reason: 'own_request' })
    expect(await answer('boss', { how: 'refused' })).toMatchObject({ reason: 'reason_missing' })
    const repeated = { withheld: [{ part: 'notes', ground: 'repeated' }] } as const
    expect(await answer('boss', repeated)).toMatchObject({ reason: 'disclosure_not_repeated' })
    const event = "'data_disclosed'"
    const forged = `insert into events (seq, at, kind, content, previous_hash, hash) values (99999, '', ${event}, '{"requestId":"x"}', '', 'x')`
    await expect(site.database.sql(forged)).rejects.toThrow(/two people have answered/)
    const withheld = [{ part: 'notes', ground: 'hampers' }] as const
    expect(await answer('boss', { withheld, answer: 'ご説明します' })).toEqual(done)
    expect(await answer('boss')).toMatchObject({ reason: 'request_closed' })
  })

  it('says what is withheld and why, in a package that anyone can check, on record', async () => {
    const { out, disclosed, text, record } = await made('partly')
    const { flaws, mails, letters, shown } = await checkPackage(out)
    expect(flaws).toEqual([])
    expect({ mails, letters }).toEqual({ mails: 3, letters: 1 })
    expect(shown).toBeGreaterThan(2)
    expect(disclosed).toMatchObject({ state: 'partly', mails: 3 })
    expect(record).toMatchObject({
      request: { outcome: 'partly', answer: 'ご説明します' },
      mailsOfOthers: 1,
      notes: [],
      measures: [{ kind: 'suspension', state: 'in_force' }],
      held: [{ what: 'sender' }],
    })
    const page = text('report.html')
    expect(page).toContain('業務の適正な実施に著しい支障')
    expect(page).toContain('ご説明します')
    const last = await house.store.log.lastOf('data_disclosed')
    expect(last?.event).toMatchObject({ manifestSha256: disclosed.manifestSha256, by: null })
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('is everything of theirs and nothing that is confidential, in either language', async () => {
    expect(await ask('boss')).toEqual(done)
    expect(await answer('supervisor')).toEqual(done)
    const { disclosed, text, record, files } = await made('whole')
    expect(record).toMatchObject({
      notes: [{ text: '[職員]（[職員]）が折返した。常連。', by: ['reviewer'] }],
      incidents: [
        {
          kind: 'phone',
          minutes: 40,
          account: '[職員]に怒鳴った',
          isRecorded: true,
          decision: null,
        },
      ],
      decisions: [{ outcome: 'harassment', categories: ['verbal_abuse'] }],
    })
    expect(JSON.stringify(record.measures)).toContain('納得できない（[職員]が聞く）')
    expect(text('report.html')).toContain('[職員]に怒鳴った')
    const shown = [...files]
    if (engine === 'SQLite') {
      const english = await made('english', 'en')
      expect(english.text('report.html')).toContain('What is kept on 黒岩')
      shown.push(...english.files)
      const again = await made('again')
      expect(again.disclosed.manifestSha256).toBe(disclosed.manifestSha256)
    }
    for (const [path, bytes] of shown) {
      for (const words of [...confidential, ...staffIds()]) {
        const coded = Buffer.from(words).toString('base64').slice(0, -4)
        const isIn = bytes.includes(words) || bytes.includes(coded)
        expect(isIn, `${words} in ${path}`).toBe(false)
      }
    }
    expect((await verify(house.store)).flaws).toEqual([])
  })

  const staffIds = () => ['reviewer', 'second', 'supervisor', 'boss'].map((one) => named(one).id)
})
