import { type WaitingFor, waitingFor } from '../flow/waiting.ts'
import type { Ctx } from './env.ts'

/** Several parts of a page tell it. */
const counted = new WeakMap<Ctx, Promise<WaitingFor>>()

/** What waits for the person, counted once a page. */
export function waitingOf(c: Ctx): Promise<WaitingFor> {
  const known = counted.get(c) ?? waitingFor(c.var.house, c.var.account)
  counted.set(c, known)
  return known
}
