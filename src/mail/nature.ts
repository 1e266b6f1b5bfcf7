import type { MailReport, Nature } from '../domain/mail.ts'
import { firstValue, type HeaderField } from './header.ts'
import { natureOfReport } from './report.ts'

/** Who wrote the mail, by its header: RFC 3834, RFC 2369 and 2919, RFC 3464, and old customs. */
export function natureOf(fields: readonly HeaderField[], report: MailReport | null): Nature {
  const value = (name: string) => firstValue(fields, name).toLowerCase()
  const has = (names: readonly string[]) => fields.some(({ name }) => names.includes(name))
  if (report?.kind === 'failed') return 'bounce'
  if (has(['list-id', 'list-unsubscribe', 'list-post'])) return 'bulk'
  if (/^(bulk|list|junk)\b/.test(value('precedence'))) return report ? 'auto_generated' : 'bulk'
  const emptyPath = fields.some(({ name, value: path }) => name === 'return-path' && path === '<>')
  const submitted = value('auto-submitted')
  const byMachine = submitted !== '' && !/^no\b/.test(submitted)
  // Other reports (RFC 6522) are receipts and complaints that programs send.
  const multipart = /^\s*multipart\/report/.test(value('content-type'))
  if (byMachine || multipart || emptyPath) return 'auto_generated'
  return natureOfReport(report) ?? 'person'
}
