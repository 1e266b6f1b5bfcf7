import { and, asc, eq, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { MailboxSettings } from '../domain/mailbox.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { type Folder, folderOf, folderWrites } from './folders.ts'
import { folders, mailboxes } from './tables.ts'

/** One account on a mail server with its department and its sending identity (受信箱). */
export type Mailbox = Omit<MailboxSettings, 'folders'> & {
  readonly id: string
  /** An `AccountSecret`, sealed; null where there is none. */
  readonly secret: string | null
  /** Since when it is not read, by an administrator's wish. */
  readonly pausedAt: Instant | null
  readonly version: number
  /** Also those that are not read any more. */
  readonly folders: readonly Folder[]
}

/** Who changes a mailbox, when, and where new ids come from. */
export type Act = { readonly at: Instant; readonly by: string | null; readonly newId: () => string }

export type Mailboxes = {
  list(): Promise<Mailbox[]>
  find(name: string): Promise<Mailbox | null>
  byId(id: string): Promise<Mailbox | null>
  /** Throws `StaleWrite` where the name is taken. */
  add(id: string, settings: MailboxSettings, secret: string | null, act: Act): Promise<void>
  /** Throws `StaleWrite` where somebody else changed it meanwhile, or the name is taken. */
  change(
    mailbox: Mailbox,
    settings: MailboxSettings,
    secret: string | null,
    act: Act,
  ): Promise<void>
  /** Keeps the same secret sealed anew: another key, or a token that the provider renewed. */
  reseal(mailbox: Mailbox, secret: string): Promise<void>
  pause(mailbox: Mailbox, act: Act): Promise<void>
  resume(mailbox: Mailbox, act: Act): Promise<void>
}

export function mailboxesIn(core: Core): Mailboxes {
  return {
    list: () => loaded(core),
    async find(name) {
      return (await loaded(core, eq(mailboxes.name, name)))[0] ?? null
    },
    async byId(id) {
      return (await loaded(core, eq(mailboxes.id, id)))[0] ?? null
    },
    add(id, settings, secret, act) {
      return core.commit([eventOf('mailbox_added', id, settings, act)], (tx) => [
        tx
          .insert(mailboxes)
          .values({ id, ...columnsOf(settings), secret })
          .returning({ id: mailboxes.id }),
        ...folderWrites(tx, id, settings.folders, [], act.newId),
      ])
    },
    change(mailbox, settings, secret, act) {
      const { id, version } = mailbox
      return core.commit([eventOf('mailbox_changed', id, settings, act)], (tx) => [
        tx
          .update(mailboxes)
          .set({ ...columnsOf(settings), secret, version: version + 1 })
          .where(and(eq(mailboxes.id, id), eq(mailboxes.version, version)))
          .returning({ id: mailboxes.id }),
        ...folderWrites(tx, id, settings.folders, mailbox.folders, act.newId),
      ])
    },
    reseal({ id, secret: before }, secret) {
      const same = before === null ? isNull(mailboxes.secret) : eq(mailboxes.secret, before)
      return core.write((tx) => [
        tx
          .update(mailboxes)
          .set({ secret })
          .where(and(eq(mailboxes.id, id), same))
          .returning({ id: mailboxes.id }),
      ])
    },
    pause: (mailbox, act) => setPaused(core, mailbox, 'mailbox_paused', act),
    resume: (mailbox, act) => setPaused(core, mailbox, 'mailbox_resumed', act),
  }
}

async function loaded({ db }: Core, where?: SQL): Promise<Mailbox[]> {
  const rows = await db.select().from(mailboxes).where(where).orderBy(asc(mailboxes.id))
  const all = await db.select().from(folders).orderBy(asc(folders.id))
  const byMailbox = Map.groupBy(all.map(folderOf), ({ mailboxId }) => mailboxId)
  return rows.map((row) => ({ ...row, folders: byMailbox.get(row.id) ?? [] }))
}

function setPaused(
  core: Core,
  { id, version }: Mailbox,
  kind: 'mailbox_paused' | 'mailbox_resumed',
  { at, by }: Act,
): Promise<void> {
  const pausing = kind === 'mailbox_paused'
  const before = pausing ? isNull(mailboxes.pausedAt) : isNotNull(mailboxes.pausedAt)
  return core.commit([{ kind, at, by, mailboxId: id }], (tx) => [
    tx
      .update(mailboxes)
      .set({ pausedAt: pausing ? at : null, version: version + 1 })
      .where(and(eq(mailboxes.id, id), before))
      .returning({ id: mailboxes.id }),
  ])
}

function columnsOf({
  name,
  department,
  address,
  fromName,
  account,
  afterStoring,
  sentCopies,
  mutedFolder,
}: MailboxSettings) {
  return { name, department, address, fromName, account, afterStoring, sentCopies, mutedFolder }
}

/** What was set, on record: never a secret. */
function eventOf(
  kind: 'mailbox_added' | 'mailbox_changed',
  mailboxId: string,
  { name, address, account }: MailboxSettings,
  { at, by }: Act,
): Event {
  const server = account ? { host: account.host, user: account.user } : null
  return { kind, at, by, mailboxId, name, address, server }
}
