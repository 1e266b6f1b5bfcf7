import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDkim } from '../../src/mail/dkim.ts'
import { dnsLookup } from '../../src/mail/key-records.ts'
import { readMail } from '../../src/mail/read.ts'
import { openSigning } from '../../src/mail/sign.ts'
import { startDns, type TestDns } from '../support/dns.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
const raw = Buffer.from(
  [
    'From: support@hinata.example',
    'To: y@customer.example',
    'Subject: notice',
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'words',
    '',
  ].join('\r\n'),
)

describe('signing what we send', () => {
  let dns: TestDns
  beforeAll(async () => {
    dns = await startDns()
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    dns.records.set('s1._domainkey.hinata.example', `v=DKIM1; k=rsa; p=${key}`)
  })
  afterAll(() => dns.close())

  const sign = openSigning({ domain: 'hinata.example', selector: 's1', privateKey: pem })

  it('makes a signature that others verify, and leaves the mail below it as it is', async () => {
    const signed = await sign(raw, 'support@hinata.example')
    expect(signed.subarray(signed.length - raw.length).equals(raw)).toBe(true)
    const mail = await readMail(signed, [])
    const dkim = openDkim(dnsLookup([dns.server]))
    const [standing] = await dkim.check(
      [{ raw: signed, mail, receivedAt: new Date() }],
      () => undefined,
    )
    expect(standing).toMatchObject({ identity: 'verified', ground: { code: 'dkim_pass' } })
  })

  it('signs for no other domain', async () => {
    expect((await sign(raw, 'support@evil-hinata.example')).equals(raw)).toBe(true)
    expect((await sign(raw, 'a@mail.hinata.example')).equals(raw)).toBe(false)
  })

  it.each([
    ['no key', 'canary-4711', /no private key in PEM/],
    [
      'a key of another kind',
      generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      /RSA key of 1024 bits/,
    ],
  ])('says at the start what is wrong with %s, and does not repeat it', (_, privateKey, words) => {
    const open = () => openSigning({ domain: 'hinata.example', selector: 's1', privateKey })
    expect(open).toThrow(words)
    expect(open).not.toThrow(/canary-4711/)
  })
})
