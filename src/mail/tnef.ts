import type { EnclosedFile } from '../domain/mail.ts'
import { decodeCharset } from './charset.ts'
import { propertiesIn } from './mapi.ts'
import { wordsOfHtml } from './markup.ts'

/** What a winmail.dat holds: Outlook's own form of a mail (MS-OXTNEF). */
export type Tnef = { readonly files: readonly EnclosedFile[]; readonly words: string }

/** Attributes as section 2.1.3 numbers them. */
const attribute = {
  body: 0x800c,
  fileData: 0x800f,
  fileTitle: 0x8010,
  newFile: 0x9002,
  mailProperties: 0x9003,
  fileProperties: 0x9005,
  codePage: 0x9007,
} as const

/** Properties of the mail and of a file (MS-OXPROPS). */
const property = { body: 0x1000, html: 0x1013, fileData: 0x3701, longName: 0x3707 } as const

const signature = 0x223e9f78
const attributesMax = 20_000

type Draft = { name: string; size: number; words: string }

/** Names of the files and the words in it; null where it is not what it says. Linear, bounded. */
export function readTnef(bytes: Buffer): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null
  const files: Draft[] = []
  const mail: Draft = { name: '', size: 0, words: '' }
  let charset = 'windows-1252'
  for (const { id, data } of attributesIn(bytes)) {
    if (id === attribute.codePage && data.length >= 4) charset = charsetOf(data.readUInt32LE(0))
    else if (id === attribute.body) mail.words = textOf(data, charset)
    else if (id === attribute.mailProperties) notePropertiesOf(mail, data, charset)
    else if (id === attribute.newFile) files.push({ name: '', size: 0, words: '' })
    else noteFile(files.at(-1), id, data, charset)
  }
  return {
    files: files.map(({ name, size }) => ({ filename: name, size })),
    words: mail.words,
  }
}

/** Level, id, length, data, checksum; a length beyond the end is a cut file: what came so far. */
function* attributesIn(bytes: Buffer): Iterable<{ id: number; data: Buffer }> {
  let at = 6
  for (let count = 0; count < attributesMax && at + 9 <= bytes.length; count += 1) {
    const id = bytes.readUInt16LE(at + 1)
    const length = bytes.readUInt32LE(at + 5)
    const end = at + 9 + length
    yield { id, data: bytes.subarray(at + 9, end) }
    at = end + 2
  }
}

function noteFile(file: Draft | undefined, id: number, data: Buffer, charset: string): void {
  if (!file) return
  if (id === attribute.fileTitle) file.name ||= textOf(data, charset)
  else if (id === attribute.fileData) file.size = data.length
  else if (id === attribute.fileProperties) notePropertiesOf(file, data, charset)
}

function notePropertiesOf(draft: Draft, data: Buffer, charset: string): void {
  for (const { id, wide, value } of propertiesIn(data)) {
    const text = () => textOf(value, wide ? 'utf-16le' : charset)
    if (id === property.longName) draft.name = text()
    else if (id === property.fileData) draft.size = value.length
    else if (id === property.body) draft.words = text()
    else if (id === property.html) draft.words ||= wordsOfHtml(text())
  }
}

function textOf(data: Buffer, charset: string): string {
  return decodeCharset(charset, data).split('\0', 1)[0] ?? ''
}

function charsetOf(codePage: number): string {
  const known: Readonly<Record<number, string>> = {
    932: 'shift_jis',
    20932: 'euc-jp',
    50220: 'iso-2022-jp',
    51932: 'euc-jp',
    65001: 'utf-8',
  }
  return known[codePage] ?? `windows-${codePage}`
}
