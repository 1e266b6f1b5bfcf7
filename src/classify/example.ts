import type { Exchange, ExchangeMessage } from '../domain/assessment.ts'
import { observe } from './observe.ts'

import type { Example, Rule, RuleSet } from './rules.ts'

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const firstAt = Date.parse('2026-05-11T01:00:00Z')

/** A rule's example as a thread: one mail a day unless it says otherwise, from 10:00 in Tokyo. */
export function exchangeOf(example: Example): Exchange {
  let at = firstAt
  const messages = example.map((words, place): ExchangeMessage => {
    const [, ours, amount, unit, box, body] =
      /^(<)?\s*(?:\+(\d+)([mhd])\s)?(?:@([\w.-]+)\s)?([\s\S]*)$/.exec(words) ?? []
    const gap = amount ? Number(amount) * unitsMs[(unit ?? 'd') as keyof typeof unitsMs] : unitsMs.d
    at += place === 0 ? 0 : gap
    const date = `${new Date(at + 9 * unitsMs.h).toISOString().slice(0, 19)}+09:00`
    const customer = {
      dir: 'in',
      from: 'customer@example.com',
      to: [`${box ?? 'info'}@example.jp`],
    } as const
    const us = { dir: 'out', from: 'info@example.jp', to: ['customer@example.com'] } as const
    return { ...(ours ? us : customer), fromName: '', date, subject: '', body: body ?? '' }
  })
  return { id: 'example', messages }
}

/** Whether a rule by itself holds in an example. */
export function holdsIn(rule: Rule, rules: RuleSet, example: Example): boolean {
  return observe(exchangeOf(example), { ...rules, rules: [rule] }).findings.length > 0
}
