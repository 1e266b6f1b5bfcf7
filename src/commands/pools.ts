import { z } from 'zod'
import type { LabelledThread } from '../classify/evaluate.ts'
import { isCategory } from '../domain/category.ts'
import { CommandError, type Io } from './command.ts'
import { readLines } from './lines.ts'

const poolLine = z.object({ id: z.string(), text: z.string(), expect: z.string().default('none') })

/** Lines of a pool, parted so that weights are fitted on one half and tried on the other. */
export type Pool = {
  readonly name: string
  readonly fitted: readonly LabelledThread[]
  readonly heldBack: readonly LabelledThread[]
}

/**
 * Reads a pool of stray lines (`{id,text,expect}`), each as a mail of its own: `expect` is a category
 * or `none`; lines that expect anything else are about something that the categories do not name
 * and are left out.
 */
export async function readPool(file: string, io: Io): Promise<Pool> {
  const lines: LabelledThread[] = []
  for await (const line of readLines(file, poolLine, io)) {
    if (!line.ok) throw new CommandError(line.words)
    const { id, text, expect } = line.value
    if (expect === 'none' || isCategory(expect)) lines.push(threadOf(id, text, expect))
  }
  return {
    name: file,
    fitted: lines.filter((_, at) => at % 2 === 0),
    heldBack: lines.filter((_, at) => at % 2 === 1),
  }
}

function threadOf(id: string, body: string, expect: string): LabelledThread {
  const message = { from: '', fromName: '', to: [], subject: '', date: '2026-01-15T12:00:00+09:00' }
  return {
    id,
    messages: [{ dir: 'in', ...message, body }],
    labels: expect === 'none' ? [] : [expect],
    severity: 0,
    kind: 'pool',
  }
}
