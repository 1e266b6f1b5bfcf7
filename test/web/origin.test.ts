import { describe, expect, it } from 'vitest'
import { networkFrom } from '../../src/web/origin.ts'

const proxies = ['10.0.0.1', '10.0.0.2']

describe('where a request comes from', () => {
  it.each([
    ['192.0.2.5', '192.0.2.5'],
    ['::ffff:192.0.2.5', '192.0.2.5'],
    ['::FFFF:192.0.2.5', '192.0.2.5'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff:0:0:9', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is %s', (remote, network) => {
    expect(networkFrom(remote, '', [])).toBe(network)
  })

  it('is not what somebody says who is no proxy of ours', () => {
    expect(networkFrom('192.0.2.6', '198.51.100.1', proxies)).toBe('192.0.2.6')
    expect(networkFrom('192.0.2.6', '198.51.100.1, 10.0.0.1', proxies)).toBe('192.0.2.6')
    expect(networkFrom('192.0.2.6', '198.51.100.1', [])).toBe('192.0.2.6')
  })

  it('is what the outermost of our proxies saw, however much was made up before it', () => {
    expect(networkFrom('10.0.0.1', '192.0.2.7', proxies)).toBe('192.0.2.7')
    expect(networkFrom('10.0.0.1', '1.2.3.4, 192.0.2.7, 10.0.0.2', proxies)).toBe('192.0.2.7')
    expect(networkFrom('10.0.0.1', '10.0.0.2, 192.0.2.7', proxies)).toBe('192.0.2.7')
    expect(networkFrom('10.0.0.1', '2001:db8:1:2::9', proxies)).toBe('2001:db8:1:2::/64')
    expect(networkFrom('10.0.0.1', '', proxies)).toBe('10.0.0.1')
    expect(networkFrom('10.0.0.1', `${'9'.repeat(500)}`, proxies).length).toBeLessThan(80)
  })
})
