import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { carry } from '../../src/loops/postman.ts'
import type { Smtp } from '../../src/mail/smtp.ts'
import { engines } from '../support/database.ts'
import { approvedLetters } from '../support/letters.ts'
import { until } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe.each(engines)('the postman on %s', (engine) => {
  let site: TestSite
  let stop: AbortController
  let carrying: Promise<void> = Promise.resolve()
  beforeEach(async () => {
    site = await openSite(engine)
    stop = new AbortController()
  })
  afterEach(async () => {
    stop.abort()
    await carrying
    await site.close()
  })

  function smtpThat(fails: (to: string) => boolean): Smtp & { readonly sent: string[] } {
    const sent: string[] = []
    return {
      sent,
      async send({ to }, _, handingOver) {
        await handingOver()
        if (fails(to)) throw new Error('the postman stumbles')
        sent.push(to)
        return { kind: 'accepted', response: '250 OK' }
      },
      check: () => Promise.resolve(),
      close: () => undefined,
    }
  }

  const states = async () => {
    const rows = await site.database.sql(
      'select to_address, state from letters order by to_address',
    )
    return rows.map(({ state }) => String(state))
  }
  const statesAre = (...wanted: string[]) =>
    until(`letters ${wanted}`, async () => String(await states()) === String(wanted))

  it('lets no letter hold up another, and never sends again what may have arrived', async () => {
    await approvedLetters(site, 3)
    const smtp = smtpThat((to) => to.startsWith('customer0'))
    carrying = carry(site.house, smtp, stop.signal)
    await statesAre('uncertain', 'sent', 'sent')
    expect(smtp.sent.sort()).toEqual(['customer1@aozora.example', 'customer2@aozora.example'])
  })

  it('leaves a letter to the process that has it, for as long as it has it', async () => {
    const letters = await approvedLetters(site, 2)
    const lease = { name: `send:${letters[0]?.id}`, holder: '1@elsewhere/x', seconds: 60 }
    await site.house.store.claim(lease)
    const smtp = smtpThat(() => false)
    carrying = carry(site.house, smtp, stop.signal)
    await until('the free one to be sent', async () => (await states()).includes('sent'))
    expect((await states()).sort()).toEqual(['queued', 'sent'])
    await site.house.store.release(lease)
    await statesAre('sent', 'sent')
  })
})
