import type { WrittenLetter } from '../../src/store/threads.ts'

/** A delivery report as RFC 3464 wants it: the letter came back. */
export function bounceOf({ messageId, toAddress }: Pick<WrittenLetter, 'messageId' | 'toAddress'>) {
  return Buffer.from(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
      'To: support@hinata-kurashi.example',
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      'Auto-Submitted: auto-replied',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=us-ascii',
      '',
      'I am sorry to have to inform you that your message could not be delivered.',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      `Final-Recipient: rfc822; ${toAddress}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no such user',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: ${messageId}`,
      `To: ${toAddress}`,
      'Subject: x',
      '',
      '--b--',
      '',
    ].join('\r\n'),
  )
}
