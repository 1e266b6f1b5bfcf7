import { createHmac, timingSafeEqual } from 'node:crypto'

/** 128 bits of the HMAC: nobody guesses them, and the header stays short. */
const macLength = 32

const own = /^<mamori\.([0-9a-f-]{36})\.([0-9a-f-]{1,36})\.([0-9a-f]{32})@[^\s<>@]+>$/i

const ownForm = /^<mamori\.[0-9a-f-]{36}\.[0-9a-f-]{1,36}\.[0-9a-f]{32}@[a-z0-9.-]{1,253}>$/i

const quoted =
  /(?<![0-9a-z.-])mamori\.[0-9a-f-]{36}\.[0-9a-f-]{1,36}\.[0-9a-f]{32}@[a-z0-9.-]{1,253}/gi

/** Text looked at, in UTF-16 units, and ids taken from it: an answer quotes what it answers. */
const readMax = 65_536
const quotedMax = 5

export type MessageIdParts = {
  readonly threadId: string
  readonly domain: string
  /** Makes two mails of one thread differ; a UUID. */
  readonly unique: string
  readonly secret: string
}

/** A Message-ID of ours (RFC 5322 section 3.6.4), by which an answer finds its thread. */
export function newMessageId({ threadId, domain, unique, secret }: MessageIdParts): string {
  return `<mamori.${threadId}.${unique}.${macOf(threadId, unique, secret)}@${domain}>`
}

/** The thread that a Message-ID of ours names, or null where we did not make it. */
export function threadOfMessageId(messageId: string, secret: string): string | null {
  const [, threadId, unique, mac] = own.exec(messageId) ?? []
  if (!threadId || !unique || !mac) return null
  const expected = Buffer.from(macOf(threadId, unique, secret))
  return timingSafeEqual(expected, Buffer.from(mac.toLowerCase())) ? threadId.toLowerCase() : null
}

/** Whether it has the form of our Message-IDs: nothing in it but what we put there, and a domain. */
export function isOwnMessageId(messageId: string): boolean {
  return ownForm.test(messageId)
}

/** What looks like Message-IDs of ours in a text: some programs quote them and drop the header. */
export function ownMessageIdsIn(text: string): string[] {
  const found = text.slice(0, readMax).match(quoted) ?? []
  return [...new Set(found)].slice(0, quotedMax).map((id) => `<${id}>`)
}

function macOf(threadId: string, unique: string, secret: string): string {
  const text = `${threadId.toLowerCase()}.${unique.toLowerCase()}`
  return createHmac('sha256', secret).update(text).digest('hex').slice(0, macLength)
}
