import { setImmediate as turn } from 'node:timers/promises'
import type { Assessment } from '../domain/assessment.ts'
import type { Decision } from '../domain/decision.ts'
import type { RuleHit, ThreadSaid } from '../store/rule-hits.ts'
import type { House } from './house.ts'

/** Events gone through at a time. */
const stretchLength = 200

/**
 * Reads the log on and keeps count of where each rule spoke and what people decided there. Returns
 * once the end of the log is reached, or the signal came.
 */
export async function tallyRules({ store }: House, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted) return
    const from = await store.ruleHits.place()
    const { threadIds, seq } = await store.ruleHits.stretch(from, stretchLength)
    if (seq === from) return
    const said = await store.ruleHits.said(threadIds)
    const changes = said.map(changesIn)
    await store.ruleHits.tally(from, seq, {
      put: changes.flatMap(({ put }) => put),
      drop: changes.flatMap(({ drop }) => drop),
    })
    // Everybody else's pages come in between.
    await turn()
  }
}

/** How a thread's rows differ from what is known of it now. */
function changesIn(thread: ThreadSaid): { put: RuleHit[]; drop: string[] } {
  const now = hitsIn(thread)
  const known = new Map(thread.hits.map((hit) => [hit.id, hit]))
  const kept = new Set(now.map(({ id }) => id))
  return {
    put: now.filter((hit) => !isSame(hit, known.get(hit.id))),
    drop: [...known.keys()].filter((id) => !kept.has(id)),
  }
}

function isSame(a: RuleHit, b: RuleHit | undefined): boolean {
  return a.open === b?.open && a.upheld === b.upheld && a.at === b.at
}

function hitsIn({ threadId, lastAt: at, revision, said, decisions }: ThreadSaid): RuleHit[] {
  const decided = new Map(decisions.map((one) => [one.revision, one]))
  const hits = new Map<string, RuleHit>()
  // The newest revision last: what was decided there counts.
  for (const spoken of said.toSorted((a, b) => a.revision - b.revision)) {
    const decision = decided.get(spoken.revision)
    for (const { rule, upheld } of voicesIn(spoken.result, decision)) {
      const before = hits.get(rule)
      hits.set(rule, {
        id: `${threadId}:${rule}`,
        ...{ threadId, rule, at },
        open: spoken.revision === revision && !decision,
        upheld: upheld ?? before?.upheld ?? null,
      })
    }
  }
  return [...hits.values()]
}

type Voice = { readonly rule: string; readonly upheld: boolean | null }

/**
 * The rules that spoke, each with what the decision says to it: a category that people decided on
 * as well; for what spoke against, that it was no harassment. On flags nobody decides.
 */
function voicesIn(result: Assessment, decision: Decision | undefined): Voice[] {
  const harassment = decision?.outcome === 'harassment'
  const inCategories = result.categories.flatMap(({ code, evidence }) => {
    const upheld = decision ? harassment && decision.categories.includes(code) : null
    return evidence.map(({ rule }) => ({ rule, upheld }))
  })
  const inFlags = result.flags.flatMap(({ evidence }) =>
    evidence.map(({ rule }) => ({ rule, upheld: null })),
  )
  const against = result.against.map(({ rule }) => ({
    rule,
    upheld: decision ? !harassment : null,
  }))
  return [...inCategories, ...inFlags, ...against]
}
