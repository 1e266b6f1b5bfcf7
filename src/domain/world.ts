import type { Event } from './event.ts'
import { apply, type Matter } from './matter.ts'
import { applyToSender, type Sender } from './sender.ts'
import { applyToJoin, isJoinEvent, membersOf, type SenderJoin } from './sender-join.ts'
import { openThread } from './thread.ts'

/** Every thread and sender as the events so far leave them: the log, replayed from its start. */
export type World = {
  apply(event: Event): void
  threadIds(): Iterable<string>
  matter(threadId: string): Matter | undefined
}

export function openWorld(): World {
  const matters = new Map<string, Matter>()
  const senders = new Map<string, Sender>()
  const joins = new Map<string, SenderJoin>()

  function senderOf(id: string): Sender {
    return senders.get(id) ?? { id, proof: '', measures: [] }
  }

  /** With the measures against everybody whom people joined with them. */
  function identityOf(id: string): Sender {
    const joined = [...joins.values()].filter(({ state }) => state === 'joined')
    const links = joined.map(({ first, second }) => [first, second] as const)
    const members = membersOf(id, links)
    const measures = members.flatMap((member) => senderOf(member).measures)
    return { ...senderOf(id), measures: measures.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
  }

  return {
    apply(event) {
      if (isJoinEvent(event)) {
        joins.set(event.joinId, applyToJoin(joins.get(event.joinId) ?? null, event))
      }
      if ('senderId' in event) {
        senders.set(event.senderId, applyToSender(senderOf(event.senderId), event))
      }
      if (!('threadId' in event)) return
      const matter = matters.get(event.threadId) ?? opened(event)
      if (matter) matters.set(event.threadId, apply(matter, event))
    },
    threadIds: () => matters.keys(),
    matter(threadId) {
      const matter = matters.get(threadId)
      return matter && { ...matter, sender: identityOf(matter.thread.senderId) }
    },
  }
}

function isOf<Kind extends Event['kind']>(
  event: Event,
  kinds: readonly Kind[],
): event is Extract<Event, { kind: Kind }> {
  return kinds.some((kind) => kind === event.kind)
}

/** The first mail opens its thread, by coming in or by being split off. */
function opened(event: Event): Matter | undefined {
  const opening = ['message_received', 'own_message_recorded', 'mails_moved_in'] as const
  if (!isOf(event, opening)) return undefined
  const { threadId, mailboxId, senderId } = event
  const sender: Sender = { id: senderId, proof: '', measures: [] }
  return { thread: openThread(threadId, mailboxId, senderId), letters: [], sender }
}
