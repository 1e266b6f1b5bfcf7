import { eq, gte, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Reach } from '../domain/person.ts'
import type { Clause, Query } from '../domain/query.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Find } from './engine.ts'
import { alsoInReach } from './reach.ts'
import { messages, threads } from './tables.ts'
import { termsWithin } from './terms.time.ts'
import { type Phrase, phraseOf } from './terms.ts'

/** How a query is looked up: the same on both engines. */
export type Plan = Pick<Find, 'list' | 'phrases' | 'without' | 'within' | 'where' | 'threadIds'>

/** So few threads are looked through; of more, every list comes to one soon. */
const fewMax = 400

/**
 * Words are looked up in the full-text index. A query without words goes through mails by the time
 * they were sent if it asks for that, else through threads. Where the conditions on threads leave
 * only few of them, only their mails are looked at.
 */
export async function planFor(core: Core, query: Query, reach: Reach): Promise<Plan> {
  const parts = partsOf(query)
  const seen = alsoInReach(reach)
  if (seen) parts.threads.push(seen)
  const { phrases, without, period } = parts
  const ofMails = parts.mails.length > 0 || without.length > 0
  const within = period && termsWithin(period.from, period.to)
  const list = phrases.length > 0 ? 'arrived' : ofMails ? 'sent' : 'threads'
  const where = [...parts.mails, ...parts.threads]
  const plan = { list, phrases, without, within, where, threadIds: null } as const
  if (list === 'threads' || !parts.narrows) return plan
  const few = await core.db
    .select({ id: threads.id })
    .from(threads)
    .where(sql.join(parts.threads, sql` and `))
    .limit(fewMax + 1)
  return few.length > fewMax ? plan : { ...plan, threadIds: few.map(({ id }) => id) }
}

type Period = { readonly from: Instant | null; readonly to: Instant | null }

type Parts = {
  readonly phrases: Phrase[]
  readonly without: Phrase[]
  readonly mails: SQL[]
  readonly threads: SQL[]
  /** When the mail was sent, as far as the query says; null where it says nothing. */
  period: Period | null
  /** Whether a condition on threads can leave few of them. */
  narrows: boolean
}

function partsOf(query: Query): Parts {
  const none = { phrases: [], without: [], mails: [], threads: [] }
  const parts: Parts = { ...none, period: null, narrows: false }
  for (const clause of query) addTo(parts, clause)
  return parts
}

function addTo(parts: Parts, { not, condition }: Clause): void {
  switch (condition.kind) {
    case 'words':
    case 'attachment':
      ;(not ? parts.without : parts.phrases).push(phraseOf(condition))
      return
    case 'sent': {
      const { from, to } = condition
      if (!not) narrow(parts, from, to)
      if (from !== null) parts.mails.push(signed(gte(messages.sentAt, from), not))
      if (to !== null) parts.mails.push(signed(lt(messages.sentAt, to), not))
      return
    }
    default:
      parts.threads.push(...ofThreads(condition, not))
      parts.narrows ||= !not
  }
}

/** The later beginning and the earlier end; both are instants, which sort as text. */
function narrow(parts: Parts, from: Instant | null, to: Instant | null): void {
  const known = parts.period
  const froms = [known?.from ?? null, from].filter((one) => one !== null).sort()
  const tos = [known?.to ?? null, to].filter((one) => one !== null).sort()
  parts.period = { from: froms.at(-1) ?? null, to: tos[0] ?? null }
}

type OfThreads = Exclude<Clause['condition'], { kind: 'words' | 'attachment' | 'sent' }>

function ofThreads(condition: OfThreads, not: boolean): SQL[] {
  switch (condition.kind) {
    case 'state':
      return [signed(eq(threads.state, condition.state), not)]
    case 'mailbox':
      return [signed(eq(threads.mailboxId, condition.mailboxId), not)]
    case 'severity': {
      const { from, to } = condition
      return [signed(sql`(${gte(threads.severity, from)} and ${lte(threads.severity, to)})`, not)]
    }
    case 'category': {
      const held = sql`cast(${threads.categories} as text) like ${`%"${condition.category}"%`}`
      // Said as its index says it: most threads have no category.
      const any = sql`cast(${threads.categories} as text) <> '[]'`
      return not ? [signed(held, true)] : [any, held]
    }
  }
}

function signed(condition: SQL, not: boolean): SQL {
  return not ? sql`not (${condition})` : condition
}
