import { and, asc, desc, eq, gt, gte } from 'drizzle-orm'
import type { Consultation } from '../domain/consultation.ts'
import type { ConsultationEvent } from '../domain/consultation-event.ts'
import type { Event } from '../domain/event.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Db, Write } from './engine.ts'
import { consultations, consultationWords } from './tables.ts'

/** A report as it was read, with the version that a commit expects to find unchanged. */
export type KeptConsultation = Consultation & { readonly version: number }

/** What somebody wrote in it, sealed; the first one is the report. */
export type ConsultationWord = {
  readonly id: string
  readonly consultationId: string
  readonly place: number
  /** Null for the reporter's own. */
  readonly author: string | null
  readonly words: string
  readonly at: Instant
}

/** The reports to the consultation desk (相談窓口). Who may see which is the flow's question. */
export type Consultations = {
  /** Throws `StaleWrite` where the same form came before. No event: see `ConsultationEvent`. */
  add(consultation: Consultation, codeSha256: string | null, word: ConsultationWord): Promise<void>
  find(id: string): Promise<KeptConsultation | null>
  byCode(codeSha256: string): Promise<KeptConsultation | null>
  ofPerson(personId: string): Promise<KeptConsultation[]>
  /** Everything since then and whatever is open, newest first. */
  list(since: Instant): Promise<KeptConsultation[]>
  /** Those that are not closed, in no order. */
  open(): Promise<KeptConsultation[]>
  wordsOf(id: string): Promise<ConsultationWord[]>
  /** Saves the next state of one as it was read, or throws `StaleWrite`. */
  commit(
    before: KeptConsultation,
    next: Consultation,
    events: readonly (ConsultationEvent & Event)[],
    word?: ConsultationWord,
  ): Promise<void>
  /** What was written since then, by whom on which side, without the words. */
  written(since: Instant): Promise<WrittenWord[]>
  /** Everything written, in pages: to be sealed anew. */
  wordsAfter(id: string, limit: number): Promise<ConsultationWord[]>
  reseal(word: ConsultationWord, words: string): Promise<void>
}

export type WrittenWord = Pick<ConsultationWord, 'place' | 'author' | 'at'> & {
  readonly consultation: KeptConsultation
}

/** Reports listed at most. */
const listedMax = 500

export function consultationsIn(core: Core): Consultations {
  return { ...reading(core), ...writing(core) }
}

type Writing = Pick<Consultations, 'add' | 'commit' | 'reseal'>

const newest = [desc(consultations.receivedAt), asc(consultations.id)]

async function openOnes(db: Db): Promise<KeptConsultation[]> {
  const rows = await db.select().from(consultations).where(eq(consultations.state, 'open'))
  return rows.map(consultationOf)
}

async function closedOnes(db: Db, since: Instant): Promise<KeptConsultation[]> {
  const rows = await db
    .select()
    .from(consultations)
    .where(and(eq(consultations.state, 'closed'), gte(consultations.receivedAt, since)))
    .orderBy(...newest)
    .limit(listedMax)
  return rows.map(consultationOf)
}

function reading({ db }: Core): Omit<Consultations, keyof Writing> {
  const one = async (where: ReturnType<typeof eq>) => {
    const [row] = await db.select().from(consultations).where(where)
    return row ? consultationOf(row) : null
  }
  return {
    find: (id) => one(eq(consultations.id, id)),
    byCode: (codeSha256) => one(eq(consultations.codeSha256, codeSha256)),
    async ofPerson(personId) {
      const mine = eq(consultations.personId, personId)
      const rows = await db
        .select()
        .from(consultations)
        .where(mine)
        .orderBy(...newest)
      return rows.map(consultationOf)
    },
    async list(since) {
      const all = (await Promise.all([openOnes(db), closedOnes(db, since)])).flat()
      return all.toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
    },
    open: () => openOnes(db),
    wordsOf: (id) =>
      db
        .select()
        .from(consultationWords)
        .where(eq(consultationWords.consultationId, id))
        .orderBy(asc(consultationWords.place)),
    written: (since) => writtenIn(db, since),
    wordsAfter: (id, limit) =>
      db
        .select()
        .from(consultationWords)
        .where(gt(consultationWords.id, id))
        .orderBy(asc(consultationWords.id))
        .limit(limit),
  }
}

function writing(core: Core): Writing {
  return {
    add: (consultation, codeSha256, word) =>
      core.write((tx) => [
        tx
          .insert(consultations)
          .values({ ...rowOf(consultation), codeSha256, version: 1 })
          .onConflictDoNothing()
          .returning({ id: consultations.id }),
        wordWrite(tx, word),
      ]),
    commit: ({ id, version }, next, events, word) =>
      core.commit(events, (tx) => [
        tx
          .update(consultations)
          .set({ ...rowOf(next), version: version + 1 })
          .where(and(eq(consultations.id, id), eq(consultations.version, version)))
          .returning({ id: consultations.id }),
        ...(word ? [wordWrite(tx, word)] : []),
      ]),
    reseal: ({ id, words: old }, words) =>
      core.write((tx) => [
        tx
          .update(consultationWords)
          .set({ words })
          .where(and(eq(consultationWords.id, id), eq(consultationWords.words, old)))
          .returning({ id: consultationWords.id }),
      ]),
  }
}

async function writtenIn(db: Db, since: Instant): Promise<WrittenWord[]> {
  const rows = await db
    .select()
    .from(consultationWords)
    .innerJoin(consultations, eq(consultations.id, consultationWords.consultationId))
    .where(gte(consultationWords.at, since))
  return rows.map((row) => {
    const { place, author, at } = row.consultation_words
    return { place, author, at, consultation: consultationOf(row.consultations) }
  })
}

function wordWrite(tx: Db, word: ConsultationWord): Write {
  return tx
    .insert(consultationWords)
    .values(word)
    .onConflictDoNothing()
    .returning({ id: consultationWords.id })
}

function rowOf({ hiddenFrom, ...rest }: Consultation) {
  const { id, personId, wish, receivedAt, assignee, firstAnsweredAt, state, incidentId } = rest
  const row = { id, personId, wish, receivedAt, assignee, firstAnsweredAt, state, incidentId }
  return { ...row, hiddenFrom: [...hiddenFrom] }
}

/** The hash of a code is read by nobody. */
function consultationOf(row: typeof consultations.$inferSelect): KeptConsultation {
  const { codeSha256: _, ...rest } = row
  return rest
}
