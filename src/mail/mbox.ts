import type { Line } from './unpacked.ts'

/** One mail of an mbox; `bytes` is null where it was larger than any mail is. */
export type MboxMail = {
  /** Place in the file, from 1. */
  readonly number: number
  readonly bytes: Buffer | null
  /** When it was delivered, by its From line (RFC 4155); null where that says nothing. */
  readonly deliveredAt: Date | null
}

type Collected = {
  readonly fromLine: string
  readonly lines: Line[]
  size: number
  /** Where its Content-Length says that it ends; null where it has none, or a wrong one. */
  endsAt: number | null
  inHeader: boolean
  /** Places of lines that would begin the next mail, within the length that is claimed. */
  readonly doubtful: number[]
  /** The length held, and From lines within it are not quoted (mboxcl2). */
  bare: boolean
}

/**
 * The mails of an mbox, whichever kind it is: a line `From ` begins one; `>From ` loses one mark
 * (mboxrd, mboxo). A Content-Length (mboxcl) is believed if the next mail begins where it ends;
 * if not, the From lines on the way count after all.
 */
export async function* readMbox(
  lines: AsyncIterable<Line>,
  bytesMax: number,
): AsyncIterable<MboxMail> {
  let number = 0
  let mail: Collected | null = null
  let blank = true
  const finished = (one: Collected) => {
    number += 1
    return mailOf(one, number, bytesMax)
  }
  for await (const line of lines) {
    const divides = isDivider(line, blank)
    blank = isBlank(line)
    if (mail) yield* settled(mail, divides || blank).map(finished)
    if (mail && divides && !mail.inHeader && mail.endsAt !== null) {
      mail.doubtful.push(mail.lines.length)
      collect(mail, line, bytesMax)
    } else if (divides) {
      if (mail) yield finished(mail)
      mail = begun(line)
    } else if (mail) collect(mail, line, bytesMax)
  }
  if (!mail) return
  yield* settled(mail, true, true).map(finished)
  yield finished(mail)
}

/** Without an empty line before it, only what has a date like one is a From line. */
function isDivider({ bytes, begins }: Line, afterBlank: boolean): boolean {
  if (!begins || !startsWithFrom(bytes, 0)) return false
  return afterBlank || dateIn(textOf(bytes)) !== null
}

function startsWithFrom(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x46 && bytes.toString('latin1', at, at + 5) === 'From '
}

function isBlank({ bytes, begins }: Line): boolean {
  return begins && (bytes[0] === 0x0a || (bytes[0] === 0x0d && bytes[1] === 0x0a))
}

function begun(line: Line): Collected {
  const fromLine = textOf(line.bytes)
  return { fromLine, lines: [], size: 0, endsAt: null, inHeader: true, doubtful: [], bare: false }
}

function textOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 500)
}

/** Beyond the limit bytes are counted and let go. */
function collect(mail: Collected, line: Line, bytesMax: number): void {
  mail.size += line.bytes.length
  if (mail.size > bytesMax) mail.lines.length = 0
  else mail.lines.push(line)
  if (!mail.inHeader) return
  if (isBlank(line)) {
    mail.inHeader = false
    if (mail.endsAt !== null) mail.endsAt += mail.size
  } else if (line.begins) {
    const [, length] = /^content-length:\s{0,20}(\d{1,12})\s*$/i.exec(textOf(line.bytes)) ?? []
    if (length !== undefined && Number(length) < bytesMax) mail.endsAt = Number(length)
  }
}

/**
 * Looks at a claimed length where it is over. If it was wrong, the mails that lay within it come
 * back, and the last one of them goes on in the place of the first.
 */
function settled(mail: Collected, mayEnd: boolean, atEnd = false): Collected[] {
  const { endsAt, inHeader, size, doubtful } = mail
  if (endsAt === null || (!atEnd && (inHeader || size < endsAt))) return []
  mail.endsAt = null
  if (!inHeader && size === endsAt && mayEnd) {
    mail.bare = doubtful.length > 0
    doubtful.length = 0
    return []
  }
  return split(mail)
}

function split(mail: Collected): Collected[] {
  const places = mail.doubtful.splice(0)
  const [first] = places
  if (first === undefined || mail.lines.length === 0) return []
  const all = mail.lines.splice(0)
  const parts = [0, ...places.map((place) => place + 1)].map((from, at) => ({
    ...begun(
      at === 0 ? { bytes: Buffer.from(mail.fromLine), begins: true } : (all[from - 1] as Line),
    ),
    lines: all.slice(from, places[at] ?? all.length),
  }))
  const last = parts.pop()
  Object.assign(mail, last, { inHeader: false, size: sizeOf(last?.lines ?? []) })
  return parts.map((part) => ({ ...part, size: sizeOf(part.lines) }))
}

function sizeOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

/** The empty line before the next From line belongs to the mbox, not to the mail. */
function mailOf(mail: Collected, number: number, bytesMax: number): MboxMail {
  const { lines, size, bare, fromLine } = mail
  const deliveredAt = dateIn(fromLine)
  if (size > bytesMax) return { number, bytes: null, deliveredAt }
  const last = lines.at(-1)
  const own = last && isBlank(last) ? lines.slice(0, -1) : lines
  const bytes = Buffer.concat(own.map((line) => (bare ? line.bytes : unquoted(line))))
  return { number, bytes, deliveredAt }
}

function unquoted({ bytes, begins }: Line): Buffer {
  if (!begins || bytes[0] !== 0x3e) return bytes
  let marks = 1
  while (bytes[marks] === 0x3e) marks += 1
  return startsWithFrom(bytes, marks) ? bytes.subarray(1) : bytes
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `Mon Nov 23 09:00:00 2026`, in UTC unless it names an offset. */
function dateIn(fromLine: string): Date | null {
  const [, name = '', day, hours, minutes, seconds, , offset, year] =
    /\s(\w{3}) {1,2}(\d{1,2}) (\d{2}):(\d{2})(?::(\d{2}))?( [A-Z]{3,4})?(?: ([+-]\d{4}))? (\d{4})/.exec(
      fromLine,
    ) ?? []
  const month = months.indexOf(name.toLowerCase())
  if (month === -1) return null
  const at = Date.UTC(
    ...([
      Number(year),
      month,
      Number(day),
      Number(hours),
      Number(minutes),
      Number(seconds ?? 0),
    ] as const),
  )
  const shift = offset
    ? Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3)))
    : 0
  return new Date(at - shift * 60_000)
}
