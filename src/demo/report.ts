export type FailedDelivery = {
  readonly from: string
  /** Who wrote the mail that came back. */
  readonly to: string
  readonly subject: string
  readonly messageId: string
  /** As in a Date header. */
  readonly date: string
  readonly explanation: string
  /** Whom the mail did not reach. */
  readonly recipient: string
  /** The mail that came back, in its bytes. */
  readonly returned: Buffer
}

const boundary = 'part-of-a-delivery-report'

/** A delivery report (RFC 3464): words for people, fields for machines, and the mail's header. */
export function deliveryReport(failed: FailedDelivery): Buffer {
  const { from, to, subject, messageId, date, explanation, recipient, returned } = failed
  const head = [
    'Return-Path: <>',
    `Message-ID: ${messageId}`,
    `Date: ${date}`,
    `From: Mail Delivery System <${from}>`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
  ]
  const domain = from.slice(from.indexOf('@') + 1)
  const status = [
    `Reporting-MTA: dns; ${domain}`,
    `Arrival-Date: ${date}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 user unknown',
  ]
  const parts = [
    ['text/plain; charset=us-ascii', explanation.replaceAll('\n', '\r\n')],
    ['message/delivery-status', status.join('\r\n')],
    ['text/rfc822-headers', headerOf(returned)],
  ].map(([type, content]) => `--${boundary}\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`)
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${parts.join('')}--${boundary}--\r\n`, 'latin1')
}

function headerOf(mail: Buffer): string {
  const end = mail.indexOf('\r\n\r\n')
  return mail.subarray(0, end === -1 ? undefined : end).toString('latin1')
}
