import type { FolderTrouble } from '../domain/mailbox.ts'
import type { Accounts } from '../flow/accounts.ts'
import type { House } from '../flow/house.ts'
import { type Delivery, receive } from '../flow/receive.ts'
import { type Inbox, openInbox } from '../mail/inbox.ts'
import { InboxError } from '../mail/inbox-error.ts'
import { databasesOwn } from '../store/engine.ts'
import type { Folder } from '../store/folders.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { every } from './every.ts'
import type { Polling } from './pollers.ts'
import { openProgress } from './progress.ts'

/** IDLE is renewed well within the 29 minutes of RFC 9051; the poll then finds a silently dead one. */
const idleMsUsual = 4 * 60_000

export type Place = { readonly mailboxId: string; readonly folderId: string }

export type FolderPolling = Polling & { readonly accounts: Accounts; readonly signal: AbortSignal }

type Found = { readonly mailbox: Mailbox; readonly folder: Folder }

/** Reads a folder for as long as the signal lets it: first what is there, then what comes. */
export function poll(house: House, place: Place, polling: FolderPolling): Promise<void> {
  const { signal } = polling
  const log = house.log.child(place)
  const rhythm = { name: 'poller', pauseMs: 500, pauseMsMax: 120_000, log, signal }
  return every(rhythm, async () => {
    try {
      await readUntilLost(house, place, polling)
    } catch (error) {
      if (signal.aborted) return
      await noteTrouble(house, place, error)
      throw error
    }
  })
}

/** Where not even this can be written, the log alone tells of both. */
async function noteTrouble({ store, log }: House, place: Place, error: unknown): Promise<void> {
  try {
    await store.folders.troubled(place.folderId, troubleIn(error))
  } catch (failure) {
    log.error({ err: failure, ...place }, 'the trouble of a folder cannot be noted')
  }
}

async function readUntilLost(house: House, place: Place, polling: FolderPolling): Promise<void> {
  const { accounts, signal, idleMs = idleMsUsual } = polling
  const { mailbox, folder } = await current(house, place)
  const { afterStoring, mutedFolder } = mailbox
  const signIn = await accounts.signIn(mailbox)
  const inbox = await openInbox(
    { ...signIn, folder: folder.name, afterStoring, mutedFolder },
    house.log,
  )
  const leave = () => void inbox.close()
  signal.addEventListener('abort', leave, { once: true })
  try {
    while (!signal.aborted) {
      await catchUp(house, place, inbox, polling)
      if (signal.aborted) return
      polling.onCaughtUp?.(mailbox)
      const news = await inbox.waitForNews(idleMs, signal)
      if (signal.aborted) return
      const gone = news === 'closed' || (news === 'timeout' && !(await inbox.isStillThere()))
      if (gone && !signal.aborted) throw lost(folder.name)
    }
  } finally {
    signal.removeEventListener('abort', leave)
    await inbox.close()
  }
}

/** Stores everything above the cursor, batch by batch, each with the cursor in one transaction. */
async function catchUp(
  house: House,
  place: Place,
  inbox: Inbox,
  { parser, signal }: FolderPolling,
): Promise<void> {
  const { mailbox, folder } = await atItsUids(house, place, inbox)
  await houseHasRoom(house)
  let reached = folder.cursor?.uid ?? 0
  await moveMuted(house, inbox, folder)
  await inbox.stored(0, reached)
  const progress = openProgress(house, mailbox.name, folder.name)
  const { deliveries, batch } = deliveriesOf(house, inbox, folder, signal)
  let newest: Date | null = null
  for await (const figures of receive(house, parser, deliveries, { mailbox, trust: 'live' })) {
    const done = batch()
    if (!done) continue
    // What is read again after a new UIDVALIDITY came in long ago: it says nothing of our delay.
    if (figures.stored > 0) newest = done.newest ?? newest
    progress.note(figures, done.remaining)
    if (signal.aborted) return
    await moveMuted(house, inbox, folder)
    await inbox.stored(reached, done.upTo)
    reached = done.upTo
  }
  if (signal.aborted) return
  await noteContact(house, inbox, folder, newest)
}

/**
 * Moves what is muted, also what a crash left. Before all else is done with stored mail, which may
 * move it elsewhere; where the setting was taken back meanwhile, it stays.
 */
async function moveMuted({ store }: House, inbox: Inbox, { id }: Folder): Promise<void> {
  const uids = await store.mutedMoves.waiting(id, inbox.uidValidity)
  if (uids.length === 0) return
  await inbox.moveMuted(uids)
  await store.mutedMoves.done(id, inbox.uidValidity, uids)
}

async function noteContact(
  house: House,
  { modSeq }: Inbox,
  folder: Folder,
  newest: Date | null,
): Promise<void> {
  const at = house.now()
  const lag = newest && Math.max(0, Math.round((Date.parse(at) - newest.getTime()) / 1000))
  // Of the first synchronisation's old mail the age says nothing about us.
  const lagSeconds = folder.firstSyncedAt === null ? null : lag
  await house.store.folders.contacted(folder, { at, remaining: 0, lagSeconds, modSeq })
}

/** Mail waits on the server, where it is safe, before there is no room to store it whole. */
async function houseHasRoom({ store, diskReserveBytes }: House): Promise<void> {
  const free = await store.freeBytes()
  if (free === null || free >= diskReserveBytes) return
  const inMb = (bytes: number) => Math.round(bytes / 1024 / 1024)
  throw new InboxError(
    'disk',
    `the disk of the database has ${inMb(free)} MB left, less than the ${inMb(diskReserveBytes)} MB of MAMORI_DISK_RESERVE_MB: make room; mail waits on the server until then`,
  )
}

/** The folder as it is kept; started over where the server's UIDs mean something else now. */
async function atItsUids(house: House, place: Place, { uidValidity }: Inbox): Promise<Found> {
  const found = await current(house, place)
  if (found.folder.cursor?.uidValidity === uidValidity) return found
  await house.store.folders.reset(found.folder, uidValidity, house.now())
  return current(house, place)
}

type Batch = {
  /** The server's date of the newest mail; null where all were expunged meanwhile. */
  readonly newest: Date | null
  readonly upTo: number
  readonly remaining: number
}

/** What is fetched, as deliveries; `batch` gives those that were stored, one after the other. */
function deliveriesOf(house: House, inbox: Inbox, folder: Folder, signal: AbortSignal) {
  const { uidValidity } = inbox
  const cursor = { uidValidity, uid: folder.cursor?.uid ?? 0 }
  const waiting: Batch[] = []
  async function* deliveries(): AsyncIterable<Delivery> {
    let from = cursor
    for await (const one of inbox.since(cursor.uid, folder.modSeq)) {
      if (signal.aborted) return
      await houseHasRoom(house)
      const to = { uidValidity, uid: one.upTo }
      const mails = one.mails.map(({ raw, internalDate, uid }) => ({
        ...{ raw, uid },
        receivedAt: internalDate,
      }))
      const { remaining, upTo } = one
      // Without the mails themselves: their bytes go with the delivery.
      waiting.push({ newest: one.mails.at(-1)?.internalDate ?? null, upTo, remaining })
      yield { mails, step: { folderId: folder.id, at: house.now(), from, to, remaining } }
      from = to
    }
  }
  return { deliveries: deliveries(), batch: () => waiting.shift() }
}

async function current({ store }: House, { mailboxId, folderId }: Place): Promise<Found> {
  const mailbox = await store.mailboxes.byId(mailboxId)
  const folder = mailbox?.folders.find(({ id }) => id === folderId)
  if (!mailbox || !folder) throw new Error(`folder ${folderId} is not in the database any more`)
  return { mailbox, folder }
}

function lost(folder: string): InboxError {
  return new InboxError('lost', `the IMAP server closed the connection to ${folder}: reconnecting`)
}

/** What keeps the folder from being read, for the page that shows how the mailbox fares. */
function troubleIn(error: unknown): FolderTrouble {
  if (error instanceof InboxError) return { kind: error.trouble, words: error.message }
  const { message: words, code = '' } = databasesOwn(error)
  const full = /SQLITE_FULL|SQLITE_IOERR|ENOSPC|53100|disk is full|No space left/i
  return { kind: full.test(`${code} ${words}`) ? 'disk' : 'database', words }
}
