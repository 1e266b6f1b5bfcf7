import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Assignment } from '../domain/desk.ts'
import { rankOutside } from '../domain/matter.ts'
import type { Reach } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import { alsoInReach } from './reach.ts'
import { letters, mentions, notes, threads } from './tables.ts'

type OfThread = {
  readonly threadId: string
  /** Null where the subject itself is shielded. */
  readonly subject: string | null
}

export type Called = OfThread & {
  readonly noteId: string
  readonly author: string
  readonly body: string
  readonly at: Instant
}
export type Handed = OfThread & { readonly assignment: Assignment }
export type Returned = OfThread & { readonly letterId: string; readonly remark: string }

/** What waits for one person by name (自分宛て), newest first. */
export type ForMe = {
  /** Notes that call them and that they have not said to have seen. */
  called(personId: string): Promise<Called[]>
  /** Threads in the queue that somebody handed to them. */
  handed(personId: string): Promise<Handed[]>
  /** Replies of theirs that somebody gave back. */
  returned(personId: string): Promise<Returned[]>
}

/** How a thread is named in a list. */
const face = {
  threadId: threads.id,
  subject: threads.subject,
  subjectShielded: threads.subjectShielded,
}

/** Of each kind at most: who has more begins with these. */
const listed = 100

export function forMeIn(core: Core, reach: Reach = 'all'): ForMe {
  return { ...callsIn(core, reach), ...workIn(core, reach) }
}

function callsIn({ db }: Core, reach: Reach): Pick<ForMe, 'called'> {
  const unseen = (personId: string) =>
    and(
      eq(mentions.personId, personId),
      isNull(mentions.readAt),
      isNull(notes.withdrawnAt),
      alsoInReach(reach),
    )
  return {
    async called(personId) {
      const { id: noteId, author, body, at } = notes
      const rows = await db
        .select({ ...face, noteId, author, body, at })
        .from(mentions)
        .innerJoin(notes, eq(notes.id, mentions.noteId))
        .innerJoin(threads, eq(threads.id, mentions.threadId))
        .where(unseen(personId))
        .orderBy(desc(mentions.at))
        .limit(listed)
      return rows.map(shielded)
    },
  }
}

function workIn({ db }: Core, reach: Reach): Pick<ForMe, 'handed' | 'returned'> {
  return {
    async handed(personId) {
      const rows = await db
        .select({ ...face, assignment: threads.assignment })
        .from(threads)
        .where(
          and(eq(threads.assignee, personId), lt(threads.rank, rankOutside), alsoInReach(reach)),
        )
        .orderBy(threads.rank, threads.waitingSince)
        .limit(listed)
      return rows.flatMap(({ assignment, ...row }) =>
        assignment?.how === 'handed' ? [{ ...shielded(row), assignment }] : [],
      )
    },
    async returned(personId) {
      const rows = await db
        .select({ ...face, letterId: letters.id, remark: letters.remark })
        .from(letters)
        .innerJoin(threads, eq(threads.id, letters.threadId))
        .where(and(eq(letters.state, 'returned'), eq(letters.author, personId), alsoInReach(reach)))
        .orderBy(desc(letters.id))
        .limit(listed)
      return rows.map(shielded)
    },
  }
}

function shielded<T extends { subject: string; subjectShielded: boolean }>({
  subject,
  subjectShielded,
  ...rest
}: T) {
  return { ...rest, subject: subjectShielded ? null : subject }
}
