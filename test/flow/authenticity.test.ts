import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { canonicalAddress } from '../../src/domain/address.ts'
import { queueStates } from '../../src/domain/matter.ts'
import type { Person } from '../../src/domain/person.ts'
import { distrustServer, recheck, trustServer } from '../../src/flow/authenticity.ts'
import type { House } from '../../src/flow/house.ts'
import { previewNotice } from '../../src/flow/notice.ts'
import { openParser } from '../../src/flow/parse.ts'
import { receive } from '../../src/flow/receive.ts'
import { review } from '../../src/flow/review.ts'
import { confirm, propose } from '../../src/flow/suspend.ts'
import { verify } from '../../src/flow/verify.ts'
import { openHouse, openLog } from '../../src/house.ts'
import { suspendSomebody } from '../support/affair.ts'
import { startDns, type TestDns } from '../support/dns.ts'
import { beside, wordOn } from '../support/gates.ts'
import { harassment } from '../support/matters.ts'
import { testMail } from '../support/office.ts'
import { openSigner } from '../support/signed.ts'
import { openSite, type TestSite } from '../support/site.ts'

const victim = 'kuroiwa@gouriki.example'
const threat = 'お前を殺す。今から会社に行って火をつけてやる。'

/** What a forger can put into a mail that our server found nothing for, or found wanting. */
const forgeries: Record<string, readonly string[]> = {
  'nothing at all': [],
  'a server of his own': [
    'Authentication-Results: mx.evil.example; dmarc=pass header.from=gouriki.example',
  ],
  'a failure by ours': [
    'Authentication-Results: mx.test.example; dmarc=fail header.from=gouriki.example',
  ],
  'a pass for his own domain': [
    'Authentication-Results: mx.test.example; dmarc=pass header.from=evil.example',
  ],
  'SPF for his own domain': [
    'Authentication-Results: mx.test.example; spf=pass smtp.mailfrom=evil.example',
  ],
  'our name below a Received': [
    'Authentication-Results: mx.test.example; dmarc=none header.from=gouriki.example',
    'Received: from evil.example by mx.test.example',
    'Authentication-Results: mx.test.example; dmarc=pass header.from=gouriki.example',
  ],
  'ARC of his own': [
    'ARC-Authentication-Results: i=1; mx.test.example; dmarc=pass header.from=gouriki.example',
  ],
}

/** Headers stand on top, where a receiving server writes them. */
function forged(headers: readonly string[], body: string): Buffer {
  const mail = testMail({ from: victim, subject: '返品', body, authenticated: false })
  return Buffer.concat([Buffer.from(headers.map((line) => `${line}\r\n`).join('')), mail])
}

async function threadsOf({ house }: TestSite) {
  return house.store.queue.list({ states: queueStates }, { offset: 0, limit: 200 })
}

async function messagesOf(site: TestSite) {
  const records = await Promise.all(
    (await threadsOf(site)).map(({ id }) => site.house.store.threads.find(id)),
  )
  return records.flatMap((record) => record?.messages ?? [])
}

async function personNamed({ house }: TestSite, name: string): Promise<Person> {
  return (await house.store.people.list()).find((one) => one.name === name) as Person
}

describe('a threat in somebody else’s name', () => {
  let site: TestSite
  beforeEach(async () => {
    site = await openSite(undefined, { MAMORI_DKIM: 'no' })
  })
  afterEach(() => site.close())

  it.each(Object.entries(forgeries))(
    'leads to no notice and no mute, and the victim’s own mail arrives (%s)',
    async (_, headers) => {
      const { house } = site
      await site.deliver(forged(headers, threat))
      const [thread] = await threadsOf(site)
      expect(thread?.flags).toContain('unverified_sender')

      const given = { revision: 1, opinion: harassment({ severity: 3 }) }
      const id = thread?.id ?? ''
      await review(house, id, given, await personNamed(site, 'reviewer'))
      await review(house, id, given, await personNamed(site, 'second'))
      const wish = { measureKind: 'suspension', reason: '脅迫', ...beside } as const
      await propose(house, id, wish, await personNamed(site, 'reviewer'))
      const [measure] = await house.store.measures.list(['proposed'], 1)
      const { sha256 } = await previewNotice(house, measure?.id ?? '', 'suspension')
      const word = wordOn(sha256)
      expect(
        await confirm(house, measure?.id ?? '', word, await personNamed(site, 'supervisor')),
      ).toMatchObject({ reason: 'sender_unverified' })
      expect(await house.store.letters.due(house.now(), 10)).toEqual([])

      await site.deliver(
        testMail({ from: victim, subject: '修理のお願い', body: '直してください。' }),
      )
      const own = (await messagesOf(site)).find(({ subject }) => subject === '修理のお願い')
      expect(own).toMatchObject({ identity: 'verified', mutedBy: null })
      const waiting = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 9 })
      expect(waiting.map(({ subject }) => subject)).toContain('修理のお願い')
    },
  )

  it('is not muted by the victim’s own suspension; only his own mail is', async () => {
    await suspendSomebody(site)
    for (const headers of Object.values(forgeries)) await site.deliver(forged(headers, threat))
    await site.deliver(
      forged(
        ['Authentication-Results: mx.test.example; dkim=pass header.d=gouriki.example'],
        threat,
      ),
    )
    const later = (await messagesOf(site)).filter(({ text }) => text.includes('火をつけて'))
    expect(later).toHaveLength(Object.keys(forgeries).length + 1)
    for (const { mutedBy, identity, ground } of later) {
      expect(mutedBy).toBeNull()
      expect(identity).not.toBe('verified')
      expect(ground).not.toBeNull()
    }
    const open = await site.house.store.queue.list({ states: 'open' }, { offset: 0, limit: 9 })
    expect(open.some(({ flags }) => flags.includes('unverified_sender'))).toBe(true)

    await site.deliver(testMail({ subject: '返品', body: 'まだか。' }))
    const own = (await messagesOf(site)).find(({ text }) => text.includes('まだか'))
    expect(own?.mutedBy).not.toBeNull()
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('is muted by nothing but the suspended sender’s exact address', async () => {
    await suspendSomebody(site)
    const names = ['kuroiwa', 'kuroiwa+x', 'k.uroiwa', 'Kuroiwa', '"kuroiwa"', 'kuroiw', 'ｋuroiwa']
    const hosts = [
      'gouriki.example',
      'GOURIKI.example',
      'mail.gouriki.example',
      'gourikі.example',
      'gouriki.example.jp',
    ]
    const addresses = names.flatMap((name) => hosts.map((host) => `${name}@${host}`))
    const mails = addresses.map((from, n) =>
      Buffer.from(
        [
          `Authentication-Results: mx.test.example; dmarc=pass header.from=${from.split('@').at(-1)}`,
          `Message-ID: <like-${n}@x.example>`,
          `From: 黒岩 <${from}>`,
          `Subject: like ${n}`,
          '',
          '返品の件です。',
        ].join('\r\n'),
      ),
    )
    await site.deliver(...mails)
    const found = (await messagesOf(site)).filter(({ subject }) => subject.startsWith('like'))
    expect(found).toHaveLength(addresses.length)
    for (const { subject, identity, mutedBy } of found) {
      const address = addresses[Number(subject.slice(5))] ?? ''
      const same = canonicalAddress(address) === victim
      expect(mutedBy !== null, `${address} ${identity}`).toBe(same && identity === 'verified')
    }
    expect(found.filter(({ mutedBy }) => mutedBy !== null)).not.toEqual([])
  })

  it('from a suspended sender what must be read still reaches a supervisor', async () => {
    await suspendSomebody(site)
    const { store } = site.house
    const before = (await store.alerts.list('open', 100)).length
    for (const body of mustBeRead) await site.deliver(testMail({ subject: '返品', body }))
    const muted = (await messagesOf(site)).filter(({ mutedBy }) => mutedBy !== null)
    expect(muted.length).toBe(mustBeRead.length + 1)
    const alerts = await store.alerts.list('open', 100)
    const reached = new Set(alerts.map(({ messageId }) => messageId))
    const missed = muted.filter(
      ({ id, text }) => mustBeRead.includes(text.trim()) && !reached.has(id),
    )
    expect(missed.map(({ text }) => text)).toEqual([])
    expect(alerts.length - before).toBe(mustBeRead.length)
  })
})

/** Threats, self-harm, exposure, and what has legal effect or protects somebody (security P3). */
const mustBeRead = [
  'お前を殺す。',
  '包丁を持って会社に行く。刺してやる。',
  'お前の会社に火をつけてやる。',
  '爆弾を仕掛けた。',
  'もう死にたい。生きていても仕方がない。',
  '今から死にます。さようなら。',
  '自殺します。薬を全部飲みました。',
  '担当者の実名と顔写真をネットに晒してやる。',
  'お前らの実名と住所をSNSに投稿してやる。',
  'クーリング・オフします。契約を解除します。',
  '本契約を解約いたします。',
  '個人情報保護法に基づき、私の個人情報の開示を請求します。',
  '代理人弁護士として受任しました。今後の連絡は当職宛てにお願いします。',
  '裁判所に訴状を提出しました。',
  '御社の製品から火が出て、手をやけどしました。',
  '商品を使った子どもがけがをして、病院に運ばれました。',
  '発煙しました。ほかのお客様も危険です。事故として届け出ます。',
  '聴覚に障害があります。電話ではなくメールでの連絡をお願いします。合理的配慮を求めます。',
  '車いすを使用しています。段差のない入口を教えてください。合理的配慮をお願いします。',
  '内容証明郵便を送付しました。法的措置を取ります。',
]

/** A mail as our receiving server stores it, with its own Received on top. */
function received(domain: string, subject = domain): Buffer {
  const top = [
    'Received: from out.example by mx.test.example with ESMTPS',
    `Authentication-Results: mx.test.example; dmarc=pass header.from=${domain}`,
  ]
  const mail = testMail({ from: `a@${domain}`, subject, body: 'x', authenticated: false })
  return Buffer.concat([Buffer.from(top.map((line) => `${line}\r\n`).join('')), mail])
}

describe('trust in a receiving server', () => {
  let site: TestSite
  let other: House
  beforeEach(async () => {
    site = await openSite(undefined, { MAMORI_TRUSTED_AUTHSERV_IDS: '', MAMORI_DKIM: 'no' })
    other = await openHouse(readConfig({ DATABASE_URL: site.database.url }), openLog('silent'))
    await site.deliver(...['a.example', 'b.example', 'c.example'].map((domain) => received(domain)))
  })
  afterEach(async () => {
    await other.store.close()
    await site.close()
  })

  it('counts at once in every process, from when an admin gives it until it is taken', async () => {
    const admin = await personNamed(site, 'admin')
    const read = async (subject: string) => {
      const parser = openParser({ workers: 1, timeoutMs: 20_000 })
      const mailbox = await other.store.mailboxes.find('support')
      if (!mailbox) throw new Error('no mailbox')
      const mails = [{ raw: received('d.example', subject), receivedAt: new Date() }]
      await Array.fromAsync(
        receive(other, parser, [{ mails, step: null }], { mailbox, trust: 'live' }),
      )
      await parser.close()
      return (await messagesOf(site)).find((one) => one.subject === subject)?.identity
    }
    expect(await read('before')).toBe('unverified')
    expect(await trustServer(site.house, 'MX.test.example ', admin)).toEqual({ kind: 'done' })
    expect(await read('with')).toBe('verified')
    expect(await distrustServer(site.house, 'mx.test.example', admin)).toEqual({ kind: 'done' })
    expect(await read('after')).toBe('unverified')
    const events = await site.house.store.log.list({}, 50)
    expect(events.map(({ event }) => event.kind)).toEqual(
      expect.arrayContaining(['authserv_trusted', 'authserv_distrusted']),
    )
  })

  it('is an admin’s to give, once, and only where received mail speaks for it', async () => {
    const admin = await personNamed(site, 'admin')
    const supervisor = await personNamed(site, 'supervisor')
    expect(await trustServer(site.house, 'mx.test.example', supervisor)).toMatchObject({
      reason: 'not_allowed',
    })
    await site.deliver(
      forged(['Authentication-Results: mx.evil.example; dmarc=pass header.from=x.example'], 'x'),
    )
    for (const name of ['mx.evil.example', 'dmarc=pass', '']) {
      expect(await trustServer(site.house, name, admin)).toMatchObject({ reason: 'server_unknown' })
    }
    await trustServer(site.house, 'mx.test.example', admin)
    await trustServer(other, 'mx.test.example', admin)
    expect(await site.house.store.trustedServers.list()).toHaveLength(1)
    await distrustServer(other, 'mx.test.example', admin)
    expect(await distrustServer(site.house, 'mx.test.example', admin)).toMatchObject({
      reason: 'changed_meanwhile',
    })
  })

  it('is carried to mail that is here already, when asked for, on record', async () => {
    const parser = openParser({ workers: 1, timeoutMs: 20_000 })
    await site.deliver(received('d.example', 'old'), forged([], 'やあ'))
    await trustServer(site.house, 'mx.test.example', await personNamed(site, 'admin'))
    expect(await recheck(site.house, parser, 30)).toEqual({ looked: 5, changed: 4, verified: 4 })
    expect(await recheck(site.house, parser, 30)).toMatchObject({ changed: 0 })
    const thread = (await threadsOf(site)).find(({ subject }) => subject === 'old')
    expect(thread?.flags).not.toContain('unverified_sender')
    const [message] = (await messagesOf(site)).filter(({ subject }) => subject === 'old')
    expect(message).toMatchObject({
      identity: 'verified',
      ground: { code: 'dmarc_pass', by: 'mx.test.example' },
    })
    expect((await verify(site.house.store)).flaws).toEqual([])
    await parser.close()
  })
})

describe('a signature, where no server is trusted', () => {
  let dns: TestDns
  let site: TestSite
  beforeEach(async () => {
    dns = await startDns()
    const settings = { MAMORI_TRUSTED_AUTHSERV_IDS: '', MAMORI_DNS_SERVERS: dns.server }
    site = await openSite(undefined, settings)
  })
  afterEach(async () => {
    await site.close()
    await dns.close()
  })

  const unsigned = (subject: string) =>
    testMail({ from: victim, subject, body: '返金してください。', authenticated: false })

  it('verifies the sender; without it, and without DNS, the mail is stored all the same', async () => {
    const signer = openSigner(dns, 'gouriki.example')
    const other = openSigner(dns, 'gouriki.example.evil.example')
    await site.deliver(
      await signer.sign(unsigned('signed')),
      unsigned('plain'),
      await other.sign(unsigned('by another')),
    )
    dns.silent.add('mamori._domainkey.mute.example')
    const mute = openSigner(dns, 'mute.example')
    await site.deliver(
      await mute.sign(
        testMail({ from: 'a@mute.example', subject: 'mute', body: 'x', authenticated: false }),
      ),
    )
    const found = Object.fromEntries(
      (await messagesOf(site)).map(({ subject, identity, ground }) => [
        subject,
        `${identity} ${ground?.code} ${ground?.by}`.trim(),
      ]),
    )
    expect(found).toEqual({
      signed: 'verified dkim_pass gouriki.example',
      plain: 'unverified not_signed',
      'by another': 'unverified not_signed',
      mute: 'unverified dns_unreachable mute.example',
    })
  })

  it('is asked for again when DNS is back, and a key that has gone takes nothing back', async () => {
    const signer = openSigner(dns, 'gouriki.example')
    const name = 'mamori._domainkey.gouriki.example'
    dns.silent.add(name)
    await site.deliver(await signer.sign(unsigned('x')))
    dns.silent.delete(name)
    const parser = openParser({ workers: 1, timeoutMs: 20_000 })
    expect(await recheck(site.house, parser, 1)).toMatchObject({ verified: 1 })
    await parser.close()

    dns.records.delete(name)
    const later = openParser({ workers: 1, timeoutMs: 20_000 })
    expect(await recheck(site.house, later, 1)).toMatchObject({ looked: 1, changed: 0 })
    await later.close()
    expect((await messagesOf(site))[0]?.identity).toBe('verified')
  })
})
