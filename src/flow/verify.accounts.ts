import type { Event } from '../domain/event.ts'
import { amend, type Book, type Said } from './verify.rows.ts'

/** Who somebody is: a name or an address of another would let them act as that one. */
export const peopleBook: Book<'people'> = {
  name: 'people',
  what: 'person',
  note(said, event) {
    if (event.kind !== 'person_added') return
    said.set(event.personId, { name: event.name, email: event.email.toLowerCase() })
  },
  kept: ({ id, name, email }) => [id, { name, email: email.toLowerCase() }],
}

/** Second factors: one that nobody added would let somebody in. */
export const passkeysBook: Book<'passkeys'> = {
  name: 'passkeys',
  what: 'passkey',
  note: (said, event) => noteFactor(said, event, 'passkey'),
  kept: ({ id, personId }) => [id, { personId }],
}

export const totpsBook: Book<'totps'> = {
  name: 'totps',
  what: 'the one-time codes of',
  note: (said, event) => noteFactor(said, event, 'totp'),
  kept: ({ personId, confirmedAt }) => (confirmedAt === null ? null : [personId, { personId }]),
}

function noteFactor(said: Said, event: Event, method: 'passkey' | 'totp'): void {
  if (event.kind !== 'second_factor_added' && event.kind !== 'second_factor_removed') return
  if (event.method !== method) return
  const { personId, factorId } = event
  const id = method === 'totp' ? personId : factorId
  if (event.kind === 'second_factor_added') said.set(id, { personId })
  else said.delete(id)
}

/** Whom a provider of sign-ins means. */
export const externalIdsBook: Book<'externalIds'> = {
  name: 'externalIds',
  what: 'the sign-in from elsewhere',
  note(said, event) {
    if (event.kind !== 'external_id_linked') return
    said.set(`${event.personId} ${event.issuer} ${event.at}`, {})
  },
  kept: ({ personId, issuer, linkedAt }) => [`${personId} ${issuer} ${linkedAt}`, {}],
}

/** Roles that somebody asked for somebody. */
export const grantsBook: Book<'grants'> = {
  name: 'grants',
  what: 'proposal of roles',
  note(said, event) {
    if (event.kind === 'rights_proposed') {
      const { grantId, personId, roles, within, effectiveAt, by, at } = event
      const asked = { personId, roles, within, effectiveAt, proposedBy: by ?? '', proposedAt: at }
      said.set(grantId, { ...asked, state: 'waiting', decidedBy: null })
    }
    if (event.kind === 'rights_granted') {
      amend(said, event.grantId, { state: 'in_force', decidedBy: event.by })
    }
    if (event.kind === 'rights_declined') {
      amend(said, event.grantId, { state: 'declined', decidedBy: event.by })
    }
  },
  kept: ({ id, decidedAt: _, ...row }) => [id, row],
}

/** Accounts on mail servers: another server or user would read other mail. */
export const mailboxesBook: Book<'mailboxes'> = {
  name: 'mailboxes',
  what: 'mailbox',
  note(said, event) {
    switch (event.kind) {
      case 'mailbox_added':
        said.set(event.mailboxId, { ...mailboxSaid(event), paused: false })
        break
      case 'mailbox_changed':
        amend(said, event.mailboxId, mailboxSaid(event))
        break
      case 'mailbox_paused':
        amend(said, event.mailboxId, { paused: true })
        break
      case 'mailbox_resumed':
        amend(said, event.mailboxId, { paused: false })
        break
      default:
    }
  },
  kept({ id, name, address, account, pausedAt }) {
    const server = account ? { host: account.host, user: account.user } : null
    return [id, { name, address, server, paused: pausedAt !== null }]
  },
}

function mailboxSaid({
  name,
  address,
  server,
}: Extract<Event, { kind: 'mailbox_added' | 'mailbox_changed' }>) {
  return { name, address, server }
}

/** Receiving servers whose word on senders is believed. */
export const trustedServersBook: Book<'trustedServers'> = {
  name: 'trustedServers',
  what: 'receiving server',
  note(said, event) {
    if (event.kind === 'authserv_trusted') {
      said.set(event.authservId, { acceptedBy: event.by, acceptedAt: event.at })
    }
    if (event.kind === 'authserv_distrusted') said.delete(event.authservId)
  },
  kept: ({ id, acceptedBy, acceptedAt }) => [id, { acceptedBy, acceptedAt }],
}

/** Places that notices are posted to. */
export const webhooksBook: Book<'webhooks'> = {
  name: 'webhooks',
  what: 'webhook',
  note(said, event) {
    if (!('webhookId' in event)) return
    const { webhookId: id } = event
    if (event.kind === 'webhook_added' || event.kind === 'webhook_changed') {
      const known = said.get(id) ?? { paused: false, removed: false }
      const { format, host, ownerId } = event
      said.set(id, { ...known, format, host, ownerId })
    }
    if (event.kind === 'webhook_paused') amend(said, id, { paused: true })
    if (event.kind === 'webhook_resumed') amend(said, id, { paused: false })
    if (event.kind === 'webhook_removed') amend(said, id, { removed: true })
  },
  kept({ id, format, host, ownerId, pausedAt, removedAt }) {
    return [id, { format, host, ownerId, paused: pausedAt !== null, removed: removedAt !== null }]
  },
}

/** What was written in care: sealed words, and that they were written. */
export const careNotesBook: Book<'careNotes'> = {
  name: 'careNotes',
  what: 'care note',
  note(said, event) {
    if (event.kind !== 'care_note_written') return
    said.set(event.noteId, { taskId: event.taskId, at: event.at })
  },
  kept: ({ id, taskId, at }) => [id, { taskId, at }],
}
