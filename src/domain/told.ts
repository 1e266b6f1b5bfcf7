import type { Event, EventKind } from './event.ts'
import { may, type Person } from './person.ts'
import { stillTold } from './told.kinds.ts'
import { isPressing, type Telling, type ThreadFacts, table, type Wish } from './told.table.ts'

/** Kinds of events that somebody may be told of. */
export const tellingKinds = Object.keys(table) as readonly EventKind[]

/** Whether the event may be told at all: of most mail nobody is told, and nothing has to be loaded. */
export function isToldOf(event: Event): boolean {
  return event.kind === 'thread_assessed' ? isPressing(event) : tellingKinds.includes(event.kind)
}

/** What people are told of the event with that number of the log; null for nothing. */
export function tellingOf(seq: number, event: Event, facts: ThreadFacts | null): Telling | null {
  const threadId = 'threadId' in event ? event.threadId : null
  if (needsFacts(event) && facts === null) return null
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

/** Who of these people is told. */
export function peopleTold(telling: Telling, people: readonly Person[]): Person[] {
  const { to, except } = telling
  const wanted = (person: Person) => mayThere(person, telling) || to.people?.includes(person.id)
  return people.filter(
    (person) => wanted(person) && stillTold(person, telling) && !except.includes(person.id),
  )
}

function mayThere(person: Person, { to: { may: action, onEach }, mailboxId }: Telling): boolean {
  if (action === undefined) return false
  if (!onEach) return may(person, action, mailboxId ?? undefined)
  return onEach.every((places) => places.some((place) => may(person, action, place)))
}

function needsFacts(event: Event): boolean {
  return 'threadId' in event || 'incidentId' in event || 'joinId' in event
}

/** Of what belongs to the whole house. */
export const nowhere: ThreadFacts = {
  mailboxId: null,
  severity: 0,
  categories: [],
  targets: [],
  reviewers: [],
  writers: {},
  involved: {},
  sides: [],
}
