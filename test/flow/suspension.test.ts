import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import type { Terms } from '../../src/domain/terms.ts'
import { makeDigests } from '../../src/flow/digest.ts'
import type { Outcome } from '../../src/flow/house.ts'
import { answerMuted } from '../../src/flow/mute-answer.ts'
import { previewNotice } from '../../src/flow/notice.ts'
import { markRepresentative, unmarkRepresentative } from '../../src/flow/representatives.ts'
import { review } from '../../src/flow/review.ts'
import { sendStaffMail } from '../../src/flow/staff-mail.ts'
import { confirm, expire, lift, propose } from '../../src/flow/suspend.ts'
import {
  recordObjection,
  remindOfReviews,
  renew,
  reviewSuspension,
} from '../../src/flow/suspension.ts'
import { verify } from '../../src/flow/verify.ts'
import type { Smtp } from '../../src/mail/smtp.ts'
import { newKey } from '../../src/vault.ts'
import { accepting, sendAll } from '../support/affair.ts'
import { approveShown } from '../support/approving.ts'
import { engines } from '../support/database.ts'
import { beside, gateOpen, termsHere, wordOn } from '../support/gates.ts'
import { mailboxSettings } from '../support/inbox.ts'
import { harassment } from '../support/matters.ts'
import { queueNotice, staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const day = 86_400_000
const kuroiwa = 'kuroiwa@gouriki.example'

/** A server that takes everything and shows what it got. */
function taking(): Smtp & { readonly mails: string[] } {
  const mails: string[] = []
  return {
    mails,
    send: (_, raw) => {
      mails.push(raw.toString('utf8'))
      return accepting.send({ from: '', to: '', archive: null }, raw, async () => undefined)
    },
    check: () => Promise.resolve(),
    close: () => undefined,
  }
}

const reasonOf = (outcome: Outcome) => (outcome.kind === 'refused' ? outcome.reason : 'done')

describe.each(engines)('a suspension on %s', (engine) => {
  let site: TestSite
  let named: (name: string) => Person

  beforeEach(async () => {
    site = await openSite(engine, { MAMORI_ENCRYPTION_KEY: newKey(), SMTP_HOST: 'mail.example' })
    site.stopClock()
    await site.hire('boss', ['supervisor'])
    const act = { at: site.house.now(), by: null, newId: site.house.newId }
    const billing = mailboxSettings({ name: 'billing', address: 'billing@hinata-kurashi.example' })
    await site.house.store.mailboxes.add('billing', { ...billing, folders: [] }, null, act)
    named = await staffOf(site)
  })
  afterEach(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  })

  /** The thread of the newest mail with that subject. */
  async function threadIn(subject: string): Promise<string> {
    const all = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 50 })
    return all.find((one) => one.subject === subject)?.id ?? ''
  }

  async function suspended(terms: Partial<Terms> = {}): Promise<string> {
    await arrive('返品したい。お前は無能だ。')
    const id = await queueNotice(site, await threadIn('返品'), 'suspension', terms)
    await sendAll(site)
    return id
  }

  /** A mail of the suspended customer, right now by the site's clock. */
  function arrive(body: string, headers: string[] = [], mailbox = 'support', subject = '返品') {
    const receivedAt = new Date(site.house.now())
    return site.deliverAs({ mailbox, receivedAt }, testMail({ subject, body, headers }))
  }

  const measure = async (id: string) => {
    const found = await site.house.store.measures.find(id)
    if (!found) throw new Error('no such measure')
    return found
  }
  const muted = async () => {
    const rows = await site.database.sql('select muted_by from messages order by id')
    return rows.map((row) => row.muted_by !== null)
  }
  const events = async (kind: string) =>
    (await site.house.store.log.list({}, 500)).filter(({ event }) => event.kind === kind)

  it('in one mailbox leaves the others alone, and one in all mailboxes does not', async () => {
    await suspended()
    await arrive('また書いている。', [], 'support')
    await arrive('請求書を送ってください。', [], 'billing', '請求')
    expect(await muted()).toEqual([false, true, false])
    expect(await threadIn('請求')).not.toBe('')
  })

  it('in all mailboxes is for people whose roles cover all of them', async () => {
    await arrive('返品したい。お前は無能だ。')
    const thread = await threadIn('返品')
    const support = await site.house.store.mailboxes.find('support')
    const local = await site.hire('local', ['supervisor'], { supervisor: [support?.id ?? ''] })
    const given = { revision: 1, opinion: harassment({ severity: 3 }) }
    await review(site.house, thread, given, named('reviewer'))
    await review(site.house, thread, given, named('second'))
    const all = { ...termsHere, scope: 'all' } as const
    const wish = { measureKind: 'suspension', reason: '再三', ...beside, terms: all } as const
    expect(reasonOf(await propose(site.house, thread, wish, local))).toBe('scope_too_wide')
    expect(reasonOf(await propose(site.house, thread, wish, named('reviewer')))).toBe('done')
    const [proposed] = await site.house.store.measures.list(['proposed'], 1)
    const { sha256 } = await previewNotice(site.house, proposed?.id ?? '', 'suspension')
    const word = (who: Person) => confirm(site.house, proposed?.id ?? '', wordOn(sha256), who)
    expect(reasonOf(await word(local))).toBe('scope_too_wide')
    expect(reasonOf(await word(named('supervisor')))).toBe('done')
    await sendAll(site)
    await arrive('請求書を送れ。', [], 'billing', '請求')
    expect((await muted()).at(-1)).toBe(true)
  })

  it('says in its notice what stays open, where to write, and where it holds', async () => {
    const id = await suspended({
      openTopics: ['legal', 'own_data'],
      openLine: '配送中の荷物のこと',
      openAddress: 'legal@hinata-kurashi.example',
    })
    const { threadId } = await measure(id)
    const record = await site.house.store.threads.find(threadId)
    const notice = record?.letters.find(({ kind }) => kind === 'suspension')
    for (const words of ['弁護士', '個人情報の開示', '配送中の荷物のこと', 'legal@', 'この窓口']) {
      expect(notice?.body).toContain(words)
    }
    expect(notice?.body).not.toContain('事故・製品の安全・お体に関わるご連絡')
  })

  it('keeps the words of a template that knows nothing of what can be chosen', async () => {
    const { templates, policy } = site.house
    expect(policy.suspension.remindDays).toBe(14)
    const old = templates
      .file('suspension.ja')
      .replaceAll('{{ scope }}での', '')
      .replace('scope, ', '')
    const { checkTemplate } = await import('../../src/templates.check.ts')
    expect(checkTemplate('suspension.ja', old)).toEqual([])
  })

  describe('proposed', () => {
    it('waits until what the gate asks is answered, in words where the mail is flagged', async () => {
      await arrive(
        '聴覚に障害があり電話ができません。合理的配慮としてメールで対応してください。無能め。',
      )
      const thread = await threadIn('返品')
      const given = { revision: 1, opinion: harassment({ severity: 3 }) }
      await review(site.house, thread, given, named('reviewer'))
      await review(site.house, thread, given, named('second'))
      const wish = { measureKind: 'suspension', reason: '再三', ...beside } as const
      const tried = async (over: Partial<typeof gateOpen>, terms = termsHere) => {
        const gate = { ...gateOpen, ...over }
        const proposal = { ...wish, gate, terms }
        return reasonOf(await propose(site.house, thread, proposal, named('reviewer')))
      }
      const loaded = await site.house.store.matters.find(thread)
      expect(loaded?.matter.thread.assessed?.flags).toContain('accommodation')
      expect(await tried({ own_fault: null })).toBe('gate_unanswered')
      expect(await tried({ own_fault: { answer: 'open', words: '' } })).toBe('gate_own_fault')
      expect(await tried({ accommodation: { answer: 'no', words: '' } })).toBe('gate_words_missing')
      const answered = { answer: 'handled', words: 'メールで対応すると回答した' } as const
      const unnamed = { answer: 'no', words: '何もない' } as const
      expect(await tried({ accommodation: answered, fair_request: unnamed })).toBe(
        'gate_fair_request_unnamed',
      )
      expect(
        await tried({ accommodation: answered }, { ...termsHere, openTopics: ['legal'] }),
      ).toBe('stays_open_flagged')
      expect(await tried({ accommodation: answered })).toBe('done')
      const [proposed] = await events('measure_proposed')
      expect(proposed?.event).toMatchObject({ gate: { accommodation: answered } })
    })
  })

  describe('objected to', () => {
    async function objected(): Promise<string> {
      const id = await suspended()
      const { threadId } = await measure(id)
      const record = await site.house.store.threads.find(threadId)
      const notice = record?.letters.find(({ kind }) => kind === 'suspension')
      await arrive('納得できません。', [`In-Reply-To: ${notice?.messageId}`])
      return id
    }

    it('by a mail that answers the notice, is on record once and waits for somebody else', async () => {
      const id = await objected()
      const { threadId } = await measure(id)
      const record = await site.house.store.threads.find(threadId)
      const notice = record?.letters.find(({ kind }) => kind === 'suspension')
      await arrive('まだ返事がない。', [`In-Reply-To: ${notice?.messageId}`])
      const { objections } = await measure(id)
      expect(objections).toMatchObject([{ way: 'mail', recordedBy: null, outcome: null }])
      expect(await site.house.store.measures.objectedTo(9)).toMatchObject([{ id }])

      const objectionId = objections[0]?.id ?? ''
      const keep = { objectionId, outcome: 'keep', reason: '妥当', endsAt: null } as const
      const decided = async (who: string) =>
        reasonOf(await reviewSuspension(site.house, id, keep, named(who)))
      expect(await decided('supervisor')).toBe('confirmer_cannot_decide')
      expect(await decided('reviewer')).toBe('not_allowed')
      expect(await decided('boss')).toBe('done')
      expect(await decided('boss')).toBe('objection_closed')
      expect(await measure(id)).toMatchObject({
        state: 'in_force',
        objections: [{ outcome: 'keep', reason: '妥当' }],
      })
      const [answer] = await site.house.store.letters.list(['awaiting_approval'], 5)
      expect(answer).toMatchObject({ kind: 'objection', approver: null })
      expect(answer?.body).toContain('停止を継続いたします')
      expect(reasonOf(await approveShown(site.house, answer?.id ?? '', named('boss')))).toBe(
        'own_reply',
      )
      await approveShown(site.house, answer?.id ?? '', named('supervisor'))
      await sendAll(site)
      expect((await site.house.store.letters.find(answer?.id ?? ''))?.state).toBe('sent')
      expect((await measure(id)).state).toBe('in_force')
    })

    it('can end earlier, and is over then', async () => {
      const id = await suspended()
      const told = { way: 'phone', note: '電話で、納得できないとのこと' } as const
      expect(reasonOf(await recordObjection(site.house, id, told, named('reviewer')))).toBe('done')
      expect(reasonOf(await recordObjection(site.house, id, told, named('reviewer')))).toBe(
        'objection_open',
      )
      const [objection] = (await measure(id)).objections
      const shorten = (days: number) => ({
        objectionId: objection?.id ?? '',
        outcome: 'shorten' as const,
        reason: '謝罪があった',
        endsAt: new Date(Date.parse(site.house.now()) + days * day).toISOString(),
      })
      const decide = async (days: number) =>
        reasonOf(await reviewSuspension(site.house, id, shorten(days), named('boss')))
      expect(await decide(200)).toBe('end_wrong')
      expect(await decide(-1)).toBe('end_wrong')
      expect(await decide(10)).toBe('done')
      site.pass(11 * day)
      await arrive('また書きます。')
      expect((await muted()).at(-1)).toBe(false)
      expect(await expire(site.house)).toBe(1)
      expect((await measure(id)).state).toBe('expired')
    })

    it('is met when the suspension is lifted', async () => {
      const id = await objected()
      expect(reasonOf(await lift(site.house, id, '誤りだった', named('boss')))).toBe('done')
      expect(await measure(id)).toMatchObject({
        state: 'lifted',
        objections: [{ outcome: 'lift' }],
      })
      await arrive('ありがとう。')
      expect((await muted()).at(-1)).toBe(false)
    })
  })

  describe('at its review date', () => {
    it('is reminded of once, and renewed by two supervisors who took no part', async () => {
      const id = await suspended()
      const given = { reason: '再開の兆しがある', gate: gateOpen, terms: termsHere }
      const renewed = async (who: string) =>
        reasonOf(await renew(site.house, id, given, named(who)))
      expect(await remindOfReviews(site.house)).toBe(0)
      expect(await renewed('boss')).toBe('too_early_to_renew')
      site.pass(80 * day)
      expect(await remindOfReviews(site.house)).toBe(1)
      expect(await remindOfReviews(site.house)).toBe(0)
      expect(await events('review_reminded')).toHaveLength(1)

      expect(await renewed('supervisor')).toBe('confirmer_cannot_decide')
      expect(await renewed('boss')).toBe('done')
      const [next] = await site.house.store.measures.list(['proposed'], 1)
      expect(next).toMatchObject({ renews: id, proposer: named('boss').id })
      const nextId = next?.id ?? ''
      const { sha256, body } = await previewNotice(site.house, nextId, 'renewal')
      expect(body).toContain('停止を続けると判断いたしました')
      const word = async (who: string) =>
        reasonOf(await confirm(site.house, nextId, wordOn(sha256), named(who)))
      expect(await word('boss')).toBe('involved_cannot_confirm')
      expect(await word('supervisor')).toBe('done')
      expect((await measure(id)).state).toBe('in_force')
      await sendAll(site)
      expect((await measure(id)).state).toBe('renewed')
      expect((await measure(nextId)).state).toBe('in_force')
      site.pass(150 * day)
      await arrive('返事をしろ。')
      expect((await muted()).at(-1)).toBe(true)
    })

    it('ends by its date where nobody renews it, and cannot be renewed any more', async () => {
      const id = await suspended()
      site.pass(179 * day)
      const given = { reason: '続ける', gate: gateOpen, terms: termsHere }
      expect(reasonOf(await renew(site.house, id, given, named('boss')))).toBe('done')
      site.pass(2 * day)
      const [next] = await site.house.store.measures.list(['proposed'], 1)
      const { sha256 } = await previewNotice(site.house, next?.id ?? '', 'renewal')
      const late = await confirm(site.house, next?.id ?? '', wordOn(sha256), named('supervisor'))
      expect(reasonOf(late)).toBe('not_in_force')
    })

    it('may be kept until another date, with an answer to the sender', async () => {
      const id = await suspended()
      site.pass(91 * day)
      const before = await measure(id)
      const keep = { objectionId: null, outcome: 'keep', reason: '妥当', endsAt: null } as const
      expect(reasonOf(await reviewSuspension(site.house, id, keep, named('boss')))).toBe('done')
      const after = await measure(id)
      expect(after.endsAt).toBe(before.endsAt)
      expect((after.reviewAt ?? '') > (before.reviewAt ?? '')).toBe(true)
    })
  })

  it('never mutes a representative for their address', async () => {
    const id = await suspended()
    const { senderId } = await measure(id)
    const wish = { address: kuroiwa, reason: '代理人の弁護士' }
    const mark = async (who: string, given = wish) =>
      reasonOf(await markRepresentative(site.house, senderId, given, named(who)))
    expect(await mark('reviewer')).toBe('not_allowed')
    expect(await mark('supervisor', { ...wish, reason: ' ' })).toBe('reason_missing')
    expect(await mark('supervisor', { ...wish, address: 'x@y.example' })).toBe('address_wrong')
    expect(await mark('supervisor')).toBe('done')
    expect(await mark('boss')).toBe('representative_there')
    await arrive('代理人の弁護士です。ご連絡は当職あてにお願いします。')
    expect((await muted()).at(-1)).toBe(false)
    await unmarkRepresentative(site.house, senderId, wish, named('boss'))
    await arrive('また書いている。')
    expect((await muted()).at(-1)).toBe(true)
  })

  it.each([
    ['a threat', '刺してやるから覚悟しろ。', 'severity_3'],
    ['a wish to die', 'もう死にたい。生きていたくない。', 'self_harm'],
    ['a name on the net', '担当の佐藤の実名と顔写真をネットに晒してやる。', 'exposure'],
    ['a lawyer’s letter', '弁護士を通じて内容証明郵便をお送りしました。', 'legal_notice'],
    ['an accident', '御社の製品から煙が出て発火し、火傷をしました。', 'safety'],
    [
      'a request for accommodation',
      '聴覚に障害があるため、合理的配慮としてメールでの対応をお願いします。',
      'accommodation',
    ],
  ])('lets %s through to supervisors, without a word of it', async (_, words, reason) => {
    await suspended()
    await arrive(words)
    expect((await muted()).at(-1)).toBe(true)
    const alerts = await site.house.store.alerts.list('open', 9)
    expect(alerts.flatMap(({ reasons }) => reasons)).toContain(reason)
    expect(JSON.stringify(await events('alert_raised'))).not.toContain(words)
  })

  it('mutes nobody whose From is not verified', async () => {
    await suspended()
    await site.deliver(
      testMail({ subject: '返品', body: 'また書いている。', authenticated: false }),
    )
    expect((await muted()).at(-1)).toBe(false)
  })

  describe('with figures of muted mail', () => {
    it('tells the supervisors in reach each day, and nobody a word', async () => {
      const id = await suspended({ digest: 'daily' })
      await site.hire('far', ['supervisor'], { supervisor: ['billing'] })
      await arrive('まだ返事がない。金返せ。')
      await arrive('刺してやるから覚悟しろ。')
      expect(await makeDigests(site.house)).toBe(0)
      site.pass(day)
      expect(await makeDigests(site.house)).toBe(1)
      expect(await makeDigests(site.house)).toBe(0)
      const [digest] = await site.house.store.digests.of(id, 9)
      expect(digest).toMatchObject({ mails: 2, alerts: 1, severity: 3 })
      expect(digest?.categories.threat).toBe(1)

      const due = await site.house.store.staffMails.due(site.house.now(), 50)
      expect(due.map(({ toAddress }) => toAddress).sort()).toEqual([
        'boss@mamori.example',
        'supervisor@mamori.example',
      ])
      const smtp = taking()
      for (const one of due) await sendStaffMail(site.house, smtp, one)
      const plain = Buffer.from(
        smtp.mails.join('').match(/base64\r\n\r\n([\s\S]+?)\r\n--/)?.[1] ?? '',
        'base64',
      )
      const sent = plain.toString('utf8')
      expect(sent).toContain(`/measures/${id}`)
      expect(sent).toContain('2')
      expect(sent).not.toMatch(/無能|刺して|黒岩|返品/)

      site.pass(day)
      expect(await makeDigests(site.house)).toBe(1)
      expect((await site.house.store.digests.of(id, 9))[0]?.mails).toBe(0)
      expect(await site.house.store.staffMails.due(site.house.now(), 50)).toEqual([])
    })

    it('is never made where it is off', async () => {
      await suspended()
      await arrive('また書いている。')
      site.pass(30 * day)
      expect(await makeDigests(site.house)).toBe(0)
    })
  })

  describe('with an automatic answer', () => {
    it('answers a person once in so many days, in the words that were confirmed', async () => {
      const id = await suspended({ answerDays: 7 })
      expect(await answerMuted(site.house)).toBe(0)
      site.pass(1_000)
      await arrive('なぜ返事をしない。')
      expect(await answerMuted(site.house)).toBe(1)
      expect(await answerMuted(site.house)).toBe(0)
      const smtp = taking()
      await sendAll(site, smtp)
      expect(smtp.mails).toHaveLength(1)
      expect(smtp.mails[0]).toContain('Auto-Submitted: auto-replied')
      const { proposer, confirmer } = await measure(id)
      const sent = await site.house.store.letters.list(['sent'], 9)
      const answer = sent.find(({ kind }) => kind === 'mute_answer')
      expect(answer).toMatchObject({ author: proposer, approver: confirmer })

      site.pass(2 * day)
      await arrive('まだか。')
      expect(await answerMuted(site.house)).toBe(0)
      site.pass(6 * day)
      expect(await answerMuted(site.house)).toBe(0)
      await arrive('いい加減にしろ。')
      expect(await answerMuted(site.house)).toBe(1)
      expect((await measure(id)).state).toBe('in_force')
    })

    it('gives none to machines and lists, to who may be in danger, and none once it is lifted', async () => {
      const id = await suspended({ answerDays: 1 })
      site.pass(1_000)
      await arrive('自動応答です。', ['Auto-Submitted: auto-replied'])
      await arrive('お知らせです。', ['Precedence: bulk', 'List-Id: <news.example>'])
      await arrive('もう死にたい。生きていたくない。')
      expect((await muted()).slice(1)).toEqual([true, true, true])
      expect(await answerMuted(site.house)).toBe(0)
      await arrive('なぜ返事をしない。')
      expect(await answerMuted(site.house)).toBe(1)
      await lift(site.house, id, '謝罪があった', named('boss'))
      const smtp = taking()
      await sendAll(site, smtp)
      expect(smtp.mails).toEqual([])
    })

    it('is not sent in other words than were shown', async () => {
      await arrive('返品したい。お前は無能だ。')
      const thread = await threadIn('返品')
      const given = { revision: 1, opinion: harassment({ severity: 3 }) }
      await review(site.house, thread, given, named('reviewer'))
      await review(site.house, thread, given, named('second'))
      const terms = { ...termsHere, answerDays: 3 }
      const wish = { measureKind: 'suspension', reason: '再三', ...beside, terms } as const
      await propose(site.house, thread, wish, named('reviewer'))
      const [proposed] = await site.house.store.measures.list(['proposed'], 1)
      const { sha256 } = await previewNotice(site.house, proposed?.id ?? '', 'suspension')
      const blind = await confirm(
        site.house,
        proposed?.id ?? '',
        wordOn(sha256),
        named('supervisor'),
      )
      expect(reasonOf(blind)).toBe('preview_changed')
    })
  })
})
