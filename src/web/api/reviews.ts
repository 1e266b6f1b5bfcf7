import { z } from 'zod'
import type { Matter } from '../../domain/matter.ts'
import { cursorOf, idIn, pageOf } from './cursor.ts'
import * as examples from './examples.ts'
import { notFound } from './problems.ts'
import { nothing, paging } from './query.ts'
import { route } from './route.ts'
import { decisionPage, threadReviews } from './schemas.acts.ts'
import { nextOf } from './threads.ts'

/** What people said of threads, once nobody can be led by it any more. */
export const reviewRoutes = [
  route({
    name: 'reviews',
    path: '/threads/:id/reviews',
    needs: 'reviews:read',
    thing: 'thread',
    query: nothing,
    answer: threadReviews,
    example: { reviews: [examples.review], decisions: [examples.decision] },
    async handle({ house, id }) {
      const opened = await house.store.threads.open(id)
      if (!opened) throw notFound()
      const { loaded, record } = opened
      const { blind } = house.policy.review
      const reviews = record.reviews.filter(
        ({ revision }) => !blind || isSettled(loaded.matter, revision),
      )
      return {
        body: {
          reviews,
          decisions: record.decisions.map((one) => ({ ...one, threadId: id })),
        },
      }
    },
  }),
  route({
    name: 'decisions',
    path: '/decisions',
    needs: 'reviews:read',
    query: z.strictObject(paging),
    answer: decisionPage,
    example: { items: [examples.decision], next: null },
    async handle({ view, query: { limit, cursor } }) {
      const rows = await view.pages.decisions(idIn(cursor), limit + 1)
      const { shown: items, next } = pageOf(rows, limit, (last) => cursorOf(last.id))
      return { body: { items, next }, next: nextOf(next) }
    },
  }),
]

/**
 * Whether what was said of a revision leads nobody any more: two people spoke, or it is decided. A
 * review that a new mail overtook may still lead who reviews the next revision.
 */
export function isSettled({ thread }: Matter, revision: number): boolean {
  if (thread.decisions.some((decision) => decision.revision === revision)) return true
  return revision === thread.revision && thread.reviews.length > 1
}
