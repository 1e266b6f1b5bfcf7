import addressparser from 'nodemailer/lib/addressparser'
import type { Address } from '../domain/mail.ts'
import { decodeGuessing, decodeWords, isRaw } from './charset.ts'
import type { HeaderField } from './header.ts'

/** Nobody writes to more by hand; a longer list is a machine's, and its first ones say enough. */
const addressesMax = 500
const headerLengthMax = 100_000
const nameLengthMax = 200

/** RFC 5321 section 4.5.3.1: 64 octets, an @, and 255. */
const addressLengthMax = 320

/** The addresses of all fields of that name, groups taken apart. */
export function addressesIn(fields: readonly HeaderField[], name: string): Address[] {
  const values = fields.filter((field) => field.name === name).map(({ value }) => value)
  const text = values.map((value) => (isRaw(value) ? decodeGuessing(value) : value)).join(', ')
  const parsed = addressparser(text.slice(0, headerLengthMax), { flatten: true })
  return parsed.slice(0, addressesMax).map((one) => plainAddress(one.name, one.address))
}

function plainAddress(name: string, address: string): Address {
  return {
    name: decodeWords(name)
      .replace(/[\0-\x1f\x7f]+/g, ' ')
      .trim()
      .slice(0, nameLengthMax),
    address: address.trim().toLowerCase().slice(0, addressLengthMax),
  }
}
