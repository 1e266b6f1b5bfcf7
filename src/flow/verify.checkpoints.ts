import { createHash } from 'node:crypto'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Event } from '../domain/event.ts'
import { isSigned } from '../evidence/signature.ts'
import type { LoggedEvent } from '../store/log.ts'

/** What is known from outside of the database. */
export type FromOutside = {
  /** The key that checkpoints are signed with, where it is known. */
  readonly publicKey?: string | undefined
  /** Checkpoints that were kept elsewhere. */
  readonly checkpoints?: readonly Checkpoint[]
}

/** Hears the log event by event, and says which checkpoints it is not as signed at. */
export type CheckpointWitness = {
  note(logged: LoggedEvent): void
  flaws(): string[]
}

/** Compares the log with the checkpoints that are stored, and with those kept outside. */
export function openCheckpointWitness(
  stored: readonly Checkpoint[],
  { publicKey, checkpoints: outside = [] }: FromOutside,
): CheckpointWitness {
  const list = createHash('sha256')
  const kept = [...stored.map(inside), ...outside.map(elsewhere)]
  const byEnd = Map.groupBy(kept, ({ checkpoint }) => checkpoint.events)
  const named = new Map<string, Named>()
  const flaws = kept.flatMap((one) => flawsOfSignature(one, publicKey))
  let last = 0
  return {
    note({ seq, hash, event }) {
      list.update(`${hash}\n`)
      last = seq
      if (event.kind === 'checkpoint_signed') named.set(event.checkpointId, event)
      const due = byEnd.get(seq)
      if (!due) return
      const digest = list.copy().digest('hex')
      for (const { checkpoint, name } of due) {
        if (checkpoint.head === hash && checkpoint.listSha256 === digest) continue
        flaws.push(`the log up to event ${seq} is not the one that ${name} signed`)
      }
    },
    flaws: () => [...flaws, ...flawsOfEnd(kept, last), ...flawsOfRecord(stored, named)],
  }
}

type Named = Extract<Event, { kind: 'checkpoint_signed' }>
type Kept = { readonly checkpoint: Checkpoint; readonly name: string }

function inside(checkpoint: Checkpoint): Kept {
  return { checkpoint, name: `checkpoint ${checkpoint.at}` }
}

function elsewhere(checkpoint: Checkpoint): Kept {
  return { checkpoint, name: `checkpoint ${checkpoint.at} from outside` }
}

function flawsOfSignature({ checkpoint, name }: Kept, publicKey: string | undefined): string[] {
  if (!isSigned(checkpoint)) return [`${name} was changed: its signature does not cover it`]
  if (publicKey === undefined || checkpoint.publicKey === publicKey) return []
  return [`${name} was signed by another key`]
}

function flawsOfEnd(kept: readonly Kept[], last: number): string[] {
  return kept
    .filter(({ checkpoint }) => checkpoint.events > last)
    .map(
      ({ checkpoint, name }) =>
        `${name} covers ${checkpoint.events} events and the log has ${last}: its end was cut, or an old backup restored`,
    )
}

function flawsOfRecord(stored: readonly Checkpoint[], named: ReadonlyMap<string, Named>): string[] {
  const rows = new Map(stored.map((one) => [one.id, one]))
  const flaws = stored
    .filter(({ id }) => !named.has(id))
    .map(({ at }) => `checkpoint ${at} is in no event`)
  for (const { checkpointId, at, upTo, listSha256 } of named.values()) {
    const row = rows.get(checkpointId)
    if (!row) flaws.push(`checkpoint ${at} is missing: the log says that it was signed`)
    else if (row.events !== upTo || row.listSha256 !== listSha256 || row.at !== at) {
      flaws.push(`checkpoint ${row.at} is not the one that the log says was signed`)
    }
  }
  return flaws
}
