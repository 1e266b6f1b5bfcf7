import { hasAnswerMark, subjectKeyOf } from '../domain/subject.ts'
import { threadOfMessageId } from '../mail/message-id.ts'
import { isReferenceOf } from '../mail/reference.ts'
import type { Arrival } from '../store/arrivals.ts'
import type { Led } from '../store/leads.ts'
import type { Draft } from './desk.ts'
import { loadDraft, loadDrafts } from './drafts.ts'
import type { House } from './house.ts'
import { leadsOf, type Names, namesOf } from './names.ts'
import type { Read, Reception } from './receive.ts'
import { openSubjects } from './subjects.ts'

/** A mail whose thread is looked for. */
export type Asked = {
  readonly read: Read
  readonly senderId: string
  /** Its one From address, canonical; empty where it has none. */
  readonly address: string
  /** Ours, or vouched for: it need not have been part of the thread that it names. */
  readonly vouched: boolean
}

/** Finds the thread that a mail belongs to, among those stored and those on the desk. */
export type Threading = {
  /**
   * By what it answers, by what it carries on, by our reference code or Message-ID in its words,
   * by mail that awaits it, by a partner's ticket number, then by subject within one sender.
   */
  find(asked: Asked): Promise<Draft | null>
  load(threadId: string): Promise<Draft | null>
  /** By our reference code or Message-ID in its words alone. */
  byCode(read: Read): Promise<Draft | null>
  /** What the mail will be found by later. */
  leadsOf(read: Read): string[]
  /** Makes a placed mail known to the ones that follow it in the batch. */
  note(arrival: Arrival, senderId: string): void
}

type ThreadingOf = {
  readonly trust: Reception['trust']
  readonly read: readonly Read[]
  /** Senders of the batch that are known already. */
  readonly senderIds: readonly string[]
  /** Our own addresses: who claims one has taken part in nothing by that. */
  readonly own: ReadonlySet<string>
  readonly drafts: Map<string, Draft>
}

/** Threads looked at for one name: more senders than this use one Message-ID only to be in the way. */
const candidatesMax = 3

/** Looks up at once everything that the mails of a batch refer to. */
export async function openThreading(house: House, batch: ThreadingOf): Promise<Threading> {
  const { read, drafts } = batch
  const names = new Map(read.map((one) => [one, namesOf(one)]))
  const known = await knownOf(house, batch, [...names.values()])
  await loadDrafts(house, drafts, nearestOf([...names], known))
  const bySubject = await openSubjects(house, batch)
  const search: Search = { house, batch, known }
  const found = (one: Read) => names.get(one) ?? namesOf(one)
  return {
    load: (threadId) => loadDraft(house, drafts, threadId),
    byCode: (one) => byCode(search, found(one)),
    leadsOf: (one) => leadsOf(found(one), (id) => isKnown(search, id)),
    note({ threadId, mail, leads }, senderId) {
      if (mail.messageId) {
        const { messageId } = mail
        const before = known.ids.get(messageId) ?? []
        known.ids.set(messageId, [...before, { lead: messageId, threadId, senderId }])
      }
      // The newest thread comes first here, as it does from the store.
      for (const lead of leads) {
        known.leads.set(lead, [{ lead, threadId, senderId }, ...(known.leads.get(lead) ?? [])])
      }
    },
    async find(asked) {
      const named = found(asked.read)
      return (
        (await byCopy(search, asked)) ??
        (await byReferences(search, asked, named)) ??
        (await byCode(search, named)) ??
        (await byParent(search, asked)) ??
        (await byTicket(search, asked, named)) ??
        bySubject(asked)
      )
    },
  }
}

/** What the store and the batch know of the names: threads by Message-ID, by lead, by code. */
type Known = {
  readonly ids: Map<string, Led[]>
  readonly leads: Map<string, Led[]>
  readonly codes: ReadonlyMap<string, string>
}

type Search = { readonly house: House; readonly batch: ThreadingOf; readonly known: Known }

async function knownOf(
  { store, messageIdSecret }: House,
  { read }: ThreadingOf,
  names: readonly Names[],
): Promise<Known> {
  const own = read.flatMap(({ mail }) => (mail.messageId === null ? [] : [mail.messageId]))
  const ids = new Set([...own, ...names.flatMap((one) => [...one.answered, ...one.carried])])
  const leads = new Set([...own, ...names.flatMap(({ tickets }) => tickets)])
  const codes = [...new Set(names.flatMap((one) => one.codes))]
  const places = codes.map((code) => code.replaceAll('-', '').slice(0, 8))
  const placed = codes.length === 0 ? [] : await store.leads.byReferences(places)
  const proven = codes.flatMap((code): [string, string][] => {
    const ours = placed.find(({ threadId }) => isReferenceOf(code, threadId, messageIdSecret))
    return ours ? [[code, ours.threadId]] : []
  })
  return {
    ids: byLead(await store.leads.byMessageIds([...ids])),
    leads: byLead(await store.leads.byLeads([...leads])),
    codes: new Map(proven),
  }
}

/** The thread that each mail most likely belongs to: many are loaded at once for little more than one. */
function nearestOf(names: readonly (readonly [Read, Names])[], { ids }: Known): string[] {
  return names.flatMap(([{ mail }, { answered, carried }]) => {
    const all = [...(mail.messageId === null ? [] : [mail.messageId]), ...answered, ...carried]
    const near = all.map((id) => ids.get(id)?.[0]?.threadId).find((id) => id !== undefined)
    return near === undefined ? [] : [near]
  })
}

/** The same mail once more: to another of our mailboxes, or over a list. */
async function byCopy(search: Search, asked: Asked): Promise<Draft | null> {
  const { mail } = asked.read
  const led = search.known.ids.get(mail.messageId ?? '') ?? []
  const own = led.find(({ senderId }) => senderId === asked.senderId)
  const draft = own ? await load(search, own.threadId) : null
  return draft?.mails.some((one) => one.mail.body === mail.text) ? draft : null
}

/**
 * In-Reply-To counts alone: people edit subjects. References without it count where the mail goes
 * on with the subject or says that it answers; an old mail taken for its address opens a new matter.
 */
async function byReferences(search: Search, asked: Asked, names: Names): Promise<Draft | null> {
  for (const id of names.answered) {
    const draft = await byMessageId(search, asked, id)
    if (draft) return draft
  }
  const { subject } = asked.read.mail
  for (const id of names.carried) {
    const draft = await byMessageId(search, asked, id)
    if (draft && goesOn(subject, draft)) return draft
  }
  return null
}

function goesOn(subject: string, { subjectKey }: Draft): boolean {
  const key = subjectKeyOf(subject)
  return key === '' || key === subjectKey || hasAnswerMark(subject)
}

async function byMessageId(search: Search, asked: Asked, id: string): Promise<Draft | null> {
  const ours = threadOfMessageId(id, search.house.messageIdSecret)
  // Whoever knows a Message-ID of ours was written to, or given it by somebody who was.
  if (ours !== null) return load(search, ours)
  return firstOf(search, asked, search.known.ids.get(id) ?? [])
}

/** The sender's own thread before others that they were part of: a forged id captures nothing. */
async function firstOf(search: Search, asked: Asked, led: readonly Led[]): Promise<Draft | null> {
  const own = led.filter(({ senderId }) => senderId === asked.senderId)
  const others = led.filter(({ senderId }) => senderId !== asked.senderId)
  for (const { threadId } of [...own, ...others].slice(0, candidatesMax)) {
    const draft = await load(search, threadId)
    if (draft && (asked.vouched || belongs(search, asked, draft))) return draft
  }
  return null
}

async function byCode(search: Search, { codes, quoted }: Names): Promise<Draft | null> {
  const { house, known } = search
  const threadIds = [
    ...codes.map((code) => known.codes.get(code)),
    ...quoted.map((id) => threadOfMessageId(id, house.messageIdSecret)),
  ]
  for (const threadId of threadIds) {
    const draft = threadId ? await load(search, threadId) : null
    if (draft) return draft
  }
  return null
}

/** A parent that comes after its child. */
function byParent(search: Search, asked: Asked): Promise<Draft | null> {
  return firstOf(search, asked, search.known.leads.get(asked.read.mail.messageId ?? '') ?? [])
}

/** One partner's ticket, whoever of theirs writes, if we know that it is they. */
async function byTicket(search: Search, asked: Asked, names: Names): Promise<Draft | null> {
  if (asked.address === '') return null
  for (const { threadId } of names.tickets.flatMap((one) => search.known.leads.get(one) ?? [])) {
    const draft = await load(search, threadId)
    const theirs = asked.read.mail.identity === 'verified' && draft?.matter.thread.unverified === 0
    if (draft && (draft.matter.sender.id === asked.senderId || theirs)) return draft
  }
  return null
}

/** A forged In-Reply-To opens no thread to a stranger: who joins was part of it already. */
function belongs({ batch }: Search, asked: Asked, { matter, participants }: Draft): boolean {
  if (matter.sender.id === asked.senderId) return true
  const { address, read } = asked
  if (address === '' || batch.own.has(address) || read.mail.identity === 'failed') return false
  return participants.includes(address)
}

function load({ house, batch }: Search, threadId: string): Promise<Draft | null> {
  return loadDraft(house, batch.drafts, threadId)
}

function isKnown({ known, house }: Search, id: string): boolean {
  return known.ids.has(id) || threadOfMessageId(id, house.messageIdSecret) !== null
}

function byLead(led: readonly Led[]): Map<string, Led[]> {
  return Map.groupBy(led, ({ lead }) => lead)
}
