import { covers } from '../../domain/person.ts'
import type { Mailbox } from '../../store/mailboxes.ts'
import type { Call } from './env.ts'
import * as examples from './examples.ts'
import { nothing } from './query.ts'
import { route } from './route.ts'
import { mailboxList } from './schemas.mail.ts'
import { health } from './schemas.record.ts'

/** What a token reaches, and how that fares. */
export const healthRoutes = [
  route({
    name: 'health',
    path: '/health',
    needs: 'health:read',
    query: nothing,
    answer: health,
    example: examples.health,
    async handle(call) {
      const mailboxes = (await mailboxesOf(call)).map(stateOf)
      const counts = await call.view.pages.letterCounts()
      const letters = {
        awaitingApproval: counts.get('awaiting_approval') ?? 0,
        queued: counts.get('queued') ?? 0,
        sending: counts.get('sending') ?? 0,
        uncertain: counts.get('uncertain') ?? 0,
      }
      const troubled = mailboxes.some(({ folders }) => folders.some((one) => one.trouble !== null))
      const status = troubled || letters.uncertain > 0 ? ('attention' as const) : ('ok' as const)
      const log = await call.view.log.head()
      return { body: { status, at: call.house.now(), log, mailboxes, letters } }
    },
  }),
  route({
    name: 'mailboxes',
    path: '/mailboxes',
    needs: 'any',
    query: nothing,
    answer: mailboxList,
    example: { items: [examples.mailbox] },
    async handle(call) {
      const items = (await mailboxesOf(call)).map(({ id, name, department, address }) => {
        return { id, name, department, address }
      })
      return { body: { items } }
    },
  }),
]

async function mailboxesOf({ house, reach }: Call<unknown>): Promise<Mailbox[]> {
  return (await house.store.mailboxes.list()).filter(({ id }) => covers(reach, id))
}

/** What troubles a folder is told by its kind: the server's own words may name accounts. */
function stateOf({ id, name, pausedAt, folders }: Mailbox) {
  const watched = folders.filter((folder) => folder.watched)
  return {
    id,
    name,
    paused: pausedAt !== null,
    folders: watched.map(({ name: folder, trouble, remaining, lastContactAt }) => {
      return { name: folder, trouble: trouble?.kind ?? null, remaining, lastContactAt }
    }),
  }
}
