import type { Event } from '../domain/event.ts'
import { isSaid } from '../domain/mail.ts'
import { apply, queueRankOf, rankOutside } from '../domain/matter.ts'
import { reader } from '../mail/read.ts'
import type { Arrival } from '../store/arrivals.ts'
import type { UnreadMail } from '../store/rereads.ts'
import { withTime } from '../store/terms.ts'
import { exchangedArrival, withoutNul } from './arrival.ts'
import type { Desk, Draft } from './desk.ts'
import { type House, untilFresh } from './house.ts'
import { judge } from './judge.ts'
import type { Parser } from './parse.ts'
import type { Digest } from './reader-worker.ts'
import { viewHash } from './view-hash.ts'

export type Rereading = { readonly tried: number; readonly readable: number }

export type RereadHow = {
  /** Also what this very version could not read: it may have lacked time, not understanding. */
  readonly again: boolean
  readonly limit: number
}

const pageSize = 20

/**
 * Reads mail again that could not be read, now that a newer version of the reader is here. What
 * becomes readable comes before the reviewers as if it were new; each mail is one transaction.
 */
export async function reread(
  house: House,
  parser: Parser,
  { again, limit }: RereadHow,
): Promise<Rereading> {
  const before = again ? reader.version + 1 : reader.version
  let tried = 0
  let readable = 0
  for (let after = ''; tried < limit; ) {
    const page = Math.min(pageSize, limit - tried)
    const unread = await house.store.rereads.unread(before, after, page)
    for (const mail of unread) {
      tried += 1
      after = mail.id
      if (await rereadOne(house, parser, mail)) readable += 1
    }
    if (unread.length < page) break
  }
  return { tried, readable }
}

/** Whether the mail can be read now. */
async function rereadOne(house: House, parser: Parser, unread: UnreadMail): Promise<boolean> {
  const { store, log, trustedAuthservIds } = house
  const raw = await store.raws.find(unread.rawSha256)
  if (!raw) {
    log.error({ message: unread.id }, 'the original bytes of a mail are missing: run verify')
    return false
  }
  const { mail, terms } = await parser.read(raw, { trustedAuthservIds })
  const view = withoutNul(mail)
  await untilFresh(async () => {
    const now = await store.rereads.find(unread.id)
    if (now) await file(house, parser, now, { mail: view, terms })
  })
  return view.unreadable === null
}

type View = Pick<Digest, 'mail' | 'terms'>

async function file(
  house: House,
  parser: Parser,
  unread: UnreadMail,
  { mail: view, terms }: View,
): Promise<void> {
  const { store } = house
  const { id, threadId, mutedBy } = unread
  const loaded = (await store.matters.findAll([threadId])).get(threadId)
  const filed = (await store.threads.filed([threadId])).get(threadId)
  if (!loaded || !filed) throw new Error(`message ${id} has no thread: the database is damaged`)
  const heard = unread.direction === 'in' && mutedBy === null && isSaid(unread.nature)
  const before: Draft = { ...filed, ...loaded, heard: heard ? id : null, others: false }
  const asRead = arrivalOf(unread, { mail: view, terms }, before.matter.thread.revision)
  const event: Event & { kind: 'message_reread' } = {
    ...{ kind: 'message_reread', at: house.now(), by: null, threadId, messageId: id },
    ...{ reader: view.reader, readable: view.unreadable === null },
    reopens: heard && view.unreadable === null,
    viewSha256: viewHash(asRead),
  }
  const draft = afterwards(before, event)
  const arrival = { ...asRead, revision: draft.matter.thread.revision }
  const desk = deskOf(event, { ...draft, mails: mailsWith(draft, arrival) }, arrival)
  const said = await judge(house, parser, desk)
  await store.rereads.commit({
    before: unread,
    arrival: { ...arrival, assessed: said.get(id) ?? null },
    thread: desk.drafts.get(threadId) ?? draft,
    events: desk.events,
  })
}

function afterwards(draft: Draft, event: Event & { kind: 'message_reread' }): Draft {
  const inQueue = queueRankOf(draft.matter) < rankOutside
  const waitingSince = event.reopens && !inQueue ? event.at : draft.waitingSince
  return { ...draft, matter: apply(draft.matter, event), waitingSince }
}

/** The mail as it was filed, with its new view: who wrote it and where it lies stay as they were. */
function arrivalOf(unread: UnreadMail, { mail: view, terms }: View, revision: number): Arrival {
  const { identity, nature, reader: _, ...filed } = unread
  const mail = { ...view, identity, nature }
  const said = { terms: withTime(terms, unread.sentAt), leads: [], assessed: null }
  return { ...filed, mail, revision, rawSize: 0, uid: null, packed: null, ...said }
}

function mailsWith({ mails }: Draft, arrival: Arrival): Draft['mails'] {
  return mails.map((one) =>
    one.id === arrival.id ? { id: one.id, mail: exchangedArrival(arrival) } : one,
  )
}

function deskOf(event: Event, draft: Draft, arrival: Arrival): Desk {
  return {
    drafts: new Map([[draft.matter.thread.id, draft]]),
    placed: [{ arrival, aside: arrival.mutedBy !== null }],
    senders: [],
    events: [event],
    at: event.at,
  }
}
