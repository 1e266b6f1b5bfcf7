import type { Pointer } from '../store/kept.ts'
import type { Store } from '../store/store.ts'

/** Flaws of a kind at most: the first one says where to look. */
const strayMax = 5

/** Rows that belong to a row of another table: none stands by itself. */
const pointers: readonly Pointer[] = [
  { name: 'messages', column: 'threadId', to: 'threads' },
  { name: 'attachments', column: 'messageId', to: 'messages' },
  { name: 'assessments', column: 'threadId', to: 'threads' },
  { name: 'reviews', column: 'threadId', to: 'threads' },
  { name: 'decisions', column: 'threadId', to: 'threads' },
  { name: 'letters', column: 'threadId', to: 'threads' },
  { name: 'letterVersions', column: 'letterId', to: 'letters' },
  { name: 'outgoing', column: 'id', to: 'letters' },
  { name: 'alerts', column: 'threadId', to: 'threads' },
  { name: 'exposures', column: 'threadId', to: 'threads' },
  { name: 'notes', column: 'threadId', to: 'threads' },
  { name: 'measures', column: 'threadId', to: 'threads' },
  { name: 'measureTerms', column: 'measureId', to: 'measures' },
  { name: 'objections', column: 'measureId', to: 'measures' },
  { name: 'incidentReviews', column: 'incidentId', to: 'incidents' },
  { name: 'incidentDecisions', column: 'incidentId', to: 'incidents' },
  { name: 'incidentPictures', column: 'incidentId', to: 'incidents' },
  { name: 'uploads', column: 'threadId', to: 'threads' },
  { name: 'threads', column: 'senderId', to: 'senders' },
  { name: 'incidents', column: 'senderId', to: 'senders' },
]

/** Of these there is one at most. */
const single: readonly Pointer[] = [
  { name: 'incidentDecisions', column: 'incidentId', to: 'incidents' },
  { name: 'incidentPictures', column: 'incidentId', to: 'incidents' },
]

/** Rows that hang on nothing: whatever goes through the log thread by thread would not meet them. */
export async function flawsOfStrays({ kept, raws }: Store): Promise<string[]> {
  const flaws: string[] = []
  for (const pointer of pointers) {
    for (const key of await kept.strays(pointer, strayMax)) {
      flaws.push(`${pointer.name} ${key} belongs to no row of ${pointer.to}`)
    }
  }
  for (const pointer of single) {
    for (const key of await kept.twice(pointer, strayMax)) {
      flaws.push(`${pointer.name} are two of ${key}, which has one at most`)
    }
  }
  for (const name of await raws.unnamed(strayMax)) {
    flaws.push(`mail ${name.slice(0, 12)} belongs to no message and no letter`)
  }
  const files = new Set<string>()
  for await (const { filesId } of kept.rows('ruleSets')) files.add(filesId)
  for await (const { id } of kept.rows('ruleFiles')) {
    if (!files.has(id)) flaws.push(`rule files ${id.slice(0, 12)} belong to no rule set`)
  }
  return flaws
}
