import { subjectKeyOf } from '../domain/subject.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
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

type ThreadingOf = {
  readonly trust: Reception['trust']
  readonly read: readonly Read[]
  /** Senders of the batch that are known already. */
  readonly senderIds: readonly string[]
  readonly drafts: Map<string, Draft>
}

/** Looks up at once everything that the mails of a batch refer to. */
export async function openThreading(
  house: House,
  { trust, read, senderIds, drafts }: ThreadingOf,
): Promise<Threading> {
  const wanted = [...new Set(read.flatMap(referencesOf))]
  const known = await knownMessages(house, wanted)
  await loadDrafts(house, drafts, [...new Set([...known.values()].map((one) => one.threadId))])
  const bySubject = await openSubjects(house, read, senderIds, drafts)
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
      return bySubject(one, senderId)
    },
  }
}

async function loadDraft(
  house: House,
  drafts: Map<string, Draft>,
  threadId: string,
): Promise<Draft | null> {
  const here = drafts.get(threadId)
  if (here || threadId === '') return here ?? null
  await loadDrafts(house, drafts, [threadId])
  return drafts.get(threadId) ?? null
}

/** Puts threads on the desk as they are kept; many at once cost hardly more than one. */
async function loadDrafts(
  { store }: House,
  drafts: Map<string, Draft>,
  threadIds: readonly string[],
): Promise<void> {
  const matters = await store.matters.findAll(threadIds)
  const filed = await store.threads.filed([...matters.keys()])
  for (const [id, thread] of filed) {
    const loaded = matters.get(id)
    if (loaded) drafts.set(id, { ...thread, ...loaded, heard: null })
  }
}

/** The sender's newest thread on the same subject within the time that counts. */
async function openSubjects(
  house: House,
  read: readonly Read[],
  senderIds: readonly string[],
  drafts: Map<string, Draft>,
) {
  const keys = read.map(({ mail }) => subjectKeyOf(mail.subject)).filter((key) => key !== '')
  const earliest = read.map(sinceOf).reduce((least, one) => (one < least ? one : least), '9')
  const stored = await house.store.arrivals.bySubjects(senderIds, [...new Set(keys)], earliest)
  return async (one: Read, senderId: string): Promise<Draft | null> => {
    const key = subjectKeyOf(one.mail.subject)
    if (key === '') return null
    const here = [...drafts.values()].map(({ matter, subjectKey, lastAt }) => {
      return { id: matter.thread.id, senderId: matter.sender.id, subjectKey, lastAt }
    })
    const since = sinceOf(one)
    const newest = [...stored.filter(({ id }) => !drafts.has(id)), ...here]
      .filter((other) => other.senderId === senderId && other.subjectKey === key)
      .filter(({ lastAt }) => lastAt >= since)
      .toSorted((a, b) => (a.lastAt < b.lastAt ? -1 : 1))
      .at(-1)
    return newest ? loadDraft(house, drafts, newest.id) : null
  }
}

function sinceOf({ incoming }: Read): Instant {
  return daysAfter(incoming.receivedAt.toISOString(), -subjectDays)
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
