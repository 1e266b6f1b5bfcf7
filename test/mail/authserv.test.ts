import { describe, expect, it } from 'vitest'
import { proposeServers } from '../../src/mail/authserv.ts'

type Head = {
  readonly results?: string
  readonly from?: string
  readonly by?: string
  readonly below?: readonly string[]
}

/** A mail as a receiving server stores it: its own Received on top, its results right below. */
function head({ results, from = 'a@x.example', by = 'mx.ours.example', below = [] }: Head): Buffer {
  return Buffer.from(
    [
      'Return-Path: <bounce@x.example>',
      `Received: from sender.example by ${by} with ESMTPS; Mon, 23 Nov 2026 09:00:00 +0900`,
      ...(results === undefined ? [] : [`Authentication-Results: ${results}`]),
      ...below,
      `From: ${from}`,
      'Subject: x',
      '',
      '',
    ].join('\r\n'),
  )
}

const domains = ['a.example', 'b.example', 'c.example', 'd.example']
const ours = (domain: string) =>
  `mx.ours.example; spf=pass smtp.mailfrom=taro@${domain}; dmarc=pass header.from=${domain}`
const many = (over: (domain: string) => Head) =>
  domains.map((domain) => head({ from: `taro@${domain}`, results: ours(domain), ...over(domain) }))

describe('finding the server that can be believed', () => {
  it('proposes the one on top of everybody’s mail, beside its own Received', () => {
    const { servers, without, gaps } = proposeServers(many(() => ({})))
    expect({ without, gaps }).toEqual({ without: 0, gaps: 0 })
    expect(servers).toEqual([
      {
        id: 'mx.ours.example',
        proposed: true,
        mails: 4,
        senders: 4,
        host: 'mx.ours.example',
        pros: ['many_senders', 'beside_own_received', 'states_dmarc'],
        cons: [],
        example: [
          { method: 'spf', result: 'pass', about: 'a.example' },
          { method: 'dmarc', result: 'pass', about: 'a.example' },
        ],
      },
    ])
  })

  it('shows no address of a customer in its example', () => {
    expect(JSON.stringify(proposeServers(many(() => ({}))))).not.toContain('taro@')
  })

  it('finds it above its Received as well, and under a storing server of the same house', () => {
    const onTop = domains.map((domain) =>
      Buffer.from(
        `Authentication-Results: ${ours(domain)}\r\nReceived: from y by mx.ours.example; x\r\nFrom: a@${domain}\r\n\r\n`,
      ),
    )
    expect(proposeServers(onTop).servers[0]?.proposed).toBe(true)
    const stored = many(() => ({ by: 'store.ours.example' }))
    expect(proposeServers(stored).servers[0]?.proposed).toBe(true)
  })

  it.each<[string, Buffer[], string]>([
    ['seen from one sender', many(() => ({ from: 'a@a.example' })), 'few_senders'],
    [
      'beside somebody else’s Received',
      many(() => ({ by: 'mx.other.example' })),
      'not_beside_own_received',
    ],
    [
      'among the words of the mail itself',
      domains.map((domain) =>
        Buffer.from(
          `Received: by mx.ours.example; x\r\nFrom: a@${domain}\r\nAuthentication-Results: ${ours(domain)}\r\n\r\n`,
        ),
      ),
      'not_beside_own_received',
    ],
    ['of the senders’ own house', many(() => ({ from: 'a@ours.example' })), 'is_senders_own'],
    [
      'without a word on DMARC',
      many(() => ({ results: 'mx.ours.example; spf=pass smtp.mailfrom=x.example' })),
      'no_dmarc',
    ],
  ])('does not propose one %s', (_, heads, con) => {
    const [server] = proposeServers(heads).servers
    expect(server?.proposed).toBe(false)
    expect(server?.cons).toContain(con)
  })

  it('warns of mails without it: there a sender could write it', () => {
    const found = proposeServers([...many(() => ({})), head({}), head({})])
    expect(found).toMatchObject({ without: 2, gaps: 2 })
    expect(found.servers[0]).toMatchObject({ proposed: true, cons: ['gaps'] })
  })

  it('warns of a server that leaves forged copies under its name in place', () => {
    const below = ['Received: from evil by x', `Authentication-Results: ${ours('a.example')}`]
    const [server] = proposeServers(many(() => ({ below }))).servers
    expect(server?.cons).toContain('also_further_down')
  })

  it('proposes both of two servers that share the mail, and no forger beside them', () => {
    const second = many((domain) => ({
      results: ours(domain).replace('mx.', 'mx2.'),
      by: 'mx2.ours.example',
    }))
    const forged = head({ results: ours('a.example').replace('mx.ours', 'mx.evil') })
    const { servers } = proposeServers([...many(() => ({})), ...second, forged])
    expect(servers.map(({ id, proposed }) => [id, proposed])).toEqual([
      ['mx.ours.example', true],
      ['mx2.ours.example', true],
      ['mx.evil.example', false],
    ])
  })

  it('counts headers that name no server, and takes nothing from no mail', () => {
    const nameless = many(() => ({ results: 'spf=pass smtp.mailfrom=x.example; dmarc=pass' }))
    expect(proposeServers(nameless)).toMatchObject({ nameless: 4, servers: [] })
    expect(proposeServers([])).toMatchObject({ looked: 0, servers: [] })
  })
})
