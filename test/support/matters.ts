import type { Event } from '../../src/domain/event.ts'
import { apply, type Matter } from '../../src/domain/matter.ts'
import type { Opinion } from '../../src/domain/review.ts'
import type { Refusal, Step } from '../../src/domain/step.ts'
import { openThread } from '../../src/domain/thread.ts'

export const at = '2026-11-23T05:00:00.000Z'

export const ordinary: Opinion = {
  verdict: { kind: 'ordinary', needsReply: true },
  demand: 'reasonable',
  fairRequest: '',
  reason: '',
}

/** A whole harassment opinion; `verdict` fields can be overridden. */
export function harassment(
  over: Partial<Extract<Opinion['verdict'], { kind: 'harassment' }>> = {},
): Opinion {
  return {
    verdict: {
      kind: 'harassment',
      categories: ['verbal_abuse'],
      severity: 2,
      elements: {
        superiorPosition: true,
        improperConduct: { which: 'conduct', why: '担当者への侮辱を繰り返している' },
        harmToWorkEnvironment: true,
      },
      statute: { interestedParty: true, beyondAccepted: true, environmentHarmed: true },
      ...over,
    },
    demand: 'partly',
    fairRequest: '返品の手続き',
    reason: '三通にわたり担当者個人を侮辱している',
  }
}

/** A thread with one verified mail of a person in it. */
export function newMatter(mails = 1): Matter {
  const empty: Matter = {
    thread: openThread('thread-1', 'mailbox-1', 'sender-1'),
    letters: [],
    sender: { id: 'sender-1', proof: '', measures: [] },
  }
  return Array.from({ length: mails }, (_, n) => mailIn(`message-${n + 1}`)).reduce(apply, empty)
}

/** A mail of the matter's sender. */
export function mailIn(
  messageId: string,
  over: Partial<{ mutedBy: string; identity: 'verified' | 'unverified' }> = {},
): Event {
  return {
    kind: 'message_received',
    at,
    by: null,
    threadId: 'thread-1',
    messageId,
    senderId: 'sender-1',
    mailboxId: 'mailbox-1',
    rawSha256: 'a'.repeat(64),
    identity: 'verified',
    nature: 'person',
    mutedBy: null,
    ...over,
  }
}

/** The matter after a step that must have been accepted. */
export function after(matter: Matter, step: Step | Refusal): Matter {
  if (step.kind === 'refused') throw new Error(`refused: ${step.reason}`)
  return step.events.reduce(apply, matter)
}

/** What an act was refused for, or `accepted`. */
export function answerOf(step: Step | Refusal): string {
  return step.kind === 'refused' ? step.reason : 'accepted'
}

let count = 0
/** Fresh ids for reviews and decisions. */
export function ids() {
  count += 1
  return { review: `review-${count}`, decision: `decision-${count}` }
}
