import Encoding from 'encoding-japanese'

/** A mail, or a part of one, line by line; one byte a character. */
export function mail(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

/** Text as the bytes of an old charset, one byte a character. */
export function encoded(text: string, to: 'JIS' | 'SJIS' | 'EUCJP' | 'UTF8'): string {
  const bytes =
    to === 'UTF8'
      ? Buffer.from(text)
      : Buffer.from(Encoding.convert(Encoding.stringToCode(text), { to, from: 'UNICODE' }))
  return bytes.toString('latin1')
}

/** An encoded word (RFC 2047) of bytes that are in that charset. */
export function word(charset: string, bytes: string): string {
  return `=?${charset}?B?${Buffer.from(bytes, 'latin1').toString('base64')}?=`
}

/** Every byte percent-encoded (RFC 2231). */
export function percent(bytes: string): string {
  return [...Buffer.from(bytes, 'latin1')]
    .map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
    .join('')
}

export type TestPart = { readonly head: readonly string[]; readonly body: string | Buffer }

/** A part in base64: of text in UTF-8, or of bytes. */
export function part(contentType: string, body: string | Buffer, ...head: string[]): TestPart {
  return { head: [`Content-Type: ${contentType}`, ...head], body }
}

/** The lines of a multipart, from its Content-Type on. */
export function multipart(kind: string, ...parts: readonly TestPart[]): string[] {
  const boundary = `b-${kind.replace(/\W/g, '')}-${parts.length}`
  return [
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    '',
    ...parts.flatMap(({ head, body }) => [
      `--${boundary}`,
      ...head,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ]),
    `--${boundary}--`,
  ]
}

/** An attached mail, in 8 bits as RFC 2046 section 5.2.1 asks. */
export function attachedMail(inner: Buffer): string[] {
  return [
    'Content-Type: message/rfc822',
    'Content-Disposition: attachment',
    '',
    inner.toString('latin1'),
  ]
}

/** Lines of an invitation as calendars write it. */
export function invitation(...event: readonly string[]): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:REQUEST', 'BEGIN:VEVENT', ...event]
  return [...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
}

type TnefFile = { readonly title: string; readonly longName?: string; readonly data: Buffer }

/** A winmail.dat (MS-OXTNEF) with a text and files. */
export function tnef(body: string, files: readonly TnefFile[]): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt32LE(0x223e9f78, 0)
  const codePage = Buffer.alloc(8)
  codePage.writeUInt32LE(932, 0)
  const attributes = [
    attribute(1, 0x00069007, codePage),
    attribute(1, 0x0002800c, Buffer.from(`${encoded(body, 'SJIS')}\0`, 'latin1')),
    ...files.flatMap(({ title, longName, data }) => [
      attribute(2, 0x00069002, Buffer.alloc(14)),
      attribute(2, 0x00018010, Buffer.from(`${encoded(title, 'SJIS')}\0`, 'latin1')),
      attribute(2, 0x0006800f, data),
      ...(longName ? [attribute(2, 0x00069005, properties(longName))] : []),
    ]),
  ]
  return Buffer.concat([head, ...attributes])
}

function attribute(level: number, id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUInt8(level, 0)
  head.writeUInt32LE(id, 1)
  head.writeUInt32LE(data.length, 5)
  const checksum = Buffer.alloc(2)
  checksum.writeUInt16LE(
    data.reduce((sum, byte) => (sum + byte) & 0xffff, 0),
    0,
  )
  return Buffer.concat([head, data, checksum])
}

/** A number, a named property, and the long name as wide text (MS-OXTNEF 2.1.3.4). */
function properties(longName: string): Buffer {
  const name = Buffer.from(`${longName}\0`, 'utf16le')
  const named = Buffer.from('プロパティ\0', 'utf16le')
  return Buffer.concat([
    numbers(3),
    shorts(0x0003, 0x3705),
    numbers(1),
    shorts(0x001f, 0x8001),
    Buffer.alloc(16),
    numbers(1, named.length),
    padded(named),
    numbers(1, 4),
    Buffer.from('x\0\0\0', 'latin1'),
    shorts(0x001f, 0x3707),
    numbers(1, name.length),
    padded(name),
  ])
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, at * 4)
  return bytes
}

function shorts(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value, at * 2)
  return bytes
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}

/** A CMS container (RFC 5652): signed data around an entity, or what seals something. */
export function cms(kind: 'signed' | 'sealed', content: Buffer): Buffer {
  const oid = (last: string) => Buffer.from(`06092a864886f70d0107${last}`, 'hex')
  if (kind === 'sealed') return element(0x30, oid('03'), element(0xa0, element(0x30, content)))
  const version = Buffer.from('020101', 'hex')
  const wrapped = element(0x30, oid('01'), element(0xa0, element(0x04, content)))
  return element(0x30, oid('02'), element(0xa0, element(0x30, version, element(0x31), wrapped)))
}

function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 0x80 ? [length] : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
