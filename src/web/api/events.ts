import { z } from 'zod'
import type { Event } from '../../domain/event.ts'
import type { Call } from './env.ts'
import * as examples from './examples.ts'
import { pageMax } from './query.ts'
import { isSettled } from './reviews.ts'
import { route } from './route.ts'
import { eventPage, type withheld } from './schemas.record.ts'

type Withheld = (typeof withheld)[number]

const asked = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(pageMax).default(pageMax),
})

/**
 * The append-only log from a number on. Every link is given, so that the chain can be followed
 * without a gap; what the token may not have is there by its hashes, and `content` is missing.
 */
export const eventRoutes = [
  route({
    name: 'events',
    path: '/events',
    needs: 'events:read',
    query: asked,
    answer: eventPage,
    example: { items: [examples.link], next: null, head: { seq: 1, hash: examples.link.hash } },
    async handle(call) {
      const { after, limit } = call.query
      const rows = await call.view.pages.links(after, limit + 1)
      const links = rows.slice(0, limit)
      const why = await whyWithheld(
        call,
        links.flatMap(({ seen }) => (seen ? [seen.event] : [])),
      )
      const items = links.map(({ seq, previousHash, hash, seen }) => {
        const reason = seen ? why(seen.event) : 'mailbox'
        const content = seen && reason === null ? seen.content : null
        return { seq, previousHash, hash, content, withheld: reason }
      })
      const next = rows.length > limit ? (links.at(-1)?.seq ?? null) : null
      const body = { items, next, head: await call.view.log.head() }
      return { body, next: next === null ? null : { name: 'after', value: String(next) } }
    },
  }),
]

/** What is given to people by their load follows from what they opened, and from their absence. */
function tellsOfExposure(event: Event): boolean {
  if (event.kind === 'thread_assigned') return event.how === 'load'
  return event.kind === 'passage_revealed' || event.kind === 'absence_set'
}

/** Incidents that two people have judged. */
async function judgedIncidents(
  { store }: Call<unknown>['house'],
  events: readonly Event[],
): Promise<ReadonlySet<string>> {
  const ids = events.flatMap((event) =>
    event.kind === 'incident_reviewed' ? [event.incidentId] : [],
  )
  const loaded = await Promise.all([...new Set(ids)].map((id) => store.incidentDesk.load(id)))
  const judged = loaded.filter((one) => one !== null && one.incident.reviews.length > 1)
  return new Set(judged.map((one) => one?.incident.id ?? ''))
}

/**
 * Who read how much harmful text is nobody's but the person's and their supervisors'; and a first
 * review is told to nobody who may still give the second one.
 */
async function whyWithheld(
  { house }: Call<unknown>,
  events: readonly Event[],
): Promise<(event: Event) => Withheld | null> {
  const ids = events.flatMap((event) => (event.kind === 'review_given' ? [event.threadId] : []))
  const { blind } = house.policy.review
  const loaded = blind ? await house.store.matters.findAll([...new Set(ids)]) : new Map()
  const judged = blind ? await judgedIncidents(house, events) : new Set()
  return (event) => {
    if (tellsOfExposure(event)) return 'exposure'
    if (!blind) return null
    if (event.kind === 'incident_reviewed') {
      return judged.has(event.incidentId) ? null : 'open_review'
    }
    if (event.kind !== 'review_given') return null
    const matter = loaded.get(event.threadId)?.matter
    return matter && isSettled(matter, event.review.revision) ? null : 'open_review'
  }
}
