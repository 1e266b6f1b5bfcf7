import type { Bounce, Nature } from '../domain/mail.ts'
import { firstValue, type HeaderField } from './header.ts'

/** Who wrote the mail, by its header: RFC 3834, RFC 2369 and 2919, RFC 3464, and old customs. */
export function natureOf(fields: readonly HeaderField[]): Nature {
  const value = (name: string) => firstValue(fields, name).toLowerCase()
  const type = value('content-type')
  const from = value('from')
  if (/multipart\/report/.test(type) && /delivery-status/.test(type)) return 'bounce'
  const emptyPath = fields.some(({ name, value: path }) => name === 'return-path' && path === '<>')
  if (/(mailer-daemon|postmaster)@/.test(from) && (emptyPath || value('auto-submitted') !== '')) {
    return 'bounce'
  }
  if (fields.some(({ name }) => ['list-id', 'list-unsubscribe', 'list-post'].includes(name))) {
    return 'bulk'
  }
  if (/^(bulk|list|junk)\b/.test(value('precedence'))) return 'bulk'
  const submitted = value('auto-submitted')
  if (submitted !== '' && !/^no\b/.test(submitted)) return 'auto_generated'
  if (value('x-autoreply') !== '' || value('x-autorespond') !== '') return 'auto_generated'
  if (/^auto_?reply/.test(value('precedence')) || emptyPath) return 'auto_generated'
  return 'person'
}

/** Reports are read so far: what comes after is the mail that came back. */
const reportBytesMax = 512 * 1024

/** What a delivery report (RFC 3464) says: which mail came back, and why. */
export function bounceOf(raw: Buffer): Bounce {
  const text = raw.subarray(0, reportBytesMax).toString('latin1')
  const returned = text.search(/content-type:\s*(message\/rfc822|text\/rfc822-headers)/i)
  const original = returned === -1 ? '' : text.slice(returned)
  return {
    messageId: /^message-id:\s*(<[^\s<>]+>)/im.exec(original)?.[1] ?? null,
    status: /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(text)?.[1] ?? '',
    diagnostic: /^diagnostic-code:\s*([^\r\n]{1,300})/im.exec(text)?.[1] ?? '',
  }
}
