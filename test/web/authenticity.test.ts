import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const page = '/settings/authenticity'

describe('the page on verifying senders', () => {
  let site: TestSite
  beforeEach(async () => {
    site = await openSite(undefined, { MAMORI_TRUSTED_AUTHSERV_IDS: '', MAMORI_DKIM: 'no' })
  })
  afterEach(() => site.close())

  /** Mail as a server of ours stores it, from several customers. */
  function received(domain: string): Buffer {
    const top = [
      'Received: from out.example by mx.test.example with ESMTPS',
      `Authentication-Results: mx.test.example; spf=pass smtp.mailfrom=secret-name@${domain}; dmarc=pass header.from=${domain}`,
    ]
    const mail = testMail({ from: `a@${domain}`, subject: domain, body: 'x', authenticated: false })
    return Buffer.concat([Buffer.from(top.map((line) => `${line}\r\n`).join('')), mail])
  }

  it('proposes a server with its reasons and no address, and takes an admin’s word for it', async () => {
    await site.deliver(...['a.example', 'b.example', 'c.example'].map(received))
    const admin = await site.as('admin')
    const before = await (await admin.get(page)).text()
    expect(before).toContain('mx.test.example')
    expect(before).toContain('信頼を勧めます')
    expect(before).toMatch(/DMARC 合格 \([abc]\.example\)/)
    expect(before).not.toContain('secret-name')

    const accepted = await admin.post(`${page}/trusted`, { server: 'mx.test.example' })
    expect(accepted.headers.get('location')).toBe(`${page}?done=trusted`)
    expect(await (await admin.get(page)).text()).toContain('adminさんが承認')
    await site.deliver(received('d.example'))
    const [thread] = await site.house.store.queue.list({ states: 'open' }, { offset: 3, limit: 1 })
    const reviewer = await site.as('reviewer')
    const shown = await (await reviewer.get(`/threads/${thread?.id}`)).text()
    expect(shown).toContain('受信サーバー mx.test.example がDMARCの合格を記録しています。')

    await admin.post(`${page}/removed`, { server: 'mx.test.example' })
    expect(await site.house.store.trustedServers.list()).toEqual([])
    expect((await admin.post(`${page}/removed`, { server: 'mx.test.example' })).status).toBe(409)
    expect((await admin.post(`${page}/trusted`, { server: 'a b' })).status).toBe(409)
  })

  it('is the admin’s alone', async () => {
    for (const role of ['reviewer', 'supervisor', 'auditor'] as const) {
      const visitor = await site.as(role)
      expect((await visitor.get(page)).status).toBe(403)
      expect((await visitor.post(`${page}/trusted`, { server: 'x.example' })).status).toBe(403)
    }
  })
})
