import { eventRoutes } from './events.ts'
import { healthRoutes } from './health.ts'
import { incidentRoutes } from './incidents.ts'
import { letterRoutes } from './letters.ts'
import { measureRoutes } from './measures.ts'
import { documentOf } from './openapi.ts'
import { nothing } from './query.ts'
import { reviewRoutes } from './reviews.ts'
import { type ApiRoute, route } from './route.ts'
import { document } from './schemas.record.ts'
import { senderRoutes } from './senders.ts'
import { threadRoutes } from './threads.ts'

export const apiBase = '/api/v1'

/** Every route of the interface with what it needs: nothing is served that is not in here. */
export const apiRoutes: readonly ApiRoute[] = [
  ...threadRoutes,
  ...reviewRoutes,
  ...senderRoutes,
  ...measureRoutes,
  ...incidentRoutes,
  ...letterRoutes,
  ...eventRoutes,
  ...healthRoutes,
  route({
    name: 'document',
    path: '/openapi.json',
    needs: 'any',
    query: nothing,
    answer: document,
    example: { openapi: '3.1.1', paths: {} },
    handle: () => Promise.resolve({ body: documentOf(apiRoutes, apiBase) }),
  }),
]
