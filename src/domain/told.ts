import type { Category, Severity } from './category.ts'
import type { Event, EventKind } from './event.ts'
import { type Action, may, type Person } from './person.ts'
import { stillTold, type ToldKind } from './told.kinds.ts'

/** Whom an event or a date concerns: those who may do something there, and people by name. */
export type Audience = { readonly may?: Action; readonly people?: readonly string[] }

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

/** What has to be known of an event's thread to say who is told. */
export type ThreadFacts = {
  readonly mailboxId: string
  readonly severity: Severity
  readonly categories: readonly Category[]
  /** Members of staff whom it attacks: they are asked for nothing in it. */
  readonly targets: readonly string[]
  /** Who reviewed the newest revision. */
  readonly reviewers: readonly string[]
  /** Who wrote each letter, also those whose words another person has changed. */
  readonly writers: Readonly<Record<string, readonly string[]>>
}

type Of<Kind extends EventKind> = Extract<Event, { kind: Kind }>
type About<Kind extends EventKind> = (event: Of<Kind>, facts: ThreadFacts) => Wish | null
type Wish = Pick<Telling, 'kind' | 'to' | 'path'> &
  Partial<Pick<Telling, 'except' | 'source' | 'once' | 'severity' | 'categories'>>

/**
 * Who is told of what happens. A row more is all it takes: the event's kind, what kind of notice it
 * is (a row in `told.kinds.ts` and its words in `text/*.told.ts`), whom it goes to and where it
 * leads. Who did it is never told of it, nor is anybody who cannot see it.
 */
const table: { readonly [Kind in EventKind]?: About<Kind> } = {
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
  webhook_given_up: ({ webhookId, ownerId }) => webhookTrouble(webhookId, ownerId),
  webhook_paused: ({ webhookId, ownerId, by }) =>
    by === null ? webhookTrouble(webhookId, ownerId) : null,
}

/** Kinds of events that somebody may be told of. */
export const tellingKinds = Object.keys(table) as readonly EventKind[]

/** Whether the event may be told at all: of most mail nobody is told, and nothing has to be loaded. */
export function isToldOf(event: Event): boolean {
  return event.kind === 'thread_assessed' ? isPressing(event) : tellingKinds.includes(event.kind)
}

function isPressing({ muted, severity, flags }: Of<'thread_assessed'>): boolean {
  return !muted && (severity === 3 || flags.includes('self_harm'))
}

/** What people are told of the event with that number of the log; null for nothing. */
export function tellingOf(seq: number, event: Event, facts: ThreadFacts | null): Telling | null {
  const threadId = 'threadId' in event ? event.threadId : null
  if (threadId !== null && facts === null) return null
  const row = table[event.kind] as ((event: Event, facts: ThreadFacts) => Wish | null) | undefined
  const wish = row?.(event, facts ?? nowhere) ?? null
  if (!wish) return null
  return {
    severity: facts?.severity ?? 0,
    categories: facts?.categories ?? [],
    once: false,
    source: `event:${seq}`,
    ...wish,
    threadId,
    mailboxId: facts?.mailboxId ?? null,
    except: [...(wish.except ?? []), ...(event.by === null ? [] : [event.by])],
  }
}

/** A thread that waits for its second review for too long. */
export function secondReviewLate(threadId: string, revision: number, facts: ThreadFacts): Telling {
  const { mailboxId, severity, categories, reviewers, targets } = facts
  return {
    kind: 'second_review_late',
    to: { may: 'review' },
    except: [...reviewers, ...targets],
    ...{ threadId, mailboxId, severity, categories, once: false },
    path: `/threads/${threadId}`,
    source: `second_review:${threadId}:${revision}`,
  }
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

/** Who of these people is told. */
export function peopleTold(telling: Telling, people: readonly Person[]): Person[] {
  const { to, except, mailboxId } = telling
  const place = mailboxId ?? undefined
  const wanted = (person: Person) =>
    (to.may !== undefined && may(person, to.may, place)) || to.people?.includes(person.id)
  return people.filter(
    (person) => wanted(person) && stillTold(person, telling) && !except.includes(person.id),
  )
}

const nowhere: ThreadFacts = {
  mailboxId: '',
  severity: 0,
  categories: [],
  targets: [],
  reviewers: [],
  writers: {},
}

function writersOf({ writers }: ThreadFacts, letterId: string): readonly string[] {
  return writers[letterId] ?? []
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
