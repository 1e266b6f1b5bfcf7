/** What a CMS container holds (RFC 5652), by its content type. */
export type Cms = { readonly kind: 'signed' | 'sealed'; readonly content: Buffer | null }

const signedData = Buffer.from('2a864886f70d010702', 'hex')
const data = Buffer.from('2a864886f70d010701', 'hex')

const sequence = 0x30
const set = 0x31
const objectId = 0x06
const octets = 0x04
const octetsInPieces = 0x24
const explicit0 = 0xa0

const piecesMax = 100_000

/**
 * Whether a container is signed or sealed, and what a signature wraps. Nothing is verified. Null
 * where it is no container.
 */
export function readCms(bytes: Buffer): Cms | null {
  const outer = elementAt(bytes, 0)
  const type = outer?.tag === sequence ? elementAt(outer.content, 0) : null
  if (!outer || type?.tag !== objectId) return null
  if (!type.content.equals(signedData)) return { kind: 'sealed', content: null }
  return { kind: 'signed', content: wrappedIn(outer.content, type.end) }
}

/** SignedData: version, digest algorithms, then the content's own type and its octets. */
function wrappedIn(bytes: Buffer, at: number): Buffer | null {
  const explicit = elementAt(bytes, at)
  const signed = explicit?.tag === explicit0 ? elementAt(explicit.content, 0) : null
  const version = signed?.tag === sequence ? elementAt(signed.content, 0) : null
  const digests = signed && version ? elementAt(signed.content, version.end) : null
  const wrapped = signed && digests?.tag === set ? elementAt(signed.content, digests.end) : null
  const type = wrapped?.tag === sequence ? elementAt(wrapped.content, 0) : null
  if (!wrapped || !type?.content.equals(data)) return null
  const content = elementAt(wrapped.content, type.end)
  return content?.tag === explicit0 ? octetsOf(elementAt(content.content, 0)) : null
}

function octetsOf(element: Element | null): Buffer | null {
  if (element?.tag === octets) return element.content
  if (element?.tag !== octetsInPieces) return null
  const pieces: Buffer[] = []
  for (let at = 0; at < element.content.length && pieces.length < piecesMax; ) {
    const piece = elementAt(element.content, at)
    if (piece?.tag !== octets) break
    pieces.push(piece.content)
    at = piece.end
  }
  return Buffer.concat(pieces)
}

type Element = { readonly tag: number; readonly content: Buffer; readonly end: number }

/** One element in BER, also of indefinite length; null where none stands there. */
function elementAt(bytes: Buffer, at: number): Element | null {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) return null
  if (first < 0x80) return element(tag, bytes, at + 2, first)
  // Of indefinite length here is only what stands last in its container.
  if (first === 0x80) return element(tag, bytes, at + 2, bytes.length - at - 2)
  const digits = first & 0x7f
  if (digits > 4 || at + 2 + digits > bytes.length) return null
  return element(tag, bytes, at + 2 + digits, bytes.readUIntBE(at + 2, digits))
}

function element(tag: number, bytes: Buffer, start: number, length: number): Element {
  const end = start + length
  return { tag, content: bytes.subarray(start, end), end }
}
