import { and, count, gte, sql } from 'drizzle-orm'
import type { Scope } from './reports.ts'
import { ruleHits } from './tables.ts'

/** In how many threads a rule spoke; in how many people said something to that, and agreed. */
export type RuleFired = {
  readonly rule: string
  readonly fired: number
  readonly judged: number
  readonly upheld: number
}

/** What the tally (`flow/rule-tally.ts`) keeps of each rule, of threads with mail in the period. */
export async function rulesOf({ db, since, ofThread }: Scope): Promise<RuleFired[]> {
  const upheld = sql<number>`sum(case when ${ruleHits.upheld} then 1 else 0 end)`.mapWith(Number)
  return db
    .select({ rule: ruleHits.rule, fired: count(), judged: count(ruleHits.upheld), upheld })
    .from(ruleHits)
    .where(and(gte(ruleHits.at, since), ofThread(ruleHits.threadId)))
    .groupBy(ruleHits.rule)
}
