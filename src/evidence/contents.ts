import type { Gate } from '../domain/gate.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { RowOf } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import { isOut, type Scope } from './scope.ts'

/** What people found, wrote down and did about a sender; no mail's words or bytes. */
export type Contents = {
  readonly sender: {
    readonly id: string
    readonly members: readonly { readonly id: string; readonly name: string }[]
    readonly addresses: readonly string[]
    /** What somebody without an address is known by: a telephone number. */
    readonly labels: readonly string[]
  }
  readonly threads: readonly CaseThread[]
  readonly incidents: readonly IncidentRecord[]
  readonly measures: readonly CaseMeasure[]
  readonly letters: readonly CaseLetter[]
}

type CaseThread = {
  readonly id: string
  readonly senderId: string
  readonly mailbox: string
  readonly subject: string
  readonly joinedInto: string | null
  readonly targets: readonly string[]
  readonly reviews: readonly RowOf<'reviews'>[]
  readonly decisions: readonly RowOf<'decisions'>[]
}

type CaseMeasure = RowOf<'measures'> & {
  readonly terms: RowOf<'measureTerms'> | null
  readonly objections: readonly RowOf<'objections'>[]
  /** What was asked before it was proposed, and before it was confirmed. */
  readonly gates: readonly {
    readonly at: string
    readonly by: string | null
    readonly gate: Gate
  }[]
}

type CaseLetter = RowOf<'letters'> & {
  /** Of the mail as it left; null from before it was kept. */
  readonly rawSha256: string | null
}

/** Reads all of it. */
export async function readContents(store: Store, scope: Scope): Promise<Contents> {
  const { kept } = store
  const senders = await kept.of('senders', 'id', scope.members)
  const addresses = await kept.of('senderAddresses', 'senderId', scope.members)
  const labels = await kept.of('senderLabels', 'senderId', scope.members)
  const found = await Promise.all([...scope.incidentIds].map((id) => store.incidents.find(id)))
  return {
    sender: {
      id: scope.senderId,
      members: byId(senders).map(({ id, name }) => ({ id, name })),
      addresses: addresses.map(({ address }) => address).toSorted(),
      labels: labels.map(({ label }) => label).toSorted(),
    },
    threads: await threadsOf(store, scope),
    incidents: found.filter((one) => one !== null),
    measures: await measuresOf(store, scope),
    letters: await lettersOf(store, scope),
  }
}

async function threadsOf({ kept }: Store, { threadIds }: Scope): Promise<CaseThread[]> {
  const ids = [...threadIds]
  const rows = byId(await kept.of('threads', 'id', ids))
  const boxes = new Map((await Array.fromAsync(kept.rows('mailboxes'))).map((box) => [box.id, box]))
  const reviews = Map.groupBy(await kept.of('reviews', 'threadId', ids), (one) => one.threadId)
  const decisions = Map.groupBy(await kept.of('decisions', 'threadId', ids), (one) => one.threadId)
  return rows.map(({ id, senderId, mailboxId, subject, joinedInto, targets }) => ({
    ...{ id, senderId, mailbox: boxes.get(mailboxId)?.address ?? '', subject, joinedInto, targets },
    reviews: byId(reviews.get(id) ?? []),
    decisions: byId(decisions.get(id) ?? []),
  }))
}

async function measuresOf(store: Store, { members }: Scope): Promise<CaseMeasure[]> {
  const rows = byId(await store.kept.of('measures', 'senderId', members))
  const ids = rows.map(({ id }) => id)
  const terms = new Map(
    (await store.kept.of('measureTerms', 'measureId', ids)).map((one) => [one.measureId, one]),
  )
  const objections = byId(await store.kept.of('objections', 'measureId', ids))
  const logged = await store.log.ofSenders(members)
  const gates = logged.flatMap(({ event }) => {
    if (event.kind !== 'measure_proposed' && event.kind !== 'measure_confirmed') return []
    const { at, by, gate, measureId } = event
    return gate ? [{ measureId, said: { at, by, gate } }] : []
  })
  return rows.map((row) => ({
    ...row,
    terms: terms.get(row.id) ?? null,
    objections: objections.filter(({ measureId }) => measureId === row.id),
    gates: gates.filter(({ measureId }) => measureId === row.id).map(({ said }) => said),
  }))
}

async function lettersOf({ kept }: Store, { threadIds }: Scope): Promise<CaseLetter[]> {
  const rows = byId(await kept.of('letters', 'threadId', [...threadIds])).filter(isOut)
  const made = await kept.of(
    'outgoing',
    'id',
    rows.map(({ id }) => id),
  )
  const raws = new Map(made.map(({ id, rawSha256 }) => [id, rawSha256]))
  return rows.map((row) => ({ ...row, rawSha256: raws.get(row.id) ?? null }))
}

/** In one order, whatever the database's is: ids grow with time. */
function byId<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
