import { mayBeAnswered } from '../domain/address.ts'
import { hasAnswerMark, isGenericKey, subjectKeyOf } from '../domain/subject.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import type { SubjectThread } from '../store/leads.ts'
import type { Draft } from './desk.ts'
import { loadDraft } from './drafts.ts'
import type { House } from './house.ts'
import type { Read } from './receive.ts'
import type { Asked } from './threading.ts'

/** The same subject from the same sender counts as the same matter for so long. */
const subjectDays = 30

/** Threads that a machine opens in a day without naming one: after these it is a loop. */
const automaticMax = 5

type SubjectsOf = {
  readonly read: readonly Read[]
  readonly senderIds: readonly string[]
  readonly drafts: Map<string, Draft>
}

/**
 * The sender's newest thread on the same subject within the time that counts, and for machines
 * that write in a loop the one that is open already.
 */
export async function openSubjects(house: House, batch: SubjectsOf) {
  const { read, senderIds, drafts } = batch
  const { leads } = house.store
  const keys = read.map(({ mail }) => subjectKeyOf(mail.subject)).filter((key) => key !== '')
  const stored = await leads.bySubjects(senderIds, [...new Set(keys)], earliest(read, subjectDays))
  const machines = read.filter(isAutomatic)
  const automatic =
    machines.length === 0 ? [] : await leads.automatic(senderIds, earliest(machines, 1))
  const newestOf = async (all: readonly SubjectThread[]): Promise<Draft | null> => {
    const newest = all.toSorted((a, b) => (a.lastAt < b.lastAt ? -1 : 1)).at(-1)
    return newest ? loadDraft(house, drafts, newest.id) : null
  }
  const theirs = (known: readonly SubjectThread[], { senderId, read: one }: Asked, days: number) =>
    [...known.filter(({ id }) => !drafts.has(id)), ...onDesk(drafts)]
      .filter((other) => other.senderId === senderId)
      .filter(({ lastAt }) => lastAt >= since(one, days))
  return async (asked: Asked): Promise<Draft | null> => {
    const key = subjectKeyOf(asked.read.mail.subject)
    const same = theirs(stored, asked, subjectDays).filter((other) => other.subjectKey === key)
    const found = isTelling(asked, key) ? await newestOf(same) : null
    if (found || !isAutomatic(asked.read)) return found
    const open = theirs(automatic, asked, 1).filter(
      ({ id }) => drafts.get(id)?.matter.thread.filed ?? true,
    )
    return open.length < automaticMax ? null : newestOf(open)
  }
}

/**
 * Whether the subject tells one matter from another. お問い合わせ fits any, unless the mail says that
 * it answers; what a form sends from an address that nobody reads is somebody else's each time.
 */
function isTelling({ read, address }: Asked, key: string): boolean {
  if (key === '') return false
  if (isAutomatic(read) || hasAnswerMark(read.mail.subject)) return true
  return !isGenericKey(key) && mayBeAnswered(address)
}

function onDesk(drafts: ReadonlyMap<string, Draft>): SubjectThread[] {
  return [...drafts.values()]
    .filter(({ matter }) => matter.thread.joinedInto === null)
    .map(({ matter, subjectKey, lastAt }) => {
      return { id: matter.thread.id, senderId: matter.sender.id, subjectKey, lastAt }
    })
}

function isAutomatic({ mail }: Read): boolean {
  return mail.nature !== 'person'
}

function since({ incoming }: Read, days: number): Instant {
  return daysAfter(incoming.receivedAt.toISOString(), -days)
}

function earliest(read: readonly Read[], days: number): Instant {
  return read.map((one) => since(one, days)).reduce((a, b) => (a < b ? a : b), '9')
}
