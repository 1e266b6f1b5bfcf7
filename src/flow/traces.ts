import { openSentFolder, type SentFolder } from '../mail/sent-folder.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Trail } from '../store/outgoing.ts'
import type { Accounts } from './accounts.ts'
import type { House } from './house.ts'
import { settleBy } from './uncertain.ts'

/** Letters looked at in one sign-in. */
const batch = 20

/** When a copy is tried again, in seconds; then it is left, and the outbox says why. */
const copySeconds = [10, 60, 300, 1800, 7200, 21_600, 86_400]

/** When the Sent folder is looked through again for one letter, in seconds; the last one stays. */
const lookSeconds = [10, 30, 120, 600, 3600, 21_600]

/**
 * Puts copies of sent letters into the Sent folders of those mailboxes that want them. One that a
 * crash left half done is found there, and not put there twice. Returns how many are there now.
 */
export async function keepCopies(house: House, accounts: Accounts): Promise<number> {
  const { outgoing } = house.store
  let kept = 0
  const due = await outgoing.copiesDue(house.now(), batch)
  for (const [mailbox, trails] of await byMailbox(house, due)) {
    if (mailbox?.sentCopies.kind !== 'keep') {
      for (const { letter } of trails) await outgoing.notCopied(letter.id, null, '')
      continue
    }
    const failure = await inSentFolder(house, accounts, mailbox, async (folder) => {
      for (const { letter } of trails) {
        await putCopy(house, folder, letter)
        kept += 1
      }
    })
    // What is there already is not due any more; the rest has its next try.
    if (failure) await putOff(house, trails, failure)
  }
  return kept
}

/** Looks through Sent folders for letters of unknown result. Returns how many were settled. */
export async function settleBySentFolders(house: House, accounts: Accounts): Promise<number> {
  const { outgoing } = house.store
  let settled = 0
  const due = await outgoing.looksDue(house.now(), batch)
  for (const [mailbox, trails] of await byMailbox(house, due)) {
    if (!mailbox) continue
    await inSentFolder(house, accounts, mailbox, async (folder) => {
      for (const { letter } of trails) {
        if (!letter.messageId || !(await folder.has(letter.messageId))) continue
        const evidence = { kind: 'sent_copy', where: folder.name } as const
        if (await settleBy(house, letter, [evidence])) settled += 1
      }
    })
    for (const { letter, looks } of trails) {
      const last = Math.min(looks, lookSeconds.length - 1)
      await outgoing.looked(letter.id, after(house, lookSeconds, last) ?? house.now())
    }
  }
  return settled
}

async function putCopy(house: House, folder: SentFolder, letter: Trail['letter']): Promise<void> {
  const { outgoing } = house.store
  const made = await outgoing.bytesOf(letter.id)
  if (!made || letter.messageId === null) throw new Error(`letter ${letter.id} has no bytes`)
  // Some servers keep a copy of what they send by themselves.
  if (!(await folder.has(letter.messageId))) await folder.append(made.bytes)
  await outgoing.copied(letter.id)
}

async function putOff(house: House, trails: readonly Trail[], why: string): Promise<void> {
  const { outgoing } = house.store
  const open = new Set(
    (await outgoing.copiesDue(house.now(), batch)).map(({ letter }) => letter.id),
  )
  for (const { letter, copyAttempts } of trails) {
    if (!open.has(letter.id)) continue
    await outgoing.notCopied(letter.id, after(house, copySeconds, copyAttempts), why)
  }
}

/** Null where all went well; else why not, as the operator is told. */
async function inSentFolder(
  house: House,
  accounts: Accounts,
  mailbox: Mailbox,
  work: (folder: SentFolder) => Promise<void>,
): Promise<string | null> {
  const { sentCopies } = mailbox
  const name = sentCopies.kind === 'keep' ? sentCopies.folder : ''
  let folder: SentFolder | null = null
  try {
    folder = await openSentFolder(await accounts.signIn(mailbox), name, house.log)
    await work(folder)
    return null
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    house.log.warn({ err: why, mailbox: mailbox.name }, 'the Sent folder cannot be used')
    return why
  } finally {
    await folder?.close()
  }
}

async function byMailbox({ store }: House, trails: readonly Trail[]) {
  const groups: [Mailbox | null, readonly Trail[]][] = []
  for (const [id, some] of Map.groupBy(trails, ({ mailboxId }) => mailboxId)) {
    groups.push([await store.mailboxes.byId(id), some])
  }
  return groups
}

/** Null where there are no more tries. */
function after({ now }: House, seconds: readonly number[], tries: number): string | null {
  const wait = seconds[tries]
  return wait === undefined ? null : new Date(Date.parse(now()) + wait * 1000).toISOString()
}
