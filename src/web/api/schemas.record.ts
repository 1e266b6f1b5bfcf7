import { z } from 'zod'
import { incidentKinds, incidentStates } from '../../domain/incident.ts'
import { category, id, instant, named, pageOf, personId, severity, sha256 } from './shapes.ts'

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

const incidentFields = {
  id,
  kind: z.enum(incidentKinds),
  state: z.enum(incidentStates),
  mailboxId: id,
  senderId: id,
  occurredAt: instant,
  recordedAt: instant,
  minutes: z.int().nullable(),
  decision: z
    .object({
      id,
      how: z.enum(['agreed', 'settled']),
      outcome: z.enum(['ordinary', 'harassment']),
      categories: z.array(category),
      severity,
      reviewers: z.array(personId).length(2),
      settledBy: personId.nullable(),
      at: instant,
    })
    .nullable(),
}

export const incidentPage = pageOf('IncidentPage', named('Incident', z.object(incidentFields)))

export const incidentDetail = named(
  'IncidentDetail',
  z.object({ ...incidentFields, account: z.string().nullable() }),
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
