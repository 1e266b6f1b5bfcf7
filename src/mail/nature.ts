import type { Bounce, Nature } from '../domain/mail.ts'
import { firstValue, type HeaderField } from './header.ts'

/** Who wrote the mail, by its header: RFC 3834, RFC 2369 and 2919, RFC 3464, and old customs. */
export function natureOf(fields: readonly HeaderField[]): Nature {
  const value = (name: string) => firstValue(fields, name).toLowerCase()
  const has = (names: readonly string[]) => fields.some(({ name }) => names.includes(name))
  const type = value('content-type')
  const report = /^\s*multipart\/report/.test(type)
  if (report && /delivery-status/.test(type)) return 'bounce'
  const emptyPath = fields.some(({ name, value: path }) => name === 'return-path' && path === '<>')
  const submitted = value('auto-submitted')
  const byMachine = submitted !== '' && !/^no\b/.test(submitted)
  if (/(mailer-daemon|postmaster)@/.test(value('from')) && (emptyPath || byMachine)) return 'bounce'
  if (has(['list-id', 'list-unsubscribe', 'list-post'])) return 'bulk'
  if (/^(bulk|list|junk)\b/.test(value('precedence'))) return 'bulk'
  // Other reports (RFC 6522) are receipts and complaints that programs send.
  if (byMachine || report || emptyPath) return 'auto_generated'
  if (has(['x-autoreply', 'x-autorespond', 'x-autoresponse'])) return 'auto_generated'
  return /^auto_?reply/.test(value('precedence')) ? 'auto_generated' : 'person'
}

/** Reports are read so far: what comes after is the mail that came back. */
const reportBytesMax = 512 * 1024

const returnedPart = /content-type:\s*(?:message\/(?:rfc822|global)|text\/rfc822-headers)/i

/**
 * What a delivery report (RFC 3464) says: which mail came back, and why. Null where nothing came
 * back: mail that is only late, or that has arrived, is no bounce.
 */
export function bounceOf(raw: Buffer): Bounce | null {
  const text = raw
    .subarray(0, reportBytesMax)
    .toString('latin1')
    .replace(/\r?\n[ \t]+/g, ' ')
  const returned = text.search(returnedPart)
  const report = returned === -1 ? text : text.slice(0, returned)
  const actions = [...report.matchAll(/^action:\s*([a-z]+)/gim)].map(([, word]) => word)
  if (actions.length > 0 && !actions.some((word) => word?.toLowerCase() === 'failed')) return null
  // Servers without RFC 3464 put the mail that came back into the text, below their own header.
  const original =
    returned === -1 ? text.slice(Math.max(0, text.search(/\n\r?\n/))) : text.slice(returned)
  return {
    messageId: /^message-id:\s*(<[^\s<>]+>)/im.exec(original)?.[1] ?? null,
    status: failedStatus(report),
    diagnostic: /^diagnostic-code:\s*([^\r\n]{1,300})/im.exec(report)?.[1]?.trim() ?? '',
  }
}

/** The status of the recipient that failed, where a report names several. */
function failedStatus(report: string): string {
  const groups = report.split(/\r?\n\s*\r?\n/)
  const failed = groups.find((group) => /^action:\s*failed/im.test(group)) ?? report
  return /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(failed)?.[1] ?? ''
}
