import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeMailbox, setPaused } from '../../src/flow/mailboxes.ts'
import { verify } from '../../src/flow/verify.ts'
import { openInbox } from '../../src/mail/inbox.ts'
import { hasDovecot } from '../support/dovecot.ts'
import { settingsOf } from '../support/inbox.ts'
import { type MailAccount, type MailServer, startMailServer } from '../support/mail-server.ts'
import { until } from '../support/office.ts'
import { letter, openReading, type Reading } from '../support/reading.ts'

let users = 0

describe.skipIf(!hasDovecot)(
  'reading Dovecot for long (left out where it is not installed)',
  // Pauses grow while a folder is gone: on a busy machine it takes some of them.
  { timeout: 120_000 },
  () => {
    let server: MailServer
    let account: MailAccount
    let reading: Reading
    beforeAll(async () => {
      server = await startMailServer()
    })
    afterAll(() => server.stop())
    beforeEach(async () => {
      users += 1
      account = await server.account(`user${users}`)
      reading = await openReading()
    })
    afterEach(async () => {
      await reading.close()
      await account.leave()
    })

    const append = async (count: number, from = 1, folder = 'INBOX') => {
      for (let n = from; n < from + count; n += 1) await account.append(letter(`mail ${n}`), folder)
    }
    const fill = (count: number) =>
      account.fill(Array.from({ length: count }, (_, n) => letter(`mail ${n + 1}`)))
    const synced = (name = 'INBOX') =>
      reading.folder(
        name,
        ({ trouble, remaining, firstSyncedAt }) =>
          trouble === null && remaining === 0 && firstSyncedAt !== null,
      )
    const flagsOf = async (folder: string) => {
      await account.client.mailboxOpen(folder)
      const all = await account.client.fetchAll('1:*', { flags: true })
      return all.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== '\\Recent').sort())
    }

    it('leaves the folder as it found it', async () => {
      await append(5)
      await account.client.mailboxOpen('INBOX')
      await account.client.messageFlagsSet('2', ['\\Flagged', '$Label1'])
      await account.client.messageFlagsSet('3', ['\\Seen'])
      const before = await flagsOf('INBOX')
      await reading.add(account)
      reading.start()
      await reading.stored(5)
      await synced()
      expect(await flagsOf('INBOX')).toEqual(before)
      expect(before).toEqual([[], ['$Label1', '\\Flagged'], ['\\Seen'], [], []])
    })

    it('marks as seen only what is stored, also what a crash left unseen', async () => {
      await append(4)
      const id = await reading.add(account)
      reading.start()
      await reading.stored(4)
      await synced()
      // Stored and not marked: as after a crash between the commit and the flag.
      await reading.stop()
      expect((await flagsOf('INBOX')).flat()).toEqual([])
      const mailbox = await reading.house.store.mailboxes.byId(id)
      if (!mailbox) throw new Error('no mailbox')
      const settings = { ...mailbox, folders: ['INBOX'], afterStoring: { kind: 'seen' } as const }
      await changeMailbox(reading.house, id, settings, {}, null)
      await append(2, 5)
      reading.start()
      await reading.stored(6)
      await until('all to be seen', async () =>
        (await flagsOf('INBOX')).every((flags) => flags.includes('\\Seen')),
      )
    })

    it('moves what is stored, also what a crash left in the folder, and nothing else', async () => {
      await account.client.mailboxCreate('済み')
      await append(4)
      const id = await reading.add(account)
      reading.start()
      await reading.stored(4)
      await synced()
      await reading.stop()
      const mailbox = await reading.house.store.mailboxes.byId(id)
      if (!mailbox) throw new Error('no mailbox')
      const afterStoring = { kind: 'move', folder: '済み' } as const
      await changeMailbox(
        reading.house,
        id,
        { ...mailbox, folders: ['INBOX'], afterStoring },
        {},
        null,
      )
      reading.start()
      await append(2, 5)
      await reading.stored(6)
      await until('the folder to be empty', async () => (await account.read('INBOX')).length === 0)
      expect(await account.read('済み')).toHaveLength(6)
      expect((await verify(reading.house.store)).flaws).toEqual([])
    })

    it('says what to do where stored mail cannot be moved, and has it stored', async () => {
      await append(2)
      await reading.add(account, { afterStoring: { kind: 'move', folder: 'Nowhere' } })
      reading.start()
      await reading.stored(2)
      const { trouble } = await reading.folder('INBOX', (folder) => folder.trouble !== null)
      expect(trouble).toMatchObject({ kind: 'folder', words: expect.stringContaining('Nowhere') })
      await account.client.mailboxCreate('Nowhere')
      await synced()
      expect(await account.read('Nowhere')).toHaveLength(2)
    })

    it('loses nothing and waits for nobody where mail is expunged while it is fetched', async () => {
      await fill(450)
      await reading.add(account)
      await account.client.mailboxOpen('INBOX')
      reading.start()
      await until('the first batch', async () => (await reading.subjects()).length > 0)
      await account.client.messageDelete('300:420', { uid: true })
      await account.append(letter('last'))
      await until('the last mail', async () => (await reading.subjects()).includes('last'))
      await synced()
      const stored = new Set(await reading.subjects())
      const there = await account.read('INBOX')
      for (const { raw } of there) {
        expect(stored).toContain(/Subject: (.*)\r/.exec(raw.toString())?.[1])
      }
    })

    it('reads a folder that was made anew without storing a mail twice', async () => {
      await account.client.mailboxCreate('Billing')
      await append(5, 1, 'Billing')
      await reading.add(account, { folders: ['INBOX', 'Billing'] })
      // A client that waits in a folder that is gone is not told: the look by hand finds it.
      reading.start({ idleMs: 500 })
      await reading.stored(5)
      const before = await synced('Billing')
      // Somebody else has the folder open: the server may refuse for a moment.
      await until('the folder to be deleted', () => told(account.client.mailboxDelete('Billing')))
      await until('a new one', () => told(account.client.mailboxCreate('Billing')))
      await until('its mail', () => told(append(6, 1, 'Billing')))
      await reading.stored(6)
      const after = await reading.folder(
        'Billing',
        ({ cursor, trouble }) =>
          trouble === null && cursor?.uidValidity !== before.cursor?.uidValidity,
      )
      expect(after.lagSeconds ?? 0).toBeLessThan(60)
      expect((await verify(reading.house.store)).flaws).toEqual([])
    })

    it('goes on with the other folders where one is renamed, and comes back with it', async () => {
      await account.client.mailboxCreate('Billing')
      await append(1, 1, 'Billing')
      await reading.add(account, { folders: ['INBOX', 'Billing'] })
      reading.start({ idleMs: 500 })
      await reading.stored(1)
      await synced('Billing')
      await account.client.mailboxRename('Billing', 'Archive')
      const { trouble } = await reading.folder('Billing', (one) => one.trouble?.kind === 'folder')
      expect(trouble?.words).toContain('has no folder Billing')
      await append(1, 2)
      await reading.stored(2)
      expect((await synced('INBOX')).trouble).toBeNull()

      await append(1, 3, 'Archive')
      await account.client.mailboxRename('Archive', 'Billing')
      await reading.stored(3)
      await synced('Billing')
    })

    it.each(['受信箱/お客様', 'お問い合わせ & ご意見', 'inbox'])(
      'reads the folder %s',
      async (name) => {
        if (name !== 'inbox') await account.client.mailboxCreate(name)
        await append(1, 1, name)
        await reading.add(account, { folders: [name] })
        reading.start()
        await reading.stored(1)
        await append(1, 2, name)
        await reading.stored(2)
      },
    )

    it('needs no search after a reconnection where nothing changed (CONDSTORE)', async () => {
      await append(3)
      const opened = await openInbox(
        settingsOf({ host: '127.0.0.1', ...account }),
        reading.house.log,
      )
      const { modSeq } = opened
      await opened.close()
      expect(modSeq).toMatch(/^\d+$/)
      await append(1, 4)
      const again = await openInbox(
        settingsOf({ host: '127.0.0.1', ...account }),
        reading.house.log,
      )
      expect(again.modSeq).not.toBe(modSeq)
      // As the folder stands now nothing is new, whatever the UID: nobody searches.
      expect(await Array.fromAsync(again.since(2, again.modSeq))).toEqual([])
      // A later look always searches.
      const later = await Array.fromAsync(again.since(2, again.modSeq))
      expect(later.flatMap(({ mails }) => mails.map(({ uid }) => uid))).toEqual([3, 4])
      await again.close()
    })

    it('stops in the middle when a mailbox is paused, and goes on where it was', async () => {
      await fill(900)
      const id = await reading.add(account)
      reading.start()
      const { remaining } = await reading.folder('INBOX', (one) => one.remaining > 0)
      expect(remaining).toBeLessThan(900)
      await setPaused(reading.house, id, true, null)
      await until(
        'its lease to be given back',
        async () => (await reading.database.sql('select name from leases')).length === 0,
      )
      const stored = (await reading.subjects()).length
      expect(stored).toBeLessThan(900)
      const paused = await reading.folder('INBOX', () => true)
      expect(paused).toMatchObject({ firstSyncedAt: null, cursor: { uid: stored } })

      await setPaused(reading.house, id, false, null)
      await reading.stored(900)
      await synced()
      expect(reading.log()).toMatch(/"remaining":\d+,"perSecond":\d+,"msg":"synchronising"/)
    })

    it('reads two mailboxes side by side, and one that is added meanwhile at once', async () => {
      const other = await server.account(`other${users}`)
      await fill(450)
      await reading.add(account)
      reading.start()
      await reading.folder('INBOX', (one) => one.remaining > 0)
      await other.append(letter('hello'))
      await reading.add(other, { name: 'sales', address: 'sales@hinata-kurashi.example' })
      await until('the other mailbox', async () => (await reading.subjects()).includes('hello'))
      await reading.stored(451)
      await other.leave()
    })
  },
)

/** Whether the server did it. */
function told(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => true,
    () => false,
  )
}
