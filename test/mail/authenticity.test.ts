import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAuthenticationResults } from '../../src/mail/authentication-results.ts'
import { readMail } from '../../src/mail/read.ts'

const ours = ['mx.ours.example']

async function standing(lines: readonly string[], trusted: readonly string[] = ours) {
  const raw = Buffer.from([...lines, '', 'x'].join('\r\n'))
  const { identity, ground } = await readMail(raw, trusted)
  return `${identity}: ${ground.code} ${ground.by}`.trim()
}

const ar = (results: string) => `Authentication-Results: mx.ours.example; ${results}`
const from = 'From: a@x.example'

describe('what our receiving server says of a sender', () => {
  it.each<[string, string, string]>([
    ['an aligned DMARC pass', 'dmarc=pass header.from=x.example', 'verified: dmarc_pass'],
    ['a DMARC failure', 'dmarc=fail header.from=x.example', 'failed: dmarc_fail'],
    ['a pass of somebody else', 'dmarc=pass header.from=y.example', 'failed: dmarc_other_domain'],
    ['a pass of a sister domain', 'dmarc=pass header.from=mail.x.example', 'weak: dmarc_relative'],
    ['a pass of nobody', 'dmarc=pass', 'unverified: results_silent'],
    [
      'a pass of two domains',
      'dmarc=pass header.from=x.example header.from=y.example',
      'failed: dmarc_other_domain',
    ],
    [
      'DKIM without DMARC',
      'dkim=pass header.d=x.example; dmarc=none header.from=x.example',
      'weak: reported_dkim',
    ],
    ['DKIM by its user', 'dkim=pass header.i=@mail.x.example', 'weak: reported_dkim'],
    ['SPF without DMARC', 'spf=pass smtp.mailfrom=bounce@x.example', 'weak: reported_spf'],
    ['SPF of a bare domain', 'spf=pass smtp.mailfrom=x.example', 'weak: reported_spf'],
    ['DKIM of somebody else', 'dkim=pass header.d=esp.invalid', 'unverified: results_silent'],
    ['a broken DKIM', 'dkim=fail header.d=x.example', 'unverified: results_silent'],
    ['nothing', 'none', 'unverified: results_silent'],
    ['DNS out of reach', 'dmarc=temperror header.from=x.example', 'unverified: results_silent'],
    [
      'a policy in words',
      'dmarc=none policy.dmarc=pass header.from=x.example',
      'unverified: results_silent',
    ],
  ])('%s', async (_, results, expected) => {
    expect(await standing([ar(results), from])).toBe(`${expected} mx.ours.example`)
  })

  it.each<[string, string]>([
    ['upper case and blanks', 'DMARC = Pass (p=none) Header.From = X.EXAMPLE'],
    ['versions', 'dmarc/1=pass header.from=x.example'],
    ['a reason with signs in it', 'dmarc=pass reason="a; dmarc=fail (b" header.from=x.example'],
    ['nested comments', 'dmarc=pass (a (b; dmarc=fail) \\) c) header.from=x.example'],
    [
      'a policy beside it',
      'dmarc=pass policy.published-domain-policy=reject header.from=x.example',
    ],
    ['a quoted value', 'dmarc=pass header.from="x.example"'],
    ['the root’s dot', 'dmarc=pass header.from=x.example.'],
    [
      'other methods before and after',
      'iprev=pass policy.iprev=192.0.2.1; dmarc=pass header.from=x.example; bimi=skipped',
    ],
    [
      'folded lines',
      'spf=pass\r\n smtp.mailfrom=x.example;\r\n\tdmarc=pass\r\n header.from=x.example',
    ],
  ])('is understood with %s', async (_, results) => {
    expect(await standing([ar(results), from])).toBe('verified: dmarc_pass mx.ours.example')
  })

  it.each<[string, string]>([
    ['another method version', ar('dmarc/2=pass header.from=x.example')],
    ['only in a comment', ar('spf=fail (dmarc=pass header.from=x.example)')],
    ['only in quotes', ar('spf=fail reason="; dmarc=pass header.from=x.example"')],
    ['in a comment that never ends', ar('(dmarc=pass header.from=x.example')],
    ['in quotes that never end', ar('"dmarc=pass header.from=x.example')],
  ])('proves nobody by a pass with %s', async (_, header) => {
    expect(await standing([header, from])).toBe('unverified: results_silent mx.ours.example')
  })

  it.each<[string, string]>([
    [
      'of another header version',
      'Authentication-Results: mx.ours.example 2; dmarc=pass header.from=x.example',
    ],
    [
      'of a server that does not name itself',
      'Authentication-Results: dmarc=pass header.from=x.example',
    ],
    [
      'of ARC',
      'ARC-Authentication-Results: i=1; mx.ours.example; dmarc=pass header.from=x.example',
    ],
    [
      'of a name that begins like ours',
      'Authentication-Results: mx.ours.example.evil.example; dmarc=pass header.from=x.example',
    ],
    [
      'of a look-alike of our name',
      'Authentication-Results: mх.ours.example; dmarc=pass header.from=x.example',
    ],
  ])('is not heard in the words %s', async (_, header) => {
    expect(await standing([header, from])).toBe('unverified: not_checked')
  })

  it('ends where the mail itself begins, also without a Received between', async () => {
    const forged = ar('dmarc=pass header.from=x.example')
    const silent = 'unverified: results_silent mx.ours.example'
    expect(await standing([ar('iprev=pass'), 'X-Mailer: y', forged, from])).toBe(silent)
    expect(await standing([ar('iprev=pass'), 'Received: from evil', forged, from])).toBe(silent)
    const own = [ar('iprev=pass'), 'Received-SPF: none', forged, from]
    expect(await standing(own)).toBe('verified: dmarc_pass mx.ours.example')
  })

  it('knows an international domain in both of its forms, and no other one', async () => {
    const author = 'From: taro@例え.example'
    for (const name of ['例え.example', 'xn--r8jz45g.example', 'XN--R8JZ45G.example.']) {
      const header = ar(`dmarc=pass header.from=${name}`)
      expect(await standing([header, author])).toMatch(/^verified/)
      expect(await standing([header, 'From: taro@xn--r8jz45g.example'])).toMatch(/^verified/)
      expect(await standing([header, 'From: taro@例之.example'])).toMatch(/^failed/)
    }
  })

  it('takes neighbours under a public suffix for strangers', async () => {
    const header = ar('dmarc=pass header.from=evil.co.jp')
    expect(await standing([header, 'From: a@victim.co.jp'])).toMatch(/^failed/)
    const pages = ar('dkim=pass header.d=evil.github.io')
    expect(await standing([pages, 'From: a@victim.github.io'])).toMatch(/^unverified/)
  })

  it('never proves a From that is not one plain address', async () => {
    const header = ar('dmarc=pass header.from=x.example')
    for (const lines of [
      [from, 'From: b@x.example'],
      ['from : a@x.example', 'FROM: b@x.example'],
      ['From: a@x.example, b@x.example'],
      ['From: team:a@x.example;'],
      ['From: team:a@x.example,b@x.example;'],
      ['From: a@x.example\0@y.example'],
      ['From: "a"@b@x.example'],
      ['From: a'],
      ['From:'],
      [],
    ]) {
      expect(await standing([header, ...lines]), lines.join()).toBe('failed: from_unclear')
    }
  })

  it('is read whatever it holds', () => {
    for (const piece of ['(', ')', '"', '\\', ';', 'a=b;', 'a="', '=', '/', ' ', '(a']) {
      expect(() => readAuthenticationResults(`mx; ${piece.repeat(1_000_000)}`)).not.toThrow()
    }
    const letters = fc.string({ unit: fc.constantFrom(...'a=;"(). \\/1m\t'), maxLength: 60 })
    fc.assert(
      fc.property(letters, (text) => {
        readAuthenticationResults(text)
      }),
    )
  })
})
