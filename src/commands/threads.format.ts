import { z } from 'zod'

const message = z.object({
  dir: z.enum(['in', 'out']),
  from: z.string().default(''),
  fromName: z.string().default(''),
  to: z.array(z.string()).default([]),
  date: z.string().default(''),
  subject: z.string().default(''),
  body: z.string().default(''),
})

const history = z.object({
  departments: z.number(),
  otherThreads: z.number(),
  otherMails: z.number(),
  decisions: z.number(),
  warnings: z.number(),
})

/** A thread of the exchange format: a line of JSON Lines. */
export const exchangeLine = z
  .object({ id: z.string(), messages: z.array(message), history: history.optional() })
  .transform(({ history: known, ...thread }) => (known ? { ...thread, history: known } : thread))

/** The same with what people said of it. */
export const labelledLine = z.object({
  id: z.string(),
  messages: z.array(message),
  labels: z.array(z.string()),
  accept: z.array(z.string()).default([]),
  severity: z.int().min(0).max(3).default(0),
  kind: z.string().default(''),
  lang: z.string().default(''),
})
