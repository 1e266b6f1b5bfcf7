import { generateKeyPairSync } from 'node:crypto'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import type { TestDns } from './dns.ts'

/** A domain that signs its mail, with its key in that DNS. */
export type Signer = {
  readonly domain: string
  sign(raw: Buffer, over?: Partial<SignOptions>): Promise<Buffer>
}

type SignOptions = {
  readonly signTime: Date
  readonly expires: Date
  readonly maxBodyLength: number
  readonly headerList: string
  readonly algorithm: string
}

export function openSigner(
  dns: TestDns,
  domain: string,
  { bits = 2048, tags = '' }: { bits?: number; tags?: string } = {},
): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const record = `v=DKIM1; k=rsa;${tags} p=${key}`
  dns.records.set(`mamori._domainkey.${domain}`, record)
  return {
    domain,
    async sign(raw, over = {}) {
      const { maxBodyLength, ...rest } = over
      const key = {
        signingDomain: domain,
        selector: 'mamori',
        privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }),
      }
      const { signatures, errors } = await dkimSign(raw, {
        canonicalization: 'relaxed/relaxed',
        algorithm: 'rsa-sha256',
        signTime: new Date(),
        ...key,
        ...rest,
        signatureData: [{ ...key, ...(maxBodyLength === undefined ? {} : { maxBodyLength }) }],
      })
      if (errors?.length) throw new Error(`not signed: ${JSON.stringify(errors)}`)
      return Buffer.concat([Buffer.from(signatures), raw])
    },
  }
}
