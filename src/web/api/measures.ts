import { z } from 'zod'
import type { Objection } from '../../domain/objection.ts'
import type { MeasureRecord } from '../../store/measures.ts'
import { cursorOf, idIn, pageOf } from './cursor.ts'
import * as examples from './examples.ts'
import { notFound } from './problems.ts'
import { nothing, paging } from './query.ts'
import { route } from './route.ts'
import { measure, measureKind, measurePage, measureState } from './schemas.acts.ts'
import { id } from './shapes.ts'
import { nextOf } from './threads.ts'

const filters = z.strictObject({
  ...paging,
  state: measureState.optional(),
  kind: measureKind.optional(),
  sender: id.optional(),
})

/** Warnings and suspensions. */
export const measureRoutes = [
  route({
    name: 'measures',
    path: '/measures',
    needs: 'measures:read',
    query: filters,
    answer: measurePage,
    example: { items: [examples.measure], next: null },
    async handle({ view, query: { limit, cursor, state, kind, sender: senderId } }) {
      const filter = { state, kind, senderId }
      const rows = await view.pages.measures(filter, idIn(cursor), limit + 1)
      const { shown, next } = pageOf(rows, limit, (last) => cursorOf(last.id))
      return { body: { items: shown.map(bodyOf), next }, next: nextOf(next) }
    },
  }),
  route({
    name: 'measure',
    path: '/measures/:id',
    needs: 'measures:read',
    thing: 'measure',
    query: nothing,
    answer: measure,
    example: examples.measure,
    async handle(call) {
      const record = await call.view.measures.find(call.id)
      if (!record) throw notFound()
      return { body: bodyOf(record) }
    },
  }),
]

function bodyOf(record: MeasureRecord) {
  const { senderName: _, remindedFor: __, answeredAt: ___, terms, objections, ...rest } = record
  return {
    ...rest,
    terms: { ...terms, openTopics: [...terms.openTopics] },
    objections: objections.map(objectionOf),
  }
}

/** Without what the sender said: those words are a person's to read. */
function objectionOf({ messageId: _, recordedBy: __, note: ___, ...objection }: Objection) {
  return objection
}
