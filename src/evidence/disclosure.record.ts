import type { Decision } from '../domain/decision.ts'
import type { DisclosureRequest } from '../domain/disclosure.ts'
import type { DisclosedPart } from '../domain/disclosure-event.ts'
import type { Person, Role } from '../domain/person.ts'
import type { Periods } from '../domain/retention.ts'
import type { MeasureState } from '../domain/sender.ts'
import type { Store } from '../store/store.ts'
import { type Contents, readContents } from './contents.ts'
import { isTold, type OwnScope } from './disclosure.scope.ts'
import { incidentLines } from './documents.ts'
import type { Mask } from './mask.ts'
import type { Scope } from './scope.ts'

export type RecordOf = {
  readonly all: Scope
  readonly own: OwnScope
  readonly request: DisclosureRequest
  readonly people: readonly Person[]
  readonly periods: Periods
  /** Hides names of the staff. */
  readonly staff: Mask
}

/** Everything that is kept on a person and told to them, beside mails and letters: `record.json`. */
export type PersonRecord = Awaited<ReturnType<typeof recordOf>>

/** Reads it. What is withheld is not read into it, and stands there as withheld. */
export async function recordOf(store: Store, given: RecordOf) {
  const { all, own, request, periods, staff } = given
  const contents = await readContents(store, all)
  const told = (part: DisclosedPart) => isTold(request, part)
  const { receivedOn, decidedAt, state, withheld, answer } = request
  const identityCheck = staff.words(request.identityCheck)
  return {
    request: { receivedOn, identityCheck, answeredAt: decidedAt, outcome: state, answer, withheld },
    person: contents.sender,
    mailsOfOthers: own.others,
    notes: told('notes') ? await notesOf(store, given) : [],
    incidents: told('incidents') ? incidentsOf(contents, given) : [],
    decisions: told('findings') ? decisionsOf(contents) : [],
    assessments: told('findings') ? await assessmentsOf(store, all) : [],
    measures: told('measures') ? measuresOf(contents, given) : [],
    exported: await exportsOf(store, all),
    held: await heldOf(store, all),
    periods,
  }
}

function rolesOf(people: readonly Person[], id: string): readonly Role[] {
  return people.find((one) => one.id === id)?.roles ?? []
}

async function notesOf(store: Store, { all, people, staff }: RecordOf) {
  const rows = await store.kept.of('senderNotes', 'senderId', all.members)
  return rows.toSorted(byId).flatMap(({ at, author, text }) => {
    return text === '' ? [] : [{ at, by: rolesOf(people, author), text: staff.words(text) }]
  })
}

/** What happened; whom it hit, and who judged it and why, are the staff's own. */
function incidentsOf(contents: Contents, { request, people, staff }: RecordOf) {
  return incidentLines(contents).map(({ incident, account, recording, postUrl, file }) => {
    const { id, occurredAt, kind, minutes, recordedBy, decision } = incident
    return {
      ...{ id, occurredAt, kind, minutes, by: rolesOf(people, recordedBy) },
      ...{ account: staff.words(account), isRecorded: recording !== '', postUrl },
      picture: isTold(request, 'pictures') ? file : null,
      decision: decision && isTold(request, 'findings') ? foundIn(decision) : null,
    }
  })
}

type Found = Pick<Decision, 'outcome' | 'categories' | 'severity'>

function foundIn({ outcome, categories, severity }: Found): Found {
  return { outcome, categories, severity }
}

function decisionsOf({ threads }: Contents) {
  return threads
    .flatMap(({ decisions }) => decisions.map((one) => ({ at: one.at, ...foundIn(one) })))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

async function assessmentsOf(store: Store, { threadIds }: Scope) {
  const rows = await store.kept.of('threads', 'id', [...threadIds])
  return rows.toSorted(byId).flatMap(({ lastAt, severity, categories, flags }) => {
    const isEmpty = severity === 0 && categories.length === 0 && flags.length === 0
    return isEmpty ? [] : [{ lastAt, severity, categories, flags }]
  })
}

/** What was proposed and not decided, or not yet told by its notice, is not over. */
const underWay: readonly MeasureState[] = ['proposed', 'declined', 'confirmed']

function measuresOf({ measures }: Contents, { staff }: RecordOf) {
  return measures
    .filter(({ state }) => !underWay.includes(state))
    .map(({ kind, state, announcedAt, reviewAt, endsAt, objections }) => ({
      ...{ kind, state, announcedAt, reviewAt, endsAt },
      objections: objections.map(({ receivedAt, way, note, outcome, decidedAt }) => ({
        ...{ receivedAt, way, note: staff.words(note), outcome, decidedAt },
      })),
    }))
}

async function exportsOf({ log }: Store, { members }: Scope) {
  const events = await log.ofSenders(members)
  return events.flatMap(({ event }) => (event.kind === 'case_exported' ? [{ at: event.at }] : []))
}

/** That something is held, and since when; why is the house's own. */
async function heldOf({ holds }: Store, { members, threadIds }: Scope) {
  const open = await holds.open()
  return open
    .filter(({ what, thingId }) =>
      what === 'thread' ? threadIds.has(thingId) : members.includes(thingId),
    )
    .map(({ what, placedAt }) => ({ what, since: placedAt }))
    .toSorted((a, b) => (a.since < b.since ? -1 : 1))
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}
