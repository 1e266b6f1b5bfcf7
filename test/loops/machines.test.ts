import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { carry } from '../../src/loops/postman.ts'
import { readMail } from '../../src/mail/read.ts'
import { openSmtp } from '../../src/mail/smtp.ts'
import { approvedLetters } from '../support/letters.ts'
import { testMail, until } from '../support/office.ts'
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** Answers every mail it gets, at once, by a program that knows no RFC 3834. */
const rude = { subject: '自動返信: ', headers: [] }
const polite = { subject: 'Automatic reply: ', headers: ['Auto-Submitted: auto-replied'] }

describe('two answering machines that answer everything', () => {
  let site: TestSite
  let smtp: ScriptedSmtp
  let carrying: Promise<void> = Promise.resolve()
  const stop = new AbortController()
  beforeEach(async () => {
    site = await openSite()
    smtp = await startScriptedSmtp()
  })
  afterEach(async () => {
    stop.abort()
    await carrying
    await smtp.stop()
    await site.close()
  })

  it('get one letter each, and the exchange ends with their one answer', async () => {
    const letters = await approvedLetters(site, 2)
    const answers: Promise<void>[] = []
    smtp.onAccepted = ({ raw, to: [to = ''] }) => {
      answers.push(answerOf(raw, to, to === letters[0]?.to ? rude : polite))
    }
    const client = openSmtp({ host: '127.0.0.1', port: smtp.port, secure: false })
    carrying = carry(site.house, client, stop.signal)

    await until('both to be sent and answered', async () => answers.length === 2)
    await Promise.all(answers)
    // Whatever an answer sets off would be queued with it, in the same transaction.
    const { store } = site.house
    expect(await store.letters.list(['draft', 'awaiting_approval', 'queued'], 5)).toEqual([])
    expect(await store.queue.list({ states: 'open' }, { offset: 0, limit: 5 })).toEqual([])
    expect(await store.alerts.list('open', 5)).toEqual([])
    expect(smtp.accepted).toHaveLength(2)
    const rows = await site.database.sql("select nature from messages where nature = 'report'")
    expect(rows).toHaveLength(2)
  })

  async function answerOf(raw: Buffer, from: string, by: typeof rude | typeof polite) {
    const { messageId, subject } = await readMail(raw, [])
    const headers = [...by.headers, `In-Reply-To: ${messageId}`]
    const answer = { from, subject: by.subject + subject, body: '受け付けました。', headers }
    await site.deliver(testMail(answer))
  }
})
