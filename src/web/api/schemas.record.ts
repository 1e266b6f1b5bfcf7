import { z } from 'zod'
import { id, instant, named, sha256 } from './shapes.ts'

export const withheld = ['mailbox', 'open_review', 'exposure'] as const

const link = named(
  'Event',
  z.object({
    seq: z.int(),
    previousHash: z.string(),
    hash: sha256,
    content: z.string().nullable(),
    withheld: z.enum(withheld).nullable(),
  }),
)

const head = z.object({ seq: z.int(), hash: z.string() })

export const eventPage = named(
  'EventPage',
  z.object({ items: z.array(link), next: z.int().nullable(), head }),
)

export const health = named(
  'Health',
  z.object({
    status: z.enum(['ok', 'attention']),
    at: instant,
    log: head,
    mailboxes: z.array(
      z.object({
        id,
        name: z.string(),
        paused: z.boolean(),
        folders: z.array(
          z.object({
            name: z.string(),
            trouble: z.string().nullable(),
            remaining: z.int(),
            lastContactAt: instant.nullable(),
          }),
        ),
      }),
    ),
    letters: z.object({
      awaitingApproval: z.int(),
      queued: z.int(),
      sending: z.int(),
      uncertain: z.int(),
    }),
  }),
)

export const document = named(
  'OpenApiDocument',
  z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }),
)
