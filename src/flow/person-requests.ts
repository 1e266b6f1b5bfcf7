import type { Event } from '../domain/event.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import type { Instant } from '../domain/time.ts'
import { StaleWrite } from '../store/engine.ts'
import { NotFound } from './act.ts'
import { placesOfSender } from './holds.ts'
import { done, type House, type Outcome } from './house.ts'

type Known = { readonly open: boolean; readonly mailboxIds: readonly string[] }

/** What is asked for, by one kind of request. */
type Asking = {
  /** Earlier ones of these senders, who are one person. */
  earlier(members: readonly string[]): Promise<readonly { readonly state: string }[]>
  decide(id: string, known: Known, at: Instant): Step | Refusal
  /** Throws `StaleWrite` where another one was recorded meanwhile. */
  keep(id: string, at: Instant, events: readonly Event[]): Promise<void>
}

/** Records what a person asks of what is kept on them, once while it waits for its answer. */
export async function recordRequest(
  house: House,
  senderId: string,
  { earlier, decide, keep }: Asking,
): Promise<Outcome> {
  const mailboxIds = await placesOfSender(house, senderId)
  if (mailboxIds.length === 0) throw new NotFound('sender', senderId)
  const members = (await house.store.joins.members([senderId]))(senderId)
  const open = (await earlier(members)).some(({ state }) => state === 'open')
  const [id, at] = [house.newId(), house.now()]
  const decision = decide(id, { open, mailboxIds }, at)
  if (decision.kind === 'refused') return decision
  try {
    await keep(id, at, decision.events)
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
    return refuse('request_open')
  }
  return done
}
