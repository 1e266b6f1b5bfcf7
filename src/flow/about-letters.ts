import type { LetterKind } from '../domain/event.ts'
import { isAnswer, type MailReport } from '../domain/mail.ts'
import type { SentLetter } from '../store/arrivals.ts'
import { arrivalOf, fromOf } from './arrival.ts'
import { copiedLetter } from './copies.ts'
import { type Draft, happen, keep, mutingOf, type Sorting, stampOf } from './desk.ts'
import type { Read } from './receive.ts'

/** Puts a mail that is about a letter of ours to that letter; false where it is about none. */
export async function placeAboutLetter(sorting: Sorting, read: Read): Promise<boolean> {
  const { report } = read.mail
  const letter = report ? await reportedLetter(sorting, read, report) : null
  if (report && letter) {
    const beside = { ...read, mail: { ...read.mail, nature: 'report' as const } }
    if (report.kind === 'failed') await placeBounce(sorting, beside, letter)
    else await placeReport(sorting, beside, letter, report.kind)
    return true
  }
  const copied = await copiedLetter(sorting, read)
  if (copied) await placeCopy(sorting, read, copied)
  return copied !== null
}

/**
 * The letter that a report names, by its Message-ID; where it names none, by our code in what it
 * quotes: the newest letter of that thread that went out.
 */
async function reportedLetter(
  { house, threading }: Sorting,
  read: Read,
  { messageIds }: MailReport,
): Promise<SentLetter | null> {
  for (const messageId of messageIds) {
    const letter = await house.store.arrivals.letter(messageId)
    if (letter) return letter
  }
  const draft = await threading.byCode(read)
  const out = draft?.matter.letters.findLast(({ messageId, attempts }) => messageId && attempts > 0)
  return out?.messageId ? house.store.arrivals.letter(out.messageId) : null
}

async function placeReport(
  sorting: Sorting,
  read: Read,
  letter: SentLetter,
  report: Exclude<MailReport['kind'], 'failed'>,
): Promise<void> {
  const draft = await threadOf(sorting, letter)
  const { sender } = draft.matter
  const theirs = isAnswer(report) && sorting.senderIds.get(fromOf(read).address) === sender.id
  const mutedBy = theirs ? mutingOf(sorting, sender, read) : null
  const arrival = arrivalOf(sorting, read, draft, 'in', mutedBy)
  const stamp = stampOf(sorting, draft, arrival)
  keep(sorting, draft, arrival, {
    ...stamp,
    kind: 'report_received',
    letterId: letter.id,
    report,
    mutedBy,
  })
}

async function placeCopy(sorting: Sorting, read: Read, letter: SentLetter): Promise<void> {
  const draft = await threadOf(sorting, letter)
  const arrival = arrivalOf(sorting, read, draft, 'out', null)
  const { id: senderId } = draft.matter.sender
  const stamp = stampOf(sorting, draft, arrival)
  keep(sorting, draft, arrival, { ...stamp, kind: 'own_message_recorded', senderId })
}

async function placeBounce(sorting: Sorting, read: Read, letter: SentLetter): Promise<void> {
  const draft = await threadOf(sorting, letter)
  const arrival = arrivalOf(sorting, read, draft, 'in', null)
  const stamp = stampOf(sorting, draft, arrival)
  const status = read.mail.report?.status ?? ''
  keep(sorting, draft, arrival, { ...stamp, kind: 'bounce_received', letterId: letter.id, status })
  // The sender was not told after all, so nothing may be in force: a supervisor decides.
  const measure = draft.matter.letters.some(({ id, kind }) => id === letter.id && isNotice(kind))
    ? letter.measureId
    : null
  const inForce = draft.matter.sender.measures.some(
    ({ id, state }) => id === measure && state === 'in_force',
  )
  if (!measure || !inForce) return
  const { at, by, threadId } = stamp
  const senderId = draft.matter.sender.id
  const undone = { kind: 'measure_not_announced', at, by, threadId, senderId } as const
  happen(sorting, draft.matter.thread.id, { ...undone, measureId: measure })
}

/** Whether it is what tells the sender of a measure; a bounced answer or lifting undoes none. */
function isNotice(kind: LetterKind): boolean {
  return kind === 'warning' || kind === 'suspension' || kind === 'renewal'
}

async function threadOf({ threading }: Sorting, { id, threadId }: SentLetter): Promise<Draft> {
  const draft = await threading.load(threadId)
  if (!draft) throw new Error(`letter ${id} has no thread: the database is damaged`)
  return draft
}
