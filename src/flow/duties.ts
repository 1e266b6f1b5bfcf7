import { beginningOf, type Day, dayAfter, dayOf, daysBetween } from '../domain/business-day.ts'
import type { DutyFacts } from '../domain/duty-facts.ts'
import { type DutyPeriod, wholeMonths } from '../domain/duty-period.ts'
import { medianOf } from '../domain/median.ts'
import { isCarer, may } from '../domain/person.ts'
import type { Stretch } from '../store/duties.people.ts'
import type { House } from './house.ts'
import { hashOfPolicy } from './policy.ts'
import { periodsHash } from './retention.ts'

/** Where the record stood when a report was made from it: the same record makes the same report. */
export type RecordState = {
  readonly seq: number
  readonly hash: string
  readonly at: string | null
}

/**
 * What the record shows of the employer's duties over whole days. `publicAddress` is where customers
 * reach the policy; null where they do not.
 */
export async function dutyFacts(
  house: House,
  period: DutyPeriod,
  publicAddress: string | null,
): Promise<DutyFacts> {
  const { store, policy, vault } = house
  const time = stretchOf(period)
  const people = (await store.people.list()).filter((one) => may(one, 'own_settings'))
  const staff = new Set(people.map(({ id }) => id))
  const { drills, held, personIds } = await store.duties.trained(time, period)
  const rule = await store.holds.rule(periodsHash(policy.retention))
  const exported = await store.duties.exports(time)
  return {
    policy: { ...(await policyFacts(house, staff, time)), address: publicAddress },
    desk: { carers: people.filter(isCarer).length, ...(await deskFacts(house, period)) },
    decisions: await decisionFacts(house, time),
    alerts: await alertFacts(house, time),
    measures: await measureFacts(house, time),
    care: await careFacts(house, period, time),
    training: { people: [...personIds].filter((id) => staff.has(id)).length, drills, held },
    ruleChanges: await store.duties.ruleChanges(time),
    holds: await store.duties.holds(time),
    exports: { n: exported.length, last: exported[0] ?? null },
    objections: await store.duties.objections(time),
    sealed: vault.trouble === null,
    retentionRuns: (rule?.approvedBy ?? null) !== null,
  }
}

/** The newest event of the log. */
export async function recordState({ store }: House): Promise<RecordState> {
  const [last] = await store.log.list({}, 1)
  return last
    ? { seq: last.seq, hash: last.hash, at: last.event.at }
    : { seq: 0, hash: '', at: null }
}

/** The instants of whole days. */
export function stretchOf({ from, to }: DutyPeriod): Stretch {
  return { start: beginningOf(from), end: beginningOf(dayAfter(to, 1)) }
}

async function policyFacts({ store, policy }: House, staff: ReadonlySet<string>, time: Stretch) {
  const hash = hashOfPolicy(policy)
  const current = await store.policies.current()
  const confirmed = await store.policies.confirmations(hash)
  return {
    version: policy.version,
    since: current?.sha256 === hash ? current.at : null,
    hasProse: policy.prose !== null,
    staff: staff.size,
    confirmed: confirmed.filter(({ personId }) => staff.has(personId)).length,
    given: await store.policies.given(time),
  }
}

/**
 * The desk over whole months only: days chosen at will could be laid around a single report, and
 * tell when somebody went there.
 */
async function deskFacts({ store }: House, period: DutyPeriod) {
  const over = wholeMonths(period)
  if (over === null) return { over, reports: 0, answered: 0, medianDays: null }
  const all = await store.duties.reports(stretchOf(over))
  const days = all.flatMap(({ receivedAt, firstAnsweredAt }) =>
    firstAnsweredAt === null ? [] : [daysBetween(dayOf(receivedAt), dayOf(firstAnsweredAt))],
  )
  return { over, reports: all.length, answered: days.length, medianDays: medianOf(days) }
}

async function decisionFacts({ store }: House, time: Stretch) {
  const threads = await store.duties.decided(time)
  const incidents = await store.duties.incidents(time)
  const sum = (all: typeof threads) => all.reduce((total, { n }) => total + n, 0)
  const byHow = (all: typeof threads) => ({
    agreed: sum(all.filter(({ how }) => how === 'agreed')),
    settled: sum(all.filter(({ how }) => how === 'settled')),
  })
  const isFound = ({ outcome }: (typeof threads)[number]) => outcome === 'harassment'
  return {
    harassment: byHow(threads.filter(isFound)),
    ordinary: byHow(threads.filter((one) => !isFound(one))),
    incidents: byHow(incidents),
    found: sum([...threads, ...incidents].filter(isFound)),
  }
}

async function alertFacts({ store }: House, time: Stretch) {
  const { raised, acknowledged, newest } = await store.duties.alerts(time)
  const hours = newest.flatMap(({ raisedAt, acknowledgedAt }) =>
    acknowledgedAt === null ? [] : [(Date.parse(acknowledgedAt) - Date.parse(raisedAt)) / hourMs],
  )
  return { raised, acknowledged, medianHours: medianOf(hours) }
}

async function measureFacts({ store }: House, time: Stretch) {
  const told = await store.duties.told(time)
  const of = (kind: string) => told.find((one) => one.kind === kind)?.n ?? 0
  const fresh = (await store.duties.announced(time)).filter(({ renewal }) => !renewal)
  const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / (24 * hourMs)
  return {
    warnings: of('warning'),
    suspensions: of('suspension'),
    inForce: await store.duties.inForce(),
    toDecision: medianOf(
      fresh.flatMap((one) =>
        one.firstMailAt === null ? [] : [days(one.firstMailAt, one.decidedAt)],
      ),
    ),
    toForce: medianOf(fresh.map((one) => days(one.decidedAt, one.announcedAt))),
  }
}

async function careFacts({ store, now }: House, { to }: DutyPeriod, time: Stretch) {
  const all = await store.duties.care(time)
  const of = (state: string) => all.find((one) => one.state === state)?.n ?? 0
  const [done, declined] = [of('done'), of('declined')]
  // What is due today is not late today.
  const today: Day = dayOf(now())
  const before = to < today ? dayAfter(to, 1) : today
  const overdue = await store.duties.overdue(before, time.end)
  return { offered: done + declined + of('open'), done, declined, overdue }
}

const hourMs = 3_600_000
