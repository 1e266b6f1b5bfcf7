import { and, asc, desc, eq, gt, inArray, notInArray, type SQL } from 'drizzle-orm'
import { canonicalAddress } from '../domain/address.ts'
import type { DisclosureRequest } from '../domain/disclosure.ts'
import type { Event } from '../domain/event.ts'
import type { Core } from './core.ts'
import { lastActs } from './retained.ways.ts'
import { disclosureRequests, messages, threads } from './tables.ts'

/** A mail by what says whose it is; not a word of it. */
export type MailOfSomebody = Pick<typeof messages.$inferSelect, keyof typeof mailColumns> & {
  /** It lies in a thread of theirs. */
  readonly own: boolean
}

/** Requests of people to be told what is kept on them, and what they reach to. */
export type Disclosures = {
  find(id: string): Promise<DisclosureRequest | null>
  /** Newest first. */
  list(limit: number): Promise<DisclosureRequest[]>
  /** Of any of these senders, newest first. */
  ofSenders(senderIds: readonly string[]): Promise<DisclosureRequest[]>
  /** How often harassment was found of these senders, in mail and outside of it. */
  found(senderIds: readonly string[]): Promise<number>
  /** Mails in threads of these senders, and those from these addresses elsewhere, by id. */
  mails(senderIds: readonly string[], addresses: readonly string[]): Promise<MailOfSomebody[]>
  propose(request: DisclosureRequest, events: readonly Event[]): Promise<void>
  /** Throws `StaleWrite` where somebody else answered meanwhile. */
  decide(request: DisclosureRequest, events: readonly Event[]): Promise<void>
}

const mailColumns = {
  ...{ id: messages.id, threadId: messages.threadId, direction: messages.direction },
  ...{ fromAddress: messages.fromAddress, to: messages.to, cc: messages.cc },
  ...{ nature: messages.nature, rawSha256: messages.rawSha256 },
}

export function disclosuresIn(core: Core): Disclosures {
  const { db } = core
  const all = () => db.select().from(disclosureRequests)
  return {
    async find(id) {
      const [row] = await all().where(eq(disclosureRequests.id, id))
      return row ?? null
    },
    list: (limit) => all().orderBy(desc(disclosureRequests.proposedAt)).limit(limit),
    ofSenders: (senderIds) =>
      all()
        .where(inArray(disclosureRequests.senderId, [...senderIds]))
        .orderBy(desc(disclosureRequests.proposedAt)),
    found: async (senderIds) => [...(await lastActs(db, senderIds)).values()].flat().length,
    mails: (senderIds, addresses) => mailsOf(db, senderIds, addresses),
    propose: (request, events) =>
      core.commit(events, (tx) => [
        tx
          .insert(disclosureRequests)
          .values(request)
          .onConflictDoNothing()
          .returning({ id: disclosureRequests.id }),
      ]),
    decide: ({ id, state, decidedBy, decidedAt, withheld, answer }, events) =>
      core.commit(events, (tx) => [
        tx
          .update(disclosureRequests)
          .set({ state, decidedBy, decidedAt, withheld, answer })
          .where(and(eq(disclosureRequests.id, id), eq(disclosureRequests.state, 'open')))
          .returning({ id: disclosureRequests.id }),
      ]),
  }
}

/** Ids read at a time. */
const pageSize = 1000

async function mailsOf(
  db: Core['db'],
  senderIds: readonly string[],
  addresses: readonly string[],
): Promise<MailOfSomebody[]> {
  const theirs = await allOf(db, inArray(threads.senderId, [...senderIds]))
  // As they write themselves: a known address has one form, a mail names it in any.
  const known = new Set(addresses)
  const written = theirs.flatMap(({ fromAddress }) =>
    known.has(canonicalAddress(fromAddress)) ? [fromAddress] : [],
  )
  const forms = [...new Set([...addresses, ...written])]
  const elsewhere = await allOf(
    db,
    and(inArray(messages.fromAddress, forms), notInArray(threads.senderId, [...senderIds])),
  )
  const all = [
    ...theirs.map((mail) => ({ ...mail, own: true })),
    ...elsewhere.map((mail) => ({ ...mail, own: false })),
  ]
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

async function allOf(db: Core['db'], where: SQL | undefined) {
  const found: Omit<MailOfSomebody, 'own'>[] = []
  for (let last = ''; ; ) {
    const page = await db
      .select(mailColumns)
      .from(messages)
      .innerJoin(threads, eq(threads.id, messages.threadId))
      .where(and(gt(messages.id, last), where))
      .orderBy(asc(messages.id))
      .limit(pageSize)
    found.push(...page)
    if (page.length < pageSize) return found
    last = page.at(-1)?.id ?? ''
  }
}
