import type { Person } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import { compose } from '../mail/compose.ts'
import {
  displayName,
  emailAddress,
  headerLine,
  jsonFileName,
  mailText,
  messageId,
  UnsafeMail,
} from '../mail/outgoing.ts'
import type { SendOutcome, Smtp } from '../mail/smtp.ts'
import type { StaffMail } from '../store/staff-mails.ts'
import type { House } from './house.ts'

/** What is told to somebody of the staff, in their language. */
export type Words = {
  readonly subject: string
  readonly text: string
  /** A file of JSON that goes with it. */
  readonly file?: { readonly name: string; readonly json: string }
}

/** Waiting times after each attempt, in seconds; then it is given up. */
const retrySeconds = [60, 300, 1800, 7200, 21_600]

/** Whether mail to the staff can leave, and its words can lie sealed until then. */
export async function mailsStaff({ smtp, vault, store }: House): Promise<boolean> {
  if (smtp === null || vault.trouble !== null) return false
  return (await store.mailboxes.list()).length > 0
}

/** A mail as it is kept until the postman comes by. */
export function staffMailTo(
  { vault, newId, now }: House,
  { email }: Pick<Person, 'email'>,
  words: Words,
): StaffMail {
  const id = newId()
  const content = vault.seal(JSON.stringify(words), purposeOf(id))
  return { id, toAddress: email, content, attempts: 0, nextAttemptAt: now() }
}

/**
 * Sends what is due to the staff. Unlike a letter to a customer it may arrive twice: a link in it
 * is good for once, and nothing else is to be feared.
 */
export async function sendStaffMail(house: House, smtp: Smtp, mail: StaffMail): Promise<void> {
  const { store, log } = house
  const wait = retrySeconds[mail.attempts]
  if (wait === undefined) {
    log.error(
      { staffMail: mail.id },
      'a mail to the staff was given up: the mail server takes none',
    )
    return store.staffMails.forget(mail)
  }
  await store.staffMails.attempt(mail, secondsAfter(house.now(), wait))
  const [mailbox] = await store.mailboxes.list()
  if (!mailbox) return
  const outcome = await handOver(house, smtp, mail, mailbox.address)
  log.info({ staffMail: mail.id, outcome: outcome.kind }, 'mail to the staff handed over')
  if (outcome.kind === 'accepted' || outcome.kind === 'refused') {
    await store.staffMails.forget(mail)
  }
}

/** No copy goes to the archive: a link in it lets somebody in. */
async function handOver(
  house: House,
  smtp: Smtp,
  mail: StaffMail,
  from: string,
): Promise<SendOutcome> {
  try {
    const raw = await bytesOf(house, mail, from)
    const signed = house.sign ? await house.sign(raw, from) : raw
    const envelope = { from, to: mail.toAddress, archive: null }
    return await smtp.send(envelope, signed, async () => undefined)
  } catch (error) {
    if (!(error instanceof UnsafeMail)) throw error
    house.log.error({ err: error, staffMail: mail.id }, 'a mail to the staff cannot be sent')
    return { kind: 'refused', code: 0, reason: error.message }
  }
}

function bytesOf({ vault, now }: House, { id, toAddress, content }: StaffMail, from: string) {
  const { subject, text, file } = JSON.parse(vault.open(content, purposeOf(id))) as Words
  return compose({
    messageId: messageId(`<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`),
    from: { name: displayName('From name', 'Mamori'), address: emailAddress('From', from) },
    to: emailAddress('To', toAddress),
    subject: headerLine('Subject', subject),
    text: mailText(text),
    ...(file ? { files: [attached(file)] } : {}),
    inReplyTo: null,
    references: [],
    date: new Date(now()),
    autoSubmitted: 'auto-generated',
  })
}

function attached({ name, json }: NonNullable<Words['file']>) {
  return { name: jsonFileName(name), contentType: 'application/json', bytes: Buffer.from(json) }
}

function purposeOf(id: string): string {
  return `staff-mail:${id}`
}

function secondsAfter(at: Instant, seconds: number): Instant {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
