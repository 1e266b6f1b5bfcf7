import type { Event } from '../domain/event.ts'
import type { Token } from '../domain/token.ts'
import type { Store } from '../store/store.ts'
import {
  careNotesBook,
  externalIdsBook,
  grantsBook,
  mailboxesBook,
  passkeysBook,
  peopleBook,
  totpsBook,
  trustedServersBook,
  webhooksBook,
} from './verify.accounts.ts'
import { type CareSaid, flawsOfCare, noteCare } from './verify.care.ts'
import { type DeskSaid, flawsOfDesk, noteDesk } from './verify.desk.ts'
import { type DrillsSaid, flawsOfDrills, noteDrills, trainingsBook } from './verify.drills.ts'
import { flawsOfMuting, noteMuting, openMuting } from './verify.ladder.ts'
import { policyConfirmationsBook, policyVersionsBook } from './verify.policy.ts'
import { ruleProposalsBook, templateProposalsBook } from './verify.proposals.ts'
import { flawsOfReplies, noteReplies, nothingSaid } from './verify.replies.ts'
import {
  deletionRequestsBook,
  disclosureRequestsBook,
  holdsBook,
  retentionRulesBook,
} from './verify.retention.ts'
import { keepBook } from './verify.rows.ts'
import { flawsOfRules } from './verify.rules.ts'
import { flawsOfSenders, noteSenders, openSenderRecords } from './verify.senders.ts'
import { flawsOfStaff, type Held, noteRights } from './verify.staff.ts'
import { flawsOfTemplates, noteProposal, type Proposed } from './verify.templates.ts'
import { flawsOfTokens, noteToken } from './verify.tokens.ts'

/** Hears every event of the log, and then says where what is stored differs from it. */
export type Witness = {
  note(event: Event): void
  flaws(store: Store): Promise<string[]>
}

/**
 * One for each part of the record beside threads and mail. `pairs` fills with every two senders
 * that were ever joined, as the events are heard.
 */
export function openWitnesses(): {
  readonly witnesses: readonly Witness[]
  readonly pairs: readonly (readonly [string, string])[]
  /** Hashes of bytes that erasures took; fills likewise. */
  readonly gone: ReadonlySet<string>
} {
  const gone = new Set<string>()
  const ofSenders = openSenderRecords()
  const witnesses = [
    witness<Event[]>(
      [],
      (said, event) => {
        if (event.kind.startsWith('rule_')) said.push(event)
      },
      flawsOfRules,
    ),
    witness(new Map<string, Held | null>(), noteRights, flawsOfStaff),
    witness(new Map<string, Proposed>(), noteProposal, flawsOfTemplates),
    witness(new Map<string, Token>(), noteToken, flawsOfTokens),
    witness(nothingSaid(), noteReplies, flawsOfReplies),
    witness<DeskSaid>({ automatic: new Set(), absent: new Set() }, noteDesk, flawsOfDesk),
    witness(openMuting(), noteMuting, flawsOfMuting),
    witness<CareSaid>(new Map(), noteCare, flawsOfCare),
    witness<DrillsSaid>(new Map(), noteDrills, flawsOfDrills),
    witness(gone, noteGone, async () => []),
    witness(ofSenders, noteSenders, flawsOfSenders),
    ...books(),
  ]
  return { witnesses, pairs: ofSenders.pairs, gone }
}

/** Tables whose rows are each compared with what events say of them. */
function books(): Witness[] {
  return [
    keepBook(peopleBook),
    keepBook(passkeysBook),
    keepBook(totpsBook),
    keepBook(externalIdsBook),
    keepBook(grantsBook),
    keepBook(mailboxesBook),
    keepBook(trustedServersBook),
    keepBook(webhooksBook),
    keepBook(careNotesBook),
    keepBook(ruleProposalsBook),
    keepBook(templateProposalsBook),
    keepBook(holdsBook),
    keepBook(retentionRulesBook),
    keepBook(deletionRequestsBook),
    keepBook(disclosureRequestsBook),
    keepBook(trainingsBook),
    keepBook(policyVersionsBook),
    keepBook(policyConfirmationsBook),
  ]
}

/** Bytes that an erasure took; whether they are gone, whoever goes through the bytes says. */
function noteGone(gone: Set<string>, event: Event): void {
  if (event.kind === 'thread_erased') for (const name of event.bytes) gone.add(name)
}

/** A witness by what it has heard so far, how it hears, and how it compares. */
function witness<Said>(
  said: Said,
  note: (said: Said, event: Event) => void,
  flaws: (store: Store, said: Said) => Promise<string[]>,
): Witness {
  return { note: (event) => note(said, event), flaws: (store) => flaws(store, said) }
}
