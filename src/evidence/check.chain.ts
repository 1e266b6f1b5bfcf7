import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type ChainHead, flawsOfLink } from '../domain/chain.ts'
import type { Checkpoint } from '../domain/checkpoint.ts'
import { sealing } from '../store/sealing.ts'
import { linesIn } from './check.lines.ts'
import type { OpenedZip } from './check.zip.ts'
import { jsonOf } from './checkpoint.ts'

const file = 'data/chain.jsonl'

const link = z.object({
  seq: z.number().int(),
  hash: z.string(),
  previousHash: z.string().optional(),
  content: z.string().optional(),
})

/** What the checks of files want to know of an event. */
export type SeenEvent = { readonly seq: number; readonly event: Record<string, unknown> }

export type CheckedChain = {
  readonly events: number
  readonly shown: number
  readonly flaws: readonly string[]
}

/**
 * Goes from the first link to the last: each event that is shown has the hash that covers it and the
 * link before it, and all hashes together are those that the checkpoint signed. Tells each event.
 */
export async function checkChain(
  zip: OpenedZip,
  checkpoint: Checkpoint | null,
  most: number,
  tell: (seen: SeenEvent) => void,
): Promise<CheckedChain> {
  const flaws: string[] = []
  const list = createHash('sha256')
  let last: ChainHead = { seq: 0, hash: '' }
  let shown = 0
  let at = 0
  for await (const line of linesIn(zip, file, most)) {
    at += 1
    const read = link.safeParse(jsonOf(line))
    if (!read.success) {
      flaws.push(`${file}, line ${at}: is no link`)
      continue
    }
    const { seq, hash, content } = read.data
    const wrong = flawsOfLink(last, read.data, sealing)
    flaws.push(...wrong)
    list.update(`${hash}\n`)
    last = { seq, hash }
    if (content === undefined) continue
    shown += 1
    if (wrong.length === 0) tell({ seq, event: eventIn(content) })
  }
  if (checkpoint) flaws.push(...flawsOfEnd(checkpoint, last, list.digest('hex')))
  return { events: last.seq, shown, flaws }
}

function eventIn(content: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).safeParse(jsonOf(content)).data ?? {}
}

function flawsOfEnd(
  { events, head, listSha256 }: Checkpoint,
  last: ChainHead,
  list: string,
): string[] {
  if (last.seq !== events)
    return [`the chain has ${last.seq} events, the checkpoint covers ${events}`]
  if (last.hash !== head) return ['the chain ends with another hash than the checkpoint signed']
  return list === listSha256
    ? []
    : ['the chain is not the one that the checkpoint signed: a hash in it was changed']
}
