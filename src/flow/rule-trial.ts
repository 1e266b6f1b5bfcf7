import { setImmediate as turn } from 'node:timers/promises'
import { exchangeOf } from '../classify/example.ts'
import type { Rule } from '../classify/rules.ts'
import type { Exchange } from '../domain/assessment.ts'
import { type Effect, effectOf, saidBy } from '../domain/rule-effect.ts'
import { addToTrial, type ExampleEffect, type ThreadEffect } from '../domain/rule-trial.ts'
import { versionOf } from '../policy.ts'
import type { DecidedThread, ProposalRecord, Trial } from '../store/rule-proposals.ts'
import type { House } from './house.ts'
import { openParser, type Parser } from './parse.ts'
import type { RulesMessage } from './reader-worker.ts'
import { contentAfter, isOf } from './rule-changes.ts'
import { checkRules } from './rules-check.ts'

/** Decided threads, and examples, looked at in one go: few enough to stop soon. */
const pageSize = 20

/** A thread that takes longer by one of the two rule sets counts as unchanged. */
const timeoutMs = 10_000

/** Open proposals looked at; more of them wait for their turn. */
const proposalsMax = 100

/** The two rule sets that are compared, each with threads of its own that know it. */
type Bench = {
  readonly before: { readonly rules: RulesMessage; readonly parser: Parser }
  readonly after: { readonly rules: RulesMessage; readonly parser: Parser }
}

/**
 * Tries every open proposal on all decided threads and on the rules' own examples, over the rules
 * in force now. What was tried goes on where it stopped; after other rules came into force it
 * begins anew.
 */
export async function tryProposals(house: House, signal: AbortSignal): Promise<void> {
  const open = await house.store.ruleProposals.list(['open'], proposalsMax)
  for (const proposal of open.toReversed()) {
    if (signal.aborted) return
    await tryOne(house, proposal, signal)
  }
}

async function tryOne(house: House, proposal: ProposalRecord, signal: AbortSignal): Promise<void> {
  const { store, rulebook, now } = house
  const before = rulebook.current().rules
  const content = await contentAfter(house, proposal.wish)
  if (!content) return
  const after = versionOf(content)
  const known = await store.ruleProposals.trial(proposal.id)
  if (known && isOf(known, before.version, after) && known.finishedAt !== null) return
  const checked = await checkRules(content)
  if (!known || !isOf(known, before.version, after)) {
    const trouble = checked.ok ? null : [...checked.mistakes]
    await store.ruleProposals.beginTrial(
      proposal.id,
      { before: before.version, after, trouble },
      now(),
    )
  }
  const trial = await store.ruleProposals.trial(proposal.id)
  if (!checked.ok || !trial) return
  const open = () => openParser({ workers: 1, timeoutMs })
  const bench = {
    before: { rules: before, parser: open() },
    after: { rules: checked.rules, parser: open() },
  }
  try {
    await run(house, trial, bench, signal)
  } finally {
    await Promise.all([bench.before.parser.close(), bench.after.parser.close()])
  }
}

async function run(house: House, begun: Trial, bench: Bench, signal: AbortSignal): Promise<void> {
  const { store, now, rulebook } = house
  // Once other rules are in force, what is compared here is of no use to anybody.
  const isCurrent = () => rulebook.current().rules.version === begun.before
  let trial = begun
  if (trial.cursor === '') trial = await withExamples(trial, bench)
  while (!signal.aborted && isCurrent()) {
    const page = await store.ruleProposals.decided(trial.cursor, pageSize)
    const effects = await Promise.all(page.map((thread) => effectOn(house, thread, bench)))
    const changed = effects.filter((one) => one !== null)
    const next: Trial = {
      ...trial,
      cursor: page.at(-1)?.threadId ?? trial.cursor,
      looked: trial.looked + page.length,
      result: addToTrial(trial.result, changed),
      finishedAt: page.length < pageSize ? now() : null,
    }
    const { cursor, looked, result, finishedAt } = next
    await store.ruleProposals.advanceTrial(trial, { cursor, looked, result, finishedAt })
    if (finishedAt !== null) return
    trial = next
    await turn()
  }
}

async function effectOn(
  house: House,
  { threadId, decision, read }: DecidedThread,
  bench: Bench,
): Promise<ThreadEffect | null> {
  const { outcome, categories, severity } = decision
  const held = { outcome, categories, severity }
  const exchange = await exchangeThen(house, threadId, read)
  const effect = exchange && effectOf(...(await both(exchange, bench)), held)
  return effect && { ...effect, threadId, held }
}

/** The thread as the rules read it when people decided, with what is known of the sender now. */
async function exchangeThen(
  { store, now }: House,
  threadId: string,
  read: readonly string[],
): Promise<Exchange | null> {
  const words = await store.arranging.words(threadId, read)
  const mails = words.filter(({ id }) => read.includes(id)).map(({ mail }) => mail)
  const senderId = (await store.matters.find(threadId))?.matter.sender.id
  if (mails.length === 0 || senderId === undefined) return null
  const history = (await store.senders.histories([senderId], now()))(senderId, threadId)
  const messages = mails.toSorted((a, b) => (a.date < b.date ? -1 : 1))
  return { id: threadId, messages, history }
}

async function both(exchange: Exchange, { before, after }: Bench) {
  const found = await Promise.all(
    [before, after].map(({ parser, rules }) => parser.assess(exchange, rules)),
  )
  const [first, second] = found.map(({ result }) => saidBy(result))
  if (!first || !second) throw new Error('an assessment was not answered')
  // What no rule got through in time says nothing of the change.
  const gaveUp = found.some((one) => one.gaveUp !== null)
  return gaveUp ? ([first, first] as const) : ([first, second] as const)
}

type Labelled = Pick<ExampleEffect, 'rule' | 'kind' | 'place'> & {
  readonly speaks: Rule['speaks']
  readonly exchange: Exchange
}

/** The trial with what would become of the examples that the rules themselves bring. */
async function withExamples(trial: Trial, bench: Bench): Promise<Trial> {
  const { rules } = bench.after.rules
  const known = new Set(rules.map(({ id }) => id))
  const gone = bench.before.rules.rules.filter(({ id }) => !known.has(id))
  const examples = [...rules, ...gone].flatMap(examplesOf)
  let result = trial.result
  for (let at = 0; at < examples.length; at += pageSize) {
    const page = examples.slice(at, at + pageSize)
    const effects = await Promise.all(page.map((example) => effectOnExample(example, bench)))
    result = addToTrial(
      result,
      [],
      effects.filter((one) => one !== null),
    )
  }
  return { ...trial, result: { ...result, examplesLooked: examples.length } }
}

function examplesOf({ id: rule, speaks, matches, passes }: Rule): Labelled[] {
  const labelled = (kind: 'matches' | 'passes') =>
    (kind === 'matches' ? matches : passes).map((example, place) => {
      return { rule, kind, place, speaks, exchange: exchangeOf(example) }
    })
  return [...labelled('matches'), ...labelled('passes')]
}

async function effectOnExample(
  { rule, kind, place, speaks, exchange }: Labelled,
  bench: Bench,
): Promise<ExampleEffect | null> {
  const effect = effectOf(...(await both(exchange, bench)), null)
  if (!effect) return null
  return { ...effect, agreement: leaning(effect, speaks, kind), rule, kind, place }
}

/** Whether an example comes nearer to what it is an example of. */
function leaning(
  effect: Effect,
  speaks: Rule['speaks'],
  kind: 'matches' | 'passes',
): Effect['agreement'] {
  if (speaks.kind === 'against') return 'neither'
  const { code } = speaks
  const has = (codes: readonly string[]) => codes.includes(code)
  const comes = has(effect.gained) || has(effect.flagsGained)
  const goes = has(effect.lost) || has(effect.flagsLost)
  if (comes === goes) return 'neither'
  return comes === (kind === 'matches') ? 'nearer' : 'farther'
}
