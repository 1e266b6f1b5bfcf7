import { generateKeyPairSync } from 'node:crypto'
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openParser } from '../../src/flow/parse.ts'
import { openDkim } from '../../src/mail/dkim.ts'
import { dnsLookup } from '../../src/mail/key-records.ts'
import { readMail } from '../../src/mail/read.ts'
import { startDns, type TestDns } from '../support/dns.ts'
import { openSigner, type Signer } from '../support/signed.ts'

const hour = 3_600_000

function letter(from: string, ...more: string[]): Buffer {
  return Buffer.from(
    [
      ...more,
      `From: Taro <${from}>`,
      'To: support@hinata.example',
      'Subject: Invoice',
      `Date: ${new Date().toUTCString()}`,
      'Message-ID: <1@x.example>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Please send it.',
      '',
    ].join('\r\n'),
  )
}

describe('a mail’s own signature', () => {
  let dns: TestDns
  let signer: Signer
  beforeAll(async () => {
    dns = await startDns()
    signer = openSigner(dns, 'kaigara.example')
  })
  afterAll(() => dns.close())

  async function standing(raw: Buffer, receivedAt = new Date()) {
    const mail = await readMail(raw, [])
    const dkim = openDkim(dnsLookup([dns.server]))
    const [found] = await dkim.check([{ raw, mail, receivedAt }], () => undefined)
    return `${found?.identity}: ${found?.ground.code} ${found?.ground.by}`.trim()
  }
  const mine = letter('taro@kaigara.example')

  it('verifies the author whose domain made it', async () => {
    expect(await standing(await signer.sign(mine))).toBe('verified: dkim_pass kaigara.example')
    const upper = letter('Taro@KAIGARA.example')
    expect(await standing(await signer.sign(upper))).toBe('verified: dkim_pass kaigara.example')
  })

  it('verifies an author with an international domain, by its ASCII form', async () => {
    const own = openSigner(dns, 'xn--r8jz45g.example')
    const raw = await own.sign(letter('taro@例え.example'))
    expect(await standing(raw)).toBe('verified: dkim_pass xn--r8jz45g.example')
  })

  it('verifies what another program signed', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    dns.records.set('nm._domainkey.nodemailer.example', `v=DKIM1; p=${key}`)
    const transport = nodemailer.createTransport({
      streamTransport: true,
      buffer: true,
      dkim: {
        domainName: 'nodemailer.example',
        keySelector: 'nm',
        privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      },
    })
    const { message } = await transport.sendMail({
      from: 'a@nodemailer.example',
      to: 'b@x.example',
      subject: '署名',
      text: 'こんにちは',
    })
    expect(await standing(message as Buffer)).toBe('verified: dkim_pass nodemailer.example')
  })

  it('says nothing for an author of another domain', async () => {
    const raw = await signer.sign(letter('victim@yamada.example'))
    expect(await standing(raw)).toBe('unverified: not_signed')
  })

  it('of a relative domain is weak, of a neighbour at one provider nothing', async () => {
    const mail = openSigner(dns, 'mail.sakura-shoji.co.jp')
    const raw = await mail.sign(letter('a@sakura-shoji.co.jp'))
    expect(await standing(raw)).toBe('weak: dkim_relative mail.sakura-shoji.co.jp')
    const neighbour = openSigner(dns, 'evil.github.io')
    expect(await standing(await neighbour.sign(letter('a@victim.github.io')))).toBe(
      'unverified: not_signed',
    )
    const other = openSigner(dns, 'evil.co.jp')
    expect(await standing(await other.sign(letter('a@victim.co.jp')))).toBe(
      'unverified: not_signed',
    )
  })

  it.each<[string, (raw: Buffer) => Buffer, string]>([
    [
      'a changed text',
      (raw) => swap(raw, 'Please', 'Never'),
      'unverified: dkim_bad kaigara.example',
    ],
    [
      'a changed subject',
      (raw) => swap(raw, 'Invoice', 'Threat!'),
      'unverified: dkim_bad kaigara.example',
    ],
    [
      'another subject on top',
      (raw) => Buffer.concat([Buffer.from('Subject: I will kill you\r\n'), raw]),
      'weak: dkim_partial kaigara.example',
    ],
    [
      'another text below',
      (raw) => Buffer.concat([raw, Buffer.from('More words\r\n')]),
      'unverified: dkim_bad kaigara.example',
    ],
    [
      'a length added to it',
      (raw) => swap(raw, 'DKIM-Signature: ', 'DKIM-Signature: l=5; '),
      'unverified: dkim_weak kaigara.example',
    ],
    [
      'a tag that stands twice',
      (raw) => swap(raw, 'DKIM-Signature: ', 'DKIM-Signature: d=kaigara.example; '),
      'unverified: not_signed',
    ],
  ])('does not verify a mail with %s', async (_, change, expected) => {
    expect(await standing(change(await signer.sign(mine)))).toBe(expected)
  })

  it('is not enough where it covers only the beginning, however honest', async () => {
    const raw = await signer.sign(mine, { maxBodyLength: 5 })
    expect(await standing(raw)).toBe('unverified: dkim_weak kaigara.example')
  })

  it('is weak where it leaves out the subject, and none where it leaves out From', async () => {
    const partly = await signer.sign(mine, { headerList: 'from:date:to' })
    expect(await standing(partly)).toBe('weak: dkim_partial kaigara.example')
    const raw = await signer.sign(mine)
    const without = Buffer.from(raw.toString().replace(/ h=[^;]+;/, ' h=To:Subject:Date;'))
    expect(await standing(without)).toBe('unverified: dkim_bad kaigara.example')
  })

  it('counts at its time only: an old mail sent again proves nothing', async () => {
    const longAgo = new Date(Date.now() - 30 * 24 * hour)
    const raw = await signer.sign(mine, { signTime: longAgo })
    expect(await standing(raw)).toBe('unverified: dkim_out_of_time kaigara.example')
    expect(await standing(raw, new Date(longAgo.getTime() + hour))).toMatch(/^verified/)
    const soon = await signer.sign(mine, { expires: new Date(Date.now() + hour) })
    expect(await standing(soon)).toMatch(/^verified/)
    expect(await standing(soon, new Date(Date.now() + 2 * hour))).toMatch(/out_of_time/)
    const tomorrow = await signer.sign(mine, { signTime: new Date(Date.now() + 24 * hour) })
    expect(await standing(tomorrow)).toMatch(/out_of_time/)
  })

  it('proves nothing by a short key, a key under test, SHA-1, or a key that is gone', async () => {
    const short = openSigner(dns, 'short.example', { bits: 768 })
    const tested = openSigner(dns, 'tested.example', { tags: ' t=y;' })
    const gone = openSigner(dns, 'gone.example')
    dns.records.delete('mamori._domainkey.gone.example')
    const revoked = openSigner(dns, 'revoked.example')
    dns.records.set('mamori._domainkey.revoked.example', 'v=DKIM1; p=')
    const said = async (by: Signer, over = {}) =>
      standing(await by.sign(letter(`a@${by.domain}`), over))
    expect(await said(short)).toBe('unverified: dkim_weak short.example')
    expect(await said(tested)).toBe('unverified: dkim_weak tested.example')
    expect(await said(gone)).toBe('unverified: dkim_no_key gone.example')
    expect(await said(revoked)).toBe('unverified: dkim_bad revoked.example')
    expect(await said(signer, { algorithm: 'rsa-sha1' })).toMatch(/^unverified: dkim_weak/)
  })

  it('finds the good one among many, and asks for few keys', async () => {
    dns.asked.length = 0
    const raw = await signer.sign(mine)
    const noise = Array.from(
      { length: 300 },
      (_, n) =>
        `DKIM-Signature: v=1; a=rsa-sha256; d=kaigara.example; s=s${n}; h=from:subject; bh=x; b=x`,
    ).join('\r\n')
    await standing(Buffer.concat([Buffer.from(`${noise}\r\n`), raw]))
    expect(dns.asked.length).toBeLessThanOrEqual(3)
    const few = noise.split('\r\n').slice(0, 2).join('\r\n')
    expect(await standing(Buffer.concat([Buffer.from(`${few}\r\n`), raw]))).toMatch(/^verified/)
  })

  it('is not held against the mail where DNS does not answer', async () => {
    const mute = openSigner(dns, 'mute.example')
    dns.silent.add('mamori._domainkey.mute.example')
    const raw = await mute.sign(letter('a@mute.example'))
    expect(await standing(raw)).toBe('unverified: dns_unreachable mute.example')
  })

  it('is read in the threads, once a key, and only where no trusted server spoke', async () => {
    const parser = openParser({ workers: 1, timeoutMs: 20_000 })
    const dkim = { settings: { servers: [dns.server] }, receivedAt: new Date() }
    const raw = await signer.sign(mine)
    const own =
      'Authentication-Results: mx.ours.example; dmarc=none header.from=kaigara.example\r\n'
    const trustedAuthservIds = ['mx.ours.example']
    dns.asked.length = 0
    const mails = await Promise.all([
      ...Array.from({ length: 20 }, () => parser.read(raw, { trustedAuthservIds, dkim })),
      parser.read(Buffer.concat([Buffer.from(own), raw]), { trustedAuthservIds, dkim }),
      parser.read(raw, { trustedAuthservIds }),
    ])
    await parser.close()
    expect(mails.map(({ mail }) => mail.ground.code)).toEqual([
      ...Array.from({ length: 20 }, () => 'dkim_pass'),
      'results_silent',
      'not_checked',
    ])
    expect(dns.asked).toEqual(['mamori._domainkey.kaigara.example'])
  })
})

function swap(raw: Buffer, from: string, to: string): Buffer {
  return Buffer.from(raw.toString().replace(from, to))
}
