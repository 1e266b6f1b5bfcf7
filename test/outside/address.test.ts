import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressesOf, flawOfAddress, isPublic, type Outside } from '../../src/outside/address.ts'
import { post } from '../../src/outside/post.ts'
import { startDns, type TestDns } from '../support/dns.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const anywhere: Outside = { allowed: [], dnsServers: [] }

describe('addresses that nothing is sent to', () => {
  it.each([
    ['http://hooks.example.org/x', 'not_https'],
    ['https://user:word@hooks.example.org/', 'has_user'],
    ['https://hooks.example.org:25/', 'port_not_allowed'],
    ['https://hooks.example.org:8443/', null],
    ['https://127.0.0.1/', 'address_forbidden'],
    ['https://2130706433/', 'address_forbidden'],
    ['https://0x7f.1/', 'address_forbidden'],
    ['https://①②⑦.⓪.⓪.①/', 'address_forbidden'],
    ['https://[::ffff:127.0.0.1]/', 'address_forbidden'],
    ['https://localhost/', 'address_forbidden'],
    ['https://localhost./', 'address_forbidden'],
    ['https://metadata.google.internal/', 'address_forbidden'],
    ['https://printer.local/', 'address_forbidden'],
    ['https://intranet/', 'address_forbidden'],
    ['https://hooks.example.org\\@127.0.0.1/', 'not_an_address'],
    ['https://hooks.exam\nple.org/', 'not_an_address'],
    ['/etc/passwd', 'not_an_address'],
    ['https://8.8.8.8/', null],
    ['https://hooks.slack.com/services/T0/B0/x', null],
  ])('%s: %s', (typed, flaw) => {
    expect(flawOfAddress(typed, anywhere)).toBe(flaw)
  })

  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.8.8.8', '169.254.169.254', '172.31.255.255'],
    ...['192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.19.0.1', '198.51.100.7'],
    ...['203.0.113.7', '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16'],
    ...['::', '::1', '::7f00:1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', 'fe80::1', 'fec0::1'],
    ...['fd00:ec2::254', 'ff02::1', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1'],
    ...['2001:db8::1', '3fff::1', '5f00::1', '100::1', '2001:20::1', '4000::1', 'nonsense'],
  ])('%s is no address of the internet', (address) => {
    expect(isPublic(address)).toBe(false)
  })

  it.each(['8.8.8.8', '203.104.0.1', '2001:4860:4860::8888', '2606:4700::1'])(
    '%s is one',
    (address) => {
      expect(isPublic(address)).toBe(true)
    },
  )

  it('may be allowed by name, with all ports of theirs or one', () => {
    const own: Outside = { allowed: ['chat.intra', 'hook.intra:9443'], dnsServers: [] }
    expect(flawOfAddress('https://chat.intra:1234/x', own)).toBeNull()
    expect(flawOfAddress('https://hook.intra:9443/x', own)).toBeNull()
    expect(flawOfAddress('https://hook.intra:9444/x', own)).toBe('port_not_allowed')
    expect(flawOfAddress('http://chat.intra/x', own)).toBe('not_https')
    expect(flawOfAddress('https://chat.intra.evil.example:1234/x', own)).toBe('port_not_allowed')
  })
})

describe('posting, with a name server that tells lies', () => {
  let dns: TestDns
  let receiver: Receiver
  let outside: Outside
  beforeAll(async () => {
    dns = await startDns()
    receiver = await startReceiver()
    outside = { allowed: [], dnsServers: [dns.server] }
  })
  afterAll(async () => {
    await receiver.close()
    await dns.close()
  })
  const to = (url: string, where = outside) => post({ url, headers: {}, body: '{}' }, where)
  const failed = (why: string) => ({ kind: 'failed', why })

  const path = '../shared/vectors/ssrf_urls.json'
  const vector = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { cases: { id: string; url: string }[] }).cases
    : []

  it.skipIf(vector.length === 0)(
    'refuses all of the common list, as it stands and over HTTPS',
    { timeout: 120_000 },
    async () => {
      for (const name of ['127.0.0.1.nip.io', '127-0-0-1.sslip.io', 'localtest.me']) {
        dns.addresses.set(name, [['127.0.0.1']])
      }
      dns.addresses.set('rebind.invalid', [['8.8.8.8', '127.0.0.1']])
      dns.addresses.set('redirect.invalid', [['127.0.0.1']])
      expect(vector).toHaveLength(37)
      for (const { id, url } of vector) {
        expect(await to(url), id).toEqual(failed('address_forbidden'))
        const secure = url.replace(/^\w+:(?=\/\/)/, 'https:')
        expect(await to(secure), `${id} as ${secure}`).toEqual(failed('address_forbidden'))
      }
      expect(receiver.heard).toEqual([])
    },
  )

  it('refuses a name as soon as one of its addresses lies inside', async () => {
    dns.addresses.set('half.example.org', [['8.8.8.8', '10.0.0.1']])
    dns.addresses.set('six.example.org', [['8.8.8.8', 'fd00::1']])
    expect(await to('https://half.example.org/')).toEqual(failed('address_forbidden'))
    expect(await to('https://six.example.org/')).toEqual(failed('address_forbidden'))
  })

  it('asks for a name once, and goes to what was answered then', async () => {
    dns.addresses.set('hooks.example.org', [['127.0.0.1'], ['10.9.9.9']])
    const before = dns.asked.length
    const own = { ...outside, allowed: [`hooks.example.org:${receiver.port}`] }
    const answer = await to(`https://hooks.example.org:${receiver.port}/in?x=1`, own)
    expect(answer).toEqual({ kind: 'answered', status: 200 })
    expect(dns.asked.length - before).toBe(2)
    const [heard] = receiver.heard.splice(0)
    expect(heard).toMatchObject({ path: '/in?x=1', method: 'POST', body: '{}' })
    expect(heard?.headers.host).toBe(`hooks.example.org:${receiver.port}`)
    expect(await addressesOf('hooks.example.org', outside)).toEqual(['10.9.9.9'])
  })

  it('follows no redirect, wherever it leads', async () => {
    const at = `https://localhost:${receiver.port}`
    const own: Outside = { allowed: ['localhost'], dnsServers: [] }
    receiver.answer = (nth) =>
      nth === 1 ? { status: 302, headers: { location: `${at}/elsewhere` } } : { status: 200 }
    expect(await to(`${at}/first`, own)).toEqual({ kind: 'answered', status: 302 })
    expect(receiver.heard.splice(0).map((one) => one.path)).toEqual(['/first'])
    receiver.answer = () => ({ status: 200 })
  })

  it('believes no certificate of another name, and none of an unknown authority', async () => {
    dns.addresses.set('other.example.org', [['127.0.0.1']])
    const own = { ...outside, allowed: ['other.example.org'] }
    const answer = await to(`https://other.example.org:${receiver.port}/`, own)
    expect(answer).toEqual(failed('certificate'))
    expect(receiver.heard).toEqual([])
  })

  it('reads little of an answer, and tells what was wrong with a name or a port', async () => {
    receiver.answer = () => ({ status: 500, body: 'x'.repeat(5_000_000) })
    const own: Outside = { allowed: ['localhost'], dnsServers: [] }
    const at = `https://localhost:${receiver.port}/`
    expect(await to(at, own)).toEqual({ kind: 'answered', status: 500 })
    receiver.answer = () => ({ status: 200 })
    expect(await to('https://nobody.example.org/')).toEqual(failed('name_unknown'))
    expect(await to('https://localhost:1/', own)).toEqual(failed('unreachable'))
  })
})
