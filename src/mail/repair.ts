import { Transform } from 'node:stream'
import type { MailParserOptions } from 'mailparser'
import { decodeCharset } from './charset.ts'

/** No charset begins like that: the parser asks `ownCharset` for such parts. */
const ours = 'x-ours-'

/**
 * Holes of a text that was read in the wrong charset, or escapes of one that nobody named. C1
 * controls are holes as well: Shift_JIS read as Western text is full of them. So are the pairs
 * that kana in EUC-JP, and accents in UTF-8, become when they are read as Western text.
 */
export function holesIn(text: string): number {
  return text.match(holes)?.length ?? 0
}

const holes =
  /[\x80-\x9f\ufffd]|\x1b[$(]|[\xa4\xa5][\xa1-\xf6](?=[\xa4\xa5][\xa1-\xf6])|[\xc2\xc3][\xa0-\xbf]/g

/**
 * The same mail with its text parts under charsets of ours, so that their bytes come to
 * `decodeCharset`. Only header lines change: those at the top, and those after a boundary.
 */
export function withOwnCharsets(raw: Buffer): Buffer {
  const lines = raw.toString('latin1').replaceAll('\r\n', '\n').split('\n')
  const kept: string[] = []
  let inHeader = true
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at] ?? ''
    if (line === '') inHeader = false
    else if (line.startsWith('--')) inHeader = true
    if (inHeader && /^content-type:/i.test(line)) {
      for (; /^[ \t]/.test(lines[at + 1] ?? ''); at += 1) line += lines[at + 1]
      line = relabelled(line)
    }
    kept.push(line)
  }
  const [top = ''] = kept.join('\n').split('\n\n', 1)
  if (!/^content-type:/im.test(top))
    kept.unshift(`Content-Type: text/plain; charset=${ours}unnamed`)
  return Buffer.from(kept.join('\r\n'), 'latin1')
}

/** The decoder of parts under such a name, as the parser wants it: bytes in, UTF-8 out. */
export const ownCharset = function ownCharset(name: string) {
  const chunks: Buffer[] = []
  return new Transform({
    transform(chunk: Buffer, _, done) {
      chunks.push(chunk)
      done()
    },
    flush(done) {
      done(null, decodeCharset(name.replace(ours, ''), Buffer.concat(chunks)))
    },
  })
} as unknown as NonNullable<MailParserOptions['Iconv']>

function relabelled(field: string): string {
  if (!/^content-type:\s*text\/(?:plain|html)\b/i.test(field)) return field
  const parameter = /;\s*charset\s*=\s*"?([\w.:-]*)"?/i
  const declared = parameter.exec(field)?.[1] || 'unnamed'
  return `${field.replace(parameter, '')}; charset=${ours}${declared}`
}
