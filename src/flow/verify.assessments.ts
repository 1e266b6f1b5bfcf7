import type { Assessment } from '../domain/assessment.ts'
import type { Event } from '../domain/event.ts'
import type { Store } from '../store/store.ts'
import { differences } from './verify.rows.ts'
import type { OfThreads } from './verify.threads.ts'
import { resultHash } from './view-hash.ts'

type Judged = {
  readonly threadId: string
  readonly ruleSet: string
  readonly severity: number
  readonly categories: readonly string[]
  /** Null from before it was kept, and where the evidence went. */
  readonly resultSha256: string | null
}

/** What the log says of each assessment, and of which ones the evidence went by an erasure or a lapse. */
type Said = { readonly judged: Map<string, Judged>; readonly gone: Set<string> }

/** What the rules said last with each mail, word for word; after an erasure without any. */
export async function flawsOfAssessments({ kept }: Store, of: OfThreads): Promise<string[]> {
  const said: Said = { judged: new Map(), gone: new Set() }
  const here = new Set(of.ids)
  for (const event of of.around) noteAssessment(said, event, of)
  const { judged, gone } = said
  for (const [id, { threadId }] of judged) if (!here.has(threadId)) judged.delete(id)
  const rows = (await kept.of('assessments', 'threadId', of.ids)).map((row) => {
    const { messageId, threadId, ruleSet, severity, result } = row
    const categories = result.categories.map(({ code }) => code)
    const isHashed = judged.get(messageId)?.resultSha256 !== null || gone.has(messageId)
    const resultSha256 = isHashed ? hashOf(result, gone.has(messageId)) : null
    return [messageId, { threadId, ruleSet, severity, categories, resultSha256 }] as const
  })
  return differences('the assessment of message', rows, judged)
}

function noteAssessment({ judged, gone }: Said, event: Event, { places }: OfThreads): void {
  switch (event.kind) {
    case 'thread_assessed': {
      const { messageId, ruleSet, severity, categories, resultSha256 = null } = event
      const threadId = places.get(messageId) ?? event.threadId
      judged.set(messageId, { threadId, ruleSet, severity, categories, resultSha256 })
      gone.delete(messageId)
      break
    }
    case 'thread_erased':
      for (const { id } of event.messages) forget({ judged, gone }, id, {})
      break
    case 'assessment_lapsed':
      for (const id of event.messageIds)
        forget({ judged, gone }, id, { severity: 0, categories: [] })
      break
    default:
  }
}

function forget({ judged, gone }: Said, id: string, left: Partial<Judged>): void {
  const known = judged.get(id)
  if (!known) return
  judged.set(id, { ...known, ...left, resultSha256: null })
  gone.add(id)
}

/** Where the evidence is gone there is nothing to compare, but none may be left either. */
function hashOf(result: Assessment, isGone: boolean): string | null {
  if (!isGone) return resultHash(result)
  const parts = [...result.categories, ...result.flags]
  const isEmpty =
    result.against.length === 0 && parts.every(({ evidence }) => evidence.length === 0)
  return isEmpty ? null : 'evidence is left'
}
