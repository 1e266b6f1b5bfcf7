import type { Event } from '../domain/event.ts'
import type { Digest } from '../store/digests.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'
import { answerHash } from './mute-answer.ts'

type OfDigest = Extract<Event, { kind: 'digest_made' }>

/** What the log says of figures, representatives and automatic answers. */
export type Muting = {
  readonly digests: Map<string, OfDigest>
  /** Hashes of the addresses that are marked. */
  readonly representatives: Set<string>
  /** Of the words of the answers that were confirmed, by measure; `erased` where they went. */
  readonly answers: Map<string, string>
}

const erased = ''

export function openMuting(): Muting {
  return { digests: new Map(), representatives: new Set(), answers: new Map() }
}

/** Keeps what an event says of them. */
export function noteMuting({ digests, representatives, answers }: Muting, event: Event): void {
  switch (event.kind) {
    case 'digest_made':
      digests.set(event.digestId, event)
      break
    case 'representative_marked':
      representatives.add(event.addressSha256)
      break
    case 'representative_unmarked':
      representatives.delete(event.addressSha256)
      break
    case 'measure_confirmed':
      if (event.answerSha256) answers.set(event.measureId, event.answerSha256)
      break
    case 'sender_erased':
      for (const id of event.answers) answers.set(id, erased)
      break
    default:
  }
}

/** The rows are what the log says, no more and no less. */
export async function flawsOfMuting(store: Store, said: Muting): Promise<string[]> {
  return [
    ...(await flawsOfDigests(store, said.digests)),
    ...(await flawsOfRepresentatives(store, said.representatives)),
    ...(await flawsOfAnswers(store, said.answers)),
  ]
}

const pageSize = 500

async function flawsOfDigests(
  store: Store,
  said: ReadonlyMap<string, OfDigest>,
): Promise<string[]> {
  const flaws: string[] = []
  const seen = new Set<string>()
  for (let last = ''; ; ) {
    const rows = await store.digests.all(last, pageSize)
    for (const row of rows) {
      seen.add(row.id)
      const event = said.get(row.id)
      if (!event || !isAsSaid(row, event)) {
        flaws.push(`the figures ${row.id} of muted mail are not as the log says`)
      }
    }
    const end = rows.at(-1)
    if (!end || rows.length < pageSize) break
    last = end.id
  }
  for (const id of said.keys()) {
    if (!seen.has(id)) flaws.push(`the figures ${id} of muted mail are missing`)
  }
  return flaws
}

function isAsSaid({ since, until, ...row }: Digest, event: OfDigest): boolean {
  const { measureId, from, to, mails, alerts, severity, categories } = event
  const wanted = { measureId, since: from, until: to, mails, alerts, severity, categories }
  const { measureId: of, mails: n, alerts: raised, severity: worst, categories: counted } = row
  const kept = { measureId: of, since, until, mails: n, alerts: raised, severity: worst }
  return sealing.canonical(wanted) === sealing.canonical({ ...kept, categories: counted })
}

async function flawsOfRepresentatives(store: Store, said: ReadonlySet<string>): Promise<string[]> {
  const rows = await store.representatives.all()
  const kept = new Set(rows.map(({ address }) => sha256(address)))
  const missing = [...said].filter((hash) => !kept.has(hash))
  return [
    ...[...kept]
      .filter((hash) => !said.has(hash))
      .map((hash) => `the representative’s address ${hash.slice(0, 12)} is in no event`),
    ...missing.map((hash) => `the representative’s address ${hash.slice(0, 12)} is missing`),
  ]
}

async function flawsOfAnswers(store: Store, said: ReadonlyMap<string, string>): Promise<string[]> {
  const flaws: string[] = []
  for (const [measureId, hash] of said) {
    const answer = await store.digests.approvedAnswer(measureId)
    const isGone = hash === erased && answer?.subject === '' && answer.body === ''
    if (isGone || (answer && answerHash(answer) === hash)) continue
    flaws.push(`the automatic answer of measure ${measureId} is not as it was confirmed`)
  }
  return flaws
}
