import { z } from 'zod'
import { flags } from '../../domain/category.ts'
import { queueStates } from '../../domain/matter.ts'
import { category, id, instant, named, pageOf, severity, sha256 } from './shapes.ts'

export const threadState = z.enum(queueStates)

const addressShape = named('Address', z.object({ name: z.string(), address: z.string() }))

export const mailboxList = named(
  'MailboxList',
  z.object({
    items: z.array(
      named(
        'Mailbox',
        z.object({
          id,
          name: z.string(),
          department: z.object({ ja: z.string(), en: z.string() }),
          address: z.string(),
        }),
      ),
    ),
  }),
)

const threadFields = {
  id,
  mailboxId: id,
  senderId: id,
  subject: z.string().nullable(),
  state: threadState,
  revision: z.int(),
  severity,
  categories: z.array(category),
  flags: z.array(z.enum(flags)),
  urgent: z.boolean(),
  messageCount: z.int(),
  waitingSince: instant,
  lastAt: instant,
  joinedInto: id.nullable(),
}

export const threadPage = pageOf('ThreadPage', named('Thread', z.object(threadFields)))

const part = named(
  'MessagePart',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['text', 'signature']), text: z.string() }),
    z.object({
      kind: z.enum(['shielded', 'quoted', 'muted']),
      place: z.string(),
      categories: z.array(category),
      severity,
      text: z.string().nullable(),
    }),
  ]),
)

const attachment = named(
  'Attachment',
  z.object({
    index: z.int(),
    filename: z.string().nullable(),
    contentType: z.string(),
    size: z.int(),
    sha256,
    inline: z.boolean(),
  }),
)

const message = named(
  'Message',
  z.object({
    id,
    direction: z.enum(['in', 'out']),
    from: addressShape,
    to: z.array(addressShape),
    cc: z.array(addressShape),
    subject: z.string().nullable(),
    sentAt: instant,
    receivedAt: instant,
    identity: z.enum(['verified', 'weak', 'unverified', 'failed']),
    nature: z.enum(['person', 'auto_generated', 'bulk', 'bounce', 'report']),
    muted: z.boolean(),
    readable: z.boolean(),
    rawSha256: sha256,
    parts: z.array(part),
    attachments: z.array(attachment),
  }),
)

export const threadDetail = named(
  'ThreadDetail',
  z.object({ ...threadFields, messages: z.array(message) }),
)

export const sender = named(
  'Sender',
  z.object({
    id,
    name: z.string(),
    addresses: z.array(z.string()),
    identityProof: z.string().nullable(),
    suspendedUntil: instant.nullable(),
    createdAt: instant,
  }),
)

export const senderPage = pageOf('SenderPage', sender)
