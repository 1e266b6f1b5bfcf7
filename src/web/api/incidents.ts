import { z } from 'zod'
import { incidentKinds, incidentStates } from '../../domain/incident.ts'
import { cursorOf, idIn, pageOf } from './cursor.ts'
import type { Call } from './env.ts'
import * as examples from './examples.ts'
import { notFound } from './problems.ts'
import { nothing, paging } from './query.ts'
import { route } from './route.ts'
import { incidentDetail, incidentPage } from './schemas.record.ts'
import { id, instant } from './shapes.ts'
import { nextOf } from './threads.ts'

const filters = z.strictObject({
  ...paging,
  state: z.enum(incidentStates).optional(),
  kind: z.enum(incidentKinds).optional(),
  mailbox: id.optional(),
  sender: id.optional(),
  happenedSince: instant.optional(),
})

/** Harassment outside mail (出来事): that it was, and what two people found. */
export const incidentRoutes = [
  route({
    name: 'incidents',
    path: '/incidents',
    needs: 'incidents:read',
    query: filters,
    answer: incidentPage,
    example: { items: [examples.incident], next: null },
    async handle({ view, query: { limit, cursor, state, kind, mailbox, sender, happenedSince } }) {
      const which = { state, kind, mailboxId: mailbox, senderId: sender, since: happenedSince }
      const rows = await view.pages.incidents(which, idIn(cursor), limit + 1)
      const { shown: items, next } = pageOf(rows, limit, (last) => cursorOf(last.id))
      return { body: { items, next }, next: nextOf(next) }
    },
  }),
  route({
    name: 'incident',
    path: '/incidents/:id',
    needs: 'incidents:read',
    thing: 'incident',
    query: nothing,
    answer: incidentDetail,
    example: { ...examples.incident, account: null },
    handle: oneIncident,
  }),
]

/** What somebody wrote of it repeats what was said: it is given, and put on record, like a passage. */
async function oneIncident(call: Call<unknown>) {
  const [entry] = await call.view.pages.incidents({ id: call.id }, null, 1)
  if (!entry) throw notFound()
  if (!call.has('shielded:read')) return { body: { ...entry, account: null } }
  const account = (await call.view.incidents.find(entry.id))?.account ?? null
  const { id: incidentId, senderId, mailboxId } = entry
  const named = { tokenId: call.token.id, incidentId, senderId, mailboxId }
  const kind = 'incident_read_by_token' as const
  const record = [{ kind, at: call.house.now(), by: null, ...named }]
  return { body: { ...entry, account }, record }
}
