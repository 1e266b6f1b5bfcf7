import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../src/flow/verify.ts'
import { arrivals } from '../support/arrived.ts'
import { encoded, multipart, part } from '../support/mime.ts'
import { oddMail } from '../support/odd-mails.ts'
import { type TestMail, testMail } from '../support/office.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const harm = 'お前らは全員ゴミだ、刺してやるから覚悟しろ。'

/** A mail in text and HTML with any header. */
function newsMail(mail: Omit<TestMail, 'subject'>, text: string, html: string): Buffer {
  const whole = testMail({ subject: 'お知らせ', ...mail }).toString('latin1')
  const parts = multipart(
    'alternative',
    part('text/plain; charset=utf-8', text),
    part('text/html; charset=utf-8', html),
  )
  const head = whole.slice(0, whole.indexOf('MIME-Version'))
  return Buffer.from([`${head}MIME-Version: 1.0`, ...parts, ''].join('\r\n'), 'latin1')
}

/** A mail in text and HTML, as programs write them. */
function inTwoForms(from: string, text: string, html: string, ...more: string[]): Buffer {
  const alternatives = multipart(
    'alternative',
    part('text/plain; charset=utf-8', text),
    part('text/html; charset=utf-8', html),
  )
  return oddMail('お問い合わせ', from, ...(more.length > 0 ? more : alternatives))
}

describe('reading a mail', { timeout: 60_000 }, () => {
  let site: TestSite
  let reviewer: Visitor
  let second: Visitor
  let arrived: ReturnType<typeof arrivals>

  beforeAll(async () => {
    site = await openSite(undefined, { MAMORI_PICTURE_HOSTS: 'localhost' })
    reviewer = await site.as('reviewer')
    second = await site.as('second')
    arrived = arrivals(site)
  }, 60_000)
  afterAll(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  })

  const textOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()
  const seen = async (name: string) => {
    const people = await site.house.store.people.list()
    const person = people.find(({ email }) => email.startsWith(`${name}@`))
    return site.house.store.exposures.of(person?.id ?? '', '2000')
  }

  it('folds what a mail repeats of earlier ones, and says how much', async () => {
    const quoted = ['2026年11月20日(金) 10:00 ひなた暮らし <support@hinata-kurashi.example>:']
    const lines = Array.from({ length: 11 }, (_, at) => `> 前の文の${at + 1}行目です`)
    const body = ['届きました。', '', ...quoted, ...lines].join('\n')
    const { threadId } = await arrived(testMail({ from: 'q1@fold.example', subject: '荷物', body }))
    const html = await textOf(reviewer, `/threads/${threadId}`)
    const [, fold = ''] = /<details class="quoted">(.*?)<\/details>/s.exec(html) ?? []
    expect(fold).toContain('引用（12行）')
    expect(fold).toContain('前の文の11行目です')
    expect(html.replace(fold, '')).not.toContain('前の文の')

    await reviewer.post('/settings', { language: 'en' })
    expect(await textOf(reviewer, `/threads/${threadId}`)).toContain('Quoted text (12 lines)')
    await reviewer.post('/settings', { language: 'ja' })
  })

  it('leaves a line in place that is answered right below, and opens a mail of quotation alone', async () => {
    const asked = '> 色は何色ですか。\n青です。\n\n> 数は\n三つです。'
    const one = await arrived(testMail({ from: 'q2@fold.example', subject: '色', body: asked }))
    expect(await textOf(reviewer, `/threads/${one.threadId}`)).not.toContain('class="quoted"')
    const alone = '> 一行目\n> 二行目\n> 三行目'
    const two = await arrived(testMail({ from: 'q3@fold.example', subject: '引用', body: alone }))
    expect(await textOf(reviewer, `/threads/${two.threadId}`)).toContain(
      '<details class="quoted" open',
    )
  })

  it('keeps the shield inside the fold', async () => {
    const body = `${harm}\n\n2026年11月20日(金) 10:00 山田 <a@b.example>:\n> 先に書いたゴミという言葉\n> 二行目\n> 三行目`
    const { threadId } = await arrived(testMail({ from: 'q4@fold.example', subject: '件', body }))
    const html = await textOf(reviewer, `/threads/${threadId}`)
    expect(html).not.toMatch(/ゴミ|刺して/)
    const [, fold = ''] = /<details class="quoted">(.*?)<\/details>/s.exec(html) ?? []
    expect(fold).toMatch(/引用（4行）.*name="place" value="quoted:/s)
  })

  it('shows a mail formatted and as it came, by the address, where nothing is shielded', async () => {
    const html = '<p style="color:#c00">色が<b>違い</b>ます</p><img src="https://x.example/a.png">'
    const mail = await arrived(inTwoForms('v1@view.example', '色が違います', html))
    const page = await textOf(reviewer, `/threads/${mail.threadId}?mail=${mail.id}&as=formatted`)
    expect(page).toMatch(/<iframe[^>]* sandbox="allow-popups allow-popups-to-escape-sandbox"/)
    expect(page).toContain('画像など1点は読み込んでいません')
    const frame = await reviewer.get(`/messages/${mail.id}/formatted`)
    expect(frame.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; img-src data:; .*sandbox allow-popups/,
    )
    expect(frame.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    const words = await frame.text()
    expect(words).toContain('<p style="color:#c00">色が<b>違い</b>ます</p>')
    expect(words).not.toContain('x.example')

    const source = await textOf(reviewer, `/threads/${mail.threadId}?mail=${mail.id}&as=original`)
    expect(source).toContain('Content-Type: multipart/alternative')
    expect(await seen('reviewer')).toHaveLength(0)
  })

  it.each(['formatted', 'original'] as const)(
    'opens the %s view of a shielded mail on demand, each passage on record',
    async (as) => {
      const text = `返金してください。\n${harm}\nまた書きます。\n死ね、クズ。`
      const html = text
        .split('\n')
        .map((line) => `<p>${line}</p>`)
        .join('')
      const mail = await arrived(inTwoForms(`v2${as}@view.example`, text, html))
      const before = (await seen('reviewer')).length
      const path = `/threads/${mail.threadId}?mail=${mail.id}&as=${as}`
      const frame = `/messages/${mail.id}/formatted`
      expect(await textOf(reviewer, path)).not.toMatch(/ゴミ|刺して|iframe|class="source"/)
      expect((await reviewer.get(frame)).status).toBe(404)
      expect(await seen('reviewer')).toHaveLength(before)

      const answer = await reviewer.post(`/messages/${mail.id}/views`, { as })
      expect(answer.headers.get('location')).toBe(`${path}#m-${mail.id}`)
      const exposures = (await seen('reviewer')).slice(before)
      const places = new Set(exposures.map(({ passage }) => passage))
      expect(places.size).toBe(exposures.length)
      expect(places.size).toBeGreaterThanOrEqual(2)
      expect(await textOf(reviewer, path)).toMatch(
        as === 'formatted' ? /<iframe/ : /class="source"/,
      )
      expect((await reviewer.get(frame)).status).toBe(200)
      expect((await second.get(frame)).status).toBe(404)
      expect(await seen('second')).toHaveLength(0)
      site.pass(11 * 60_000)
      expect((await reviewer.get(frame)).status).toBe(404)
    },
  )

  it('is not opened by having seen one passage of several', async () => {
    const text = `${harm}\nまた書きます。\n死ね、クズ。`
    const mail = await arrived(inTwoForms('v3@view.example', text, `<p>${text}</p>`))
    const page = await textOf(reviewer, `/threads/${mail.threadId}`)
    const place = /name="place" value="(\d+-\d+)"/.exec(page)?.[1] ?? ''
    await reviewer.post(`/messages/${mail.id}/reveal`, { place })
    expect((await reviewer.get(`/messages/${mail.id}/formatted`)).status).toBe(404)
  })

  it('closes the formatted view where only the HTML is harmful', async () => {
    const mail = await arrived(
      inTwoForms('v4@view.example', 'よろしくお願いします。', `<p>${harm}</p>`),
    )
    const path = `/threads/${mail.threadId}?mail=${mail.id}&as=formatted`
    expect(await textOf(reviewer, path)).not.toMatch(/ゴミ|iframe/)
    await reviewer.post(`/messages/${mail.id}/views`, { as: 'formatted' })
    expect((await seen('reviewer')).at(-1)).toMatchObject({ passage: 'formatted' })
    expect(await textOf(reviewer, path)).toContain('<iframe')
  })

  it('opens no view of a muted mail’s words to who may not read them, and none of another mailbox', async () => {
    const mail = await arrived(inTwoForms('v5@view.example', 'はい', '<p>はい</p>'))
    await site.hire('elsewhere', ['reviewer'], { reviewer: ['nowhere'] })
    const elsewhere = await site.as('elsewhere')
    expect((await elsewhere.get(`/messages/${mail.id}/formatted`)).status).toBe(404)
    expect((await elsewhere.post(`/messages/${mail.id}/views`, { as: 'original' })).status).toBe(
      404,
    )
  })

  it('shows an old charset’s source without signs that change how it is read', async () => {
    const body = ['Content-Type: text/plain; charset=iso-2022-jp', '', encoded('こんにちは', 'JIS')]
    const mail = await arrived(oddMail('旧式', 'v6@view.example', ...body))
    const page = await textOf(reviewer, `/threads/${mail.threadId}?mail=${mail.id}&as=original`)
    expect(page).toContain('␛$B')
    expect(page).not.toContain('\u001b')
  })

  describe('with pictures from elsewhere', () => {
    let receiver: Receiver
    const png = createCanvas(40, 30).toBuffer('image/png')
    beforeAll(async () => {
      receiver = await startReceiver(png)
    })
    afterAll(() => receiver.close())

    const newsOf = (name: string, text = '新商品です', over: Partial<TestMail> = {}) => {
      const html = `<p>${text}</p><img src="https://localhost:${receiver.port}/${name}.png">`
      const headers = ['X-News: yes']
      return newsMail({ from: `${name}@news.example`, body: '', headers, ...over }, text, html)
    }
    const switchIn = (page: string) => /action="(\/senders\/[^"]+\/pictures)"/.exec(page)?.[1] ?? ''

    it('leaves them away until a supervisor says otherwise of the sender', async () => {
      const mail = await arrived(newsOf('n1'))
      const path = `/threads/${mail.threadId}?mail=${mail.id}&as=formatted`
      const frame = `/messages/${mail.id}/formatted`
      expect(switchIn(await textOf(reviewer, path))).toBe('')
      expect(await textOf(reviewer, frame)).not.toContain('<img')
      expect(receiver.heard).toEqual([])

      const boss = await site.as('supervisor')
      const action = switchIn(await textOf(boss, path))
      expect((await reviewer.post(action, { allow: 'yes' })).status).toBe(403)
      const answer = await boss.post(action, { allow: 'yes', mail: mail.id })
      expect(answer.headers.get('location')).toContain(`mail=${mail.id}&as=formatted&done=`)
      expect(await textOf(reviewer, path)).toContain('この差出人の外部画像を読み込んでいます')
      expect(await textOf(reviewer, frame)).toContain(
        `<img src="data:image/png;base64,${png.toString('base64')}"`,
      )
      expect(receiver.heard.splice(0).map(({ path }) => path)).toEqual(['/n1.png'])

      await boss.post(action, { allow: 'no' })
      expect(await textOf(reviewer, frame)).not.toContain('<img')
      expect(receiver.heard).toEqual([])
    })

    it('loads none of a mail that may be forged, and none in a shielded thread', async () => {
      const boss = await site.as('supervisor')
      const known = await arrived(newsOf('n2'))
      const page = await textOf(boss, `/threads/${known.threadId}?mail=${known.id}&as=formatted`)
      await boss.post(switchIn(page), { allow: 'yes' })
      const forged = await arrived(newsOf('n2', '新商品です', { authenticated: false }))
      expect(await textOf(boss, `/messages/${forged.id}/formatted`)).not.toContain('<img')
      const harmful = await arrived(newsOf('n2', harm))
      await boss.post(`/messages/${harmful.id}/views`, { as: 'formatted' })
      const shown = await textOf(boss, `/messages/${harmful.id}/formatted`)
      expect(shown).toContain('刺して')
      expect(shown).not.toContain('<img')
      expect(receiver.heard).toEqual([])
    })
  })
})
