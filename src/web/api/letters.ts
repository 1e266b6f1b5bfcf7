import { z } from 'zod'
import type { WrittenLetter } from '../../store/threads.ts'
import { cursorOf, idIn, pageOf } from './cursor.ts'
import * as examples from './examples.ts'
import { notFound } from './problems.ts'
import { nothing, paging } from './query.ts'
import { route } from './route.ts'
import { letterDetail, letterKind, letterPage, letterState } from './schemas.acts.ts'
import { id } from './shapes.ts'
import { nextOf } from './threads.ts'

const filters = z.strictObject({
  ...paging,
  state: letterState.optional(),
  kind: letterKind.optional(),
  thread: id.optional(),
})

/** The outbox: replies and notices, and how far they got. */
export const letterRoutes = [
  route({
    name: 'letters',
    path: '/letters',
    needs: 'outbox:read',
    query: filters,
    answer: letterPage,
    example: { items: [examples.letter], next: null },
    async handle({ view, query: { limit, cursor, state, kind, thread: threadId } }) {
      const rows = await view.pages.letters({ state, kind, threadId }, idIn(cursor), limit + 1)
      const { shown, next } = pageOf(rows, limit, (last) => cursorOf(last.id))
      return { body: { items: shown.map(lineOf), next }, next: nextOf(next) }
    },
  }),
  route({
    name: 'letter',
    path: '/letters/:id',
    needs: 'outbox:read',
    thing: 'letter',
    query: nothing,
    answer: letterDetail,
    example: {
      ...examples.letter,
      body: 'お問い合わせありがとうございます。',
      serverAnswer: '250 OK',
    },
    async handle(call) {
      const letter = await call.view.letters.find(call.id)
      if (!letter) throw notFound()
      // A draft is its writer's own until they submit it.
      const body = letter.state === 'draft' ? null : letter.body
      return { body: { ...lineOf(letter), body, serverAnswer: letter.answer } }
    },
  }),
]

function lineOf(letter: WrittenLetter) {
  const { id: letterId, kind, state, threadId, measureId, revision, author, approver } = letter
  const { fromAddress, toAddress, messageId, contentSha256 } = letter
  const { attempts, nextAttemptAt, writtenAt, sentAt } = letter
  const subject = letter.state === 'draft' ? '' : letter.subject
  return {
    ...{ id: letterId, kind, state, threadId, measureId, revision, author, approver },
    ...{ fromAddress, toAddress, subject, messageId, contentSha256 },
    ...{ attempts, nextAttemptAt, writtenAt, sentAt },
  }
}
