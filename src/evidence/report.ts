import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Language, Person } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import { fullTime, textFor } from '../text/text.ts'
import type { Contents } from './contents.ts'
import type { Quotes } from './documents.ts'
import { mailFile, maskedFile, numberOf } from './mails.ts'
import { type Markup, markup } from './markup.ts'
import {
  conduct,
  custody,
  maskedNote,
  measures,
  timeline,
  type Wording,
  who,
} from './report.parts.ts'
import type { Scope } from './scope.ts'
import { sheet } from './sheet.ts'

export type ReportOf = {
  readonly contents: Contents
  readonly quotes: Quotes
  readonly checkpoint: Checkpoint
  readonly people: readonly Person[]
  readonly language: Language
  readonly hidden: Hidden
}

/** How many people are hidden, and the mails of which there is a masked copy alone. */
export type Hidden = { readonly people: number; readonly mails: ReadonlySet<string> }

/** A mail as the report names it. */
export type Named = { readonly at: string; readonly file: string }

/**
 * The report to read: who, what, when, by which words, what was done, and how it can be checked. One
 * file without a script or anything from elsewhere.
 */
export async function reportOf(store: Store, scope: Scope, given: ReportOf): Promise<Markup> {
  const { contents, quotes, checkpoint, people, language, hidden } = given
  const text = textFor(language)
  const words: Wording = {
    text,
    time: (at) => fullTime(at, language),
    staff: staffWords(people, text),
  }
  const { report } = text.casePackage
  const { members } = contents.sender
  const name = members.find((one) => one.name !== '')?.name ?? text.unknownSender
  const named = await namedMails(store, scope, quotes, hidden)
  const span = await spanOf(store, scope)
  const title = report.title(name)
  const body = markup`<p class="help">${report.lead}</p>
${maskedNote(words, hidden)}
${who(words, contents, span && { ...span, n: scope.mails.length })}
${timeline(words, contents)}
${conduct(words, contents, quotes, named)}
${measures(words, contents)}
${custody(words, checkpoint)}`
  return sheet(language, title, body)
}

/** Staff by role and the end of their number: it names one, and tells nobody who it is. */
function staffWords(people: readonly Person[], text: ReturnType<typeof textFor>) {
  const { report } = text.casePackage
  return (id: string | null) => {
    if (id === null || id === '') return report.product
    const roles = people.find((one) => one.id === id)?.roles ?? []
    return report.staff(roles.map((role) => text.role[role]).join('・'), id.slice(-6))
  }
}

async function namedMails(store: Store, { mails }: Scope, quotes: Quotes, hidden: Hidden) {
  const places = new Map(mails.map(({ id }, at) => [id, at]))
  const ids = new Set(
    [...quotes.values()].flatMap(({ shown }) => shown.map(({ messageId }) => messageId)),
  )
  const rows = await store.dossiers.mails([...ids])
  return new Map<string, Named>(
    rows.map((row) => {
      const number = numberOf(places.get(row.id) ?? 0, mails.length)
      const file = hidden.mails.has(row.id) ? maskedFile(row, number) : mailFile(row, number)
      return [row.id, { at: row.sentAt, file }]
    }),
  )
}

async function spanOf(store: Store, { mails }: Scope) {
  const [first] = mails
  const last = mails.at(-1)
  if (!first || !last) return null
  const rows = await store.dossiers.mails([first.id, last.id])
  const [from, to] = [rows[0], rows.at(-1)]
  return from && to ? { first: from.receivedAt, last: to.receivedAt } : null
}
