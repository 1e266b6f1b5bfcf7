import { z } from 'zod'
import type { Checkpoint } from '../domain/checkpoint.ts'

const checkpoint = z.object({
  id: z.string(),
  at: z.string(),
  events: z.number().int().min(1),
  head: z.string(),
  listSha256: z.string(),
  publicKey: z.string(),
  signature: z.string(),
})

/** The checkpoint in a text of JSON; null where there is none. */
export function checkpointIn(json: string): Checkpoint | null {
  return checkpoint.safeParse(jsonOf(json)).data ?? null
}

/** A value of JSON; null where the text is none, which no caller takes for one. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON holds nothing that is looked for; the caller names the line.
    return null
  }
}
