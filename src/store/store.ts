import type { Event } from '../domain/event.ts'
import type { Reach } from '../domain/person.ts'
import { type Alerts, alertsIn } from './alerts.ts'
import { type Arranging, arrangingIn } from './arrange.ts'
import { type Arrivals, arrivalsIn } from './arrivals.ts'
import { type Core, coreOf } from './core.ts'
import { type Digests, digestsIn } from './digests.ts'
import { openPostgres } from './engine.pg.ts'
import { openSqlite } from './engine.sqlite.ts'
import { type Engine, type Lease, UnusableDatabase } from './engine.ts'
import { type Exposures, exposuresIn } from './exposures.ts'
import { type ExternalIds, externalIdsIn } from './external-ids.ts'
import { type FactorStore, factorsIn } from './factors.ts'
import { type Folders, foldersIn } from './folders.ts'
import { type Identities, identitiesIn } from './identities.ts'
import { type Invitations, invitationsIn } from './invitations.ts'
import { type Leads, leadsIn } from './leads.ts'
import { type Letters, lettersIn } from './letters.ts'
import { type Log, logIn } from './log.ts'
import { type Mailboxes, mailboxesIn } from './mailboxes.ts'
import { type Matters, mattersIn } from './matters.ts'
import { type Measures, measuresIn } from './measures.ts'
import { type MutedMoves, mutedMovesIn } from './muted-moves.ts'
import { type Outgoing, outgoingIn } from './outgoing.ts'
import { type Passkeys, passkeysIn } from './passkeys.ts'
import { type People, peopleIn } from './people.ts'
import { type Places, placesIn } from './places.ts'
import { type Queue, queueIn } from './queue.ts'
import { type Raws, rawsIn } from './raws.ts'
import { type Reassessments, reassessmentsIn } from './reassessments.ts'
import { type Representatives, representativesIn } from './representatives.ts'
import { type Rereads, rereadsIn } from './rereads.ts'
import { type RuleHits, ruleHitsIn } from './rule-hits.ts'
import { type RuleProposals, ruleProposalsIn } from './rule-proposals.ts'
import { type RuleSets, ruleSetsIn } from './rule-sets.ts'
import { bringTermsUpToDate } from './search.terms.ts'
import { type Search, searchIn } from './search.ts'
import { type Senders, sendersIn } from './senders.ts'
import { type Sessions, sessionsIn } from './sessions.ts'
import { type StaffStore, staffIn } from './staff.ts'
import { type StaffMails, staffMailsIn } from './staff-mails.ts'
import { type TemplateProposals, templateProposalsIn } from './template-proposals.ts'
import { type Threads, threadsIn } from './threads.ts'
import { type TrustedServers, trustedServersIn } from './trusted-servers.ts'

/** Everything that is kept, one room a thing. Callers never see which database it is. */
export type Store = {
  readonly alerts: Alerts
  readonly arranging: Arranging
  readonly arrivals: Arrivals
  readonly digests: Digests
  readonly exposures: Exposures
  readonly externalIds: ExternalIds
  readonly factors: FactorStore
  readonly folders: Folders
  readonly identities: Identities
  readonly invitations: Invitations
  readonly leads: Leads
  readonly letters: Letters
  readonly log: Log
  readonly mailboxes: Mailboxes
  readonly matters: Matters
  readonly measures: Measures
  readonly mutedMoves: MutedMoves
  readonly passkeys: Passkeys
  readonly outgoing: Outgoing
  readonly people: People
  readonly places: Places
  readonly queue: Queue
  readonly raws: Raws
  readonly search: Search
  readonly reassessments: Reassessments
  readonly representatives: Representatives
  readonly rereads: Rereads
  readonly ruleHits: RuleHits
  readonly ruleProposals: RuleProposals
  readonly ruleSets: RuleSets
  readonly senders: Senders
  readonly sessions: Sessions
  readonly staff: StaffStore
  readonly staffMails: StaffMails
  readonly templateProposals: TemplateProposals
  readonly threads: Threads
  readonly trustedServers: TrustedServers
  /** The same lists, with nothing in them of a mailbox out of reach. */
  within(reach: Reach): View
  /** Puts on record what changes no other row. */
  record(events: readonly Event[]): Promise<void>
  /** Work that one process does at a time; false where another one has it. */
  claim(lease: Lease): Promise<boolean>
  release(lease: Lease): Promise<void>
  freeBytes(): Promise<number | null>
  onCommit: Core['onCommit']
  close(): Promise<void>
}

/** What people look through: lists, and things by their id. */
export type View = Pick<
  Store,
  'alerts' | 'letters' | 'log' | 'measures' | 'queue' | 'search' | 'senders'
>

/**
 * Opens the database that the URL names (`file:PATH` or `postgres://…`) and brings its schema up
 * to date. Throws `NewerSchema`, or `UnusableDatabase` with what to do.
 */
export async function openStore(url: string, say: (words: string) => void): Promise<Store> {
  const engine = await openEngine(url, say)
  const core = await coreOf(engine, say)
  await bringTermsUpToDate(core, say)
  return {
    ...viewOf(core, 'all'),
    arranging: arrangingIn(core),
    arrivals: arrivalsIn(core),
    ...mutedRooms(core),
    exposures: exposuresIn(core),
    externalIds: externalIdsIn(core),
    factors: factorsIn(core),
    folders: foldersIn(core),
    identities: identitiesIn(core),
    invitations: invitationsIn(core),
    leads: leadsIn(core),
    mailboxes: mailboxesIn(core),
    matters: mattersIn(core),
    passkeys: passkeysIn(core),
    outgoing: outgoingIn(core),
    people: peopleIn(core),
    places: placesIn(core),
    raws: rawsIn(core),
    reassessments: reassessmentsIn(core),
    rereads: rereadsIn(core),
    ruleHits: ruleHitsIn(core),
    ruleProposals: ruleProposalsIn(core),
    ruleSets: ruleSetsIn(core),
    sessions: sessionsIn(core),
    staff: staffIn(core),
    staffMails: staffMailsIn(core),
    templateProposals: templateProposalsIn(core),
    threads: threadsIn(core),
    trustedServers: trustedServersIn(core),
    within: (reach) => viewOf(core, reach),
    record: (events) => core.commit(events, () => []),
    claim: core.claim,
    release: core.release,
    freeBytes: engine.freeBytes,
    onCommit: core.onCommit,
    close: engine.close,
  }
}

/** What is kept of muted mail, and who is never muted. */
function mutedRooms(core: Core): Pick<Store, 'digests' | 'mutedMoves' | 'representatives'> {
  return {
    digests: digestsIn(core),
    mutedMoves: mutedMovesIn(core),
    representatives: representativesIn(core),
  }
}

function viewOf(core: Core, reach: Reach): View {
  return {
    alerts: alertsIn(core, reach),
    letters: lettersIn(core, reach),
    log: logIn(core, reach),
    measures: measuresIn(core, reach),
    queue: queueIn(core, reach),
    search: searchIn(core, reach),
    senders: sendersIn(core, reach),
  }
}

/** Opens the database's engine alone: for whoever carries rows as they are. */
export async function openEngine(url: string, say: (words: string) => void): Promise<Engine> {
  if (/^postgres(?:ql)?:/.test(url)) return openPostgres(url, say)
  if (url.startsWith('file:')) return openSqlite(url.slice('file:'.length), say)
  throw new UnusableDatabase(url, 'use file:PATH or postgres://USER:PASSWORD@HOST/NAME')
}
