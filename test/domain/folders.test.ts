import { describe, expect, it } from 'vitest'
import { flawsOfMailbox } from '../../src/domain/mailbox.ts'
import { mailboxSettings } from '../support/inbox.ts'

describe('the folders of a mailbox', () => {
  it('are told apart as a mail server does: INBOX is the same in any case, others are not', () => {
    expect(flawsOfMailbox(mailboxSettings({ folders: ['INBOX', 'inbox'] }))).toEqual([
      'folder_wrong',
    ])
    expect(flawsOfMailbox(mailboxSettings({ folders: ['INBOX', 'Billing', 'billing'] }))).toEqual(
      [],
    )
  })

  it('are not what their own mail is moved to', () => {
    const afterStoring = { kind: 'move', folder: 'Inbox' } as const
    expect(flawsOfMailbox(mailboxSettings({ afterStoring }))).toEqual(['move_target_wrong'])
  })
})
