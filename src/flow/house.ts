import type { Logger } from 'pino'
import type { RuleSet } from '../classify/rules.ts'
import type { Policy } from '../domain/policy.ts'
import type { SecondFactorRule } from '../domain/session.ts'
import type { Refusal } from '../domain/step.ts'
import type { Instant } from '../domain/time.ts'
import type { CheckpointKey } from '../evidence/signature.ts'
import type { DkimSettings } from '../mail/dkim.ts'
import type { Sign } from '../mail/sign.ts'
import type { SmtpSettings } from '../mail/smtp.ts'
import type { Outside } from '../outside/address.ts'
import type { Provider } from '../proof/openid.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault.ts'
import type { SignIn } from './accounts.ts'
import type { Noticebook } from './noticebook.ts'
import type { Rulebook } from './rulebook.ts'

/** What every flow works with: made once in `main`, handed down, never looked up. */
export type House = {
  readonly store: Store
  /** What is in force at this moment; ask anew rather than keep it. */
  readonly policy: Policy
  readonly rules: RuleSet
  /** Where policy and rules come from, and change. */
  readonly rulebook: Rulebook
  /** The notices as they are in force at this moment. */
  readonly templates: Noticebook
  readonly log: Logger
  readonly now: () => Instant
  /** A new id (UUIDv7): unique, and sorted by the time it was made. */
  readonly newId: () => string
  /** Names this process where only one may work at a time: `PID@HOST/ID`. */
  readonly holder: string
  /** Seals what is secret of the mailboxes. */
  readonly vault: Vault
  /** Signs checkpoints of the log, made when first asked for; null where none can be kept. */
  readonly checkpointKey: () => CheckpointKey | null
  /** Gets each signed checkpoint by mail; null where nobody outside does. */
  readonly checkpointTo: string | null
  /** The IMAP account that the settings name. */
  readonly imap: SignIn | null
  /** No mail is fetched where the database's disk has less left. */
  readonly diskReserveBytes: number
  /** Who has to show a second factor to work. */
  readonly secondFactor: SecondFactorRule
  /** Where people can sign in besides here. */
  readonly openId: (Provider & { readonly name: string; readonly trustEmail: boolean }) | null
  /** The server that takes what we send; null where there is none. */
  readonly smtp: SmtpSettings | null
  /** Where people reach the pages. */
  readonly baseUrl: string
  /** Signs what we send by DKIM; null where no key is set. */
  readonly sign: Sign | null
  /** Gets a copy of every letter, unseen (blind carbon copy); null where there is no archive. */
  readonly archiveAddress: string | null
  /** Signs our Message-IDs, so that an answer finds its thread and nobody can forge one. */
  readonly messageIdSecret: string
  /** Servers of the settings whose Authentication-Results we believe; an admin may accept more. */
  readonly trustedAuthservIds: readonly string[]
  /** How signatures are verified where no such server spoke; null where they are not. */
  readonly dkim: DkimSettings | null
  /** Hours after which a first review has waited for too long for the second one. */
  readonly secondReviewHours: number
  /** Which places outside may be told of something. */
  readonly outside: Outside
  /** Which places pictures in mail may be loaded from. */
  readonly outsidePictures: Outside
}

/** An act by a person: done, or refused by the rules with a reason of the text catalogue. */
export type Outcome = { readonly kind: 'done' } | Refusal

export const done: Outcome = { kind: 'done' }

/** Two people who press at once: the second one's act is decided anew on what the first one did. */
const attemptsMax = 5

/** Runs load, decide and commit until nobody slipped in between. */
export async function untilFresh<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof StaleWrite) || attempt === attemptsMax) throw error
    }
  }
}
