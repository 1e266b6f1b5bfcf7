import type { AccountSecret } from '../domain/mailbox.ts'
import { may, type Person } from '../domain/person.ts'
import { InboxError } from '../mail/inbox-error.ts'
import {
  type Authorization,
  beginAuthorization,
  finishAuthorization,
  type OAuthAccess,
} from '../mail/oauth.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { accessOf, secretOf } from './accounts.ts'
import { NotFound } from './act.ts'
import type { House } from './house.ts'
import { changeMailbox } from './mailboxes.ts'

const purpose = 'mailbox-access'

/** What an administrator takes along to the provider and brings back, sealed. */
type Pending = Pick<Authorization, 'state' | 'verifier'> & {
  readonly mailboxId: string
  readonly personId: string
}

/** Begins the consent for a mailbox: where to go, and what has to be there on the way back. */
export async function startAccess(
  house: House,
  mailboxId: string,
  redirectUri: string,
  who: Person,
): Promise<{ readonly url: string; readonly sealed: string }> {
  const { access } = await found(house, mailboxId, who)
  const { url, state, verifier } = await beginAuthorization(access, redirectUri)
  const pending: Pending = { mailboxId, personId: who.id, state, verifier }
  return { url, sealed: house.vault.seal(JSON.stringify(pending), purpose) }
}

/** Takes the provider's answer and keeps the refresh token, sealed. Rejects with `InboxError`. */
export async function finishAccess(
  house: House,
  sealed: string,
  callback: URL,
  who: Person,
): Promise<void> {
  const pending = pendingIn(house, sealed)
  if (pending.personId !== who.id) throw expired()
  const { mailbox, access } = await found(house, pending.mailboxId, who)
  const refreshToken = await finishAuthorization(access, callback, pending)
  const { name, department, address, fromName, account } = mailbox
  const { afterStoring, sentCopies, mutedFolder } = mailbox
  const folders = mailbox.folders.filter(({ watched }) => watched).map((folder) => folder.name)
  const settings = {
    name,
    department,
    address,
    fromName,
    account,
    afterStoring,
    sentCopies,
    mutedFolder,
    folders,
  }
  const secret: AccountSecret = { refreshToken }
  const outcome = await changeMailbox(house, mailbox.id, settings, secret, who)
  if (outcome.kind !== 'kept') throw expired()
}

async function found(
  house: House,
  mailboxId: string,
  who: Person,
): Promise<{ readonly mailbox: Mailbox; readonly access: OAuthAccess }> {
  const mailbox = await house.store.mailboxes.byId(mailboxId)
  const method = mailbox?.account?.method
  if (!mailbox || method?.kind !== 'oauth' || !may(who, 'manage_mailboxes')) {
    throw new NotFound('mailbox with OAuth 2.0', mailboxId)
  }
  return { mailbox, access: accessOf(method, secretOf(house, mailbox)) }
}

function pendingIn({ vault }: House, sealed: string): Pending {
  if (sealed === '') throw expired()
  return JSON.parse(vault.open(sealed, purpose)) as Pending
}

function expired(): InboxError {
  return new InboxError('token', 'this consent was not begun here, or too long ago: begin again')
}
