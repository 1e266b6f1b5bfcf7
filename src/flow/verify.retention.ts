import type { Event } from '../domain/event.ts'
import { amend, type Book, type Said } from './verify.rows.ts'

type Placed = Event & { readonly kind: 'thread_hold_placed' | 'sender_hold_placed' }

/** What is held, by whom, why, and who lifted it. */
export const holdsBook: Book<'holds'> = {
  name: 'holds',
  what: 'hold',
  note(said, event) {
    switch (event.kind) {
      case 'thread_hold_placed':
        return notePlaced(said, event, { what: 'thread', thingId: event.threadId })
      case 'sender_hold_placed':
        return notePlaced(said, event, { what: 'sender', thingId: event.senderId })
      case 'thread_hold_lifted':
      case 'sender_hold_lifted':
        return amend(said, event.holdId, { liftedBy: event.by, liftReason: event.reason })
      default:
    }
  },
  kept({ id, what, thingId, reason, placedBy, liftedBy, liftReason }) {
    return [id, { what, thingId, reason, placedBy, liftedBy, liftReason }]
  },
}

function notePlaced(
  said: Said,
  { holdId, reason, by }: Pick<Placed, 'holdId' | 'reason' | 'by'>,
  thing: { readonly what: string; readonly thingId: string },
): void {
  said.set(holdId, { ...thing, reason, placedBy: by, liftedBy: null, liftReason: '' })
}

/** Which periods two people let run. */
export const retentionRulesBook: Book<'retentionRules'> = {
  name: 'retentionRules',
  what: 'the approval of periods',
  note(said, event) {
    if (event.kind === 'retention_proposed') {
      said.set(event.periods, { proposedBy: event.by, approvedBy: null })
    }
    if (event.kind === 'retention_approved') amend(said, event.periods, { approvedBy: event.by })
  },
  kept: ({ id, proposedBy, approvedBy }) => [id, { proposedBy, approvedBy }],
}

/** Who asked that everything of them is erased, and what was answered. */
export const deletionRequestsBook: Book<'deletionRequests'> = {
  name: 'deletionRequests',
  what: 'request',
  note(said, event) {
    switch (event.kind) {
      case 'deletion_proposed': {
        const { senderId, receivedOn, reason, by: proposedBy } = event
        const asked = { senderId, receivedOn, reason, proposedBy }
        said.set(event.requestId, { ...asked, ...unanswered })
        break
      }
      case 'deletion_approved': {
        const { requestId, answer, threads, by: decidedBy } = event
        amend(said, requestId, { state: 'approved', decidedBy, answer, threads })
        break
      }
      case 'deletion_declined':
        amend(said, event.requestId, {
          ...{ state: 'declined', decidedBy: event.by, answer: event.answer },
        })
        break
      default:
    }
  },
  kept({ id, senderId, receivedOn, reason, proposedBy, state, decidedBy, answer, threads }) {
    const asked = { senderId, receivedOn, reason, proposedBy }
    return [id, { ...asked, state, decidedBy, answer, threads }]
  },
}

const unanswered = { state: 'open', decidedBy: null, answer: '', threads: [] }

/** Who asked what is kept on them, how that was checked, and what was answered. */
export const disclosureRequestsBook: Book<'disclosureRequests'> = {
  name: 'disclosureRequests',
  what: 'request',
  note(said, event) {
    if (event.kind === 'disclosure_requested') {
      const { senderId, receivedOn, reason, identityCheck, by: proposedBy } = event
      const asked = { senderId, receivedOn, reason, identityCheck, proposedBy }
      said.set(event.requestId, {
        ...asked,
        state: 'open',
        decidedBy: null,
        withheld: [],
        answer: '',
      })
    }
    if (event.kind === 'disclosure_answered') {
      const { requestId, outcome: state, withheld, answer, by: decidedBy } = event
      amend(said, requestId, { state, withheld, answer, decidedBy })
    }
  },
  kept({ id, proposedAt: _, decidedAt: __, ...said }) {
    return [id, said]
  },
}
