import type { Protection } from '../domain/mail.ts'
import { firstValue, type HeaderField } from './header.ts'
import type { Part } from './parts.ts'

/** How a mail is signed or sealed: by its header, by its parts, by armour in its text. */
export function protectionOf(
  fields: readonly HeaderField[],
  parts: readonly Part[],
  text: string,
): Protection {
  const type = firstValue(fields, 'content-type').toLowerCase()
  const found = [
    byHeader(type),
    ...parts.map(({ attachment, sight }) =>
      sight.protection === 'none' ? byPart(attachment.contentType) : sight.protection,
    ),
    byArmour(text),
  ]
  const sealed = found.find((one) => one.endsWith('encrypted'))
  return sealed ?? found.find((one) => one !== 'none') ?? 'none'
}

/** RFC 1847: multipart/signed and multipart/encrypted, with the protocol as a parameter. */
function byHeader(type: string): Protection {
  const [, kind] = /^\s*multipart\/(signed|encrypted)\b/.exec(type) ?? []
  if (!kind) return 'none'
  const scheme = /pkcs7/.test(type) ? 'smime' : 'pgp'
  return `${scheme}_${kind}` as Protection
}

function byPart(contentType: string): Protection {
  switch (contentType) {
    case 'application/pgp-encrypted':
      return 'pgp_encrypted'
    case 'application/pgp-signature':
      return 'pgp_signed'
    case 'application/pkcs7-signature':
    case 'application/x-pkcs7-signature':
      return 'smime_signed'
    default:
      return 'none'
  }
}

/** RFC 9580 section 6.2: the armour stands at the beginning of a line; a quoted one is history. */
function byArmour(text: string): Protection {
  const [, kind] = /^-----BEGIN PGP (SIGNED )?MESSAGE-----\s*$/m.exec(text) ?? [null, null]
  if (kind === null) return 'none'
  return kind ? 'pgp_signed' : 'pgp_encrypted'
}
