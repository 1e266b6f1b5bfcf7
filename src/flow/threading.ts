import { subjectKeyOf } from '../domain/subject.ts'
import { daysAfter } from '../domain/time.ts'
import { threadOfMessageId } from '../mail/message-id.ts'
import type { Arrival, KnownMessage } from '../store/arrivals.ts'
import type { Draft } from './desk.ts'
import type { House } from './house.ts'
import type { Read, Reception } from './receive.ts'

/** Finds the thread that a mail belongs to, among those stored and those on the desk. */
export type Threading = {
  /**
   * By our own Message-IDs (their HMAC proves that who answers was written to), by In-Reply-To
   * and References, then by subject within one sender. Two senders never meet on a subject.
   */
  find(read: Read, senderId: string, address: string): Promise<Draft | null>
  load(threadId: string): Promise<Draft | null>
  /** Makes a placed mail known to the ones that follow it in the batch. */
  note(arrival: Arrival): void
}

/** The same subject from the same sender counts as the same matter for so long. */
const subjectDays = 30

/** References looked at per mail, newest first: more say nothing more, and cost a query. */
const referencesMax = 50

/** Looks up at once everything that the mails of a batch refer to. */
export async function openThreading(
  house: House,
  trust: Reception['trust'],
  read: readonly Read[],
  drafts: Map<string, Draft>,
): Promise<Threading> {
  const wanted = [...new Set(read.flatMap(referencesOf))]
  const known = await knownMessages(house, wanted)
  const load = (threadId: string) => loadDraft(house, drafts, threadId)
  return {
    load,
    note({ threadId, mail }) {
      if (mail.messageId) known.set(mail.messageId, { messageId: mail.messageId, threadId })
    },
    async find(one, senderId, address) {
      for (const id of referencesOf(one)) {
        const ours = threadOfMessageId(id, house.messageIdSecret)
        const draft = await load(ours ?? known.get(id)?.threadId ?? '')
        const welcome = ours !== null || trust === 'archive'
        if (draft && (welcome || belongs(draft, senderId, address))) return draft
      }
      return bySubject(house, drafts, one, senderId)
    },
  }
}

async function loadDraft(
  { store }: House,
  drafts: Map<string, Draft>,
  threadId: string,
): Promise<Draft | null> {
  const here = drafts.get(threadId)
  if (here || threadId === '') return here ?? null
  const loaded = await store.matters.find(threadId)
  const filed = loaded && (await store.threads.filed(threadId))
  if (!loaded || !filed) return null
  const draft: Draft = { ...filed, ...loaded, heard: null }
  drafts.set(threadId, draft)
  return draft
}

async function bySubject(
  house: House,
  drafts: Map<string, Draft>,
  { mail, incoming }: Read,
  senderId: string,
): Promise<Draft | null> {
  const key = subjectKeyOf(mail.subject)
  if (key === '') return null
  const since = daysAfter(incoming.receivedAt.toISOString(), -subjectDays)
  const here = [...drafts.values()].findLast(
    ({ matter, subjectKey, lastAt }) =>
      matter.sender.id === senderId && subjectKey === key && lastAt >= since,
  )
  if (here) return here
  const stored = await house.store.arrivals.bySubject(senderId, key, since)
  return stored === null ? null : loadDraft(house, drafts, stored)
}

/** A forged In-Reply-To opens no thread to a stranger: who joins was part of it already. */
function belongs({ matter, participants }: Draft, senderId: string, address: string): boolean {
  return matter.sender.id === senderId || (address !== '' && participants.includes(address))
}

/** What the mail answers, the nearest first. */
function referencesOf({ mail }: Read): string[] {
  return [...new Set([...mail.inReplyTo, ...mail.references.toReversed()])].slice(0, referencesMax)
}

/** SQLite takes 32,766 values in one statement; a page of this size is far below. */
const idsPerQuery = 5_000

async function knownMessages({ store }: House, ids: readonly string[]) {
  const known = new Map<string, KnownMessage>()
  for (let from = 0; from < ids.length; from += idsPerQuery) {
    for (const one of await store.arrivals.byMessageIds(ids.slice(from, from + idsPerQuery))) {
      if (one.messageId !== null && !known.has(one.messageId)) known.set(one.messageId, one)
    }
  }
  return known
}
