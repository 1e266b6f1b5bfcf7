import { setImmediate as turn } from 'node:timers/promises'
import type { Assessment } from '../domain/assessment.ts'
import type { Flag } from '../domain/category.ts'
import type { Event } from '../domain/event.ts'
import { apply, type Matter } from '../domain/matter.ts'
import type { StaleThread } from '../store/reassessments.ts'
import type { Reign } from '../store/rule-sets.ts'
import { type House, untilFresh } from './house.ts'
import { hasShieldedSubject } from './judge.ts'
import type { Parser } from './parse.ts'
import { resultHash } from './view-hash.ts'

/** Threads looked at between two notes of how far it is. */
const pageSize = 20

/**
 * Assesses the open threads by the rules in force, where others had assessed them, and goes on
 * where it stopped. What people decided on keeps the assessment that they saw; nothing that people
 * did is touched. Returns how many threads it looked at.
 */
export async function reassess(house: House, parser: Parser, signal: AbortSignal): Promise<number> {
  const { store, rulebook, log } = house
  const reign = await store.ruleSets.current()
  if (!reign || reign.finishedAt !== null) return 0
  // This process has not taken the rule set over yet: the next run will find it.
  if (reign.ruleSet !== rulebook.current().rules.version) return 0
  const looked = await lookOn(house, parser, reign, signal)
  if (looked > 0) log.info({ ruleSet: reign.ruleSet, looked }, 'open threads were assessed anew')
  return looked
}

async function lookOn(
  house: House,
  parser: Parser,
  begun: Reign,
  signal: AbortSignal,
): Promise<number> {
  const { reassessments, ruleSets } = house.store
  let reign = begun
  while (!signal.aborted && reign.finishedAt === null) {
    const page = await reassessments.open(reign.cursor, pageSize)
    let changed = 0
    for (const threadId of page) {
      if (await reassessOne(house, parser, threadId, reign.ruleSet)) changed += 1
    }
    // Other rules are in force by now: they have a reign of their own to go through.
    if ((await ruleSets.current())?.place !== reign.place) break
    reign = await advanced(house, reign, page, changed)
    // Everybody else's pages come in between.
    await turn()
  }
  return reign.looked - begun.looked
}

async function advanced(
  { store, now }: House,
  reign: Reign,
  page: readonly string[],
  changed: number,
): Promise<Reign> {
  const to = {
    cursor: page.at(-1) ?? reign.cursor,
    looked: reign.looked + page.length,
    changed: reign.changed + changed,
    finishedAt: page.length < pageSize ? now() : null,
  }
  await store.reassessments.advance(reign, to)
  return { ...reign, ...to }
}

/** Whether the rules say something else of the thread now. */
function reassessOne(
  house: House,
  parser: Parser,
  threadId: string,
  ruleSet: string,
): Promise<boolean> {
  return untilFresh(async () => {
    const stale = await house.store.reassessments.stale(threadId, ruleSet)
    return stale ? renewed(house, parser, stale) : false
  })
}

async function renewed(
  house: House,
  parser: Parser,
  { threadId, messageId }: StaleThread,
): Promise<boolean> {
  const { store, log, rules } = house
  const loaded = await store.matters.find(threadId)
  const filed = (await store.threads.filed([threadId])).get(threadId)
  if (!loaded || !filed || filed.mails.length === 0) return false
  const read = filed.mails.toSorted((a, b) => (a.mail.date < b.mail.date ? -1 : 1))
  const { id: senderId } = loaded.matter.sender
  const history = (await store.senders.histories([senderId], house.now()))(senderId, threadId)
  const exchange = { id: threadId, messages: read.map(({ mail }) => mail), history }
  const { result, gist, gaveUp } = await parser.assess(exchange, rules)
  if (gaveUp !== null) {
    log.warn({ thread: threadId, why: gaveUp }, 'a thread keeps the assessment that it had')
    return false
  }
  const event = assessedAnew(house, loaded.matter, messageId, result)
  const files = filed.gist.filter(({ kind }) => kind === 'attachments')
  await store.reassessments.commit({
    matter: apply(loaded.matter, event),
    version: loaded.version,
    gist: [...gist, ...files],
    subjectShielded: hasShieldedSubject(result),
    messageId,
    assessed: { result, read: read.map(({ id }) => id) },
    event,
  })
  return isOther(loaded.matter, event)
}

type AssessedEvent = Extract<Event, { kind: 'thread_assessed' }>

function assessedAnew(
  { now }: House,
  { thread }: Matter,
  messageId: string,
  result: Assessment,
): AssessedEvent {
  const { ruleSet, severity, categories, flags } = result
  const kept = (thread.assessed?.flags ?? []).filter((flag) => knownOtherwise.includes(flag))
  return {
    kind: 'thread_assessed',
    at: now(),
    by: null,
    threadId: thread.id,
    messageId,
    ruleSet,
    severity,
    categories: categories.map(({ code }) => code),
    flags: [...flags.map(({ code }) => code), ...kept],
    muted: false,
    resultSha256: resultHash(result),
  }
}

/** What no rule says, but the mail's own head and who wrote it. */
const knownOtherwise: readonly Flag[] = [
  'unverified_sender',
  'other_sender',
  'auto_generated',
  'bulk',
  'bounce',
]

function isOther({ thread }: Matter, event: AssessedEvent): boolean {
  const before = thread.assessed
  const { severity, categories, flags } = event
  return JSON.stringify(before) !== JSON.stringify({ severity, categories, flags })
}
