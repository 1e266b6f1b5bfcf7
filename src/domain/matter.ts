import type { Decision } from './decision.ts'
import type { Event } from './event.ts'
import { applyToLetter, type Letter, openLetter } from './letter.ts'
import { applyToSender, type Sender } from './sender.ts'
import { applyToThread, decisionOf, type Thread } from './thread.ts'

/** Everything an act on a thread needs to know: the thread, its letters, its sender. */
export type Matter = {
  readonly thread: Thread
  readonly letters: readonly Letter[]
  readonly sender: Sender
}

/** Where a thread stands in the shared queue, in the order of section 3 of the design. */
export const queueStates = [
  'disputed',
  'approval',
  'second_review',
  'new',
  'to_answer',
  'to_act',
  'done',
  'filed',
  'filed_second',
  'muted',
  'joined',
] as const

export type QueueState = (typeof queueStates)[number]

/** The matter after one event. Every change of state in the product goes through here. */
export function apply(matter: Matter, event: Event): Matter {
  return {
    thread: concerns(event, matter.thread) ? applyToThread(matter.thread, event) : matter.thread,
    letters: lettersAfter(matter, event),
    sender: touches(event, matter.sender) ? applyToSender(matter.sender, event) : matter.sender,
  }
}

/** What the thread wants next, from whom, as far as its own record says. */
export function queueStateOf(matter: Matter): QueueState {
  const { thread, letters } = matter
  if (thread.joinedInto !== null) return 'joined'
  if (thread.muted) return 'muted'
  if (thread.disputed) return 'disputed'
  if (answers(matter).some(({ state }) => state === 'awaiting_approval')) return 'approval'
  const decision = decisionOf(thread)
  if (decision) return afterDecision(matter, decision)
  if (thread.filed) return thread.reviews.length === 0 ? 'filed' : 'filed_second'
  if (letters.some(({ state }) => state === 'returned')) return 'to_answer'
  return thread.reviews.length === 0 ? 'new' : 'second_review'
}

/** The first rank that has no place in the queue. */
export const rankOutside = 8

const ranks: Record<QueueState, number> = {
  disputed: 1,
  approval: 2,
  second_review: 2,
  new: 3,
  to_answer: 3,
  to_act: 3,
  filed: rankOutside,
  filed_second: rankOutside,
  done: rankOutside + 1,
  muted: rankOutside + 2,
  joined: rankOutside + 3,
}

/** Place in the queue by need: urgent, waiting for another person, new; within it oldest first. */
export function queueRankOf(matter: Matter): number {
  const rank = ranks[queueStateOf(matter)]
  return rank < rankOutside && isUrgent(matter.thread) ? 0 : rank
}

/** Severity 3 and self-harm come before everything else in the queue. */
export function isUrgent({ assessed, decisions, revision }: Thread): boolean {
  if (!assessed || decisions.some((decision) => decision.revision === revision)) return false
  return assessed.severity === 3 || assessed.flags.includes('self_harm')
}

function afterDecision(matter: Matter, decision: Decision): QueueState {
  if (answers(matter).some(({ state }) => isAnswer(state))) return 'done'
  if (decision.outcome === 'ordinary') return decision.needsReply ? 'to_answer' : 'done'
  const acted = matter.sender.measures.some(
    ({ decisionId, state }) => decisionId === decision.id && state !== 'declined',
  )
  return acted ? 'done' : 'to_act'
}

/** The letters that answer the thread's newest mail. */
function answers({ letters, thread }: Matter): readonly Letter[] {
  return letters.filter(({ revision }) => revision === thread.revision)
}

function isAnswer(state: Letter['state']): boolean {
  return state === 'queued' || state === 'sending' || state === 'sent' || state === 'uncertain'
}

function concerns(event: Event, thread: Thread): boolean {
  return 'threadId' in event && event.threadId === thread.id
}

function touches(event: Event, sender: Sender): boolean {
  if ('senderId' in event) return event.senderId === sender.id
  return false
}

function lettersAfter({ letters, thread }: Matter, event: Event): readonly Letter[] {
  if (!('letterId' in event) || event.threadId !== thread.id) return letters
  const known = letters.find(({ id }) => id === event.letterId)
  if (known) return letters.map((one) => (one === known ? applyToLetter(one, event) : one))
  switch (event.kind) {
    case 'reply_saved':
      return [...letters, { ...openLetter(event), state: 'draft' }]
    case 'reply_submitted':
    case 'notice_written':
      return [...letters, openLetter(event)]
    default:
      return letters
  }
}
