import Encoding from 'encoding-japanese'

/** Whether a value holds bytes that only a charset gives a meaning: 8-bit ones, or escapes. */
export function isRaw(value: string): boolean {
  return /[\x1b\x80-\xff]/.test(value)
}

/**
 * Text from bytes whose charset nobody named, or named wrongly. ISO-2022-JP shows by its escapes,
 * UTF-8 by its form; of EUC-JP and Shift_JIS the one with fewer holes wins, and Western text is
 * what neither can read.
 */
export function guessText(bytes: Uint8Array): string {
  const ascii = Buffer.from(bytes).toString('latin1')
  if (/\x1b[$(]/.test(ascii)) return decodeJis(bytes)
  if (!isRaw(ascii)) return ascii
  const utf8 = read('utf-8', bytes)
  // A few broken bytes, as a cut leaves them, do not make UTF-8 anything else.
  if (utf8.holes * 10 <= utf8.letters) return utf8.text
  const [euc, sjis] = [read('euc-jp', bytes), read('shift_jis', bytes)]
  const japanese = euc.holes <= sjis.holes ? euc : sjis
  if (japanese.holes * 4 <= japanese.letters) return japanese.text
  return new TextDecoder('windows-1252').decode(bytes)
}

/** Text in a named charset; one that is unknown, or that the bytes contradict, is guessed. */
export function decodeCharset(charset: string, bytes: Uint8Array): string {
  const lower = charset.toLowerCase()
  const name = aliases[lower] ?? lower
  // What is only ASCII has nothing to guess; 8-bit bytes contradict the name.
  if (name === 'us-ascii' || name === 'ascii') return guessText(bytes)
  if (western.test(name) && isMoreThanWestern(bytes)) return guessText(bytes)
  try {
    if (name === 'iso-2022-jp') return decodeJis(bytes, strictDecoder(name))
    return strictDecoder(name).decode(bytes)
  } catch {
    // A decoder that met an error may keep a state: the next one starts anew.
    strict.delete(name)
    return guessText(bytes)
  }
}

const western = /^(?:iso-?8859-(?:1|15)|latin-?1|windows-125[02]|cp-?125[02]|x-cp1252)$/

/** A Western charset reads any bytes: what else they are shows only by their form. */
function isMoreThanWestern(bytes: Uint8Array): boolean {
  const guess = guessText(bytes)
  if (/\x1b[$(]/.test(Buffer.from(bytes).toString('latin1'))) return true
  if (/[\u3041-\u30fe]{2}/.test(guess)) return true
  return isRaw(guess) && Buffer.from(guess).equals(bytes)
}

/** JIS X 0212, which the Encoding Standard leaves out of ISO-2022-JP, and old mailers write. */
const hasJisX0212 = /\x1b\$\(D/

function decodeJis(bytes: Uint8Array, decoder = new TextDecoder('iso-2022-jp')): string {
  if (!hasJisX0212.test(Buffer.from(bytes).toString('latin1'))) {
    return decoder.decode(withoutEmptyEscapes(bytes))
  }
  const codes = Encoding.convert([...bytes], { from: 'JIS', to: 'UNICODE', type: 'array' })
  return codes.map((code) => String.fromCharCode(code)).join('')
}

/** The same for a header value, which holds one byte a character. */
export function decodeGuessing(value: string): string {
  return guessText(Buffer.from(value, 'latin1'))
}

/** Encoded words (RFC 2047), neighbours of one charset joined before they are decoded. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text
  return text
    .replace(/(=\?[\w*-]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
    .replace(/(?:=\?[\w*-]+\?[bq]\?[^?]*\?=)+/gi, (run) =>
      sameCharset(run)
        .map(({ charset, bytes }) => decodeCharset(charset, bytes))
        .join(''),
    )
}

type Word = { readonly charset: string; readonly bytes: Buffer }

/** The words of a run; a character may be cut between two words of the same charset. */
function sameCharset(run: string): Word[] {
  const words: Word[] = []
  for (const one of run.split(/(?<=\?=)(?==\?)/)) {
    const [, charset = '', encoding = 'b', content = ''] =
      /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=/i.exec(one) ?? []
    const bytes = wordBytes(encoding, content)
    const last = words.at(-1)
    if (last?.charset.toLowerCase() === charset.toLowerCase()) {
      words[words.length - 1] = { charset, bytes: Buffer.concat([last.bytes, bytes]) }
    } else words.push({ charset, bytes })
  }
  return words
}

function wordBytes(encoding: string, content: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(content, 'base64')
  const plain = content
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}

/** Escapes that nothing stands between, as joined words have them, are errors to a decoder. */
function withoutEmptyEscapes(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes).toString('latin1')
  return Buffer.from(text.replace(/\x1b[$(][@ABIJ](?=\x1b[$(])/g, ''), 'latin1')
}

/** Making a decoder costs more than most headers take to decode. */
const strict = new Map<string, TextDecoder>()

/** Throws for a name that the Encoding Standard does not know. */
function strictDecoder(name: string): TextDecoder {
  const known = strict.get(name)
  if (known) return known
  const made = new TextDecoder(name, { fatal: true })
  strict.set(name, made)
  return made
}

/** Names that Japanese mailers write and that the Encoding Standard does not list. */
const aliases: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  eucjp: 'euc-jp',
  'eucjp-ms': 'euc-jp',
}

type Reading = { readonly text: string; readonly letters: number; readonly holes: number }

/** How well bytes read in a charset. ICU passes single bytes through as C1 controls: holes too. */
function read(charset: string, bytes: Uint8Array): Reading {
  const text = new TextDecoder(charset).decode(bytes)
  const letters = text.match(/[\x80-\u{10ffff}]/gu)?.length ?? 0
  const holes = text.match(/[\x80-\x9f\ufffd]/g)?.length ?? 0
  return { text, letters, holes }
}
