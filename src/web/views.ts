import { canonicalAddress } from '../domain/address.ts'
import { daysAfter } from '../domain/time.ts'
import { picturesFrom } from '../flow/pictures.ts'
import type { Formatted } from '../mail/formatted.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import {
  isSubjectShielded,
  isThreadShielded,
  openForMs,
  type PassageInfo,
  shieldedIn,
  wholeInfo,
} from './passages.ts'

/** How a mail can be looked at, beside its text. */
export const viewKinds = ['formatted', 'original'] as const
export type ViewKind = (typeof viewKinds)[number]

/** A mail in another view than its text. `closed` are the passages that opening it would show. */
export type MailView = {
  readonly as: ViewKind
  readonly messageId: string
  readonly closed: readonly PassageInfo[]
  /** What the view shows that the text keeps back: empty where there is nothing. */
  readonly holds: readonly PassageInfo[]
  readonly content: Content
  /** Pictures from elsewhere are loaded into its frame. */
  readonly loads: boolean
}

type Content =
  | { readonly kind: 'formatted'; readonly formatted: Formatted }
  | { readonly kind: 'original'; readonly source: string; readonly isCut: boolean }
  /** No HTML, or none that can be made safe. */
  | { readonly kind: 'none' }

/** Letters of a source that a page shows; the whole is a file to save. */
const sourceMax = 200_000

/** Where a mail is seen in that way, null being its text, and what was done as it is said there. */
export function addressOf(
  { id, threadId }: StoredMessage,
  kind: ViewKind | null,
  done: string | null = null,
): string {
  const query = kind === null ? '' : `?mail=${id}&as=${kind}${done === null ? '' : `&done=${done}`}`
  return `/threads/${threadId}${query}#m-${id}`
}

/** The view of a mail that an address asks for, or null for its text. */
export async function viewAsked(c: Ctx, record: ThreadRecord): Promise<MailView | null> {
  const as = viewKinds.find((kind) => kind === c.req.query('as'))
  const message = record.messages.find(({ id }) => id === c.req.query('mail'))
  return as && message ? viewOfMail(c, record, message, as) : null
}

/**
 * A mail as its sender formatted it, or as it came. Where it shows anything that the shield keeps
 * back, it is open to whoever has asked for each such passage within the last ten minutes.
 */
export async function viewOfMail(
  c: Ctx,
  record: ThreadRecord,
  message: StoredMessage,
  as: ViewKind,
): Promise<MailView> {
  const content = as === 'formatted' ? await formattedOf(c, message) : await sourceOf(c, message)
  const holds = await heldBy(c, record, message, content)
  const closed = (await areOpen(c, message.id, holds)) ? [] : holds
  const loads = as === 'formatted' && (await loadsPictures(c, record, message))
  return { as, messageId: message.id, closed, holds, content, loads }
}

/** Whether the person has asked for each of these passages of a mail a short while ago. */
export async function areOpen(
  c: Ctx,
  messageId: string,
  passages: readonly PassageInfo[],
): Promise<boolean> {
  if (passages.length === 0) return true
  const { house, person } = c.var
  const recent = await house.store.exposures.of(person.id, daysAfter(house.now(), -1))
  const from = Date.parse(house.now()) - openForMs
  const open = new Set(
    recent
      .filter((one) => one.messageId === messageId && Date.parse(one.at) > from)
      .map(({ passage }) => passage),
  )
  return passages.every(({ place }) => open.has(place))
}

/** A file's place among the passages of its mail. */
export function placeOfFile(sha256: string): `file:${string}` {
  return `file:${sha256}`
}

async function formattedOf(
  c: Ctx,
  { html, rawSha256 }: StoredMessage,
  fetched: ReadonlyMap<string, Buffer> = new Map(),
): Promise<Content> {
  if (html === null) return { kind: 'none' }
  const { house, site, text } = c.var
  const bringsPictures = /\bcid:/i.test(html)
  const raw = bringsPictures ? await house.store.raws.find(rawSha256) : null
  const words = { picture: text.reading.picture }
  const formatted = await site.parser.format(html, raw ?? Buffer.alloc(0), words, fetched)
  return formatted ? { kind: 'formatted', formatted } : { kind: 'none' }
}

/** The formatted mail with the pictures from elsewhere that it may have. */
export async function withPictures(
  c: Ctx,
  record: ThreadRecord,
  message: StoredMessage,
  formatted: Formatted,
): Promise<Formatted> {
  if (formatted.remote.length === 0 || !(await loadsPictures(c, record, message))) return formatted
  const fetched = await picturesFrom(c.var.house, formatted.remote)
  const content = await formattedOf(c, message, fetched)
  return content.kind === 'formatted' ? content.formatted : formatted
}

/**
 * Whether pictures from elsewhere are loaded: a supervisor said so of the sender, the mail is
 * proven to be theirs, and nothing in the thread is shielded, as no rule sees what a picture shows.
 */
export async function loadsPictures(
  c: Ctx,
  record: ThreadRecord,
  message: StoredMessage,
): Promise<boolean> {
  if (message.identity !== 'verified' || message.mutedBy !== null) return false
  if (!record.senderAddresses.includes(canonicalAddress(message.fromAddress))) return false
  if (isThreadShielded(record)) return false
  return (await c.var.house.store.pictureSenders.find(record.senderId)) !== null
}

async function sourceOf(c: Ctx, { rawSha256 }: StoredMessage): Promise<Content> {
  const raw = await c.var.house.store.raws.find(rawSha256)
  if (!raw) return { kind: 'none' }
  // Longer ones are cut before they are decoded: four bytes a letter are the most there are.
  const words = decoded(raw.subarray(0, sourceMax * 4))
  const source = words.slice(0, sourceMax)
  return {
    kind: 'original',
    source,
    isCut: source.length < words.length || raw.length > sourceMax * 4,
  }
}

/** Signs for what else would be invisible, or would change how the rest is read: ␀ to ␟. */
const signs = Array.from({ length: 32 }, (_, code) => String.fromCharCode(0x2400 + code))

/** The source as a person can read it: UTF-8 where it is, else a byte a letter. */
function decoded(raw: Buffer): string {
  const utf8 = new TextDecoder('utf-8').decode(raw, { stream: true })
  const words = utf8.includes('\ufffd') ? raw.toString('latin1') : utf8
  return words
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (sign) =>
      sign === '\n' || sign === '\t' ? sign : (signs[sign.charCodeAt(0)] ?? '·'),
    )
}

/** What a view shows of what the shield keeps back. */
async function heldBy(
  c: Ctx,
  record: ThreadRecord,
  message: StoredMessage,
  content: Content,
): Promise<PassageInfo[]> {
  if (content.kind === 'none') return []
  const passages = shieldedIn(record, message)
  const info = (place: Parameters<typeof wholeInfo>[2]) => wholeInfo(record, message, place)
  if (content.kind === 'formatted') {
    const { words, pictures } = content.formatted
    const files = isThreadShielded(record) ? pictures.map((sha) => info(placeOfFile(sha))) : []
    if (passages.length > 0) return [...passages, ...files]
    return (await isHarmful(c, words)) ? [info('formatted'), ...files] : files
  }
  const subject = isSubjectShielded(record, message.id) && message.mutedBy === null
  const held = subject ? [info('subject'), ...passages] : passages
  return held.length === 0 && (await isHarmful(c, besides(record, message, content.source)))
    ? [info('original')]
    : held
}

/** The words of a source as they stand, and those that it holds encoded. */
function besides(record: ThreadRecord, message: StoredMessage, source: string): string {
  const files = record.attachments.get(message.id) ?? []
  const names = files.map(({ filename }) => filename)
  return [source, message.subject, ...names, message.html ?? ''].join('\n')
}

/** Whether rules see something in words that no rule has read, in a thread of their own. */
export async function isHarmful(c: Ctx, body: string): Promise<boolean> {
  if (body.trim() === '') return false
  const { site, house } = c.var
  const mail = { dir: 'in', from: '', fromName: '', to: [], date: '', subject: '', body } as const
  const { result, gaveUp } = await site.parser.assess({ id: '', messages: [mail] }, house.rules)
  return gaveUp !== null || result.severity > 0
}
