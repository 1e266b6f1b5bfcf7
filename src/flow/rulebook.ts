import type { Logger } from 'pino'
import type { PolicySource, RuleContent } from '../domain/rule-change.ts'
import type { Instant } from '../domain/time.ts'
import { readPolicy, traceOf } from '../policy.ts'
import { StaleWrite } from '../store/engine.ts'
import { filesIdOf, type Reign } from '../store/rule-sets.ts'
import type { Store } from '../store/store.ts'
import { publishPolicy } from './policy.ts'
import { type Beginning, beginning, filesIn, type InForce, rulesOf } from './rulebook.begin.ts'
import { checkRules } from './rules-check.ts'

/** Policy and rules in force, in this process: never a broken set, whatever lies on the disk. */
export type Rulebook = {
  current(): InForce
  /** Why the files on the disk are not in force, as this process saw it; null where they are. */
  trouble(): readonly string[] | null
  /** Puts in force what was read at the start, if the files are others than before. */
  announce(): Promise<void>
  /** Takes over what another process, or an approval, put in force. */
  follow(): Promise<void>
  /** Looks whether the files changed: puts them in force, or notes what is wrong with them. */
  look(): Promise<void>
}

type Bound = {
  readonly folder: string
  readonly store: Store
  readonly log: Logger
  readonly now: () => Instant
}

/** What a process knows of the rules; the only thing here that changes. */
type Desk = Bound & {
  inForce: InForce
  trouble: readonly string[] | null
  /** What the files looked like when they were last looked at, and what they were. */
  seen: string
  seenFiles: string
  /** The files that were last looked at are not in force. */
  unsettled: boolean
}

/**
 * Reads the policy folder and puts people's approved changes on top. Throws `PolicyError` where a
 * file is broken; where only a change does not fit the files any more, the last good set goes on.
 */
export async function openRulebook(bound: Bound): Promise<Rulebook> {
  const { folder, store, log, now } = bound
  const files = readPolicy(folder)
  const begun = await beginning(store, files)
  const { trouble } = begun
  const looked = { seen: '', seenFiles: filesIdOf(files), unsettled: trouble !== null }
  const desk: Desk = { ...bound, inForce: begun, trouble, ...looked }
  if (trouble) log.error({ mistakes: trouble }, stands)
  await store.ruleSets.keep(begun.rules.version, begun.content, now())
  const inTurn = openTurns()
  store.onCommit((events) => {
    if (!events.some(({ kind }) => kind === 'rule_set_in_force')) return
    inTurn(() => takeOver(desk)).catch((error) =>
      log.error({ err: error }, 'a rule set cannot be taken over'),
    )
  })
  return {
    current: () => desk.inForce,
    trouble: () => desk.trouble,
    announce: () => inTurn(() => announce(desk, begun)),
    follow: () => inTurn(() => takeOver(desk)),
    look: () => inTurn(() => lookAtFiles(desk)),
  }
}

const stands = 'the policy files are not in force: the last good rule set goes on'

/** One after the other: whoever looks while another one follows would see half of it. */
function openTurns(): (work: () => Promise<void>) => Promise<void> {
  let turn: Promise<void> = Promise.resolve()
  return (work) => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
}

async function announce(desk: Desk, begun: Beginning): Promise<void> {
  const { content, rules, filesId, others, trouble } = begun
  if (others) await succeed(desk, content, rules.version, filesId)
  await publishPolicy(desk, desk.inForce)
  await note(desk, trouble)
}

async function takeOver(desk: Desk): Promise<void> {
  const { store, log, inForce } = desk
  const reign = await store.ruleSets.current()
  if (!reign) return
  if (reign.ruleSet === inForce.rules.version) {
    desk.inForce = { ...inForce, filesId: reign.filesId }
    return
  }
  const next = await rulesOf(store, reign)
  const { ruleSet } = reign
  if (next === null) {
    log.error({ ruleSet }, 'a rule set cannot be used by this version of Mamori')
    return
  }
  desk.inForce = next
  // What was wrong before is looked at again by whoever looks after the files.
  desk.trouble = null
  log.info({ ruleSet }, 'another rule set is in force')
  await publishPolicy(desk, next)
}

async function note(desk: Desk, words: readonly string[] | null): Promise<void> {
  const { store, log, now } = desk
  const known = await store.ruleSets.trouble()
  desk.trouble = words
  if (words?.join() === known?.words.join()) return
  if (words) log.error({ mistakes: words }, stands)
  await store.ruleSets.note(words, now())
}

async function succeed(
  desk: Desk,
  content: RuleContent,
  ruleSet: string,
  filesId: string,
): Promise<void> {
  const { store, now } = desk
  const after = (await store.ruleSets.current())?.place ?? 0
  const by = { by: null, proposalId: null, at: now() }
  try {
    await store.ruleSets.succeed({ ruleSet, content, filesId, after, ...by })
  } catch (error) {
    // Another process looked at the same moment: what it put in force is followed.
    if (!(error instanceof StaleWrite)) throw error
  }
  await takeOver(desk)
}

async function lookAtFiles(desk: Desk): Promise<void> {
  const { store, folder } = desk
  const reign = await store.ruleSets.current()
  // People's changes may come to fit, or cease to, while the files stay as they are.
  const trace = `${reign?.place}\n${traceOf(folder)}`
  if (trace === desk.seen) return
  const read = filesIn(folder)
  if ('mistakes' in read) await settle(desk, read.mistakes)
  else await takeFiles(desk, read.files, reign)
  desk.seen = trace
}

/** Puts the files in force where they are others than when they were last looked at. */
async function takeFiles(
  desk: Desk,
  files: readonly PolicySource[],
  reign: Reign | null,
): Promise<void> {
  const { store } = desk
  const filesId = filesIdOf(files)
  if (reign?.filesId === filesId) {
    desk.seenFiles = filesId
    return settle(desk, null)
  }
  // Another machine's files came into force meanwhile: whoever changed last decides.
  if (filesId === desk.seenFiles && !desk.unsettled) return
  desk.seenFiles = filesId
  const last = reign && (await store.ruleSets.content(reign.ruleSet))
  const content = { files, overlays: last?.overlays ?? [] }
  const checked = await checkRules(content)
  if (checked.ok) await succeed(desk, content, checked.rules.version, filesId)
  await settle(desk, checked.ok ? null : checked.mistakes)
}

function settle(desk: Desk, mistakes: readonly string[] | null): Promise<void> {
  desk.unsettled = mistakes !== null
  return note(desk, mistakes)
}
