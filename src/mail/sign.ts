import { createPrivateKey } from 'node:crypto'
import DKIM from 'nodemailer/lib/dkim'

/** A key for signing what we send (RFC 6376): the domain, and where its public half is in DNS. */
export type SigningKey = {
  readonly domain: string
  readonly selector: string
  /** PEM; RSA. */
  readonly privateKey: string
}

/** Signs mail whose author's domain is the key's, or below it; leaves other mail as it is. */
export type Sign = (raw: Buffer, fromAddress: string) => Promise<Buffer>

/** A key that signs nothing; the message says what to mend and holds no key. */
export class UnusableKey extends Error {
  constructor(why: string) {
    super(`the DKIM key cannot be used: ${why}`)
    this.name = 'UnusableKey'
  }
}

/** RFC 8301 section 3.2: shorter keys are not believed. */
const keyBitsMin = 1024

/** Throws `UnusableKey`. */
export function openSigning({ domain, selector, privateKey }: SigningKey): Sign {
  checkKey(privateKey)
  const dkim = new DKIM({ domainName: domain, keySelector: selector, privateKey })
  return async (raw, fromAddress) => {
    const from = fromAddress.slice(fromAddress.lastIndexOf('@') + 1).toLowerCase()
    if (from !== domain && !from.endsWith(`.${domain}`)) return raw
    return Buffer.concat(await Array.fromAsync(dkim.sign(raw)))
  }
}

function checkKey(privateKey: string): void {
  const key = keyIn(privateKey)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < keyBitsMin) {
    throw new UnusableKey(`it has to be an RSA key of ${keyBitsMin} bits or more, 2048 are usual`)
  }
}

function keyIn(privateKey: string) {
  try {
    return createPrivateKey(privateKey)
  } catch {
    // OpenSSL's own words may repeat what stands in the file.
    throw new UnusableKey('it is no private key in PEM (-----BEGIN PRIVATE KEY-----)')
  }
}
