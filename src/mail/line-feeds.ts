/** A mail whose lines end in CR alone reads as one line to every parser. */
export function withLineFeeds(raw: Buffer): Buffer {
  if (raw.includes(0x0a) || !raw.includes(0x0d)) return raw
  return Buffer.from(raw.toString('latin1').replaceAll('\r', '\r\n'), 'latin1')
}
