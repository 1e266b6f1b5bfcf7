import { referencesIn } from '../domain/reference.ts'
import { ticketNumbersOf, ticketScopeOf } from '../domain/ticket.ts'
import { ownMessageIdsIn } from '../mail/message-id.ts'
import { fromOf } from './arrival.ts'
import type { Read } from './receive.ts'

/** Everything that a mail names by which its thread may be found, the nearest first. */
export type Names = {
  /** In-Reply-To: what it answers, by its own word. */
  readonly answered: readonly string[]
  /** References beyond that, the nearest first: what was said before. */
  readonly carried: readonly string[]
  /** What may be our reference codes, of the subject first, then of the text. */
  readonly codes: readonly string[]
  /** Message-IDs of ours that stand in the text, as some programs quote them. */
  readonly quoted: readonly string[]
  readonly tickets: readonly string[]
}

/** References looked at per mail, newest first: more say nothing more, and cost a query. */
const referencesMax = 50

/** Mails awaited per mail: parents that are late are near. */
const awaitedMax = 5

export function namesOf(read: Read): Names {
  const { mail } = read
  const answered = [...new Set(mail.inReplyTo)].slice(0, referencesMax)
  const carried = [...new Set(mail.references.toReversed())]
    .filter((id) => !answered.includes(id))
    .slice(0, referencesMax)
  const scope = ticketScopeOf(fromOf(read).address)
  return {
    answered,
    carried,
    codes: [...new Set([...referencesIn(mail.subject), ...referencesIn(mail.text)])],
    quoted: ownMessageIdsIn(mail.text),
    tickets: ticketNumbersOf(mail.subject).map((number) => `ticket ${scope} ${number}`),
  }
}

/** What the stored mail is found by later: ids that it names and nobody has seen, its tickets. */
export function leadsOf(
  { answered, carried, tickets }: Names,
  isKnown: (id: string) => boolean,
): string[] {
  const awaited = [...answered, ...carried].filter((id) => !isKnown(id)).slice(0, awaitedMax)
  return [...new Set([...awaited, ...tickets])]
}
