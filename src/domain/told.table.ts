import type { Category, Severity } from './category.ts'
import type { Event, EventKind } from './event.ts'
import type { Action } from './person.ts'
import type { ToldKind } from './told.kinds.ts'

/** Whom an event or a date concerns: those who may do something there, and people by name. */
type Audience = {
  readonly may?: Action
  /** Where they must be able to do it, in one mailbox of each; left out where the thing lies in one. */
  readonly onEach?: readonly (readonly string[])[]
  readonly people?: readonly string[]
}

/**
 * Something that people are told of: what kind, where it leads, whom. Never a word of a
 * customer's, not even a subject: categories, severity and a path of ours are all there is.
 */
export type Telling = {
  readonly kind: ToldKind
  readonly to: Audience
  /** People who are not told, whatever they may do. */
  readonly except: readonly string[]
  readonly threadId: string | null
  readonly mailboxId: string | null
  readonly path: string
  readonly severity: Severity
  readonly categories: readonly Category[]
  /** What it is about: the same thing is told to nobody twice. */
  readonly source: string
  /** Not told again while somebody has not read what they were told of the same thread. */
  readonly once: boolean
}

/** What has to be known of an event's thread, incident or senders to say who is told. */
export type ThreadFacts = {
  /** Null for what lies in no mailbox, or in more than one. */
  readonly mailboxId: string | null
  readonly severity: Severity
  readonly categories: readonly Category[]
  /** Members of staff whom it attacks: they are asked for nothing in it. */
  readonly targets: readonly string[]
  /** Who reviewed the newest revision. */
  readonly reviewers: readonly string[]
  /** Who wrote each letter, also those whose words another person has changed. */
  readonly writers: Readonly<Record<string, readonly string[]>>
  /** Who reviewed, proposed or confirmed each measure. */
  readonly involved: Readonly<Record<string, readonly string[]>>
  /** The mailboxes of each of two senders. */
  readonly sides: readonly (readonly string[])[]
}

type Of<Kind extends EventKind> = Extract<Event, { kind: Kind }>
type About<Kind extends EventKind> = (event: Of<Kind>, facts: ThreadFacts) => Wish | null
export type Wish = Pick<Telling, 'kind' | 'to' | 'path'> &
  Partial<Pick<Telling, 'except' | 'source' | 'once' | 'severity' | 'categories'>>

/**
 * Who is told of what happens. A row more is all it takes: the event's kind, what kind of notice it
 * is (a row in `told.kinds.ts` and its words in `text/*.told.ts`), whom it goes to and where it
 * leads. Who did it is never told of it, nor is anybody who cannot see it.
 */
export const table: { readonly [Kind in EventKind]?: About<Kind> } = {
  alert_raised: () => ({ kind: 'alert', to: { may: 'acknowledge_alert' }, path: '/alerts' }),
  thread_assessed(event, { targets }) {
    if (!isPressing(event)) return null
    const { severity, categories, threadId, messageId } = event
    const source = `urgent:${messageId}`
    const what = { severity, categories, source, once: true, except: targets }
    return { kind: 'urgent', to: { may: 'review' }, path: `/threads/${threadId}`, ...what }
  },
  dispute_opened: ({ threadId }, { reviewers, targets }) => ({
    kind: 'dispute',
    to: { may: 'settle' },
    except: [...reviewers, ...targets],
    path: `/threads/${threadId}`,
  }),
  measure_proposed: ({ measureId, reviewers }, { targets }) => ({
    kind: 'measure_proposed',
    to: { may: 'confirm' },
    except: [...reviewers, ...targets],
    path: `/measures/${measureId}`,
  }),
  reply_submitted: ({ threadId }, { targets }) => ({
    kind: 'approval_wanted',
    to: { may: 'approve' },
    except: targets,
    path: `/threads/${threadId}`,
  }),
  reply_returned: ({ letterId, threadId }, facts) => ({
    kind: 'reply_returned',
    to: { people: writersOf(facts, letterId) },
    path: `/threads/${threadId}`,
  }),
  reply_changed: ({ letterId, threadId }, facts) => ({
    kind: 'reply_changed',
    to: { people: writersOf(facts, letterId) },
    path: `/threads/${threadId}`,
  }),
  letter_refused: ({ letterId }, facts) => letterTrouble(letterId, facts),
  letter_uncertain: ({ letterId }, facts) => letterTrouble(letterId, facts),
  bounce_received: ({ letterId }, facts) => letterTrouble(letterId, facts),
  note_written: ({ threadId, noteId, mentions }) => ({
    kind: 'mentioned',
    to: { people: mentions },
    path: `/threads/${threadId}#n-${noteId}`,
  }),
  thread_assigned: ({ threadId, to, how }) =>
    how === 'taken'
      ? null
      : { kind: 'handed_over', to: { people: [to] }, path: `/threads/${threadId}` },
  review_reminded({ measureId, threadId, reviewAt }, facts) {
    const { kind, to, path, source } = reviewDue({ id: measureId, threadId, reviewAt }, facts)
    return { kind, to, path, source, except: facts.targets }
  },
  objection_received: ({ measureId }, { targets, involved }) => ({
    kind: 'objection',
    to: { may: 'review_suspension' },
    except: [...(involved[measureId] ?? []), ...targets],
    path: `/measures/${measureId}`,
  }),
  digest_made: ({ measureId, mails, severity, categories }) =>
    mails === 0
      ? null
      : {
          kind: 'muted_digest',
          to: { may: 'acknowledge_alert' },
          path: `/measures/${measureId}`,
          severity,
          categories: Object.keys(categories) as Category[],
        },
  join_proposed: ({ senderId }, { sides }) => ({
    kind: 'join_proposed',
    to: { may: 'confirm_join', onEach: sides },
    path: `/senders/${senderId}/joining`,
  }),
  incident_recorded: ({ incidentId }, { reviewers, targets }) =>
    reviewers.length >= 2
      ? null
      : {
          kind: 'incident_waiting',
          to: { may: 'review' },
          except: [...reviewers, ...targets],
          path: `/incidents/${incidentId}`,
        },
  incident_disputed: ({ incidentId }, { reviewers, targets }) => ({
    kind: 'dispute',
    to: { may: 'settle' },
    except: [...reviewers, ...targets],
    path: `/incidents/${incidentId}`,
  }),
  token_made: ({ waits }) =>
    waits
      ? { kind: 'token_waiting', to: { may: 'approve_tokens' }, path: '/settings/tokens' }
      : null,
  rights_proposed: ({ personId, effectiveAt }) =>
    // Where there is no second administrator they hold after a day, and supervisors may object.
    effectiveAt === null
      ? {
          kind: 'rights_waiting',
          to: { may: 'manage_people' },
          except: [personId],
          path: '/people',
        }
      : {
          kind: 'rights_objectable',
          to: { may: 'object_to_rights' },
          except: [personId],
          path: '/people',
        },
  rule_change_proposed: ({ proposalId }) => ({
    kind: 'rules_proposed',
    to: { may: 'approve_rules' },
    path: `/rules/proposals/${proposalId}`,
  }),
  template_change_proposed: ({ proposalId }) => ({
    kind: 'template_proposed',
    to: { may: 'approve_templates' },
    path: `/templates/proposals/${proposalId}`,
  }),
  care_task_made: ({ assignee }) => careGiven(assignee),
  care_task_given: ({ assignee }) => careGiven(assignee),
  drill_started: ({ drillId, personId, by }) => {
    if (by === personId) return null
    return { kind: 'drill_given', to: { people: [personId] }, path: `/drills/${drillId}` }
  },
  webhook_given_up: ({ webhookId, ownerId }) => webhookTrouble(webhookId, ownerId),
  webhook_paused: ({ webhookId, ownerId, by }) =>
    by === null ? webhookTrouble(webhookId, ownerId) : null,
}

/** What presses so much that it is told of when it comes in. */
export function isPressing({ muted, severity, flags }: Of<'thread_assessed'>): boolean {
  return !muted && (severity === 3 || flags.includes('self_harm'))
}

/** A suspension whose review date is near. */
export function reviewDue(
  { id, threadId, reviewAt }: { id: string; threadId: string; reviewAt: string },
  { mailboxId, severity, categories, targets }: ThreadFacts,
): Telling {
  return {
    kind: 'review_due',
    to: { may: 'lift' },
    except: targets,
    ...{ threadId, mailboxId, severity, categories, once: false },
    path: `/measures/${id}`,
    source: `review_due:${id}:${reviewAt}`,
  }
}

function writersOf({ writers }: ThreadFacts, letterId: string): readonly string[] {
  return writers[letterId] ?? []
}

/** Several tasks at once are one notice; where nobody has them, every supervisor in care is told. */
function careGiven(assignee: string | null): Wish {
  const to = assignee === null ? ({ may: 'care' } as const) : { people: [assignee] }
  return { kind: 'care_given', to, path: '/care', once: true }
}

/** Those who wrote it, and the supervisors of its mailbox. */
function letterTrouble(letterId: string, facts: ThreadFacts): Wish {
  return {
    kind: 'letter_trouble',
    to: { may: 'settle_uncertain', people: writersOf(facts, letterId) },
    path: `/letters/${letterId}`,
    once: true,
  }
}

/** The whole house's own concern administrators, somebody's own concern them alone. */
function webhookTrouble(webhookId: string, ownerId: string | null): Wish {
  return {
    kind: 'webhook_trouble',
    to: ownerId === null ? { may: 'manage_webhooks' } : { people: [ownerId] },
    path: ownerId === null ? `/webhooks/${webhookId}` : '/notifications/webhook',
    once: true,
  }
}
