import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSmtp } from '../../src/demo/servers.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { review } from '../../src/flow/review.ts'
import { readMail } from '../../src/mail/read.ts'
import { openSmtp } from '../../src/mail/smtp.ts'
import { sha256 } from '../../src/store/sealing.ts'
import { harassment, ordinary } from '../support/matters.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

let site: TestSite
let reviewer: Visitor
let second: Visitor
let supervisor: Visitor
let threadId: string
let customers = 0

beforeAll(async () => {
  site = await openSite()
  reviewer = await site.as('reviewer')
  second = await site.as('second')
  supervisor = await site.as('supervisor')
}, 120_000)
afterAll(() => site.close())
beforeEach(async () => {
  threadId = await threadOf('返品したいです。\n\nお前は無能だ。')
})

async function threadOf(body: string): Promise<string> {
  customers += 1
  const subject = `返品 ${customers}`
  const from = `c${customers}@aozora.example`
  await site.deliver(testMail({ name: '山田', from, subject, body }))
  const list = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 99 })
  return list.find((one) => one.subject === subject)?.id ?? ''
}

const thread = (suffix = '') => `/threads/${threadId}${suffix}`
const pageOf = async (who: Visitor, path = thread()) => (await who.get(path)).text()
const fieldIn = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
const typed = (over: object = {}) => ({
  kind: 'reply',
  revision: '1',
  draftVersion: '0',
  replySubject: 'Re: 返品',
  replyBody: 'ご案内します。',
  ...over,
})
const json = { accept: 'application/json' }
const plain = (html: string) =>
  html
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

describe('the editor', () => {
  it('shows a draft to its author alone, also after a new mail', async () => {
    const answer = await reviewer.post(
      thread('/drafts'),
      typed({ replyBody: '秘密の下書き' }),
      json,
    )
    expect(await answer.json()).toMatchObject({
      version: 1,
      said: expect.stringMatching(/^保存しました \d\d:\d\d$/),
    })
    expect(await pageOf(reviewer)).toContain('秘密の下書き')
    expect(await pageOf(second)).not.toContain('秘密の下書き')
    expect(await pageOf(supervisor)).not.toContain('秘密の下書き')
    expect(await (await second.get(thread('/drafts'))).json()).toEqual({ version: 0 })
  })

  it('asks which text to keep where another page saved meanwhile, with a script and without', async () => {
    await reviewer.post(thread('/drafts'), typed({ replyBody: '新しい方' }), json)
    const told = await reviewer.post(thread('/drafts'), typed({ replyBody: '古い方' }), json)
    expect(told.status).toBe(409)
    expect(await told.json()).toMatchObject({ version: 1, words: { replyBody: '新しい方' } })
    for (const [path, how] of [
      ['/drafts', {}],
      ['/replies', { how: 'submit' }],
    ] as const) {
      const page = await reviewer.post(thread(path), typed({ replyBody: '古い方', ...how }))
      expect(page.status, path).toBe(409)
      const words = await page.text()
      expect(words).toContain('古い方')
      expect(words).toContain('新しい方')
      expect(fieldIn(words, 'draftVersion')).toBe('1')
    }
    expect(await pageOf(reviewer)).toContain('新しい方')
  })

  it('keeps what is refused: a new mail came in, the session ended, another one began', async () => {
    const page = await reviewer.post(
      thread('/replies'),
      typed({ revision: '7', how: 'submit', replyBody: '遅れた返信' }),
    )
    expect(page.status).toBe(409)
    expect(await page.text()).toContain('遅れた返信')
    expect(await pageOf(reviewer)).toContain('遅れた返信')

    const gone = await site.stranger.post(thread('/replies'), typed({ replyBody: '切れた後の文' }))
    expect(gone.status).toBe(401)
    expect(await gone.text()).toContain('切れた後の文')
    expect((await site.stranger.post(thread('/drafts'), typed(), json)).status).toBe(401)

    const own = { 'sec-fetch-site': 'same-origin' }
    const old = await reviewer.post(
      thread('/replies'),
      typed({ csrf: 'old', replyBody: '前の文' }),
      own,
    )
    expect(old.status).toBe(403)
    expect(await old.text()).toContain('前の文')
  })

  it('quotes the mail without what is kept back, and says who wrote it', async () => {
    await reviewer.post(thread('/drafts'), typed({ do: 'quote' }))
    const page = plain(await pageOf(reviewer))
    expect(page).toContain('> 返品したいです。')
    expect(page).toMatch(/ご案内します。\n\n\d{4}年.*、山田 様のメール：\n> /)
    expect(page).toContain('> ［表示を控えた部分は引用しません］')
    expect(page).not.toContain('無能')
    expect(await (await reviewer.get(thread('/quotation'))).text()).not.toContain('無能')
  })

  it('inserts a snippet with the customer’s name, which supervisors write and nobody else', async () => {
    const snippet = {
      snippetTitle: 'お礼',
      snippetBody: '{{ customer }} 様、ありがとうございます。',
      version: '0',
    }
    expect((await reviewer.post('/snippets', snippet)).status).toBe(403)
    const flawed = await supervisor.post('/snippets', { ...snippet, snippetBody: '{{ secret }}' })
    expect(flawed.status).toBe(409)
    expect(await flawed.text()).toContain('{{ secret }} という項目はありません')
    expect((await supervisor.post('/snippets', snippet)).status).toBe(303)
    const [, id = ''] = /<option value="([\w-]+)">お礼/.exec(await pageOf(reviewer)) ?? []
    await reviewer.post(thread('/drafts'), typed({ do: 'snippet', snippet: id }))
    expect(await pageOf(reviewer)).toContain('ご案内します。\n\n山田 様、ありがとうございます。')
    expect((await reviewer.get(thread('/snippets/none'))).status).toBe(404)
  })

  it('takes files with the words on the page, and gives them to who reads the letter', async () => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...typed(), csrf: reviewer.csrf })) {
      form.set(name, value)
    }
    form.set('file', new File(['請求の明細'], '請求書.pdf'))
    const url = await site.listen()
    const answer = await fetch(`${url}${thread('/files')}`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie: reviewer.cookie },
    })
    expect(answer.status).toBe(303)
    const page = await pageOf(reviewer)
    expect(page).toContain('請求書.pdf')
    expect(page).toContain('ご案内します。')
    expect(await pageOf(second)).not.toContain('請求書.pdf')
    await reviewer.post(thread('/replies'), typed({ draftVersion: '1', how: 'submit' }))
    const waiting = await pageOf(second)
    expect(waiting).toContain(sha256('請求の明細'))
    const [, path = ''] = /href="(\/letters\/[\w-]+\/files\/[\w-]+)"/.exec(waiting) ?? []
    const file = await second.get(path)
    expect(await file.text()).toBe('請求の明細')
    expect(file.headers.get('content-type')).toBe('application/octet-stream')
    expect((await second.get(path.replace(/[\w-]+$/, 'none'))).status).toBe(404)
  })
})

describe('approval', () => {
  it('shows the whole mail, and what arrives is what the page showed, byte for byte', async () => {
    const words = {
      how: 'submit',
      formatted: 'yes',
      replyBody: 'ご案内です。\n\n**重要** <b>なお</b>',
    }
    await reviewer.post(thread('/replies'), typed(words))
    const page = await pageOf(second)
    const [shown, shownAt] = [fieldIn(page, 'shown'), fieldIn(page, 'shownAt')]
    const [, letterId = ''] = /action="\/letters\/([\w-]+)\/approval"/.exec(page) ?? []
    expect(page).toContain(`<code>${shown}</code>`)
    const [, text = ''] = /data-part="text">([\s\S]*?)<\/p>/.exec(page) ?? []
    const [, html = ''] = /<iframe sandbox="" srcdoc="([^"]*)"/.exec(page) ?? []

    const approved = await second.post(`/letters/${letterId}/approval`, { shown, shownAt })
    expect(approved.status).toBe(303)
    const server = await startSmtp()
    const smtp = openSmtp({ host: server.host, port: server.port, secure: false })
    const letter = await site.house.store.letters.find(letterId)
    if (!letter) throw new Error('no letter')
    site.pass(60_000)
    await deliver(site.house, smtp, letter)
    smtp.close()
    await server.stop()

    const raw = server.received[0]?.raw ?? Buffer.from('')
    expect(sha256(raw)).toBe(shown)
    const read = await readMail(raw, [])
    expect(plain(text).trim()).toBe(read.text.trim())
    expect(plain(html).trim()).toContain('<strong>重要</strong> &#60;b&#62;なお&#60;/b&#62;')
    expect(raw.toString()).toContain(Buffer.from(plain(html)).toString('base64').slice(0, 60))
    expect(page).toContain(letter.subject)
    expect(page).toContain(letter.toAddress)
    expect(await pageOf(second, `/letters/${letterId}`)).toContain(shown)
  })

  it('marks what was changed by word and form, and gives it back to who wrote it', async () => {
    await reviewer.post(
      thread('/replies'),
      typed({ how: 'submit', replyBody: '明日までに返金します。Please wait.' }),
    )
    const page = await pageOf(second)
    const [, letterId = ''] = /action="\/letters\/([\w-]+)\/approval"/.exec(page) ?? []
    await second.post(`/letters/${letterId}/change`, {
      before: fieldIn(page, 'before'),
      changeSubject: fieldIn(page, 'changeSubject'),
      changeBody: '今月中に返金します。Please wait here.',
    })
    const own = await pageOf(second)
    expect(own).not.toContain('/approval')
    const back = await pageOf(reviewer)
    expect(back).toContain('secondさんが書き換えました')
    expect(back).toMatch(/<del>.*削除.*明日/)
    expect(back).toMatch(/<ins>.*追加.*今月/)
    expect(back).toMatch(/Please wait<ins>/)
    expect(back).toContain('変更を受け入れて送る')
    const shown = { shown: fieldIn(back, 'shown'), shownAt: fieldIn(back, 'shownAt') }
    expect((await reviewer.post(`/letters/${letterId}/approval`, shown)).status).toBe(303)
  })

  it('is refused with a clear page once the signature is another one', async () => {
    await reviewer.post(thread('/replies'), typed({ how: 'submit' }))
    const page = await pageOf(second)
    const [, letterId = ''] = /action="\/letters\/([\w-]+)\/approval"/.exec(page) ?? []
    const shown = { shown: fieldIn(page, 'shown'), shownAt: fieldIn(page, 'shownAt') }
    const mailbox = (await site.house.store.mailboxes.find('support'))?.id
    const signature = { snippetBody: '{{ company }}\nお客様窓口', version: '0' }
    const kept = await supervisor.post(`/mailboxes/${mailbox}/signature`, signature)
    expect(kept.status).toBe(303)
    const refused = await second.post(`/letters/${letterId}/approval`, shown)
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('承認も変更もしていません')
    expect(await pageOf(second)).toContain('お客様窓口')
  })
})

describe('the dispute desk', () => {
  it('lays both reviews side by side, and tells both reviewers the outcome', async () => {
    const named = await staffOf(site)
    const rude = harassment({ severity: 2 })
    const { house } = site
    await review(
      house,
      threadId,
      { revision: 1, opinion: { ...rude, reason: '侮辱がある' } },
      named('reviewer'),
    )
    const calm = { ...ordinary, reason: '強い不満の表明', fairRequest: '返品の手順' }
    await review(house, threadId, { revision: 1, opinion: calm }, named('second'))

    expect((await reviewer.get('/disputes')).status).toBe(403)
    const list = await pageOf(supervisor, '/disputes')
    expect(list).toContain(`/threads/${threadId}/dispute`)
    expect(list).toContain('裁定できる人：supervisor')
    expect(list).toMatch(/裁定<\/span><span class="count">\d+</)
    const page = await pageOf(supervisor, thread('/dispute'))
    for (const words of [
      '侮辱がある',
      '強い不満の表明',
      '返品の手順',
      '三つの要素',
      '判定の理由',
    ]) {
      expect(page).toContain(words)
    }
    expect(page).not.toContain('無能')
    const settlement = {
      verdict: 'ordinary',
      needsReply: 'yes',
      reason: '一度の言葉で、用件は正当',
    }
    expect((await supervisor.post(thread('/settlement'), settlement)).status).toBe(303)
    for (const who of [reviewer, second]) {
      expect(await pageOf(who)).toContain('一度の言葉で、用件は正当')
    }
    expect(await pageOf(supervisor, '/disputes')).not.toContain(`/threads/${threadId}/dispute`)
    expect(await pageOf(supervisor, thread('/dispute'))).toContain('一度の言葉で、用件は正当')
  })

  it('offers no settlement to a supervisor who reviewed, nor to an auditor', async () => {
    const named = await staffOf(site)
    const { house } = site
    await review(house, threadId, { revision: 1, opinion: harassment() }, named('supervisor'))
    await review(house, threadId, { revision: 1, opinion: ordinary }, named('second'))
    const own = await pageOf(supervisor, thread('/dispute'))
    expect(own).toContain('確認したため、裁定できません')
    expect(own).not.toContain('/settlement')
    const auditor = await site.as('auditor')
    expect(await pageOf(auditor, thread('/dispute'))).not.toContain('/settlement')
    expect(await pageOf(supervisor, '/disputes')).toContain('裁定できる責任者がいません')
  })
})
