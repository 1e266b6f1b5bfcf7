import { and, eq } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Letter } from '../domain/letter.ts'
import type { Db, Write } from './engine.ts'
import { letters } from './tables.ts'
import type { LetterContent } from './writes.ts'

/** The rows of letters that came into being, moved on, or say something else. */
export function letterWrites(
  tx: Db,
  before: readonly Letter[],
  next: readonly Letter[],
  events: readonly Event[],
  contents: readonly LetterContent[],
): Write[] {
  return next.flatMap((letter) => {
    const old = before.find(({ id }) => id === letter.id)
    if (old === letter) return []
    const content = contents.find(({ letterId }) => letterId === letter.id)
    const about = events.filter((e) => 'letterId' in e && e.letterId === letter.id)
    return [old ? changed(tx, old, letter, content, about) : added(tx, letter, content, about)]
  })
}

function added(
  tx: Db,
  letter: Letter,
  content: LetterContent | undefined,
  about: readonly Event[],
): Write {
  if (!content) throw new Error(`letter ${letter.id} has no words: pass its content with its event`)
  const writtenAt = about[0]?.at ?? ''
  const row = { ...letter, ...wordColumns(content), answer: '', writtenAt }
  return tx.insert(letters).values(row).returning({ id: letters.id })
}

function changed(
  tx: Db,
  old: Letter,
  letter: Letter,
  content: LetterContent | undefined,
  about: readonly Event[],
): Write {
  const words = content ? wordColumns(content) : {}
  return tx
    .update(letters)
    .set({ ...letter, ...words, ...answered(about) })
    .where(and(eq(letters.id, letter.id), eq(letters.state, old.state)))
    .returning({ id: letters.id })
}

/** All that a letter says and to whom, as its hash covers it. */
function wordColumns(content: LetterContent) {
  const {
    letterId: _,
    versionId: __,
    references,
    formatted = false,
    files = [],
    ...words
  } = content
  return { ...words, formatted, references: [...references], files: [...files] }
}

/** What the postman's events say beside the state. */
function answered(about: readonly Event[]) {
  for (const event of about) {
    switch (event.kind) {
      case 'sending_started':
        return { leaseUntil: event.leaseUntil }
      case 'handover_begun':
        return {}
      case 'letter_sent':
        return { ...over, answer: event.response, sentAt: event.at }
      case 'uncertainty_settled':
        return event.as === 'sent' ? { ...over, sentAt: event.at } : over
      case 'letter_delayed':
      case 'letter_refused':
      case 'letter_uncertain':
        return { ...over, answer: event.reason }
      default:
    }
  }
  return over
}

/** No postman has the letter any more. */
const over = { leaseUntil: null }
