import type { ImapAccount } from '../config.ts'
import type { Cursor } from '../domain/mail.ts'
import type { House } from '../flow/house.ts'
import type { Parser } from '../flow/parse.ts'
import { type Delivery, receive } from '../flow/receive.ts'
import { type Inbox, openInbox } from '../mail/inbox.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { every } from './every.ts'

/** IDLE is renewed well within the 29 minutes of RFC 9051; the poll then finds a silently dead one. */
const idleMs = 4 * 60_000

export type Polling = {
  readonly account: ImapAccount
  readonly parser: Parser
  readonly signal: AbortSignal
  /** Called whenever the mailbox has been read to its end. */
  readonly onCaughtUp?: (mailbox: Mailbox) => void
}

/** Reads a mailbox for as long as the signal lets it: first what is there, then what comes. */
export function poll(house: House, name: string, polling: Polling): Promise<void> {
  const { signal } = polling
  const log = house.log.child({ mailbox: name })
  const rhythm = { name: 'poller', pauseMs: 500, pauseMsMax: 120_000, log, signal }
  return every(rhythm, async () => {
    const mailbox = await house.store.mailboxes.find(name)
    if (!mailbox) throw new Error(`mailbox ${name} is not in the database: add it first`)
    try {
      await readUntilLost(house, mailbox, polling)
    } catch (error) {
      if (signal.aborted) return
      const trouble = error instanceof Error ? error.message : String(error)
      await house.store.mailboxes.note(mailbox.id, house.now(), trouble)
      throw error
    }
  })
}

async function readUntilLost(house: House, mailbox: Mailbox, polling: Polling): Promise<void> {
  const { account, signal } = polling
  const inbox = await openInbox({ ...account, folder: mailbox.folder }, house.log)
  const leave = () => void inbox.close()
  signal.addEventListener('abort', leave, { once: true })
  try {
    while (!signal.aborted) {
      await catchUp(house, mailbox.name, inbox, polling)
      polling.onCaughtUp?.(mailbox)
      const news = await inbox.waitForNews(idleMs, signal)
      if (news === 'closed' && !signal.aborted) {
        throw new Error(`the IMAP server closed the connection to ${mailbox.folder}: reconnecting`)
      }
    }
  } finally {
    signal.removeEventListener('abort', leave)
    await inbox.close()
  }
}

/** Stores everything above the cursor, batch by batch, each with the cursor in one transaction. */
async function catchUp(house: House, name: string, inbox: Inbox, polling: Polling): Promise<void> {
  const { mailboxes } = house.store
  let mailbox = await current(house, name)
  if (mailbox.cursor?.uidValidity !== inbox.uidValidity) {
    await mailboxes.reset(mailbox, inbox.uidValidity, house.now())
    mailbox = await current(house, name)
  }
  const { uidValidity } = inbox
  const from = mailbox.cursor ?? { uidValidity, uid: 0 }
  const deliveries = deliveriesOf(inbox, from, polling.signal)
  const reception = { mailbox, trust: 'live' } as const
  for await (const figures of receive(house, polling.parser, deliveries, reception)) {
    house.log.info({ mailbox: name, ...figures }, 'mail received')
  }
  await mailboxes.note(mailbox.id, house.now(), null)
}

async function* deliveriesOf(
  inbox: Inbox,
  cursor: Cursor,
  signal: AbortSignal,
): AsyncIterable<Delivery> {
  let from = cursor
  for await (const mails of inbox.since(cursor.uid)) {
    const last = mails.at(-1)
    if (!last || signal.aborted) return
    const to = { uidValidity: cursor.uidValidity, uid: last.uid }
    const incoming = mails.map(({ raw, internalDate }) => ({ raw, receivedAt: internalDate }))
    yield { mails: incoming, step: { from, to } }
    from = to
  }
}

async function current({ store }: House, name: string): Promise<Mailbox> {
  const mailbox = await store.mailboxes.find(name)
  if (!mailbox) throw new Error(`mailbox ${name} is not in the database any more`)
  return mailbox
}
