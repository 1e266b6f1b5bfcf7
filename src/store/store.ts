import type { Event } from '../domain/event.ts'
import type { Reach } from '../domain/person.ts'
import type { Alerts } from './alerts.ts'
import { type ApiTokens, apiTokensIn } from './api-tokens.ts'
import { type Arranging, arrangingIn } from './arrange.ts'
import { type Arrivals, arrivalsIn } from './arrivals.ts'
import type { Assignments } from './assignments.ts'
import type { CareTasks } from './care-tasks.ts'
import type { Cases } from './cases.ts'
import type { Consultations } from './consultations.ts'
import { type Core, coreOf } from './core.ts'
import type { Deletions } from './deletions.ts'
import type { Digests } from './digests.ts'
import type { Disclosures } from './disclosures.ts'
import { openPostgres } from './engine.pg.ts'
import { openSqlite } from './engine.sqlite.ts'
import { type Engine, type Lease, UnusableDatabase } from './engine.ts'
import type { Erasing } from './erasing.ts'
import { type Exposures, exposuresIn } from './exposures.ts'
import type { ExternalIds } from './external-ids.ts'
import type { FactorStore } from './factors.ts'
import { type Folders, foldersIn } from './folders.ts'
import type { ForMe } from './for-me.ts'
import type { Holds } from './holds.ts'
import { type Identities, identitiesIn } from './identities.ts'
import type { IncidentDesk } from './incident-desk.ts'
import type { Incidents } from './incidents.ts'
import type { Invitations } from './invitations.ts'
import type { Joins } from './joins.ts'
import { type Leads, leadsIn } from './leads.ts'
import type { Letters } from './letters.ts'
import type { Log } from './log.ts'
import { type Mailboxes, mailboxesIn } from './mailboxes.ts'
import { type Matters, mattersIn } from './matters.ts'
import type { Measures } from './measures.ts'
import type { MutedMoves } from './muted-moves.ts'
import type { Notes } from './notes.ts'
import type { Notifications } from './notifications.ts'
import { type Outgoing, outgoingIn } from './outgoing.ts'
import type { Pages } from './pages.ts'
import type { Passes } from './passes.ts'
import type { Passkeys } from './passkeys.ts'
import type { People } from './people.ts'
import type { PictureSenders } from './picture-senders.ts'
import { type Places, placesIn } from './places.ts'
import type { Presences } from './presences.ts'
import type { Profiles } from './profiles.ts'
import type { Queue } from './queue.ts'
import { type Reassessments, reassessmentsIn } from './reassessments.ts'
import { pastIn } from './reports.past.ts'
import type { Reports } from './reports.ts'
import type { Representatives } from './representatives.ts'
import { type Rereads, rereadsIn } from './rereads.ts'
import {
  accountRooms,
  deskOf,
  mutedRooms,
  type OwnRooms,
  replyAndKept,
  senderRooms,
  tellingIn,
} from './rooms.ts'
import { type RuleHits, ruleHitsIn } from './rule-hits.ts'
import { type RuleProposals, ruleProposalsIn } from './rule-proposals.ts'
import { type RuleSets, ruleSetsIn } from './rule-sets.ts'
import type { SavedViews } from './saved-views.ts'
import { bringTermsUpToDate } from './search.terms.ts'
import type { Search } from './search.ts'
import type { SenderNotes } from './sender-notes.ts'
import type { Senders } from './senders.ts'
import type { Sessions } from './sessions.ts'
import type { StaffStore } from './staff.ts'
import type { StaffMails } from './staff-mails.ts'
import type { Suggesting } from './suggesting.ts'
import { type TemplateProposals, templateProposalsIn } from './template-proposals.ts'
import { type Threads, threadsIn } from './threads.ts'
import type { Told } from './told.ts'
import { type TrustedServers, trustedServersIn } from './trusted-servers.ts'
import { viewOf } from './views.ts'
import { type Waiting, waitingIn } from './waiting.ts'
import type { WebhookDeliveries } from './webhook-deliveries.ts'
import type { Webhooks } from './webhooks.ts'

/** Everything that is kept, one room a thing. Callers never see which database it is. */
export type Store = OwnRooms & {
  readonly alerts: Alerts
  readonly apiTokens: ApiTokens
  readonly arranging: Arranging
  readonly arrivals: Arrivals
  readonly assignments: Assignments
  readonly careTasks: CareTasks
  readonly consultations: Consultations
  readonly cases: Cases
  readonly digests: Digests
  readonly deletions: Deletions
  readonly disclosures: Disclosures
  readonly erasing: Erasing
  readonly exposures: Exposures
  readonly holds: Holds
  readonly externalIds: ExternalIds
  readonly factors: FactorStore
  readonly folders: Folders
  readonly forMe: ForMe
  readonly identities: Identities
  readonly incidentDesk: IncidentDesk
  readonly incidents: Incidents
  readonly invitations: Invitations
  readonly joins: Joins
  readonly leads: Leads
  readonly letters: Letters
  readonly log: Log
  readonly mailboxes: Mailboxes
  readonly matters: Matters
  readonly measures: Measures
  readonly notifications: Notifications
  readonly notes: Notes
  readonly mutedMoves: MutedMoves
  readonly passes: Passes
  readonly passkeys: Passkeys
  readonly outgoing: Outgoing
  readonly pages: Pages
  readonly people: People
  readonly pictureSenders: PictureSenders
  readonly places: Places
  readonly profiles: Profiles
  readonly presences: Presences
  readonly queue: Queue
  readonly search: Search
  readonly reassessments: Reassessments
  readonly representatives: Representatives
  readonly rereads: Rereads
  readonly reports: Reports
  readonly ruleHits: RuleHits
  readonly ruleProposals: RuleProposals
  readonly ruleSets: RuleSets
  readonly savedViews: SavedViews
  readonly senderNotes: SenderNotes
  readonly senders: Senders
  readonly sessions: Sessions
  readonly staff: StaffStore
  readonly staffMails: StaffMails
  readonly suggesting: Suggesting
  readonly templateProposals: TemplateProposals
  readonly threads: Threads
  readonly told: Told
  readonly trustedServers: TrustedServers
  readonly waiting: Waiting
  readonly webhookDeliveries: WebhookDeliveries
  readonly webhooks: Webhooks
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
  | 'alerts'
  | 'forMe'
  | 'incidents'
  | 'letters'
  | 'log'
  | 'measures'
  | 'pages'
  | 'cases'
  | 'profiles'
  | 'queue'
  | 'reports'
  | 'search'
  | 'senders'
>

/**
 * Opens the database that the URL names (`file:PATH` or `postgres://…`) and brings its schema up
 * to date. Throws `NewerSchema`, or `UnusableDatabase` with what to do.
 */
export async function openStore(url: string, say: (words: string) => void): Promise<Store> {
  const engine = await openEngine(url, say)
  const core = await readyOn(engine, say)
  const past = pastIn(core)
  return {
    ...viewOf(core, past, 'all'),
    apiTokens: apiTokensIn(core),
    ...senderRooms(core),
    ...accountRooms(core),
    arranging: arrangingIn(core),
    arrivals: arrivalsIn(core),
    ...mutedRooms(core),
    exposures: exposuresIn(core),
    folders: foldersIn(core),
    identities: identitiesIn(core),
    leads: leadsIn(core),
    mailboxes: mailboxesIn(core),
    matters: mattersIn(core),
    outgoing: outgoingIn(core),
    places: placesIn(core),
    ...deskOf(core),
    ...replyAndKept(core),
    reassessments: reassessmentsIn(core),
    rereads: rereadsIn(core),
    ruleHits: ruleHitsIn(core),
    ruleProposals: ruleProposalsIn(core),
    ruleSets: ruleSetsIn(core),
    templateProposals: templateProposalsIn(core),
    threads: threadsIn(core),
    waiting: waitingIn(core),
    trustedServers: trustedServersIn(core),
    ...tellingIn(core),
    within: (reach) => viewOf(core, past, reach),
    record: (events) => core.commit(events, () => []),
    claim: core.claim,
    release: core.release,
    freeBytes: engine.freeBytes,
    onCommit: core.onCommit,
    close: engine.close,
  }
}

/** A database that turns out to be damaged is not left open. */
async function readyOn(engine: Engine, say: (words: string) => void): Promise<Core> {
  try {
    const core = await coreOf(engine, say)
    await bringTermsUpToDate(core, say)
    return core
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** Opens the database's engine alone: for whoever carries rows as they are. */
export async function openEngine(url: string, say: (words: string) => void): Promise<Engine> {
  if (/^postgres(?:ql)?:/.test(url)) return openPostgres(url, say)
  if (url.startsWith('file:')) return openSqlite(url.slice('file:'.length), say)
  throw new UnusableDatabase(url, 'use file:PATH or postgres://USER:PASSWORD@HOST/NAME')
}
