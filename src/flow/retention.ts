import type { Person } from '../domain/person.ts'
import { type Due, dueOf, type Periods, reachesOf } from '../domain/retention.ts'
import { letRun } from '../domain/retention-proposal.ts'
import { refuse } from '../domain/step.ts'
import type { Instant } from '../domain/time.ts'
import { StaleWrite } from '../store/engine.ts'
import { sealing, sha256 } from '../store/sealing.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'
import { eraseSenders } from './retention.senders.ts'

/** The rule set that two people let run: a hash of the periods and nothing else. */
export function periodsHash(periods: Periods): string {
  return sha256(sealing.canonical(periods)).slice(0, 16)
}

/** Lets the periods run that were shown: one person proposes it, another one approves. */
export function approvePeriods(house: House, shown: string, who: Person): Promise<Outcome> {
  const { holds } = house.store
  return untilFresh(async () => {
    const periods = periodsHash(house.policy.retention)
    if (shown !== periods) return refuse('changed_meanwhile')
    const rule = await holds.rule(periods)
    const decision = letRun(rule, periods, who, house.now())
    if (decision.kind === 'refused') return decision
    for (const event of decision.events) {
      if ('periods' in event) await holds.letRun(rule, event)
    }
    return done
  })
}

/** Threads looked at in one go. */
const pageSize = 500

/** What is due by now, and what stands in its way; nothing is changed. */
export async function dueNow(house: House): Promise<Due[]> {
  const due: Due[] = []
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: Looked = await lookAfter(house, after, pageSize)
    due.push(...page.due)
    after = page.last
  }
  return due
}

/** The same of so many threads at most, for a page; `whole` where there are no more of them. */
export async function duePreview(
  house: House,
  most: number,
): Promise<{ readonly due: readonly Due[]; readonly whole: boolean }> {
  const { due, looked } = await lookAfter(house, '', most)
  return { due, whole: looked < most }
}

type Looked = {
  readonly due: readonly Due[]
  readonly looked: number
  readonly last: string | undefined
}

async function lookAfter(
  { store, policy, now }: House,
  after: string,
  limit: number,
): Promise<Looked> {
  const at = now()
  const page = await store.erasing.kept({ after, limit, now: at }, reachesOf(policy.retention, at))
  const due = page.flatMap((kept) => dueOf(kept, policy.retention, at) ?? [])
  return { due, looked: page.length, last: page.at(-1)?.threadId }
}

export type RetentionRun = {
  /** Whether two people let these periods run; otherwise nothing was changed. */
  readonly approved: boolean
  readonly erased: number
  readonly lapsed: number
  /** Identities of whom something beside mail was erased. */
  readonly senders: number
  readonly blocked: number
}

/** Does what is due, thread by thread; nothing before two people have let these very periods run. */
export async function runRetention(house: House): Promise<RetentionRun> {
  const periods = periodsHash(house.policy.retention)
  const rule = await house.store.holds.rule(periods)
  const due = await dueNow(house)
  const blocked = due.filter((one) => one.blocked !== null).length
  const count = { erase: 0, lapse: 0 }
  if (!rule?.approvedBy) return { approved: false, erased: 0, lapsed: 0, senders: 0, blocked }
  for (const { threadId } of due.filter((one) => one.blocked === null)) {
    const act = await carryOut(house, threadId, periods)
    if (act) count[act] += 1
  }
  const beside = await eraseSenders(house, periods)
  if (count.erase + count.lapse + beside.erased > 0) await house.store.erasing.settle()
  const counted = { erased: count.erase, lapsed: count.lapse, senders: beside.erased }
  return { approved: true, ...counted, blocked: blocked + beside.blocked }
}

/** Decides anew on what the thread is at this moment, and does it. */
function carryOut(house: House, threadId: string, periods: string): Promise<Due['act'] | null> {
  const { store, policy } = house
  return untilFresh(async () => {
    const at = house.now()
    const content = await store.erasing.content(threadId)
    const loaded = await store.matters.find(threadId)
    const kept = await store.erasing.keptOne(threadId, at)
    const due = kept && dueOf(kept, policy.retention, at)
    if (!content || !loaded || !due || due.blocked !== null) return null
    if (content.version !== loaded.version) throw new StaleWrite(0)
    const stamp = { at, by: null, threadId, periods }
    if (due.act === 'lapse') {
      const messageIds = await store.erasing.assessed(threadId)
      await store.erasing.lapse(loaded, {
        ...{ ...stamp, kind: 'assessment_lapsed', rule: due.rule, messageIds },
      })
    } else await store.erasing.erase(content, erasureOf(content, stamp, due.rule))
    return due.act
  })
}

/** Erases a thread because its sender asked for it, unless it is held by now. */
export function eraseOnRequest(
  house: House,
  threadId: string,
  requestId: string,
): Promise<boolean> {
  const { erasing } = house.store
  return untilFresh(async () => {
    const at = house.now()
    const content = await erasing.content(threadId)
    const kept = await erasing.keptOne(threadId, at)
    if (!content || !kept || kept.held !== null || kept.letter) return false
    await erasing.erase(
      content,
      erasureOf(content, { at, threadId, periods: requestId }, 'request'),
    )
    return true
  })
}

type Content = NonNullable<Awaited<ReturnType<House['store']['erasing']['content']>>>
type Erased = Parameters<House['store']['erasing']['erase']>[1]

function erasureOf(
  { messages, bytes, letters, versions, notes, uploads }: Content,
  stamp: { readonly at: Instant; readonly threadId: string; readonly periods: string },
  rule: Erased['rule'],
): Erased {
  const names = { messages, bytes, letters, versions: versions.map(({ id }) => id), notes, uploads }
  return { ...stamp, by: null, kind: 'thread_erased', rule, ...names }
}
