import type { Event } from '../domain/event.ts'
import { sealing } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'

type HeldSaid = { readonly what: string; readonly thingId: string; readonly reason: string }
type LetSaid = { readonly proposedBy: string | null; readonly approvedBy: string | null }

/** What the log says of what was erased, what is held, and which periods may run. */
export type RetentionSaid = {
  /** Mails that were erased, with the hashes of their bytes. */
  readonly mails: Map<string, string>
  /** Hashes of bytes that went. */
  readonly bytes: Set<string>
  readonly holds: Map<string, HeldSaid & { readonly lifted: string | null }>
  readonly rules: Map<string, LetSaid>
  /** Requests by their ids: of whom, how they were answered, by whom. */
  readonly requests: Map<string, string>
}

export function nothingErased(): RetentionSaid {
  return {
    mails: new Map(),
    bytes: new Set(),
    holds: new Map(),
    rules: new Map(),
    requests: new Map(),
  }
}

/** Keeps what an event says of them. */
export function noteRetention(said: RetentionSaid, event: Event): void {
  switch (event.kind) {
    case 'thread_erased':
      for (const { id, sha256 } of event.messages) said.mails.set(id, sha256)
      for (const name of event.bytes) said.bytes.add(name)
      break
    case 'thread_hold_placed':
      noteHold(said, event.holdId, {
        what: 'thread',
        thingId: event.threadId,
        reason: event.reason,
      })
      break
    case 'sender_hold_placed':
      noteHold(said, event.holdId, {
        what: 'sender',
        thingId: event.senderId,
        reason: event.reason,
      })
      break
    case 'thread_hold_lifted':
    case 'sender_hold_lifted': {
      const hold = said.holds.get(event.holdId)
      if (hold) said.holds.set(event.holdId, { ...hold, lifted: event.by })
      break
    }
    case 'deletion_proposed':
      said.requests.set(event.requestId, `${event.senderId} open null`)
      break
    case 'deletion_approved':
      said.requests.set(event.requestId, `${event.senderId} approved ${event.by}`)
      break
    case 'deletion_declined':
      said.requests.set(event.requestId, `${event.senderId} declined ${event.by}`)
      break
    case 'retention_proposed':
      said.rules.set(event.periods, { proposedBy: event.by, approvedBy: null })
      break
    case 'retention_approved': {
      const proposedBy = said.rules.get(event.periods)?.proposedBy ?? null
      said.rules.set(event.periods, { proposedBy, approvedBy: event.by })
      break
    }
    default:
  }
}

function noteHold({ holds }: RetentionSaid, id: string, hold: HeldSaid): void {
  holds.set(id, { ...hold, lifted: null })
}

/** Nothing is gone but by an erasure that names it, and what is held and may run is as was said. */
export async function flawsOfRetention(store: Store, said: RetentionSaid): Promise<string[]> {
  return [
    ...(await flawsOfErased(store, said)),
    ...(await flawsOfHolds(store, said)),
    ...(await flawsOfRules(store, said)),
    ...(await flawsOfRequests(store, said)),
  ]
}

const pageSize = 200

async function flawsOfErased({ erasing }: Store, { mails }: RetentionSaid): Promise<string[]> {
  const flaws: string[] = []
  const left = new Set(mails.keys())
  for (let last = ''; ; ) {
    const page = await erasing.erased(last, pageSize)
    for (const { id, sha256, text } of page) {
      left.delete(id)
      if (mails.get(id) !== sha256) flaws.push(`message ${id} was erased without an event`)
      else if (text !== '') flaws.push(`message ${id} was erased, and its words are still there`)
    }
    const newest = page.at(-1)
    if (!newest) break
    last = newest.id
  }
  return [...flaws, ...[...left].map((id) => `message ${id} was erased, and is still there`)]
}

async function flawsOfHolds(store: Store, { holds }: RetentionSaid): Promise<string[]> {
  const flaws: string[] = []
  const left = new Map(holds)
  for (let last = ''; ; ) {
    const page = await store.holds.after(last, pageSize)
    for (const { id, what, thingId, reason, liftedBy: lifted } of page) {
      const hold = left.get(id)
      left.delete(id)
      const stored = sealing.canonical({ what, thingId, reason, lifted })
      if (!hold || sealing.canonical(hold) !== stored)
        flaws.push(`hold ${id} is not as the events say`)
    }
    const newest = page.at(-1)
    if (!newest) break
    last = newest.id
  }
  return [...flaws, ...[...left.keys()].map((id) => `hold ${id} is gone`)]
}

async function flawsOfRules(store: Store, { rules }: RetentionSaid): Promise<string[]> {
  const stored = await store.holds.rules()
  const wrong = stored.filter(({ id, proposedBy, approvedBy }) => {
    const rule = rules.get(id)
    return rule?.proposedBy !== proposedBy || rule.approvedBy !== approvedBy
  })
  const ids = new Set(stored.map(({ id }) => id))
  const gone = [...rules.keys()].filter((id) => !ids.has(id))
  return [...wrong.map(({ id }) => id), ...gone].map(
    (id) => `the approval of periods ${id} is not as the events say`,
  )
}

async function flawsOfRequests(
  { deletions }: Store,
  { requests }: RetentionSaid,
): Promise<string[]> {
  const flaws: string[] = []
  const left = new Set(requests.keys())
  for (let last = ''; ; ) {
    const page = await deletions.after(last, pageSize)
    for (const { id, senderId, state, decidedBy } of page) {
      left.delete(id)
      if (requests.get(id) !== `${senderId} ${state} ${decidedBy}`) {
        flaws.push(`request ${id} is not as the events say`)
      }
    }
    const newest = page.at(-1)
    if (!newest) break
    last = newest.id
  }
  return [...flaws, ...[...left].map((id) => `request ${id} is gone`)]
}
