import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authserv, recheck } from '../../src/commands/authserv.ts'
import { testMail } from '../support/office.ts'
import { openIo } from '../support/program.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe('the commands on receiving servers', () => {
  let site: TestSite
  beforeEach(async () => {
    site = await openSite(undefined, { MAMORI_TRUSTED_AUTHSERV_IDS: '', MAMORI_DKIM: 'no' })
  })
  afterEach(() => site.close())

  async function said(run: typeof authserv, ...args: string[]): Promise<string> {
    const { io, out } = openIo()
    await run(site.house, args, io)
    return out().toString()
  }

  it('name the one to believe with the setting to write, or say that there is none', async () => {
    expect(await said(authserv)).toMatch(/No server can be proposed/)
    for (const domain of ['a.example', 'b.example', 'c.example']) {
      const top = [
        'Received: from out.example by mx.test.example',
        `Authentication-Results: mx.test.example; dmarc=pass header.from=${domain}`,
      ].map((line) => `${line}\r\n`)
      const mail = testMail({ from: `a@${domain}`, body: 'x', authenticated: false })
      await site.deliver(Buffer.concat([Buffer.from(top.join('')), mail]))
    }
    const words = await said(authserv)
    expect(words).toMatch(/mx\.test\.example {2}PROPOSED: 3 mails, 3 sender domains/)
    expect(words).toContain('MAMORI_TRUSTED_AUTHSERV_IDS=mx.test.example\n')
    const found = JSON.parse(await said(authserv, '--mailbox', 'support', '--json'))
    expect(found).toMatchObject({ looked: 3, gaps: 0, servers: [{ proposed: true }], trusted: [] })
    await expect(said(authserv, '--mailbox', 'none')).rejects.toThrow(/no mailbox none/)
    expect(await said(recheck, '--days', '2')).toMatch(/3 mails of 2 days looked at, 0 changed/)
    await expect(said(recheck, '--days', 'x')).rejects.toThrow(/--days/)
  })
})
