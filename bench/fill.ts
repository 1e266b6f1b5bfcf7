import { type ChainHead, type SealedEvent, seal } from '../src/domain/chain.ts'
import type { Event } from '../src/domain/event.ts'
import { apply, type Matter } from '../src/domain/matter.ts'
import type { Person } from '../src/domain/person.ts'
import type { Opinion, Verdict } from '../src/domain/review.ts'
import { subjectKeyOf } from '../src/domain/subject.ts'
import { giveReview, openThread } from '../src/domain/thread.ts'
import type { Arrival, TouchedThread } from '../src/store/arrivals.ts'
import { arrivalWrites } from '../src/store/arrivals.writes.ts'
import { eventWrites } from '../src/store/core.ts'
import type { Engine, Tx, Write } from '../src/store/engine.ts'
import { sealing } from '../src/store/sealing.ts'
import { decisions, reviews } from '../src/store/tables.ts'
import { type Correspondence, harmless, harsh, letterFrom } from './correspondence.ts'
import { type Chance, chanceFrom, nameOf, pick, subjectOf } from './texts.ts'

/** An inbox of some years: so many threads of five mails on the average. */
export type Filling = {
  readonly engine: Engine
  readonly threads: number
  readonly mailboxes: readonly { readonly id: string; readonly address: string }[]
  readonly reviewers: readonly [Person, Person]
  readonly newId: () => string
}

/** Mails of a thread: five on the average, and a few threads that never end. */
const lengths = [1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 8, 10, 15] as const
const longThread = 60
const oneLongIn = 500

/** Threads written in one transaction. */
const threadsPerCommit = 100

/** Most matters are closed; what waits in the queue is a share of them. */
const openShare = 40

/** The rules say something of one thread in so many; of these, people find harassment in one. */
const harshOneIn = 20
const confirmedOneIn = 10

/**
 * Writes threads straight into the store: rows and events by the product's own functions, chained,
 * so that they verify. What is left out is reading mail from bytes and running the rules.
 */
export async function fill(filling: Filling, head: ChainHead): Promise<number> {
  const chance = chanceFrom(11)
  const senders = Math.ceil(filling.threads / 3)
  const writers = await writersOf(filling, senders, chance)
  let last = head
  let mails = 0
  for (let from = 0; from < filling.threads; from += threadsPerCommit) {
    const count = Math.min(threadsPerCommit, filling.threads - from)
    const made = Array.from({ length: count }, (_, at) =>
      // Everybody writes once: a sender without mail would be a flaw.
      threadOf(filling, writers[from + at] ?? pick(writers, chance), from + at, chance),
    )
    const sealed = seal(
      last,
      made.flatMap(({ events }) => events),
      sealing,
    )
    await filling.engine.atomically((tx) => writesFor(tx, made, last, sealed))
    const { seq, hash } = sealed.at(-1) ?? last
    last = { seq, hash }
    mails += made.reduce((sum, { arrivals }) => sum + arrivals.length, 0)
  }
  return mails
}

type Made = {
  readonly touched: TouchedThread
  readonly arrivals: readonly Arrival[]
  readonly events: readonly Event[]
  readonly mailboxId: string
}

function writesFor(
  tx: Tx,
  made: readonly Made[],
  head: ChainHead,
  sealed: readonly SealedEvent[],
): Write[] {
  const byMailbox = Map.groupBy(made, ({ mailboxId }) => mailboxId)
  const mail = [...byMailbox].flatMap(([mailboxId, some]) =>
    arrivalWrites(tx, {
      mailboxId,
      arrivals: some.flatMap(({ arrivals }) => arrivals),
      threads: some.map(({ touched }) => touched),
      senders: [],
      events: [],
      step: null,
      mutedMoves: [],
    }),
  )
  const events = made.flatMap((one) => one.events)
  const given = events.flatMap((event) =>
    event.kind === 'review_given'
      ? [{ ...event.review, threadId: event.threadId, at: event.at }]
      : [],
  )
  const decided = events.flatMap((event) => {
    if (event.kind !== 'decision_made') return []
    const { reviewers, categories, ...columns } = event.decision
    const [firstReviewer, secondReviewer] = reviewers
    const row = { ...columns, categories: [...categories], firstReviewer, secondReviewer }
    return [{ ...row, threadId: event.threadId, at: event.at }]
  })
  return [
    ...eventWrites(tx, head, sealed),
    ...mail,
    ...tx.add(reviews, given),
    ...tx.add(decisions, decided),
  ]
}

type Writer = Correspondence['writer']

async function writersOf(
  { engine, newId }: Filling,
  count: number,
  chance: Chance,
): Promise<Writer[]> {
  const writers = Array.from({ length: count }, (_, at) => ({
    id: newId(),
    name: nameOf(chance),
    address: `kyaku${at}@mail.example`,
  }))
  const createdAt = '2024-01-01T00:00:00.000Z'
  for (let from = 0; from < count; from += 5_000) {
    const added = writers.slice(from, from + 5_000).map((writer) => ({ ...writer, createdAt }))
    const batch = {
      mailboxId: '',
      arrivals: [],
      threads: [],
      events: [],
      step: null,
      mutedMoves: [],
    }
    await engine.atomically((tx) => arrivalWrites(tx, { ...batch, senders: added }))
  }
  return writers
}

function threadOf(filling: Filling, writer: Writer, at: number, chance: Chance): Made {
  const { newId, threads } = filling
  const mailbox = pick(filling.mailboxes, chance)
  const began = Date.UTC(2024, 0, 1) + (at / threads) * 1000 * 86_400_000
  const subject = subjectOf(chance)
  const assessment = chance(harshOneIn) === 0 ? harsh : harmless
  const threadId = newId()
  const correspondence: Correspondence = {
    ...{ threadId, writer, mailbox, subject, began, assessment },
  }
  const length = chance(oneLongIn) === 0 ? longThread : pick(lengths, chance)
  let matter: Matter = {
    thread: openThread(correspondence.threadId, mailbox.id, writer.id),
    letters: [],
    sender: { id: writer.id, proof: '', measures: [] },
  }
  const events: Event[] = []
  const happen = (happened: readonly Event[]) => {
    events.push(...happened)
    matter = happened.reduce(apply, matter)
  }
  const arrivals: Arrival[] = []
  for (let place = 0; place < length; place += 1) {
    const { arrival, said } = letterFrom(correspondence, newId, place, chance)
    happen(said)
    arrivals.push({ ...arrival, revision: matter.thread.revision })
  }
  const lastAt = arrivals.at(-1)?.receivedAt ?? ''
  const confirmed = assessment === harsh && chance(confirmedOneIn) === 0
  const judged = judgedBy(filling, matter, lastAt, confirmed ? insult : ordinary)
  if (chance(openShare) > 0) happen(judged)
  else if (chance(3) === 0) happen(judged.slice(0, 1))
  const touched: TouchedThread = {
    matter,
    version: null,
    subject,
    subjectKey: subjectKeyOf(subject),
    subjectShielded: false,
    gist: [{ kind: 'nth_mail', n: Math.ceil(length / 2), days: Math.floor(length / 2) }],
    messageCount: length,
    waitingSince: lastAt,
    lastAt,
    mails: [],
    participants: [],
  }
  return { touched, arrivals, events, mailboxId: mailbox.id }
}

const ordinary: Verdict = { kind: 'ordinary', needsReply: false }

const insult: Verdict = {
  kind: 'harassment',
  categories: ['verbal_abuse'],
  severity: 1,
  elements: {
    superiorPosition: true,
    improperConduct: { which: 'conduct', why: '人格を否定する言葉が繰り返された' },
    harmToWorkEnvironment: true,
  },
  statute: { interestedParty: true, beyondAccepted: true, environmentHarmed: true },
}

/** Two people agree on the verdict. */
function judgedBy(
  { reviewers, newId }: Filling,
  before: Matter,
  at: string,
  verdict: Verdict,
): Event[] {
  const reason = '二人で読んで判断した'
  const opinion: Opinion = { verdict, demand: 'reasonable', fairRequest: '', reason }
  const events: Event[] = []
  let matter = before
  for (const who of reviewers) {
    const given = { revision: matter.thread.revision, opinion }
    const step = giveReview(matter.thread, given, who, at, { review: newId(), decision: newId() })
    if (step.kind === 'refused') throw new Error(`the generated review is refused: ${step.reason}`)
    events.push(...step.events)
    matter = step.events.reduce(apply, matter)
  }
  return events
}
